import type { CborNode, CborValue } from '../../cbor/node.ts';
import { isJsonObject, type Json } from '../../json.ts';
import { ok } from '../../result.ts';
import { type Seconds, seconds } from '../../units.ts';
import type { ReadContext } from '../claim.ts';
import { bare, type Codec, type FromJson, problem, wrongType } from './codec.ts';

/** An integer or a finite fraction; a `bigint` only beyond ±(2^53 − 1), as CborInt has it. */
export type WireNumber = number | bigint;

/** A moment as RFC 8392 §2 has it: seconds since 1970, whole or fractional, possibly negative. */
export type NumericDate = WireNumber;

/** As a plain number; far beyond any calendar the last digits are lost. */
export const dateSeconds = (date: NumericDate): Seconds => seconds(Number(date));

interface Range {
  readonly min?: number;
  readonly max?: number;
}

/** int or float ↔ JSON number or `{ "int": "…" }`; decimal digits in a JSON string are taken (the OVP's own samples). */
export function numberCodec(range: Range = {}): Codec<WireNumber> {
  return {
    read(node, ctx) {
      const item = bare(node, ctx);
      if (item.kind !== 'int' && item.kind !== 'float') return wrongType(item, 'a number', ctx);
      if (item.kind === 'float' && !Number.isFinite(item.value)) {
        // CTA-5007-B §4.5 forbids NaN; an endless moment or span means nothing
        ctx.issue(item, 'ERR_CLAIM_RANGE', `Must be a finite number, is ${item.value}`);
        return undefined;
      }
      checkRange(item, item.value, range, ctx);
      return item.value === 0 ? 0 : item.value; // −0 is 0
    },
    write: writeNumber,
    toJson: numberToJson,
    fromJson: (json) => numberFromJson(json, range),
  };
}

/** int ↔ JSON number, within a range that JSON numbers carry exactly. */
export function integerCodec(range: Required<Range>): Codec<number> {
  const expected = `a whole number from ${range.min} to ${range.max}`;
  return {
    read(node, ctx) {
      const item = bare(node, ctx);
      if (item.kind !== 'int') return wrongType(item, 'a whole number', ctx);
      if (typeof item.value === 'number' && item.value >= range.min && item.value <= range.max) return item.value;
      ctx.issue(item, 'ERR_CLAIM_RANGE', `Must be ${expected}, is ${item.value}`);
      return undefined;
    },
    write: (value) => ({ kind: 'int', value }),
    toJson: (value) => value,
    fromJson(json) {
      if (typeof json !== 'number' || !Number.isInteger(json)) return problem('Must be a whole number');
      return json >= range.min && json <= range.max ? ok(json) : problem(`Must be ${expected}`);
    },
  };
}

export const uintCodec = integerCodec({ min: 0, max: Number.MAX_SAFE_INTEGER });

/** Integers stay integers whatever their size, the rest are floats (RFC 8949 §4.2.2 leaves the choice to the protocol). */
function writeNumber(value: WireNumber): CborValue {
  if (typeof value === 'bigint' || Number.isSafeInteger(value)) return { kind: 'int', value };
  return { kind: 'float', value };
}

function numberToJson(value: WireNumber): Json {
  return typeof value === 'bigint' ? { int: value.toString() } : value;
}

function numberFromJson(json: Json, range: Range): FromJson<WireNumber> {
  const value = parseNumber(json);
  if (value === undefined) return problem('Must be a number');
  return isWithin(value, range) ? ok(value) : problem(`Must be ${rangeInWords(range)}`);
}

function parseNumber(json: Json): WireNumber | undefined {
  if (typeof json === 'number') return Number.isFinite(json) ? json : undefined;
  if (typeof json === 'string') return /^-?\d{1,20}(\.\d{1,9})?$/.test(json) ? narrow(json) : undefined;
  if (!isJsonObject(json)) return undefined;
  const digits = json['int'];
  return typeof digits === 'string' && /^-?\d{1,20}$/.test(digits) ? narrow(digits) : undefined;
}

/** Digits → number, or bigint where a number would lose some. */
function narrow(digits: string): WireNumber {
  const value = Number(digits);
  return digits.includes('.') || Number.isSafeInteger(value) ? value : BigInt(digits);
}

function checkRange(node: CborNode, value: WireNumber, range: Range, ctx: ReadContext): void {
  if (!isWithin(value, range)) ctx.issue(node, 'ERR_CLAIM_RANGE', `Must be ${rangeInWords(range)}, is ${value}`);
}

const isWithin = (value: WireNumber, { min, max }: Range): boolean =>
  (min === undefined || value >= min) && (max === undefined || value <= max);

function rangeInWords({ min, max }: Range): string {
  if (min === undefined) return `at most ${max}`;
  return max === undefined ? `at least ${min}` : `from ${min} to ${max}`;
}
