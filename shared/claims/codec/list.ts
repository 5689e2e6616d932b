import { ok } from '../../result.ts';
import type { JsonProblem } from '../claim.ts';
import { bare, type Codec, problem, under, wrongType } from './codec.ts';

interface Length {
  /** fewer is ill-formed: `[+ x]` is 1 */
  readonly min?: number;
  /** more than this need not be processed by everybody (CTA-5007-B §4.6.11: 50): a warning */
  readonly common?: number;
}

/** Array ↔ JSON array. An item that cannot be read is left out of the value and said where it stands. */
export function listCodec<T>(item: Codec<T>, length: Length = {}): Codec<readonly T[]> {
  const { min = 0, common = Number.POSITIVE_INFINITY } = length;
  return {
    read(node, ctx) {
      const array = bare(node, ctx);
      if (array.kind !== 'array') return wrongType(array, 'an array', ctx);
      const count = array.items.length;
      if (count < min)
        ctx.issue(array, 'ERR_CLAIM_EMPTY', count === 0 ? 'Must not be empty' : `Must have ${min} items`);
      if (count > common) {
        ctx.issue(
          array,
          'ERR_CLAIM_RANGE',
          `${count} items: recipients need not process more than ${common}`,
          'warning',
        );
      }
      const values: T[] = [];
      for (const child of array.items) {
        const value = item.read(child, ctx);
        if (value !== undefined) values.push(value);
      }
      return values;
    },
    write: (values) => ({ kind: 'array', items: values.map((value) => item.write(value)) }),
    toJson: (values) => values.map((value) => item.toJson(value)),
    fromJson(json, ctx) {
      if (!Array.isArray(json)) return problem('Must be a list');
      if (json.length < min) return problem(json.length === 0 ? 'Must not be empty' : `Must have ${min} items`);
      const values: T[] = [];
      const problems: JsonProblem[] = [];
      json.forEach((one, index) => {
        const read = item.fromJson(one, ctx);
        if (read.ok) values.push(read.value);
        else problems.push(...under(index, read.error));
      });
      return problems.length === 0 ? ok(values) : { ok: false, error: problems };
    },
  };
}

/** `x / [* x]`: a bare item stays bare, so that reading and writing give the same bytes. `T` is never an array. */
export function oneOrManyCodec<T>(item: Codec<T>, length: Length = {}): Codec<T | readonly T[]> {
  const many = listCodec(item, length);
  const isMany = (value: T | readonly T[]): value is readonly T[] => Array.isArray(value);
  return {
    read: (node, ctx) => {
      const value = bare(node, ctx);
      return value.kind === 'array' ? many.read(value, ctx) : item.read(value, ctx);
    },
    write: (value) => (isMany(value) ? many.write(value) : item.write(value)),
    toJson: (value) => (isMany(value) ? many.toJson(value) : item.toJson(value)),
    fromJson: (json, ctx) => (Array.isArray(json) ? many.fromJson(json, ctx) : item.fromJson(json, ctx)),
  };
}

/** The items of a `x / [* x]` value. */
export const asList = <T>(value: T | readonly T[]): readonly T[] => (Array.isArray(value) ? value : [value as T]);
