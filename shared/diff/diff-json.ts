import { isJsonObject, type Json } from '../json.ts';

/** One place where two JSON values differ; a side that has nothing there is left out. */
export interface JsonChange {
  readonly path: readonly (string | number)[];
  readonly a?: Json;
  readonly b?: Json;
}

/**
 * Every place where two JSON values differ, the smallest that say it: members are compared by name, lists position by
 * position. Order of members does not count.
 */
export function diffJson(a: Json, b: Json, path: readonly (string | number)[] = []): readonly JsonChange[] {
  if (isJsonObject(a) && isJsonObject(b)) {
    const names = new Set([...Object.keys(a), ...Object.keys(b)]);
    return [...names].flatMap((name) => diffMember(a[name], b[name], [...path, name]));
  }
  if (Array.isArray(a) && Array.isArray(b)) {
    const length = Math.max(a.length, b.length);
    return Array.from({ length }, (_, index) => diffMember(a[index], b[index], [...path, index])).flat();
  }
  return Object.is(a, b) ? [] : [{ path, a, b }];
}

function diffMember(
  a: Json | undefined,
  b: Json | undefined,
  path: readonly (string | number)[],
): readonly JsonChange[] {
  if (a === undefined) return b === undefined ? [] : [{ path, b }];
  return b === undefined ? [{ path, a }] : diffJson(a, b, path);
}
