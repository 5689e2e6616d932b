import { describe, expect, it } from 'vitest';
import { encodeHex } from '../../../shared/bytes/hex.ts';
import { decode } from '../../../shared/cbor/decode.ts';
import { encode } from '../../../shared/cbor/encode.ts';
import { claimValue } from '../../../shared/claims/claims-set.ts';
import { claimsToJson } from '../../../shared/claims/claims-to-json.ts';
import { exp } from '../../../shared/claims/definitions/exp.ts';
import { foreignLabelName } from '../../../shared/claims/foreign-labels.ts';
import { readClaims } from '../../../shared/claims/read-claims.ts';
import { writeClaims } from '../../../shared/claims/write-claims.ts';
import { fromHex, readHex } from './harness.ts';

const errors = (hex: string) =>
  readHex(hex)
    .issues.filter(({ severity }) => severity === 'error')
    .map(({ code, claim }) => `${claim} ${code}`);

describe('dialects of a claims map', () => {
  it.each([
    ['registered labels', 'a1190138a103a103626964', ['cta-5007'], { catu: { path: { contains: 'id' } } }],
    ['claims of RFC 8392 alone', 'a201617804190e10', ['cta-5007'], { iss: 'x', exp: 3600 }],
    [
      'labels of the 2024 drafts',
      'a4041a6d0ee9e602617819010ea103a101612f190116a20002011846',
      ['legacy-2024'],
      { exp: 1829693926, sub: 'x', catu: { path: { prefix: '/' } }, catr: { type: 'header', expadd: 70 } },
    ],
    [
      'a draft catr without anything else of the drafts',
      'a1190116a20002011846',
      ['legacy-2024'],
      { catr: { type: 'header', expadd: 70 } },
    ],
    ['catifdata at its draft label', 'a11a000100006161', ['legacy-2024'], { catifdata: 'a' }],
    [
      'an attestation, which is no draft',
      'a219010e8101190138a103a10060',
      ['cta-5007'],
      { '270': [1], catu: { path: { exact: '' } } },
    ],
    ['an attestation without anything of CAT', 'a11901090a', ['cta-5007'], { '265': 10 }],
    ['an array match', 'a1190138a1038203626964', ['cta-5007', 'array-matches'], { catu: { path: { contains: 'id' } } }],
    [
      'an array match with an expression and its group',
      'a1190138a1038304625e61626264',
      ['cta-5007', 'array-matches'],
      { catu: { path: { regex: ['^a', 'bd'] } } },
    ],
    [
      'the 2023 draft',
      'a119010ea103a3000302625e2f046174',
      ['legacy-2024', 'draft-2023-catu'],
      { catu: { path: { regex: ['^/', 't'] } } },
    ],
    ['Akamai composites', 'a1182981a10401', ['akamai-composites'], { or: [{ exp: 1 }] }],
    ['Quicr composites', 'a119014481a10401', ['quicr-composites'], { or: [{ exp: 1 }] }],
    [
      'Quicr nor and and',
      'a219014581a1040119014681a10402',
      ['quicr-composites'],
      { nor: [{ exp: 1 }], and: [{ exp: 2 }] },
    ],
    ['the CloudFront sample', 'a1190191a102a101652f70617468', ['aws-docs'], { catu: { path: { prefix: '/path' } } }],
    [
      'the CloudFront sample: extensions',
      'a1190191a103a10382622e61622e62',
      ['aws-docs'],
      { catu: { extension: { exact: ['.a', '.b'] } } },
    ],
    [
      'the CloudFront sample: renewal',
      'a1190194a30166636f6f6b6965021a650000000305',
      ['aws-docs'],
      { catr: { type: 'cookie', deadline: 1694498816, '"max_uses"': 5 } },
    ],
    ['the CloudFront sample: methods', 'a11901938163474554', ['aws-docs'], { catm: ['GET'] }],
    ['a nonce, which is not the CloudFront sample', 'a11901914178', ['cta-5007'], { '401': { hex: '78' } }],
    [
      'node-cat’s lost claims',
      'a3016178fb7ff8000000000000810119013601',
      ['cta-5007', 'nan-keys'],
      { iss: 'x', NaN: [1], catv: 1 },
    ],
    ['names as keys', 'a26369737361786365787001', ['text-keys'], { iss: 'x', exp: 1 }],
    ['labels in digits as keys', 'a1633331338163474554', ['text-keys'], { catm: ['GET'] }],
    [
      'labels in digits inside',
      'a1190138a16133a16133626964',
      ['cta-5007', 'text-keys'],
      { catu: { path: { contains: 'id' } } },
    ],
    [
      'tag 259 around maps',
      'd90103a1190138d90103a103d90103a103626964',
      ['cta-5007', 'tag-259'],
      { catu: { path: { contains: 'id' } } },
    ],
    [
      'catr with Akamai’s labels',
      'a1190143a4000301183c0781616108190133',
      ['cta-5007', 'akamai-catr-labels'],
      { catr: { type: 'redirect', expadd: 60, 'header-params': ['a'], code: 307 } },
    ],
    ['moqt at Catapult’s label', 'a119fde9182a', ['c4m'], { 'moqt-reval': 42 }],
  ])('%s', (_, hex, dialects, json) => {
    const set = readHex(hex);
    expect(claimsToJson(set)).toEqual(json);
    expect(set.dialects).toEqual(dialects);
  });

  it('names a count of uses, and takes it for no rule', () => {
    const set = readHex('a119013805');
    expect(set.dialects).toEqual(['cta-5007', 'catu-usage-counter']);
    expect(set.entries[0]).toMatchObject({ name: 'catu', value: undefined, illFormed: true });
    expect(claimsToJson(set)).toEqual({ catu: 5 });
  });

  it('tells cattprint from a composite by its shape', () => {
    const set = readHex('a1190144a20001016178');
    expect(set.entries[0]).toMatchObject({ name: 'cattprint', dialects: ['cattprint-324'] });
    expect(set.dialects).toEqual(['cattprint-324']);
  });

  it('says a dialect at the claim that shows it', () => {
    const set = readHex('a2190138a103820362696419013601');
    expect(set.entries.map(({ name, dialects }) => [name, dialects])).toEqual([
      ['catu', ['array-matches']],
      ['catv', []],
    ]);
  });

  it('keeps what happens inside a composite out of the composite itself', () => {
    // {41: [{4: "x"}, {312: {3: [3, "a"]}}]}
    const set = readHex('a1182982a1046178a1190138a10382036161');
    const [or] = set.entries;
    expect(or).toMatchObject({ name: 'or', illFormed: false, issues: [], dialects: ['akamai-composites'] });
    expect(set.issues.map(({ claim, code }) => [claim, code])).toEqual([['exp', 'ERR_CLAIM_TYPE']]);
    expect(set.dialects).toEqual(['cta-5007', 'akamai-composites', 'array-matches']);
  });

  it('reads a composite of the drafts by the drafts’ labels', () => {
    // {270: {3: {1: "/"}}, 41: [{271: ["GET"]}]}
    const set = readHex('a219010ea103a101612f182981a119010f8163474554');
    expect(claimsToJson(set)).toEqual({ catu: { path: { prefix: '/' } }, or: [{ catm: ['GET'] }] });
  });

  it('says it when one claim stands at two labels', () => {
    // {4: 1, "exp": 2}
    const set = readHex('a204016365787002');
    expect(set.issues).toMatchObject([{ claim: 'exp', code: 'ERR_CLAIM_CONFLICT', severity: 'warning' }]);
    expect(claimsToJson(set)).toEqual({ exp: 1, 'exp#2': 2 });
  });
});

describe('entries', () => {
  it('stand in received order with their labels, repeated ones repeated', () => {
    const set = readHex('a40402617801040363726572f5');
    expect(set.entries.map(({ label, name }) => [label, name])).toEqual([
      [4, 'exp'],
      ['x', '"x"'],
      [4, 'exp'],
      ['rer', '"rer"'],
    ]);
    expect(claimsToJson(set)).toEqual({ exp: 2, '"x"': 1, 'exp#2': 3, '"rer"': true });
  });

  it('give the first value of a repeated claim', () => {
    expect(claimValue(readHex('a204020403'), exp)).toBe(2);
    expect(claimValue(readHex('a20461780403'), exp)).toBe(3);
    expect(claimValue(readHex('a10400'), exp)).toBe(0);
    expect(claimValue(readHex('a0'), exp)).toBeUndefined();
  });

  it('know where everything stands', () => {
    const [first, second] = readHex('a2016178190138a103a10341ff').entries;
    expect(first?.node).toMatchObject({ start: 2, end: 4 });
    expect(second?.keyNode).toMatchObject({ start: 4, end: 7 });
    expect(second?.issues).toMatchObject([{ code: 'ERR_CLAIM_TYPE', node: { start: 11, end: 13 } }]);
    expect(second?.illFormed).toBe(true);
  });

  it.each([
    ['a tag around a value', 'a101d8206178', ['iss ERR_CLAIM_TAG']],
    ['tag 259 around something else than a map', 'a101d901036178', ['iss ERR_CLAIM_TAG']],
    ['two tags', 'a104c1c101', ['exp ERR_CLAIM_TAG', 'exp ERR_CLAIM_TAG']],
    ['a float for an audience', 'a103f93c00', ['aud ERR_CLAIM_TYPE']],
  ])('say %s', (_, hex, expected) => {
    expect(errors(hex)).toEqual(expected);
  });

  it('keep odd keys apart', () => {
    const set = readHex('a4417801f93c00021bffffffffffffffff03810404');
    expect(claimsToJson(set)).toEqual({ '{"hex":"78"}': 1, '{"float":"1"}': 2, '18446744073709551615': 3, '[4]': 4 });
    expect(set.entries.every(({ definition }) => definition === undefined)).toBe(true);
  });

  it('end where the token was cut off', () => {
    const set = readHex('a201617804');
    expect(set.entries[0]).toMatchObject({ name: 'iss', value: 'x' });
    expect(() => claimsToJson(set)).not.toThrow();
    expect(() => encode(writeClaims(set))).not.toThrow();
  });

  it('of an attestation are named as what they are elsewhere', () => {
    const { entries } = readHex('a2190100410019190909f6');
    expect(entries.map(({ label }) => foreignLabelName(Number(label)))).toEqual(['ueid', undefined]);
    expect(entries.every(({ definition }) => definition === undefined)).toBe(true);
  });

  it('are none where there is no map', () => {
    const set = readHex('8101');
    expect(set.entries).toEqual([]);
    expect(set.issues).toMatchObject([{ code: 'ERR_CLAIM_TYPE' }]);
  });
});

describe('writing a claims set', () => {
  it('keeps what nobody knows byte for byte', () => {
    const bytes = 'a3016178190fa0a2626162f6f901008161621a000f424082d8206163fb3ff199999999999a';
    const set = readHex(bytes);
    expect(encodeHex(encode(writeClaims(set), { form: 'authored' }))).toBe(bytes);
  });

  it('turns a draft into today’s claims', () => {
    const set = readHex('a219010ea1038203626964190116a20002011846');
    expect(encodeHex(encode(writeClaims(set)))).toBe('a2190138a103a103626964190143a20002011846');
  });
});

it('reads ten thousand odd entries in no time', () => {
  const entries = Array.from({ length: 4000 }, (_, index) => `19${(20_000 + index).toString(16).padStart(4, '0')}00`);
  const names = Array.from({ length: 4000 }, () => '6365787000');
  const bytes = fromHex(`b91f40${entries.join('')}${names.join('')}`);
  const { root } = decode(bytes, { limits: { nodes: 20_000 } });
  const start = performance.now();
  const set = readClaims(root);
  expect(performance.now() - start).toBeLessThan(500);
  expect(set.entries).toHaveLength(8000);
});
