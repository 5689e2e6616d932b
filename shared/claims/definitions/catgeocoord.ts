import type { CborNode } from '../../cbor/node.ts';
import { denied, passed, undecided } from '../../evaluate/make-verdict.ts';
import { value as literal, rich } from '../../explain/rich-text.ts';
import { haversineMetres } from '../../geo/haversine.ts';
import { isJsonObject } from '../../json.ts';
import { ok } from '../../result.ts';
import { defineClaim, type JsonProblem, type ReadContext } from '../claim.ts';
import { bare, type Codec, problem, under, wrongType } from '../codec/codec.ts';
import { isWgs84, type Located, locatedCodec } from '../codec/crs.ts';
import { listCodec } from '../codec/list.ts';
import { numberCodec, type WireNumber } from '../codec/number.ts';

const CATGEOCOORD = { label: 317, name: 'catgeocoord' } as const;

/** A circle on the ground: degrees, and metres. */
export interface Area {
  readonly latitude: WireNumber;
  readonly longitude: WireNumber;
  readonly radius: WireNumber;
}

const latitudeCodec = numberCodec({ min: -90, max: 90 });
const longitudeCodec = numberCodec({ min: -180, max: 180 });
const metresCodec = numberCodec({ min: 0 });
const PARTS = [
  { codec: latitudeCodec, text: 'lat' },
  { codec: longitudeCodec, text: 'lon' },
  { codec: metresCodec, text: 'accuracy' },
] as const;

const areaCodec: Codec<Area> = {
  read(node, ctx) {
    const item = bare(node, ctx);
    if (item.kind !== 'array') return wrongType(item, 'an array of latitude, longitude and radius', ctx);
    if (item.items.length !== 3) {
      ctx.issue(item, 'ERR_CLAIM_TYPE', `Must be latitude, longitude and radius, has ${item.items.length} items`);
      return undefined;
    }
    const radius = item.items[2];
    if (radius?.kind === 'float') ctx.issue(radius, 'ERR_CLAIM_RANGE', 'A radius is whole metres');
    return readParts(item.items, ctx);
  },
  write: ({ latitude, longitude, radius }) => ({
    kind: 'array',
    items: [latitudeCodec.write(latitude), longitudeCodec.write(longitude), metresCodec.write(radius)],
  }),
  toJson: ({ latitude, longitude, radius }) => [
    latitudeCodec.toJson(latitude),
    longitudeCodec.toJson(longitude),
    metresCodec.toJson(radius),
  ],
  fromJson(json, ctx) {
    const parts = isJsonObject(json) ? [json['lat'], json['lon'], json['accuracy'] ?? json['radius']] : json;
    if (!Array.isArray(parts) || parts.length !== 3) return problem('Must be a list of latitude, longitude and radius');
    const read = PARTS.map(({ codec }, index) => codec.fromJson(parts[index] ?? null, ctx));
    const problems: JsonProblem[] = read.flatMap((one, index) => (one.ok ? [] : under(index, one.error)));
    const [latitude, longitude, radius] = read;
    if (!latitude?.ok || !longitude?.ok || !radius?.ok) return { ok: false, error: problems };
    return ok({ latitude: latitude.value, longitude: longitude.value, radius: radius.value });
  },
};

const areasCodec = listCodec(areaCodec, { min: 1 });

export const catgeocoord = defineClaim<Located<readonly Area[]>>({
  ...CATGEOCOORD,
  ...locatedCodec({
    ...areasCodec,
    read(node: CborNode, ctx: ReadContext) {
      const item = bare(node, ctx);
      return item.kind === 'map' ? readTextKeys(item, ctx) : areasCodec.read(item, ctx);
    },
  }),
  title: 'Places',
  summary: 'Circles on the ground that the client must be in; one of them is enough.',
  source: 'CTA-5007-B §4.6.15',
  group: 'request',
  support: 'may',

  explain({ place }) {
    const [first] = place;
    const where =
      first === undefined
        ? rich`nowhere`
        : rich`within ${metres(Number(first.radius))} of ${literal(pointText(first))}`;
    return place.length > 1 ? rich`${where} or ${String(place.length - 1)} more places` : where;
  },

  evaluate(located, { request, rules }) {
    const { place } = located;
    if (located.crs !== undefined && rules.coordinate.wrapper === 'ill-formed') {
      return denied(CATGEOCOORD, 'DENY_ILL_FORMED', rich`A reference system (tag 279) is not accepted here`);
    }
    if (!isWgs84(located)) {
      return undecided(CATGEOCOORD, 'not-supported', rich`The token uses a reference system other than WGS84`);
    }
    const { location } = request;
    if (location === undefined) {
      return undecided(CATGEOCOORD, 'missing-input', rich`It was not said where the client is`);
    }
    let nearest: { readonly area: Area; readonly over: number; readonly distance: number } | undefined;
    for (const area of place) {
      const distance = haversineMetres(
        location.latitude,
        location.longitude,
        Number(area.latitude),
        Number(area.longitude),
      );
      const over = distance - Number(area.radius);
      if (over < 0 || (over === 0 && rules.coordinate.boundary === 'inside-or-on')) {
        return passed(
          CATGEOCOORD,
          rich`${metres(distance)} from ${literal(pointText(area))}, ${metres(Number(area.radius))} are allowed`,
        );
      }
      if (nearest === undefined || over < nearest.over) nearest = { area, over, distance };
    }
    if (nearest === undefined) return denied(CATGEOCOORD, 'DENY_GEO', rich`The token names no place`);
    const { area, distance } = nearest;
    return denied(
      CATGEOCOORD,
      'DENY_GEO',
      rich`${metres(distance)} from ${literal(pointText(area))}, and at most ${metres(Number(area.radius))} are allowed`,
      {
        expected: `within ${area.radius} m of ${pointText(area)}`,
        actual: `${location.latitude}, ${location.longitude}`,
      },
    );
  },

  form: { kind: 'coordinates' },

  examples: [
    {
      title: 'A hundred metres around a point',
      value: { place: [{ latitude: 37.7749, longitude: -122.4194, radius: 100 }] },
      cbor: '8183fb4042e32fec56d5d0fbc05e9ad77318fc501864',
      json: [[37.7749, -122.4194, 100]],
    },
    {
      title: 'Two whole-numbered places',
      value: {
        place: [
          { latitude: 59, longitude: 18, radius: 5000 },
          { latitude: -34, longitude: 151, radius: 0 },
        ],
      },
      cbor: '8283183b1219138883382118970' + '0',
      json: [
        [59, 18, 5000],
        [-34, 151, 0],
      ],
    },
    {
      title: 'With its reference system named',
      beyondForm: true,
      value: { place: [{ latitude: 0, longitude: 0, radius: 1 }], crs: { kind: 'int', value: 0 } },
      cbor: 'd901178200818300' + '0001',
      json: { tag: 279, value: [0, [[0, 0, 1]]] },
    },
  ],
  refused: [
    { title: 'A bare place', cbor: '83183b1201', code: 'ERR_CLAIM_TYPE' },
    { title: 'Nowhere', cbor: '80', code: 'ERR_CLAIM_EMPTY' },
    { title: 'No radius', cbor: '8182183b12', code: 'ERR_CLAIM_TYPE' },
    { title: 'Beyond the pole', cbor: '8183185b1201', code: 'ERR_CLAIM_RANGE' },
    { title: 'A fraction of a metre', cbor: '818300' + '00f93800', code: 'ERR_CLAIM_RANGE' },
    {
      title: 'Names for keys, as in early C4M vectors',
      cbor: 'a3636c617418' + '3b636c6f6e1268616363757261637901',
      code: 'ERR_CLAIM_TYPE',
    },
    { title: 'Another tag', cbor: 'd9011881' + '83000001', code: 'ERR_CLAIM_TAG' },
  ],
  cases: [
    {
      title: 'inside the second',
      value: {
        place: [
          { latitude: 0, longitude: 0, radius: 10 },
          { latitude: 59.3, longitude: 18, radius: 1000 },
        ],
      },
      request: { location: { latitude: 59.3, longitude: 18.01 } },
      verdict: 'pass',
    },
    {
      title: 'on the point itself, radius 0',
      value: { place: [{ latitude: 59.3, longitude: 18, radius: 0 }] },
      request: { location: { latitude: 59.3, longitude: 18 } },
      verdict: 'pass',
    },
    {
      title: 'outside',
      value: { place: [{ latitude: 59.3, longitude: 18, radius: 500 }] },
      request: { location: { latitude: 59.3, longitude: 18.01 } },
      verdict: 'fail',
      code: 'DENY_GEO',
    },
    {
      title: 'another reference system',
      value: { place: [{ latitude: 59.3, longitude: 18, radius: 500 }], crs: { kind: 'int', value: 7 } },
      request: { location: { latitude: 59.3, longitude: 18 } },
      verdict: 'unknown',
      code: 'CANNOT_JUDGE',
    },
    {
      title: 'no location',
      value: { place: [{ latitude: 59.3, longitude: 18, radius: 500 }] },
      verdict: 'unknown',
      code: 'NOT_CHECKED',
    },
  ],
});

/** Early C4M vectors: `{"lat": …, "lon": …, "accuracy": …}`. */
function readTextKeys(map: CborNode & { readonly kind: 'map' }, ctx: ReadContext): readonly Area[] | undefined {
  wrongType(map, 'an array of places', ctx);
  const parts = PARTS.map(
    ({ text }) => map.entries.find(({ key }) => key.kind === 'text' && key.value === text)?.value,
  );
  if (parts.includes(undefined)) return undefined;
  ctx.dialect('c4m', map);
  const area = readParts(parts, ctx);
  return area === undefined ? undefined : [area];
}

function readParts(nodes: readonly (CborNode | undefined)[], ctx: ReadContext): Area | undefined {
  const [latitude, longitude, radius] = PARTS.map(({ codec }, index) => {
    const node = nodes[index];
    return node === undefined ? undefined : codec.read(node, ctx);
  });
  if (latitude === undefined || longitude === undefined || radius === undefined) return undefined;
  return { latitude, longitude, radius };
}

const pointText = ({ latitude, longitude }: Area): string => `${latitude}, ${longitude}`;

/** "120 m", "12.3 km". */
function metres(distance: number): string {
  if (distance < 1000) return `${Math.round(distance)} m`;
  return `${Number((distance / 1000).toPrecision(3))} km`;
}
