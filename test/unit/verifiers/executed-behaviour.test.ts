import { describe, expect, it } from 'vitest';
import { encodeHex } from '../../../shared/bytes/hex.ts';
import { array, bytes, float, int, map, tag, text } from '../../../shared/cbor/build.ts';
import type { CborValue } from '../../../shared/cbor/node.ts';
import { decide } from '../../../shared/evaluate/decision.ts';
import { judgeClaims } from '../../../shared/evaluate/judge-claims.ts';
import type { RequestFacts } from '../../../shared/evaluate/request.ts';
import { akamai } from '../../../shared/verifiers/akamai.ts';
import { nodeCat, nodeCatHttp } from '../../../shared/verifiers/node-cat.ts';
import type { Verifier } from '../../../shared/verifiers/verifier.ts';
import { claimsOf, digest, NOW, tableRecipient, tableRequest } from '../evaluate/judging.ts';

/**
 * What `CAT.validate` of @eyevinn/cat 0.16.4 and Akamai's cat.js 1.0.2 (well-formed, then acceptable; tolerance 0, issuer
 * configured) were seen to do when they were run. Claims stand beside `iss: "x"` unless a row leaves it out.
 */
interface Row {
  readonly title: string;
  readonly claims: readonly (readonly [number, CborValue])[];
  readonly withoutIssuer?: true;
  readonly request?: RequestFacts;
  readonly nodeCat: 'accept' | 'reject';
  readonly akamai: 'accept' | 'reject';
}

const HOST = 'cdn.example.com';
const nip = (...networks: CborValue[]) => [311, array(...networks)] as const;
const uri = (component: number, type: number, value: CborValue) => [312, map([component, map([type, value])])] as const;
const ten = (...rest: number[]) => tag(52, array(int(8), bytes(Uint8Array.of(10, ...rest))));

const ROWS: readonly Row[] = [
  { title: 'no iss', claims: [[6, int(1)]], withoutIssuer: true, nodeCat: 'accept', akamai: 'reject' },
  { title: 'exp 0', claims: [[4, int(0)]], nodeCat: 'accept', akamai: 'reject' },
  { title: 'exp a second and a half ago', claims: [[4, float(NOW - 1.5)]], nodeCat: 'reject', akamai: 'reject' },
  { title: 'exp now', claims: [[4, int(NOW)]], nodeCat: 'accept', akamai: 'accept' },
  { title: 'iss a number', claims: [[1, int(5)]], withoutIssuer: true, nodeCat: 'reject', akamai: 'reject' },
  { title: 'catv 2', claims: [[310, int(2)]], nodeCat: 'accept', akamai: 'reject' },
  { title: 'catreplay 0', claims: [[308, int(0)]], nodeCat: 'accept', akamai: 'reject' },
  { title: 'catreplay 1', claims: [[308, int(1)]], nodeCat: 'accept', akamai: 'reject' },
  { title: 'catreplay 2', claims: [[308, int(2)]], nodeCat: 'accept', akamai: 'reject' },
  { title: 'catnip, zero bytes left out', claims: [nip(ten())], nodeCat: 'reject', akamai: 'accept' },
  { title: 'catnip, zero bytes written', claims: [nip(ten(0, 0, 0))], nodeCat: 'accept', akamai: 'accept' },
  {
    title: 'catnip, a network number alone',
    claims: [nip(int(64512))],
    request: { ...tableRequest, asn: 64512 },
    nodeCat: 'reject',
    akamai: 'reject',
  },
  {
    title: 'catu, two matches of which the second fails',
    claims: [[312, map([3, map([1, text('/a')], [2, text('.zip')])])]],
    nodeCat: 'accept',
    akamai: 'accept',
  },
  { title: 'catu stem b.tar', claims: [uri(7, 0, text('b.tar'))], nodeCat: 'reject', akamai: 'accept' },
  { title: 'catu port 443', claims: [uri(2, 0, text('443'))], nodeCat: 'reject', akamai: 'accept' },
  {
    title: 'catu host by SHA-256 in bytes',
    claims: [uri(1, -1, bytes(digest('sha256', HOST)))],
    nodeCat: 'reject',
    akamai: 'accept',
  },
  {
    title: 'catu host by SHA-512/256',
    claims: [uri(1, -2, bytes(digest('sha512-256', HOST)))],
    nodeCat: 'reject',
    akamai: 'reject',
  },
  {
    title: 'catu host by a whole SHA-512 in bytes',
    claims: [uri(1, -2, bytes(digest('sha512', HOST)))],
    nodeCat: 'reject',
    akamai: 'accept',
  },
  {
    title: 'catu host by a whole SHA-512 in hex',
    claims: [uri(1, -2, text(encodeHex(digest('sha512', HOST))))],
    nodeCat: 'accept',
    akamai: 'reject',
  },
  {
    title: 'catu expression with what its group holds',
    claims: [uri(3, 4, array(text('^/a/(.*)$'), text('b.tar.gz')))],
    nodeCat: 'reject',
    akamai: 'reject',
  },
  { title: 'catu expression as text', claims: [uri(3, 4, text('^/a/'))], nodeCat: 'reject', akamai: 'reject' },
  { title: 'catu component 9', claims: [uri(9, 0, text('x'))], nodeCat: 'reject', akamai: 'reject' },
  { title: 'catm POST', claims: [[313, array(text('POST'))]], nodeCat: 'accept', akamai: 'reject' },
  {
    title: 'cath, one of two values fails',
    claims: [[315, map([text('X-Multi'), map([0, text('good')])])]],
    request: {
      ...tableRequest,
      headers: [
        { name: 'X-Multi', value: 'good' },
        { name: 'X-Multi', value: 'bad' },
      ],
    },
    nodeCat: 'accept',
    akamai: 'reject',
  },
  { title: 'catu parent-path /a', claims: [uri(5, 0, text('/a'))], nodeCat: 'accept', akamai: 'accept' },
  { title: 'geohash', claims: [[282, text('u6s')]], nodeCat: 'accept', akamai: 'accept' },
  { title: 'geohash in a list', claims: [[282, array(text('u6s'), text('zzz'))]], nodeCat: 'accept', akamai: 'reject' },
  { title: 'catgeoalt', claims: [[318, array(int(10), int(5))]], nodeCat: 'accept', akamai: 'accept' },
  { title: 'catr without expadd', claims: [[323, map([0, int(1)])]], nodeCat: 'reject', akamai: 'reject' },
  { title: 'or at 324', claims: [[324, array(map([4, int(1)]))]], nodeCat: 'accept', akamai: 'accept' },
  { title: 'or at 41', claims: [[41, array(map([4, int(1)]))]], nodeCat: 'accept', akamai: 'reject' },
  { title: 'nor at 42', claims: [[42, array(map([4, int(1)]))]], nodeCat: 'accept', akamai: 'accept' },

  // the tables of single claims and the interop matrix
  { title: 'exp as text', claims: [[4, text('soon')]], nodeCat: 'accept', akamai: 'reject' },
  { title: 'exp before 1970', claims: [[4, int(-1)]], nodeCat: 'reject', akamai: 'reject' },
  { title: 'exp in half a second', claims: [[4, float(NOW + 0.5)]], nodeCat: 'accept', akamai: 'accept' },
  { title: 'nbf in an hour', claims: [[5, int(NOW + 3600)]], nodeCat: 'reject', akamai: 'reject' },
  { title: 'nbf 0', claims: [[5, int(0)]], nodeCat: 'accept', akamai: 'reject' },
  { title: 'nbf now', claims: [[5, int(NOW)]], nodeCat: 'accept', akamai: 'accept' },
  { title: 'iat 0', claims: [[6, int(0)]], nodeCat: 'accept', akamai: 'reject' },
  { title: 'iat before 1970', claims: [[6, int(-5)]], nodeCat: 'accept', akamai: 'reject' },
  { title: 'another issuer', claims: [[1, text('y')]], withoutIssuer: true, nodeCat: 'reject', akamai: 'reject' },
  { title: 'a claim nobody knows', claims: [[999, text('x')]], nodeCat: 'accept', akamai: 'accept' },
  { title: 'catpor', claims: [[309, array(int(1), int(7))]], nodeCat: 'accept', akamai: 'accept' },
  {
    title: 'cnf without a proof',
    claims: [[8, map([323, bytes(new Uint8Array(32))])]],
    nodeCat: 'accept',
    akamai: 'accept',
  },
  { title: 'cattpk', claims: [[319, bytes(Uint8Array.of(0x30))]], nodeCat: 'accept', akamai: 'accept' },
  { title: 'crit at 45, nothing there', claims: [[45, array(int(312))]], nodeCat: 'accept', akamai: 'reject' },
  { title: 'crit at 45, known', claims: [[45, array(int(1))]], nodeCat: 'accept', akamai: 'accept' },
  {
    title: 'enc at 44 without crit',
    claims: [[44, map([311, bytes(Uint8Array.of(0xd0))])]],
    nodeCat: 'accept',
    akamai: 'reject',
  },
  {
    title: 'catnip, only the second of two matches',
    claims: [nip(tag(52, array(int(8), bytes(Uint8Array.of(11, 0, 0, 0)))), ten(0, 0, 0))],
    nodeCat: 'accept',
    akamai: 'reject',
  },
  {
    title: 'catu, array match of 2024',
    claims: [[312, map([3, array(int(3), text('b'))])]],
    nodeCat: 'reject',
    akamai: 'reject',
  },
  {
    title: 'catu extension from the first dot',
    claims: [uri(8, 0, text('.tar.gz'))],
    nodeCat: 'accept',
    akamai: 'reject',
  },
  { title: 'catu extension from the last dot', claims: [uri(8, 0, text('.gz'))], nodeCat: 'reject', akamai: 'accept' },
  { title: 'catu stem b', claims: [uri(7, 0, text('b'))], nodeCat: 'accept', akamai: 'reject' },
  { title: 'catu query in another order', claims: [uri(4, 0, text('a=1&b=2'))], nodeCat: 'accept', akamai: 'reject' },
  { title: 'catu query as sent', claims: [uri(4, 0, text('b=2&a=1'))], nodeCat: 'accept', akamai: 'accept' },
  {
    title: 'catu expression with nil',
    claims: [uri(3, 4, array(text('^/a/'), { kind: 'simple', value: 22 }))],
    nodeCat: 'reject',
    akamai: 'accept',
  },
  { title: 'catu match type 9', claims: [uri(3, 9, text('x'))], nodeCat: 'reject', akamai: 'reject' },
  { title: 'country', claims: [[316, array(text('SE'))]], nodeCat: 'accept', akamai: 'accept' },
  { title: 'another country', claims: [[316, array(text('NO'))]], nodeCat: 'accept', akamai: 'reject' },
  { title: 'region', claims: [[316, array(text('SE-AB'))]], nodeCat: 'accept', akamai: 'accept' },
  {
    title: 'catgeocoord on the point, radius 0',
    claims: [[317, array(array(float(59.3), int(18), int(0)))]],
    nodeCat: 'accept',
    akamai: 'reject',
  },
  {
    title: 'catgeocoord around the point',
    claims: [[317, array(array(float(59.3), int(18), int(10)))]],
    nodeCat: 'accept',
    akamai: 'accept',
  },
  { title: 'catr complete', claims: [[323, map([0, int(2)], [1, int(60)])]], nodeCat: 'accept', akamai: 'accept' },
  { title: 'catr null', claims: [[323, { kind: 'simple', value: 22 }]], nodeCat: 'reject', akamai: 'reject' },
  {
    title: 'catif for exp',
    claims: [[322, map([4, array(int(302), map(), text('k'))])]],
    nodeCat: 'accept',
    akamai: 'accept',
  },
  {
    title: 'catif for another claim',
    claims: [[322, map([312, array(int(302), map(), text('k'))])]],
    nodeCat: 'reject',
    akamai: 'accept',
  },
  {
    title: 'catif with a status alone',
    claims: [[322, map([4, array(int(302))])]],
    nodeCat: 'reject',
    akamai: 'reject',
  },
  { title: 'cti as text', claims: [[7, text('ab')]], nodeCat: 'accept', akamai: 'reject' },
];

function decisionOf(row: Row, verifier: Verifier): string {
  const claims = row.withoutIssuer ? row.claims : [[1, text('x')] as const, ...row.claims];
  const verdicts = judgeClaims(claimsOf(...claims), row.request ?? tableRequest, tableRecipient, verifier);
  return decide(verdicts);
}

describe('node-cat, CAT.validate', () => {
  it.each(ROWS)('$title: $nodeCat', (row) => {
    expect(decisionOf(row, nodeCat)).toBe(row.nodeCat);
  });

  it('leaves methods, replays and the client address to its HTTP front', () => {
    const set = claimsOf([1, text('x')], [313, array(text('POST'))]);
    expect(decide(judgeClaims(set, tableRequest, tableRecipient, nodeCat))).toBe('accept');
    expect(decide(judgeClaims(set, tableRequest, tableRecipient, nodeCatHttp))).toBe('reject');
    const network = claimsOf([1, text('x')], nip(ten(0, 0, 0)));
    expect(decide(judgeClaims(network, tableRequest, tableRecipient, nodeCatHttp))).toBe('reject');
    const once = claimsOf([1, text('x')], [308, int(1)]);
    expect(decide(judgeClaims(once, { ...tableRequest, seen: 1 }, tableRecipient, nodeCatHttp))).toBe('reject');
    expect(decide(judgeClaims(once, { ...tableRequest, seen: 1 }, tableRecipient, nodeCat))).toBe('accept');
  });
});

describe('Akamai', () => {
  it.each(ROWS)('$title: $akamai', (row) => {
    expect(decisionOf(row, akamai)).toBe(row.akamai);
  });

  it('wants an audience when it was given one', () => {
    const recipient = { ...tableRecipient, audiences: ['cdn'] };
    expect(decide(judgeClaims(claimsOf([1, text('x')]), tableRequest, recipient, akamai))).toBe('reject');
    expect(decide(judgeClaims(claimsOf([1, text('x')]), tableRequest, recipient, nodeCat))).toBe('accept');
  });
});
