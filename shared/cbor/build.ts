import type {
  CborArray,
  CborBytes,
  CborFloat,
  CborInt,
  CborMap,
  CborRaw,
  CborSimple,
  CborTag,
  CborText,
  CborValue,
} from './node.ts';

/** Constructors of items without a place. An integer within ±(2^53 − 1) is always a `number`. */
export function int(value: number | bigint): CborInt {
  const small = typeof value === 'bigint' && value >= -MAX && value <= MAX;
  return { kind: 'int', value: small ? Number(value) : value };
}
const MAX = BigInt(Number.MAX_SAFE_INTEGER);

export const bytes = (value: Uint8Array): CborBytes => ({ kind: 'bytes', value });
export const text = (value: string): CborText => ({ kind: 'text', value });
export const float = (value: number): CborFloat => ({ kind: 'float', value });
export const simple = (value: number): CborSimple => ({ kind: 'simple', value });
export const bool = (value: boolean): CborSimple => simple(value ? 21 : 20);
export const NULL: CborSimple = simple(22);
export const UNDEFINED: CborSimple = simple(23);
export const array = (...items: readonly CborValue[]): CborArray<CborValue> => ({ kind: 'array', items });
export const tag = (number: number | bigint, value: CborValue): CborTag<CborValue> => ({
  kind: 'tag',
  tag: number,
  value,
});
export const raw = (encoded: Uint8Array): CborRaw => ({ kind: 'raw', bytes: encoded });

/** A map from pairs; a key may be given as a plain label. */
export function map(
  ...pairs: readonly (readonly [key: CborValue | number | string, value: CborValue])[]
): CborMap<CborValue> {
  return { kind: 'map', entries: pairs.map(([key, value]) => ({ key: label(key), value })) };
}

/** A number as the shortest item that keeps it: an integer when it is one, else a float. −0 is a float. */
export const number = (value: number): CborInt | CborFloat =>
  Number.isSafeInteger(value) && !Object.is(value, -0) ? int(value) : float(value);

function label(key: CborValue | number | string): CborValue {
  if (typeof key === 'number') return int(key);
  return typeof key === 'string' ? text(key) : key;
}
