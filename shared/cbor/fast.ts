import { Decoder, Tag } from 'cbor-x/index-no-eval';
import { err, ok, type Result } from '../result.ts';
import { array, bool, bytes, int, NULL, number, tag, text, UNDEFINED } from './build.ts';
import { CBOR_LIMITS, type CborValue } from './node.ts';

/**
 * cbor-x, the decoder inside most JavaScript recipients (node-cat, CloudFront samples): fast and forgiving. It keeps the
 * last of two equal keys, shows bad UTF-8 as U+FFFD and makes dates, sets and expressions of tagged items. It serves lists and
 * comparison, never a verdict. The build without `new Function` runs under a strict content security policy.
 */
const decoder = new Decoder(
  Object.freeze({ mapsAsObjects: false, useRecords: false, tagUint8Array: false, variableMapSize: true }),
);

/** The JavaScript value cbor-x makes of one item; the error is its own message. Never throws. */
export function decodeFast(bytes: Uint8Array): Result<unknown, string> {
  if (bytes.length > CBOR_LIMITS.bytes) return err(`longer than ${CBOR_LIMITS.bytes} bytes`);
  try {
    return ok(decoder.decode(bytes));
  } catch (error) {
    // also where hostile nesting exhausts the stack
    return err(error instanceof Error ? error.message : String(error));
  }
}

/** What a recipient built on cbor-x sees, as an item again: its encoding beside ours shows where they differ. */
export function seenByCborX(bytes: Uint8Array): Result<CborValue, string> {
  const decoded = decodeFast(bytes);
  if (!decoded.ok) return decoded;
  const value = toCbor(decoded.value, { nodes: CBOR_LIMITS.nodes }, CBOR_LIMITS.depth + 1);
  return value === undefined ? err('nested deeper than a token may be, in a circle, or too many items') : ok(value);
}

/**
 * `undefined` when the limits do not suffice: with tags 28 and 29 cbor-x also makes values that contain themselves, or
 * one value a great many times.
 */
function toCbor(value: unknown, left: { nodes: number }, levels: number): CborValue | undefined {
  if (levels === 0 || left.nodes-- === 0) return undefined;
  switch (typeof value) {
    case 'number':
      return number(value);
    case 'bigint':
      return int(value);
    case 'string':
      return text(value);
    case 'boolean':
      return bool(value);
    case 'undefined':
      return UNDEFINED;
    case 'object':
      return value === null ? NULL : objectToCbor(value, left, levels - 1);
    default:
      return text(String(value));
  }
}

function objectToCbor(value: object, left: { nodes: number }, levels: number): CborValue | undefined {
  if (value instanceof Uint8Array) return bytes(value);
  if (Array.isArray(value)) return arrayOf(value, left, levels);
  if (value instanceof Map) {
    const entries: { key: CborValue; value: CborValue }[] = [];
    for (const [key, inner] of value) {
      const pair = [toCbor(key, left, levels), toCbor(inner, left, levels)] as const;
      if (pair[0] === undefined || pair[1] === undefined) return undefined;
      entries.push({ key: pair[0], value: pair[1] });
    }
    return { kind: 'map', entries };
  }
  if (value instanceof Tag) return tagged(value.tag, toCbor(value.value, left, levels));
  if (value instanceof Date) return tagged(1, number(value.getTime() / 1000));
  if (value instanceof Set) return tagged(258, arrayOf([...value], left, levels));
  if (value instanceof RegExp) return tagged(27, array(text('RegExp'), text(value.source), text(value.flags)));
  return text(Object.prototype.toString.call(value));
}

function arrayOf(values: readonly unknown[], left: { nodes: number }, levels: number): CborValue | undefined {
  const items: CborValue[] = [];
  for (const value of values) {
    const item = toCbor(value, left, levels);
    if (item === undefined) return undefined;
    items.push(item);
  }
  return { kind: 'array', items };
}

const tagged = (label: number, value: CborValue | undefined): CborValue | undefined => value && tag(label, value);
