import { decodeHex, encodeHex } from '../../bytes/hex.ts';
import { array, bool, bytes, float, int, NULL, number, simple, tag, text } from '../../cbor/build.ts';
import { CBOR_LIMITS, type CborNode, type CborValue } from '../../cbor/node.ts';
import { isJsonObject, type Json, type JsonObject } from '../../json.ts';
import { ok } from '../../result.ts';
import type { JsonProblem } from '../claim.ts';
import { type FromJson, problem, under } from './codec.ts';

type Item = CborNode | CborValue;

/**
 * Any CBOR item as claims JSON, for what no definition reads. Byte strings are `{ "hex" }`, integers beyond 2^53
 * `{ "int" }`, tags `{ "tag", "value" }`, odd simple values `{ "simple" }`, numbers JSON lacks `{ "float" }`; map keys
 * are spelled by `spellKey`, repeated ones numbered. What was cut off is `{ "broken" }` and cannot be read back.
 */
export function nodeToJson(node: Item): Json {
  switch (node.kind) {
    case 'int':
      return typeof node.value === 'bigint' ? { int: node.value.toString() } : node.value;
    case 'bytes':
      return { hex: encodeHex(node.value) };
    case 'text':
      return node.value;
    case 'array':
      return node.items.map(nodeToJson);
    case 'map':
      return numberRepeats(node.entries.map(({ key, value }) => [spellKey(key), nodeToJson(value)]));
    case 'tag':
      return { tag: Number(node.tag), value: nodeToJson(node.value) };
    case 'simple':
      return SIMPLE_JSON.has(node.value) ? (SIMPLE_JSON.get(node.value) ?? null) : { simple: node.value };
    case 'float':
      return Number.isFinite(node.value) ? node.value : { float: String(node.value) };
    case 'broken':
      return { broken: node.code };
    case 'raw':
      return { raw: encodeHex(node.bytes) };
  }
}

const SIMPLE_JSON: ReadonlyMap<number, boolean | null> = new Map([
  [20, false],
  [21, true],
  [22, null],
]);

/** Claims JSON → item, the inverse of `nodeToJson`. Map keys without quotes that are no number are text as well. */
export function nodeFromJson(json: Json, depth = 0): FromJson<CborValue> {
  if (depth > CBOR_LIMITS.depth) return problem(`Must not be nested more than ${CBOR_LIMITS.depth} deep`);
  if (json === null) return ok(NULL);
  if (typeof json === 'boolean') return ok(bool(json));
  if (typeof json === 'string') return ok(text(json));
  if (typeof json === 'number') return Number.isFinite(json) ? ok(number(json)) : problem('Must be a finite number');
  if (Array.isArray(json)) return itemsFromJson(json, depth);
  return isJsonObject(json) ? objectFromJson(json, depth) : problem('Must be JSON');
}

function itemsFromJson(json: readonly Json[], depth: number): FromJson<CborValue> {
  const items: CborValue[] = [];
  const problems: JsonProblem[] = [];
  json.forEach((one, index) => {
    const item = nodeFromJson(one, depth + 1);
    if (item.ok) items.push(item.value);
    else problems.push(...under(index, item.error));
  });
  return problems.length === 0 ? ok(array(...items)) : { ok: false, error: problems };
}

function objectFromJson(json: JsonObject, depth: number): FromJson<CborValue> {
  const marked = MARKS.get(Object.keys(json).sort().join(' '));
  if (marked !== undefined) return marked(json, depth);
  const entries: { key: CborValue; value: CborValue }[] = [];
  const problems: JsonProblem[] = [];
  for (const [name, member] of Object.entries(json)) {
    const value = nodeFromJson(member, depth + 1);
    if (value.ok) entries.push({ key: parseKey(withoutNumber(name)) ?? text(name), value: value.value });
    else problems.push(...under(name, value.error));
  }
  return problems.length === 0 ? ok({ kind: 'map', entries }) : { ok: false, error: problems };
}

/** Objects that stand for something JSON has no word for, by their members in alphabetical order. */
const MARKS = new Map<string, (json: JsonObject, depth: number) => FromJson<CborValue>>(
  Object.entries({
    hex({ hex }: JsonObject) {
      const decoded = typeof hex === 'string' ? decodeHex(hex) : undefined;
      return decoded?.ok ? ok(bytes(decoded.value)) : problem('Must be hex digits in pairs', 'hex');
    },
    int({ int: digits }: JsonObject) {
      if (typeof digits !== 'string' || !/^-?\d{1,20}$/.test(digits)) return problem('Must be decimal digits', 'int');
      const value = BigInt(digits);
      if (value >= 2n ** 64n || value < -(2n ** 64n)) return problem('Must fit 64 bits', 'int');
      return ok(int(value));
    },
    float({ float: name }: JsonObject) {
      const valid = typeof name === 'string' && /^(NaN|-?Infinity|-?\d+(\.\d+)?(e[+-]?\d+)?)$/.test(name);
      return valid ? ok(float(Number(name))) : problem('Must be a number, NaN or Infinity', 'float');
    },
    simple({ simple: value }: JsonObject) {
      const valid = typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 256;
      return valid && (value < 24 || value > 31) ? ok(simple(value)) : problem('Must be a simple value', 'simple');
    },
    'tag value'({ tag: number, value }: JsonObject, depth: number) {
      if (typeof number !== 'number' || !Number.isSafeInteger(number) || number < 0) {
        return problem('Must be a whole number', 'tag');
      }
      const inner = nodeFromJson(value ?? null, depth + 1);
      return inner.ok ? ok(tag(number, inner.value)) : { ok: false, error: under('value', inner.error) };
    },
  }),
);

/**
 * A map key as a JSON member: integers in decimal, text in quotes of its own (so that `"1"` the text and 1 the label
 * differ), anything else as its claims JSON.
 */
export function spellKey(key: Item): string {
  if (key.kind === 'int') return key.value.toString();
  if (key.kind === 'float' && Number.isNaN(key.value)) return 'NaN';
  // 1.0 is another key than 1
  if (key.kind === 'float' && Number.isInteger(key.value)) return JSON.stringify({ float: String(key.value) });
  return JSON.stringify(nodeToJson(key));
}

/** The key a member spells; `undefined` for a bare word, which the caller may know as a name. */
export function parseKey(name: string): CborValue | undefined {
  if (/^-?\d{1,20}$/.test(name)) return int(BigInt(name));
  if (name === 'NaN') return float(Number.NaN);
  if (!/^["{[]|^-?\d|^(true|false|null)$/.test(name)) return undefined;
  try {
    const key = nodeFromJson(JSON.parse(name) as Json);
    return key.ok ? key.value : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Members with repeated names numbered from the second on: `exp`, `exp#2`. JSON has no duplicates, and a token that has
 * one must show it. `Object.fromEntries` also keeps a member named `__proto__` a member.
 */
export function numberRepeats(members: readonly (readonly [string, Json])[]): JsonObject {
  const seen = new Map<string, number>();
  return Object.fromEntries(
    members.map(([name, value]) => {
      const count = (seen.get(name) ?? 0) + 1;
      seen.set(name, count);
      return [count === 1 ? name : `${name}#${count}`, value];
    }),
  );
}

/** `exp#2` → `exp`; anything else as it is. */
export const withoutNumber = (name: string): string => name.replace(/#\d{1,5}$/, '');
