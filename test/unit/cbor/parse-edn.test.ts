import { describe, expect, it } from 'vitest';
import { encodeHex } from '../../../shared/bytes/hex.ts';
import { encode } from '../../../shared/cbor/encode.ts';
import { parseEdn } from '../../../shared/cbor/parse-edn.ts';

function hex(text: string): string {
  const parsed = parseEdn(text);
  if (!parsed.ok) throw new Error(`${parsed.error.line}:${parsed.error.column} ${parsed.error.message}`);
  return encodeHex(encode(parsed.value, { form: 'authored' }));
}

describe('parseEdn', () => {
  it.each([
    ['integers', '[0, 23, 24, -1, 0x10, 0o17, 0b101, -0, +5]', '890017181820100f050005'],
    ['64-bit integers', '[18446744073709551615, -18446744073709551616]', '821bffffffffffffffff3bffffffffffffffff'],
    ['bignums', '[18446744073709551616, -18446744073709551617]', '82c249010000000000000000c349010000000000000000'],
    [
      'floats',
      '[1.0, 1.5, 1e3, -0.0, 1.1, 0x1.8p1, 5.960464477539063e-8]',
      '87f93c00f93e00f963d0f98000fb3ff199999999999af94200f90001',
    ],
    [
      'numbers without a value',
      '[NaN, Infinity, -Infinity, NaN_2, Infinity_3]',
      '85f97e00f97c00f9fc00fa7fc00000fb7ff0000000000000',
    ],
    ['floats by their bytes', "[float'7e01', float'3f800000']", '82f97e01fa3f800000'],
    [
      'indicators',
      '[1_0, 1_1, 1_2, 1_3, 1_i, "a"_1, h\'01\'_2, 1.0_3]',
      '8818011900011a000000011b000000000000000101790001615a0000000101fb3ff0000000000000',
    ],
    ['odd heads of groups', '[_0 {_1 1: 2}, [_2], 1_0(2)]', '9803b9000101029a00000000d80102'],
    [
      'indefinite lengths',
      '[_ {_ 1: 2}, (_ h\'01\', h\'0203\'_0), (_ "a", "b"), \'\'_, ""_]',
      '9fbf0102ff5f410158020203ff7f61616162ff5fff7fffff',
    ],
    [
      'byte strings',
      "[h'0102', h'01 /a/ 02 # b\n 03', b64'AQI=', b64'-_ -_', 'clé']",
      '854201024301020342010243fbffbf44636cc3a9',
    ],
    ['embedded items', '[<<{3: {3: "id"}}>>, <<1, 2>>, <<>>]', '8347a103a10362696442010240'],
    [
      'text escapes',
      String.raw`["\"\\\/\b\f\n\r\t", "\u00e9\ud83d\ude00\u{1f600}", '\'"']`,
      '8368225c2f080c0a0d096ac3a9f09f9880f09f9880422722',
    ],
    ['text over lines', '"a\r\nb\nc"', '65610a620a63'],
    ['tags', "61(17([h'', {}, null]))", 'd83dd18340a0f6'],
    ['simple values', '[true, false, undefined, simple(16), simple(255), simple(20)_0]', '86f5f4f7f0f8fff814'],
    ['comments and a last comma', '/ a / { # b\n 1: /* c / */ 2, // d\n }', 'a10102'],
    ['order and duplicates as they stand', '{2: 1, 1: 2, 1: 3}', 'a3020101020103'],
  ])('reads %s', (_, text, expected) => {
    expect(hex(text)).toBe(expected);
  });

  it.each([
    ['', 1, 1, 'expected a value, found the end of the text'],
    ['[1, 2', 1, 6, 'expected "," or "]" after an item of the array, found the end of the text'],
    ['{\n  1: 2\n  3: 4\n}', 3, 3, 'expected "," or "}" after an entry of the map, found "3"'],
    ['{1 2}', 1, 4, 'expected ":" after the key, found "2"'],
    ['1 2', 1, 3, 'expected the end of the text, found "2"'],
    ['[1, foo]', 1, 5, '"foo" is no value'],
    ["x'00'", 1, 1, 'the prefix "x" is not known'],
    ["h'0g'", 1, 4, 'expected a hexadecimal digit, found "g"'],
    ["h'012'", 1, 6, 'an odd number of hexadecimal digits'],
    ["[h'01", 1, 3, 'this string is not closed'],
    ["b64'AQ ID*A'", 1, 10, 'no base64 from here on'],
    ['"abc', 1, 1, 'this string is not closed'],
    ['"a\\q"', 1, 3, 'this escape is not known'],
    ['"\\u{110000}"', 1, 2, 'this escape is not known'],
    ['"\\ud800"', 1, 1, 'half a surrogate pair is no character'],
    ['"a\u0007"', 1, 3, 'a control character must be written as an escape'],
    ['/ open', 1, 1, 'this comment is not closed'],
    ['24_i', 1, 3, '_i is too narrow for this value'],
    ['65505.0_1', 1, 8, '_1 is too narrow for this value'],
    ['1_', 1, 2, 'no indefinite length is possible here'],
    ['-1(2)', 1, 1, 'a tag number has no sign'],
    ['1(2', 1, 4, 'expected ")" after the tagged value, found the end of the text'],
    ['simple(256)', 1, 11, 'a simple value is a number from 0 to 255'],
    ['1e999', 1, 1, 'this number is too large for a float'],
    ["float'00'", 1, 1, "float'' takes 2, 4 or 8 bytes"],
    ['(1)', 1, 2, 'expected "_": round brackets hold the pieces of a string of indefinite length'],
    ['(_ h\'00\', "a")', 1, 11, 'the pieces are strings of one type, each of definite length'],
    ['(_)', 1, 1, 'an empty string of indefinite length is written \'\'_ or ""_'],
    ['[1, ...]', 1, 5, 'an elision stands for bytes that are missing'],
    [`[${'0,'.repeat(24)}]`.replace('[', '[_i '), 1, 2, 'the indicator is too narrow for this many members'],
    ['['.repeat(70), 1, 66, 'nested deeper than 64 levels'],
  ])('refuses %s at %i:%i', (text, line, column, message) => {
    const parsed = parseEdn(text);
    expect(parsed).toMatchObject({ ok: false, error: { line, column, message } });
  });
});
