import { describe, expect, it } from 'vitest';
import { encodeHex } from '../../shared/bytes/hex.ts';
import { decode } from '../../shared/cbor/decode.ts';
import { formatEdn } from '../../shared/cbor/edn.ts';
import { encode } from '../../shared/cbor/encode.ts';
import { isComplete } from '../../shared/cbor/is-complete.ts';
import { parseEdn } from '../../shared/cbor/parse-edn.ts';
import { hexBytes } from '../vectors/load-vectors.ts';

/**
 * Every row of RFC 8949 appendix A: the notation as the RFC has it, the encoding, and our notation where the encoding
 * is not the one deterministic encoding gives, or the RFC writes a bignum as an integer.
 */
const EXAMPLES: readonly (readonly [rfc: string, hex: string, ours?: string])[] = [
  ['0', '00'],
  ['1', '01'],
  ['10', '0a'],
  ['23', '17'],
  ['24', '1818'],
  ['25', '1819'],
  ['100', '1864'],
  ['1000', '1903e8'],
  ['1000000', '1a000f4240'],
  ['1000000000000', '1b000000e8d4a51000'],
  ['18446744073709551615', '1bffffffffffffffff'],
  ['18446744073709551616', 'c249010000000000000000', "2(h'010000000000000000')"],
  ['-18446744073709551616', '3bffffffffffffffff'],
  ['-18446744073709551617', 'c349010000000000000000', "3(h'010000000000000000')"],
  ['-1', '20'],
  ['-10', '29'],
  ['-100', '3863'],
  ['-1000', '3903e7'],
  ['0.0', 'f90000'],
  ['-0.0', 'f98000'],
  ['1.0', 'f93c00'],
  ['1.1', 'fb3ff199999999999a'],
  ['1.5', 'f93e00'],
  ['65504.0', 'f97bff'],
  ['100000.0', 'fa47c35000'],
  ['3.4028234663852886e+38', 'fa7f7fffff'],
  ['1.0e+300', 'fb7e37e43c8800759c', '1e+300'],
  ['5.960464477539063e-8', 'f90001'],
  ['0.00006103515625', 'f90400'],
  ['-4.0', 'f9c400'],
  ['-4.1', 'fbc010666666666666'],
  ['Infinity', 'f97c00'],
  ['NaN', 'f97e00'],
  ['-Infinity', 'f9fc00'],
  ['Infinity', 'fa7f800000', 'Infinity_2'],
  ['NaN', 'fa7fc00000', 'NaN_2'],
  ['-Infinity', 'faff800000', '-Infinity_2'],
  ['Infinity', 'fb7ff0000000000000', 'Infinity_3'],
  ['NaN', 'fb7ff8000000000000', 'NaN_3'],
  ['-Infinity', 'fbfff0000000000000', '-Infinity_3'],
  ['false', 'f4'],
  ['true', 'f5'],
  ['null', 'f6'],
  ['undefined', 'f7'],
  ['simple(16)', 'f0'],
  ['simple(255)', 'f8ff'],
  ['0("2013-03-21T20:04:00Z")', 'c074323031332d30332d32315432303a30343a30305a'],
  ['1(1363896240)', 'c11a514b67b0'],
  ['1(1363896240.5)', 'c1fb41d452d9ec200000'],
  ["23(h'01020304')", 'd74401020304'],
  ["24(h'6449455446')", 'd818456449455446'],
  ['32("http://www.example.com")', 'd82076687474703a2f2f7777772e6578616d706c652e636f6d'],
  ["h''", '40'],
  ["h'01020304'", '4401020304'],
  ['""', '60'],
  ['"a"', '6161'],
  ['"IETF"', '6449455446'],
  ['"\\"\\\\"', '62225c'],
  ['"\\u00fc"', '62c3bc', '"ü"'],
  ['"\\u6c34"', '63e6b0b4', '"水"'],
  ['"\\ud800\\udd51"', '64f0908591', '"\u{10151}"'],
  ['[]', '80'],
  ['[1, 2, 3]', '83010203'],
  ['[1, [2, 3], [4, 5]]', '8301820203820405'],
  [
    '[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25]',
    '98190102030405060708090a0b0c0d0e0f101112131415161718181819',
  ],
  ['{}', 'a0'],
  ['{1: 2, 3: 4}', 'a201020304'],
  ['{"a": 1, "b": [2, 3]}', 'a26161016162820203'],
  ['["a", {"b": "c"}]', '826161a161626163'],
  ['{"a": "A", "b": "B", "c": "C", "d": "D", "e": "E"}', 'a56161614161626142616361436164614461656145'],
  ["(_ h'0102', h'030405')", '5f42010243030405ff', "(_ h'0102', h'030405')"],
  ['(_ "strea", "ming")', '7f657374726561646d696e67ff', '(_ "strea", "ming")'],
  ['[_ ]', '9fff', '[_]'],
  ['[_ 1, [2, 3], [_ 4, 5]]', '9f018202039f0405ffff', '[_ 1, [2, 3], [_ 4, 5]]'],
  ['[_ 1, [2, 3], [4, 5]]', '9f01820203820405ff', '[_ 1, [2, 3], [4, 5]]'],
  ['[1, [2, 3], [_ 4, 5]]', '83018202039f0405ff', '[1, [2, 3], [_ 4, 5]]'],
  ['[1, [_ 2, 3], [4, 5]]', '83019f0203ff820405', '[1, [_ 2, 3], [4, 5]]'],
  [
    '[_ 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25]',
    '9f0102030405060708090a0b0c0d0e0f101112131415161718181819ff',
    '[_ 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25]',
  ],
  ['{_ "a": 1, "b": [_ 2, 3]}', 'bf61610161629f0203ffff', '{_ "a": 1, "b": [_ 2, 3]}'],
  ['["a", {_ "b": "c"}]', '826161bf61626163ff', '["a", {_ "b": "c"}]'],
  ['{_ "Fun": true, "Amt": -2}', 'bf6346756ef563416d7421ff', '{_ "Fun": true, "Amt": -2}'],
];

/** Appendix F.1, by its headings: encodings that are not well-formed. */
const NOT_WELL_FORMED: Readonly<Record<string, string>> = {
  'end of input in a head':
    '18 19 1a 1b 1901 1a0102 1b01020304050607 38 58 78 98 9a01ff00 b8 d8 f8 f900 fa0000 fb000000',
  'definite-length strings with short data':
    '41 61 5affffffff00 5bffffffffffffffff010203 7affffffff00 7b7fffffffffffffff010203',
  'definite-length maps and arrays not closed with enough items': '81 818181818181818181 8200 a1 a20102 a100 a2000000',
  'tag number not followed by content': 'c0',
  'indefinite-length strings not closed': '5f4100 7f6100',
  'indefinite-length maps and arrays not closed':
    '9f 9f0102 bf bf01020102 819f 9f8000 9f9f9f9f9fffffffff 9f819f819f9fffffff',
  'reserved additional information': '1c 1d 1e 3c 3d 3e 5c 5d 5e 7c 7d 7e 9c 9d 9e bc bd be dc dd de fc fd fe',
  'reserved two-byte simple values': 'f800 f801 f818 f81f',
  'chunks of the wrong type': '5f00ff 5f21ff 5f6100ff 5f80ff 5fa0ff 5fc000ff 5fe0ff 7f4100ff',
  'chunks of indefinite length': '5f5f4100ffff 7f7f6100ffff',
  'a break by itself': 'ff',
  'a break in a definite array or map, or after a tag':
    '81ff 8200ff a1ff a1ff00 a100ff a20000ff 9f81ff 9f829f819f9fffffffff c0ff',
  'a break where the value of an entry should be': 'bf00ff bf000000ff',
  'additional information 31 with major types 0, 1 and 6': '1f 3f df',
};

describe('RFC 8949 appendix A', () => {
  it.each(EXAMPLES.map(([rfc, hex, ours]) => ({ rfc, hex, ours })))('$rfc is $hex', ({ rfc, hex, ours }) => {
    const { root, end, issues } = decode(hexBytes(hex));
    expect(end).toBe(hex.length / 2);
    expect(issues.filter(({ severity }) => severity === 'error')).toEqual([]);
    if (!isComplete(root)) throw new Error('expected a complete item');

    // what we print is what the RFC prints, but for the rows that say otherwise
    expect(formatEdn(root).text).toBe(ours ?? rfc);
    expect(encodeHex(encode(root, { form: 'authored' }))).toBe(hex);

    const parsed = parseEdn(rfc);
    if (!parsed.ok) throw new Error(parsed.error.message);
    // the RFC's notation of indefinite items says so itself, that of wider floats does not
    const wideFloat = /^f[ab]/.test(hex) && ours?.includes('_');
    expect(encodeHex(encode(parsed.value, { form: 'authored' }))).toBe(wideFloat ? encodeHex(encode(root)) : hex);
  });

  it('has all eighty-one rows, each encoding once', () => {
    expect(new Set(EXAMPLES.map(([, hex]) => hex)).size).toBe(EXAMPLES.length);
    expect(EXAMPLES.length).toBe(81);
  });
});

describe.each(Object.entries(NOT_WELL_FORMED))('RFC 8949 appendix F.1: %s', (_, encodings) => {
  it.each(encodings.split(' '))('%s', (hex) => {
    const { issues } = decode(hexBytes(hex));
    expect(issues.some(({ severity }) => severity === 'error')).toBe(true);
  });
});
