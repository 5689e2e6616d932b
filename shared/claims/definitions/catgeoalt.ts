import { denied, passed, undecided } from '../../evaluate/make-verdict.ts';
import { rich } from '../../explain/rich-text.ts';
import { ok } from '../../result.ts';
import { defineClaim } from '../claim.ts';
import { bare, type Codec, problem, under, wrongType } from '../codec/codec.ts';
import { isWgs84, type Located, locatedCodec } from '../codec/crs.ts';
import { numberCodec, type WireNumber } from '../codec/number.ts';

const CATGEOALT = { label: 318, name: 'catgeoalt' } as const;

/** Metres, and how many of them the client may be off either way. */
export interface Altitude {
  readonly altitude: WireNumber;
  readonly deviation: WireNumber;
}

const altitudeCodec = numberCodec();
const deviationCodec = numberCodec({ min: 0 });

const pairCodec: Codec<Altitude> = {
  read(node, ctx) {
    const item = bare(node, ctx);
    if (item.kind !== 'array') return wrongType(item, 'an array of altitude and deviation', ctx);
    const [first, second, ...more] = item.items;
    if (first === undefined || second === undefined || more.length > 0) {
      ctx.issue(item, 'ERR_CLAIM_TYPE', `Must be altitude and deviation, has ${item.items.length} items`);
      return undefined;
    }
    const altitude = altitudeCodec.read(first, ctx);
    const deviation = deviationCodec.read(second, ctx);
    return altitude === undefined || deviation === undefined ? undefined : { altitude, deviation };
  },
  write: ({ altitude, deviation }) => ({
    kind: 'array',
    items: [altitudeCodec.write(altitude), deviationCodec.write(deviation)],
  }),
  toJson: ({ altitude, deviation }) => [altitudeCodec.toJson(altitude), deviationCodec.toJson(deviation)],
  fromJson(json, ctx) {
    if (!Array.isArray(json) || json.length !== 2) return problem('Must be a list of altitude and deviation');
    const altitude = altitudeCodec.fromJson(json[0], ctx);
    const deviation = deviationCodec.fromJson(json[1], ctx);
    if (!altitude.ok) return { ok: false, error: under(0, altitude.error) };
    if (!deviation.ok) return { ok: false, error: under(1, deviation.error) };
    return ok({ altitude: altitude.value, deviation: deviation.value });
  },
};

export const catgeoalt = defineClaim<Located<Altitude>>({
  ...CATGEOALT,
  ...locatedCodec(pairCodec),
  title: 'Altitude',
  summary: 'How high the client must be, in metres, and how far off it may be.',
  source: 'CTA-5007-B §4.6.17',
  group: 'request',
  support: 'may',

  explain: ({ place }) => rich`at ${String(place.altitude)} m, give or take ${String(place.deviation)} m`,

  evaluate(located, { request }) {
    if (!isWgs84(located)) {
      return undecided(CATGEOALT, 'not-supported', rich`The token uses a reference system other than WGS84`);
    }
    const actual = request.location?.altitude;
    if (actual === undefined) {
      return undecided(CATGEOALT, 'missing-input', rich`It was not said how high the client is`);
    }
    const altitude = Number(located.place.altitude);
    const deviation = Number(located.place.deviation);
    const detail = { expected: `${altitude} ± ${deviation} m`, actual: `${actual} m` };
    if (Math.abs(actual - altitude) <= deviation) return passed(CATGEOALT, rich`At ${String(actual)} m`, detail);
    return denied(
      CATGEOALT,
      'DENY_ALTITUDE',
      rich`The client is at ${String(actual)} m, not at ${String(altitude)} m give or take ${String(deviation)} m`,
      detail,
    );
  },

  form: {
    kind: 'tuple',
    members: [
      { name: 'altitude', label: 'Altitude', field: { kind: 'number', unit: 'm' } },
      { name: 'deviation', label: 'Give or take', field: { kind: 'number', min: 0, unit: 'm' } },
    ],
  },

  examples: [
    { title: 'Ten metres up', value: { place: { altitude: 10, deviation: 5 } }, cbor: '820a05', json: [10, 5] },
    {
      title: 'Below the sea, to half a metre',
      value: { place: { altitude: -3, deviation: 0.5 } },
      cbor: '8222f93800',
      json: [-3, 0.5],
    },
    {
      title: 'With its reference system named',
      beyondForm: true,
      value: { place: { altitude: 10, deviation: 5 }, crs: { kind: 'int', value: 0 } },
      cbor: 'd901178200820a05',
      json: { tag: 279, value: [0, [10, 5]] },
    },
  ],
  refused: [
    { title: 'A bare altitude', cbor: '0a', code: 'ERR_CLAIM_TYPE' },
    { title: 'No deviation', cbor: '810a', code: 'ERR_CLAIM_TYPE' },
    { title: 'A negative deviation', cbor: '820a20', code: 'ERR_CLAIM_RANGE' },
  ],
  cases: [
    {
      title: 'on the edge',
      value: { place: { altitude: 10, deviation: 5 } },
      request: { location: { latitude: 0, longitude: 0, altitude: 15 } },
      verdict: 'pass',
    },
    {
      title: 'too high',
      value: { place: { altitude: 10, deviation: 5 } },
      request: { location: { latitude: 0, longitude: 0, altitude: 15.5 } },
      verdict: 'fail',
      code: 'DENY_ALTITUDE',
    },
    {
      title: 'a place without a height',
      value: { place: { altitude: 10, deviation: 5 } },
      request: { location: { latitude: 0, longitude: 0 } },
      verdict: 'unknown',
      code: 'NOT_CHECKED',
    },
  ],
});
