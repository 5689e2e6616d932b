import { denied, passed, undecided } from '../../evaluate/make-verdict.ts';
import { value as literal, type RichText, rich, type TextPart } from '../../explain/rich-text.ts';
import { alpha2Of, countryName } from '../../geo/countries.ts';
import { defineClaim } from '../claim.ts';
import { bare, type Codec } from '../codec/codec.ts';
import { listCodec } from '../codec/list.ts';
import { textCodec } from '../codec/text.ts';

const CATGEOISO3166 = { label: 316, name: 'catgeoiso3166' } as const;

/** ISO 3166-1 alpha-2, alpha-3, or an ISO 3166-2 subdivision. */
const CODE = /^[A-Z]{2}(-[A-Z0-9]{1,3})?$|^[A-Z]{3}$/;

const codeCodec: Codec<string> = {
  ...textCodec,
  read(node, ctx) {
    const code = textCodec.read(node, ctx);
    if (code !== undefined && !CODE.test(code)) {
      ctx.issue(bare(node, ctx), 'ERR_CLAIM_RANGE', 'Is no ISO 3166 code such as SE or US-CA', 'warning');
    }
    return code;
  },
};

export const catgeoiso3166 = defineClaim<readonly string[]>({
  ...CATGEOISO3166,
  ...listCodec(codeCodec, { min: 1 }),
  title: 'Countries',
  summary: 'Countries and regions the client must be in; one of them is enough.',
  source: 'CTA-5007-B §4.6.14, ISO 3166',
  group: 'request',
  support: 'may',

  explain: (codes) => rich`from ${listed(codes)}`,

  evaluate(codes, { request }) {
    if (request.country === undefined) {
      return undecided(CATGEOISO3166, 'missing-input', rich`It was not said where the client is`);
    }
    const actual = request.country.toUpperCase();
    const [country = '', region] = splitOnce(actual);
    const detail = { expected: codes.slice(0, 50).join(', '), actual };
    let needsRegion = false;
    for (const code of codes) {
      const [wanted = '', wantedRegion] = splitOnce(code);
      if (wanted !== country && alpha2Of(wanted) !== country) continue;
      // a country covers its subdivisions
      if (wantedRegion === undefined || wantedRegion === region) {
        return passed(CATGEOISO3166, rich`${inWords(actual)} is listed`, detail);
      }
      needsRegion ||= region === undefined;
    }
    if (needsRegion) {
      const reason = rich`Only parts of ${inWords(country)} are listed, and it was not said which part the client is in`;
      return undecided(CATGEOISO3166, 'missing-input', reason, detail);
    }
    return denied(
      CATGEOISO3166,
      'DENY_GEO',
      rich`The client is in ${inWords(actual)}, which is not ${listed(codes)}`,
      detail,
    );
  },

  form: { kind: 'countries' },

  examples: [
    { title: 'A country', value: ['SE'], cbor: '81625345', json: ['SE'] },
    {
      title: 'A country and parts of others',
      value: ['SE', 'US-CA', 'GB-ENG'],
      cbor: '836253456555532d43416647422d454e47',
      json: ['SE', 'US-CA', 'GB-ENG'],
    },
    { title: 'Three letters', value: ['SWE'], cbor: '8163535745', json: ['SWE'] },
  ],
  refused: [
    { title: 'Nothing', cbor: '80', code: 'ERR_CLAIM_EMPTY' },
    { title: 'One country without its list', cbor: '625345', code: 'ERR_CLAIM_TYPE' },
    { title: 'A number', cbor: '811902f0', code: 'ERR_CLAIM_TYPE' },
  ],
  cases: [
    { title: 'the country', value: ['NO', 'SE'], request: { country: 'SE' }, verdict: 'pass' },
    { title: 'a part of a listed country', value: ['SE'], request: { country: 'SE-AB' }, verdict: 'pass' },
    { title: 'the listed part', value: ['US-CA'], request: { country: 'US-CA' }, verdict: 'pass' },
    { title: 'three letters', value: ['SWE'], request: { country: 'SE' }, verdict: 'pass' },
    { title: 'another country', value: ['SE'], request: { country: 'NO' }, verdict: 'fail', code: 'DENY_GEO' },
    { title: 'another part', value: ['US-CA'], request: { country: 'US-NY' }, verdict: 'fail', code: 'DENY_GEO' },
    { title: 'lower case in the token', value: ['se'], request: { country: 'SE' }, verdict: 'fail', code: 'DENY_GEO' },
    {
      title: 'a part is listed, only the country is known',
      value: ['US-CA'],
      request: { country: 'US' },
      verdict: 'unknown',
      code: 'NOT_CHECKED',
    },
    { title: 'no country', value: ['SE'], verdict: 'unknown', code: 'NOT_CHECKED' },
  ],
});

function splitOnce(code: string): [string, string?] {
  const dash = code.indexOf('-');
  return dash < 0 ? [code] : [code.slice(0, dash), code.slice(dash + 1)];
}

/** "Sweden", "California's country and code": a name where there is one. */
function inWords(code: string): TextPart | RichText {
  const [country, region] = splitOnce(code);
  const name = countryName(country) ?? countryName(alpha2Of(country) ?? '');
  if (name === undefined) return literal(code);
  return region === undefined ? { kind: 'text', text: name } : rich`${name} (${literal(code)})`;
}

function listed(codes: readonly string[]): RichText {
  const shown = codes.slice(0, 4).flatMap((code, index): readonly TextPart[] => {
    const words = rich`${inWords(code)}`;
    if (index === 0) return words;
    const last = index === codes.length - 1;
    return [{ kind: 'text', text: last ? ' or ' : ', ' }, ...words];
  });
  return codes.length > 4 ? [...shown, { kind: 'text', text: ` or ${codes.length - 4} more` }] : shown;
}
