import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import type { MendChange } from './mend.ts';

/** Claims JSON with a mend's changes made, and nothing else. A change whose place is not there leaves it as it was. */
export const applyMend = (claims: JsonObject, changes: readonly Pick<MendChange, 'path' | 'after'>[]): JsonObject =>
  changes.reduce<JsonObject>((json, { path, after }) => {
    const changed = withValue(json, path, after);
    return isJsonObject(changed) ? changed : json;
  }, claims);

function withValue(json: Json | undefined, path: MendChange['path'], after: Json | undefined): Json | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return after;
  if (Array.isArray(json)) {
    const index = Number(step);
    const item = withValue(json[index], rest, after);
    return item === undefined
      ? json.filter((_, at) => at !== index)
      : [...json.slice(0, index), item, ...json.slice(index + 1)];
  }
  if (json !== undefined && !isJsonObject(json)) return json;
  const before: JsonObject = json ?? {};
  const member = withValue(before[step], rest, after);
  if (member !== undefined) return { ...before, [step]: member };
  return Object.fromEntries(Object.entries(before).filter(([name]) => name !== String(step)));
}
