import { array, tag } from '../../cbor/build.ts';
import type { CborValue } from '../../cbor/node.ts';
import { isJsonObject } from '../../json.ts';
import { ok } from '../../result.ts';
import { anyCodec } from './any.ts';
import { type Codec, under } from './codec.ts';

/** A place, and the reference system it is given in when the token names one. */
export interface Located<T> {
  readonly place: T;
  /** identifier inside the wrapper (tag 279); absent = no wrapper, WGS84 */
  readonly crs?: CborValue;
}

const CRS_TAG = 279;

/**
 * A geographic value, bare or in the wrapper `279([identifier, value])`. The wrapper's inside is known from one library
 * only. In JSON the wrapper stands as the tag it is: `{ "tag": 279, "value": [0, …] }`.
 */
export function locatedCodec<T>(inner: Codec<T>): Codec<Located<T>> {
  return {
    read(node, ctx) {
      if (node.kind !== 'tag' || node.tag !== CRS_TAG) {
        const place = inner.read(node, ctx);
        return place === undefined ? undefined : { place };
      }
      const [id, value, ...more] = node.value.kind === 'array' ? node.value.items : [];
      if (id === undefined || value === undefined || more.length > 0) {
        ctx.issue(node.value, 'ERR_CLAIM_TYPE', 'The wrapper must hold an identifier and a value');
        return undefined;
      }
      const crs = anyCodec.read(id, ctx);
      const place = inner.read(value, ctx);
      return crs === undefined || place === undefined ? undefined : { place, crs };
    },
    write: ({ place, crs }) => (crs === undefined ? inner.write(place) : tag(CRS_TAG, array(crs, inner.write(place)))),
    toJson: ({ place, crs }) =>
      crs === undefined ? inner.toJson(place) : { tag: CRS_TAG, value: [anyCodec.toJson(crs), inner.toJson(place)] },
    fromJson(json, ctx) {
      const wrapped = isJsonObject(json) && json['tag'] === CRS_TAG ? json['value'] : undefined;
      if (!Array.isArray(wrapped) || wrapped.length !== 2) {
        const place = inner.fromJson(json, ctx);
        return place.ok ? ok({ place: place.value }) : place;
      }
      const crs = anyCodec.fromJson(wrapped[0], ctx);
      if (!crs.ok) return { ok: false, error: under('value', under(0, crs.error)) };
      const place = inner.fromJson(wrapped[1], ctx);
      if (!place.ok) return { ok: false, error: under('value', under(1, place.error)) };
      return ok({ place: place.value, crs: crs.value });
    },
  };
}

/** WGS84: no wrapper, or the identifier 0 that the one known library gives it. */
export const isWgs84 = ({ crs }: Located<unknown>): boolean =>
  crs === undefined || (crs.kind === 'int' && crs.value === 0);
