import { describe, expect, it } from 'vitest';
import { decode } from '../../shared/cbor/decode.ts';
import { formatEdn } from '../../shared/cbor/edn.ts';
import type { CborIssueCode } from '../../shared/cbor/node.ts';
import { hexBytes } from '../vectors/load-vectors.ts';

/** Input on which CBOR libraries part ways: what we read, and what we say about it, with the byte where. */
const ROWS: readonly {
  readonly title: string;
  readonly hex: string;
  readonly edn: string;
  readonly issues: readonly (readonly [CborIssueCode, number])[];
}[] = [
  { title: 'a repeated key', hex: 'a2016161016162', edn: '{1: "a", 1: "b"}', issues: [['ERR_CBOR_DUPLICATE_KEY', 4]] },
  {
    title: 'a repeated key in another width',
    hex: 'a201616118016162',
    edn: '{1: "a", 1_0: "b"}',
    issues: [
      ['ERR_CBOR_NON_SHORTEST', 4],
      ['ERR_CBOR_DUPLICATE_KEY', 4],
    ],
  },
  { title: 'an indefinite text', hex: '7f61616162ff', edn: '(_ "a", "b")', issues: [['ERR_CBOR_INDEFINITE', 0]] },
  { title: 'a bignum', hex: 'c249010000000000000000', edn: "2(h'010000000000000000')", issues: [] },
  { title: 'bad UTF-8', hex: '62c328', edn: '"\ufffd(" / not UTF-8: c328 /', issues: [['ERR_CBOR_BAD_UTF8', 1]] },
  { title: 'an unassigned simple value', hex: 'f863', edn: 'simple(99)', issues: [] },
  {
    title: 'a byte string of 2^64 − 1 bytes',
    hex: '5bffffffffffffffff',
    edn: "... / ERR_CBOR_TRUNCATED at byte 0, begins h'' /",
    issues: [['ERR_CBOR_TRUNCATED', 0]],
  },
  { title: 'an epoch time', hex: 'c11a514b67b0', edn: '1(1363896240)', issues: [] },
  {
    title: 'a regular expression for cbor-x',
    hex: 'd81b82665265674578706528612b292b',
    edn: '27(["RegExp", "(a+)+"])',
    issues: [],
  },
  { title: 'a value that contains itself for cbor-x', hex: 'd81c81d81d00', edn: '28([29(0)])', issues: [] },
  { title: 'a set', hex: 'd901028101', edn: '258([1])', issues: [] },
  { title: 'typed arrays', hex: '82d84041ffd845420001', edn: "[64(h'ff'), 69(h'0001')]", issues: [] },
  { title: 'the key __proto__', hex: 'a1695f5f70726f746f5f5f01', edn: '{"__proto__": 1}', issues: [] },
  { title: 'a trailing byte', hex: '0102', edn: '1', issues: [['ERR_CBOR_TRAILING', 1]] },
  {
    title: 'truncation',
    hex: '8201',
    edn: '[1, ... / ERR_CBOR_TRUNCATED at byte 2 /]',
    issues: [['ERR_CBOR_TRUNCATED', 2]],
  },
  {
    title: 'additional information 28',
    hex: '82011c',
    edn: '[1, ... / ERR_CBOR_RESERVED_AI at byte 2 /]',
    issues: [['ERR_CBOR_RESERVED_AI', 2]],
  },
  {
    title: 'a lone break',
    hex: 'ff',
    edn: '... / ERR_CBOR_UNEXPECTED_BREAK at byte 0 /',
    issues: [['ERR_CBOR_UNEXPECTED_BREAK', 0]],
  },
  { title: 'nothing', hex: '', edn: '... / ERR_CBOR_EMPTY at byte 0 /', issues: [['ERR_CBOR_EMPTY', 0]] },
  { title: 'unordered keys', hex: 'a202000100', edn: '{2: 0, 1: 0}', issues: [['ERR_CBOR_KEY_ORDER', 3]] },
  {
    title: 'the NaN keys of node-cat',
    hex: 'a2fb7ff800000000000001fb7ff800000000000002',
    edn: '{NaN_3: 1, NaN_3: 2}',
    issues: [
      ['ERR_CBOR_NAN', 1],
      ['ERR_CBOR_NON_SHORTEST', 1],
      ['ERR_CBOR_NAN', 11],
      ['ERR_CBOR_NON_SHORTEST', 11],
      ['ERR_CBOR_DUPLICATE_KEY', 11],
    ],
  },
  { title: 'minus zero', hex: 'f98000', edn: '-0.0', issues: [['ERR_CBOR_NEGATIVE_ZERO', 0]] },
  {
    title: 'tag 259 and a long map head of cbor-x',
    hex: 'd90103b900010102',
    edn: '259({_1 1: 2})',
    issues: [['ERR_CBOR_NON_SHORTEST', 3]],
  },
  {
    title: 'a chunk of the wrong type',
    hex: '5f01ff',
    edn: "... / ERR_CBOR_CHUNK at byte 0, begins h'' /",
    issues: [
      ['ERR_CBOR_INDEFINITE', 0],
      ['ERR_CBOR_CHUNK', 1],
    ],
  },
];

describe('where CBOR libraries part ways', () => {
  it.each(ROWS)('$title', ({ hex, edn, issues }) => {
    const decoded = decode(hexBytes(hex));
    expect(formatEdn(decoded.root).text).toBe(edn);
    expect(decoded.issues.map(({ code, start }) => [code, start])).toEqual(issues);
  });

  it.each([2_000, 20_000])('a bomb of %i levels', (levels) => {
    const { root, issues } = decode(new Uint8Array(levels).fill(0x81));
    expect(issues).toEqual([{ code: 'ERR_CBOR_DEPTH', severity: 'error', start: 64, end: 65 }]);
    expect(formatEdn(root).text).toBe(`${'['.repeat(64)}... / ERR_CBOR_DEPTH at byte 64 /${']'.repeat(64)}`);
  });
});
