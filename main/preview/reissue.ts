import { randomBytes } from 'node:crypto';
import type { OpenedToken } from '../../shared/edge/open-token.ts';
import type { Mend } from '../../shared/evaluate/mend.ts';
import { cloneToken } from '../../shared/issue/clone-token.ts';
import type { Draft } from '../../shared/issue/draft.ts';
import { isJsonObject, type Json, type JsonObject } from '../../shared/json.ts';

/** A draft of the same token with its mend; `undefined` mends nothing, and makes it anew under another key. */
export function mendDraft({ envelope, claims }: OpenedToken, mend: Mend | undefined): Draft {
  const cloned = cloneToken(envelope, claims);
  // kid and algorithm are those of the key that signs now
  const { kid: _kid, alg: _alg, ...form } = cloned.envelope;
  const changed = (mend?.changes ?? []).reduce<JsonObject>(
    (json, { path, after }) => putAt(json, path, after) as JsonObject,
    cloned.claims,
  );
  const usedUp = mend?.decisions.some(({ claim }) => claim === 'catreplay') === true;
  return {
    ...cloned,
    claims: usedUp ? { ...changed, cti: { hex: randomBytes(16).toString('hex') } } : changed,
    envelope: form,
  };
}

/** A copy of `json` with another value at the end of `path`; `undefined` takes the member away. */
function putAt(json: Json | undefined, path: readonly (string | number)[], after: Json | undefined): Json {
  const [step, ...rest] = path;
  if (step === undefined) return after ?? null;
  if (Array.isArray(json)) {
    const list: readonly Json[] = json;
    return list.map((item, index) => (index === step ? putAt(item, rest, after) : item));
  }
  const object = isJsonObject(json) ? json : {};
  if (rest.length === 0 && after === undefined)
    return Object.fromEntries(Object.entries(object).filter(([name]) => name !== String(step)));
  return { ...object, [step]: putAt(object[String(step)], rest, after) };
}
