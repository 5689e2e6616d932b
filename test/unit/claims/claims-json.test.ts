import { describe, expect, it } from 'vitest';
import { encodeHex } from '../../../shared/bytes/hex.ts';
import { encode } from '../../../shared/cbor/encode.ts';
import { claimsFromJson } from '../../../shared/claims/claims-json.ts';
import { claimsToJson } from '../../../shared/claims/claims-to-json.ts';
import type { Json } from '../../../shared/json.ts';
import { readHex } from './harness.ts';

function toHex(json: Json): string {
  const map = claimsFromJson(json);
  if (!map.ok) throw new Error(JSON.stringify(map.error));
  return encodeHex(encode(map.value));
}
const toProblems = (json: Json): string[] => {
  const map = claimsFromJson(json);
  return map.ok ? [] : map.error.map(({ path, message }) => `/${path.join('/')}: ${message}`);
};

const PATH_CONTAINS_ID = 'a1190138a103a103626964';

describe('claims JSON to a claims map', () => {
  it.each<[string, Json, string]>([
    ['names', { iss: 'x', exp: 1 }, 'a20161780401'],
    ['labels in decimal', { 1: 'x', '4': 1 }, 'a20161780401'],
    ['catu by names', { catu: { path: { contains: 'id' } } }, PATH_CONTAINS_ID],
    ['catu as the OVP takes it', { catu: { '3': [3, 'id'] } }, PATH_CONTAINS_ID],
    ['catu by labels alone', { '312': { '3': { '3': 'id' } } }, PATH_CONTAINS_ID],
    ['catu as node-cat takes it', { catu: { path: { 'contains-match': 'id' } } }, PATH_CONTAINS_ID],
    ['catu as Akamai takes it', { catu: { parent_path: { prefix: '/a' } } }, 'a1190138a105a101622f61'],
    [
      'an expression in every spelling',
      { catu: { path: { regex: 'a' }, host: { 'regex-match': ['a', null] }, query: [4, 'a', 'b'], stem: [4, ['a']] } },
      'a1190138a401a104826161f603a10481616104a104826161616207a104816161',
    ],
    [
      'a digest as bytes or hex digits',
      { catu: { path: { sha256: { hex: '00'.repeat(32) } }, host: { 'sha512-256-match': 'ff'.repeat(32) } } },
      `a1190138a201a1215820${'ff'.repeat(32)}03a1205820${'00'.repeat(32)}`,
    ],
    ['two matches of one type', { catu: { path: { contains: 'a', 'contains#2': 'b' } } }, 'a1190138a103a2036161036162'],
    ['catr as Akamai takes it', { catr: { renewal_type: 1, exp_extension: 60 } }, 'a1190143a2000101183c'],
    [
      'catr as node-cat takes it',
      { catr: { type: 'header', 'header-name': 'h', expadd: 60 } },
      'a1190143a3000201183c046168',
    ],
    [
      'catif as node-cat takes it',
      { catif: { exp: [307, { Location: 'x' }, 'k'] } },
      'a1190142a10483190133a1684c6f636174696f6e6178616b',
    ],
    [
      'times in digits, as the OVP’s sample has them',
      { exp: '1444064944', nbf: '1443944944.5' },
      'a2041a5612aeb005fb41d584367c200000',
    ],
    ['a cti in hex digits', { cti: '0b71' }, 'a107420b71'],
    ['a cti in other text', { cti: 'a-b' }, 'a10743612d62'],
    ['protocols as text', { catalpn: ['h3'] }, 'a119013a81426833'],
    ['a repeated claim', { exp: 1, 'exp#2': 2 }, 'a204010402'],
    ['text labels', { '"x"': 1, '"exp"': 2 }, 'a26178016365787002'],
    [
      'unknown claims of every kind',
      {
        '400': { hex: 'ff' },
        '401': [1, -1, 1.5, null, true, false, 'x'],
        '402': { '1': 'a', '"1"': 'b', word: 'c' },
        '403': { tag: 52, value: { hex: '0a' } },
        '404': { int: '18446744073709551615' },
        '405': { simple: 23 },
        '406': { float: 'NaN' },
      },
      'a719019041ff190191870120f93e00f6f5f46178190192a30161616131616264776f72646163190193d834410a1901941bffffffffffffffff190195f7190196f97e00',
    ],
    ['a nested set', { or: [{ exp: 1 }, { catu: { '3': [3, 'id'] } }] }, `a1182982a10401${PATH_CONTAINS_ID}`],
    ['nothing', {}, 'a0'],
  ])('takes %s', (_, json, hex) => {
    expect(toHex(json)).toBe(hex);
  });

  it.each<[string, Json, string]>([
    ['a list', [], '/: Claims must be an object'],
    ['a name nobody has', { foo: 1 }, '/foo: No claim is called “foo”; a text label needs quotes of its own'],
    [
      'a name every object has',
      { constructor: 1 },
      '/constructor: No claim is called “constructor”; a text label needs quotes of its own',
    ],
    ['a wrong type', { iss: 5 }, '/iss: Must be text'],
    ['null for a claim', { exp: null }, '/exp: Must be a number'],
    [
      'an unknown component',
      { catu: { paths: { exact: 'a' } } },
      '/catu/paths: Must be one of scheme, host, port, path, query, parent-path, filename, stem, extension',
    ],
    [
      'an unknown component by label',
      { catu: { '9': { exact: 'a' } } },
      '/catu/9: Must be one of scheme, host, port, path, query, parent-path, filename, stem, extension',
    ],
    [
      'an unknown match',
      { catu: { path: { equals: 'a' } } },
      '/catu/path/equals: Must be one of exact, prefix, suffix, contains, regex, sha256, sha512-256',
    ],
    ['an unknown match by label', { catu: { '3': [9, 'a'] } }, '/catu/3/0: Must be a match type from −2 to 4'],
    ['a match without a value', { catu: { '3': [3] } }, '/catu/3: Must be [type, value]'],
    ['several texts for one match', { catu: { path: { exact: ['a', 'b'] } } }, '/catu/path/exact: Must be one text'],
    ['a digest of the wrong length', { catu: { path: { sha256: 'ff' } } }, '/catu/path/sha256: Must be 32 bytes'],
    ['no component', { catu: {} }, '/catu: Must name a URI component'],
    ['no method', { catm: [] }, '/catm: Must not be empty'],
    ['a method that is none', { catm: ['GET', 5] }, '/catm/1: Must be text'],
    ['odd hex', { cti: { hex: 'abc' } }, '/cti: Must be hex digits in pairs; character 4 is wrong or missing'],
    [
      'a header without a match',
      { cath: { 'X-A': 'b' } },
      '/cath/X-A: Must be an object of matches, as { "contains": "…" }',
    ],
    ['a response without a status', { catif: { exp: {} } }, '/catif/exp: Must be a list of status, headers and key id'],
    [
      'a response to nothing',
      { catif: { '["exp",': [401] } },
      '/catif/["exp",: Must be the name of a claim, or a JSON list of names',
    ],
    ['something wrong in a nested set', { or: [{ exp: 'x' }] }, '/or/0/exp: Must be a number'],
    ['something wrong in an unknown claim', { '400': [{ hex: 5 }] }, '/400/0/hex: Must be hex digits in pairs'],
  ])('refuses %s and says where', (_, json, expected) => {
    expect(toProblems(json)).toEqual([expected]);
  });

  it('reports every problem', () => {
    expect(toProblems({ iss: 1, exp: 'x', foo: 1 })).toHaveLength(3);
  });

  it('ends where claims are nested too deep, whatever is nested', () => {
    let composites: Json = {};
    let lists: Json = 0;
    for (let i = 0; i < 5000; i++) {
      composites = { or: [composites] };
      lists = [lists];
    }
    expect(toProblems(composites)[0]).toMatch(/nested too deep$/);
    expect(toProblems({ '400': lists })[0]).toMatch(/more than 64 deep$/);
  });

  it('does not take a member named __proto__ for anything else', () => {
    const json = JSON.parse('{"cath":{"__proto__":{"exact":"a"}},"400":{"\\"__proto__\\"":1}}');
    const hex = toHex(json);
    expect(JSON.stringify(claimsToJson(readHex(hex)))).toBe(JSON.stringify(json));
  });
});

describe('there and back', () => {
  it.each<[string, string]>([
    [
      'a plain token',
      'a70175636f61703a2f2f61732e6578616d706c652e636f6d02656572696b77037818636f61703a2f2f6c696768742e6578616d706c652e636f6d041a5612aeb0051a5610d9f0061a5610d9f007420b71',
    ],
    ['a repeated claim', 'a204010402'],
    ['a lost claim', 'a2fb7ff800000000000081010401'],
    ['unknown claims', 'a5190fa0a2016162616203190fa1d8206178190fa2f7190fa3f8ff617a1bffffffffffffffff'],
  ])('%s', (_, hex) => {
    const json = claimsToJson(readHex(hex));
    expect(claimsToJson(readHex(toHex(json)))).toEqual(json);
  });
});
