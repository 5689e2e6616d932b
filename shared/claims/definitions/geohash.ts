import { denied, passed, undecided } from '../../evaluate/make-verdict.ts';
import { value as literal, type RichText, rich, type TextPart } from '../../explain/rich-text.ts';
import { encodeGeohash, isGeohash } from '../../geo/geohash.ts';
import { ok } from '../../result.ts';
import { defineClaim } from '../claim.ts';
import { bare, type Codec, problem } from '../codec/codec.ts';
import { isWgs84, type Located, locatedCodec } from '../codec/crs.ts';
import { asList, oneOrManyCodec } from '../codec/list.ts';
import { textCodec } from '../codec/text.ts';

const GEOHASH = { label: 282, name: 'geohash' } as const;

const cellCodec: Codec<string> = {
  ...textCodec,
  read(node, ctx) {
    const cell = textCodec.read(node, ctx);
    if (cell !== undefined && !isGeohash(cell)) {
      ctx.issue(bare(node, ctx), 'ERR_CLAIM_RANGE', 'Is no geohash: 1 to 12 of 0–9 and b–z without i, l, o');
    }
    return cell;
  },
  fromJson: (json) =>
    typeof json === 'string' && isGeohash(json) ? ok(json) : problem('Must be a geohash, 1 to 12 characters'),
};

export const geohash = defineClaim<Located<string | readonly string[]>>({
  ...GEOHASH,
  ...locatedCodec(oneOrManyCodec(cellCodec, { min: 1 })),
  title: 'Geohash cells',
  summary: 'Cells of a grid over the world that the client must be in; one of them is enough.',
  source: 'CTA-5007-B §4.6.16, CTA-5009-A',
  group: 'request',
  support: 'may',

  explain: ({ place }) => rich`in ${listed(asList(place))}`,

  evaluate(located, { request, rules }) {
    const cells = asList(located.place);
    if (typeof located.place !== 'string' && rules.geohash.list === 'reject') {
      return denied(GEOHASH, 'DENY_GEO', rich`A list of cells is not understood here and matches nothing`);
    }
    if (!isWgs84(located)) {
      return undecided(GEOHASH, 'not-supported', rich`The token uses a reference system other than WGS84`);
    }
    const { location } = request;
    if (location === undefined) return undecided(GEOHASH, 'missing-input', rich`It was not said where the client is`);
    const longest = cells.reduce((length, cell) => Math.max(length, Math.min(cell.length, 12)), 0);
    const here = encodeGeohash(location.latitude, location.longitude, longest);
    const match = cells.find((cell) => isGeohash(cell) && here.startsWith(cell));
    const detail = { expected: cells.slice(0, 50).join(', '), actual: here };
    if (match !== undefined) return passed(GEOHASH, rich`In cell ${literal(match)}`, detail);
    return denied(GEOHASH, 'DENY_GEO', rich`The client is in cell ${literal(here)}, not in ${listed(cells)}`, detail);
  },

  form: { kind: 'text-list', placeholder: 'u6sce', single: true },

  examples: [
    { title: 'One cell', value: { place: '9q8yyk' }, cbor: '66397138' + '79796b', json: '9q8yyk' },
    { title: 'Several cells', value: { place: ['u6s', 'u6t'] }, cbor: '8263753673' + '63753674', json: ['u6s', 'u6t'] },
    {
      title: 'With its reference system named',
      beyondForm: true,
      value: { place: 'u6s', crs: { kind: 'int', value: 0 } },
      cbor: 'd90117820063753673',
      json: { tag: 279, value: [0, 'u6s'] },
    },
  ],
  refused: [
    { title: 'A letter that is not in the alphabet', cbor: '63753661', code: 'ERR_CLAIM_RANGE' },
    { title: 'Upper case', cbor: '63553653', code: 'ERR_CLAIM_RANGE' },
    { title: 'Empty', cbor: '60', code: 'ERR_CLAIM_RANGE' },
    { title: 'No cells', cbor: '80', code: 'ERR_CLAIM_EMPTY' },
    { title: 'Bytes', cbor: '43753673', code: 'ERR_CLAIM_TYPE' },
  ],
  cases: [
    {
      title: 'in the cell',
      value: { place: 'u6s' },
      request: { location: { latitude: 59.3, longitude: 18 } },
      verdict: 'pass',
    },
    {
      title: 'in the second cell',
      value: { place: ['zzz', 'u6'] },
      request: { location: { latitude: 59.3, longitude: 18 } },
      verdict: 'pass',
    },
    {
      title: 'elsewhere',
      value: { place: ['u6sce', 'zzz'] },
      request: { location: { latitude: -59.3, longitude: 18 } },
      verdict: 'fail',
      code: 'DENY_GEO',
    },
    { title: 'no location', value: { place: 'u6s' }, verdict: 'unknown', code: 'NOT_CHECKED' },
  ],
});

function listed(cells: readonly string[]): RichText {
  const shown = cells
    .slice(0, 3)
    .flatMap((cell, index): TextPart[] => [
      ...(index === 0 ? [] : [{ kind: 'text', text: ', ' } as const]),
      literal(cell),
    ]);
  return cells.length > 3 ? [...shown, { kind: 'text', text: ` or ${cells.length - 3} more` }] : shown;
}
