import type { Json } from '../../json.ts';
import { err, ok, type Result } from '../../result.ts';
import type { Millis } from '../../units.ts';
import { parseJson } from './parse-json.ts';
import { unwrap, unwrapList, wireKey } from './wire.ts';

/** A playback token key as the OVP lists it: no secret. */
export interface OvpKey {
  /** the `kid` of tokens it signs: `<workspace>-<5 hex digits>` in the guide’s sample */
  readonly id: string;
  readonly name: string;
  readonly createdAt?: Millis;
}

/** What creating a key gave. `value` is the secret: whoever calls this puts it away at once. */
export interface CreatedKey {
  readonly key: OvpKey;
  readonly value: string;
  /** the answer was cut short or no whole JSON, and both were still whole in it */
  readonly salvaged: boolean;
}

/**
 * Why there is no secret. `no-value`: the key exists and its secret was not in the answer; `unreadable`: not even the id
 * could be read, so nobody can tell whether it exists.
 */
export type CreatedKeyError = { readonly kind: 'no-value'; readonly key: OvpKey } | { readonly kind: 'unreadable' };

/**
 * Reads the answer of `POST /playback_tokens/keys`, flat or wrapped. The value comes once only, so an answer that was cut
 * short is not given up: an id and a value that stand whole in it are taken.
 */
export function readCreatedKey(body: string): Result<CreatedKey, CreatedKeyError> {
  const json = parseJson(body);
  const whole = json === undefined ? undefined : unwrap(json, 'playback_token_key', 'key');
  const read = wireKey.safeParse(whole ?? salvage(body));
  if (!read.success) return err({ kind: 'unreadable' });
  const key = toKey(read.data);
  const { value } = read.data;
  return value === undefined ? err({ kind: 'no-value', key }) : ok({ key, value, salvaged: whole === undefined });
}

/** The members that stand with both their quotes in a text that is no whole JSON. */
function salvage(body: string): Json {
  const member = (name: string): string | undefined => {
    const literal = new RegExp(`"${name}"\\s{0,20}:\\s{0,20}("(?:[^"\\\\]|\\\\.){1,4096}")`).exec(body)?.[1];
    const text = literal === undefined ? undefined : parseJson(literal);
    return typeof text === 'string' ? text : undefined;
  };
  const members = ['id', 'name', 'value', 'created_at'].map((name) => [name, member(name)] as const);
  return Object.fromEntries(members.flatMap(([name, text]) => (text === undefined ? [] : [[name, text]])));
}

/** What a list of keys told. `total` counts all there are, where the answer says it: more than came means other pages. */
export interface KeyList {
  readonly keys: readonly OvpKey[];
  readonly total?: number;
}

/** Reads `GET /playback_tokens/keys`; items without an id are left out. `undefined`: no list in it. */
export function readKeyList(json: Json | undefined): KeyList | undefined {
  const list = unwrapList(json, 'playback_token_keys', 'keys');
  if (list === undefined) return undefined;
  const keys = list.items.flatMap((item) => {
    const read = wireKey.safeParse(unwrap(item, 'playback_token_key'));
    return read.success ? [toKey(read.data)] : [];
  });
  return list.total === undefined ? { keys } : { keys, total: list.total };
}

function toKey({ id, name, created_at: createdAt }: ReturnType<typeof wireKey.parse>): OvpKey {
  return { id, name, ...(createdAt === undefined ? {} : { createdAt }) };
}
