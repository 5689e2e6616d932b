import { describe, expect, it } from 'vitest';
import { decode } from '../../../shared/cbor/decode.ts';
import { type EdnFormat, formatEdn } from '../../../shared/cbor/edn.ts';
import type { CborNode } from '../../../shared/cbor/node.ts';
import { hexBytes } from '../../vectors/load-vectors.ts';

const print = (hex: string, format?: EdnFormat): string => formatEdn(decode(hexBytes(hex)).root, format).text;
/** 61(17([h'a10105', {4: h'6b31'}, h'a1190138a103a103626964', h'aabb'])) */
const TOKEN = 'd83dd18443a10105a104426b314ba1190138a103a10362696442aabb';

/** The CBOR inside every byte string that holds nothing else. */
function inside(node: CborNode): CborNode | undefined {
  if (node.kind !== 'bytes') return undefined;
  const inner = decode(node.value, { base: node.headEnd });
  return inner.root.kind === 'map' ? inner.root : undefined;
}

describe('formatEdn', () => {
  it.each([
    ['plain values', '8900200c40416160f4f6fb3ff199999999999a', "[0, -1, 12, h'', h'61', \"\", false, null, 1.1]"],
    ['odd widths', '8418010119000263616263', '[1_0, 1, 2_1, "abc"]'],
    ['odd heads of strings', '8258010178026161', '[h\'01\'_0, "aa"_0]'],
    ['odd heads of groups and tags', '9801b9000101d80102', '[_0 {_1 1: 1_0(2)}]'],
    ['indefinite lengths', '9fbf0102ff5f41aaffff', "[_ {_ 1: 2}, (_ h'aa')]"],
    ['indefinite and empty', '849fffbfff5fff7fff', '[[_], {_}, \'\'_, ""_]'],
    ['wide floats', '84f93c00fa3f800000fb3ff0000000000000f98000', '[1.0, 1.0_2, 1.0_3, -0.0]'],
    [
      'numbers without a value',
      '86f97c00f9fc00f97e00fa7fc00000f97e01fb7ff0000000000000',
      "[Infinity, -Infinity, NaN, NaN_2, float'7e01', Infinity_3]",
    ],
    ['simple values', '85f7f0f8fff814f800', '[undefined, simple(16), simple(255), simple(20)_0, simple(0)_0]'],
    ['bignums as they stand', 'c249010000000000000000', "2(h'010000000000000000')"],
    ['integers of 64 bits', '821bffffffffffffffff3bffffffffffffffff', '[18446744073709551615, -18446744073709551616]'],
    ['repeated keys', 'a2016161016162', '{1: "a", 1: "b"}'],
  ])('prints %s', (_, hex, expected) => {
    expect(print(hex)).toBe(expected);
  });

  it('lets no text break the line, hide, or turn the reading direction', () => {
    const text = 'a"\\\n\u0007\u202e\u2028\u200b\u{e0041}';
    const bytes = new TextEncoder().encode(text);
    const { text: printed } = formatEdn(decode(Uint8Array.of(0x60 | bytes.length, ...bytes)).root);
    expect(printed).toBe(String.raw`"a\"\\\n\u0007\u202e\u2028\u200b\udb40\udc41"`);
  });

  it('says what could not be read, and what stands of it', () => {
    expect(print('82016461')).toBe('[1, ... / ERR_CBOR_TRUNCATED at byte 2, begins "a" /]');
    expect(print('58200102')).toBe("... / ERR_CBOR_TRUNCATED at byte 0, begins h'0102' /");
    expect(print('62c328')).toBe('"\ufffd(" / not UTF-8: c328 /');
  });

  it('opens byte strings when asked, if what is inside is all of the content', () => {
    expect(print(TOKEN, { embedded: inside })).toBe(
      "61(17([<<{1: 5}>>, {4: h'6b31'}, <<{312: {3: {3: \"id\"}}}>>, h'aabb']))",
    );
    // a trailing byte, and a truncated map
    expect(print('43a10000', { embedded: inside })).toBe('<<{0: 0}>>');
    expect(print('44a1000000', { embedded: inside })).toBe("h'a1000000'");
    expect(print('42a100', { embedded: inside })).toBe("h'a100'");
    expect(print('5803a10105', { embedded: inside })).toBe('<<{1: 5}>>_0');
  });

  it('breaks what is wider than a line, with remarks at the end of their lines', () => {
    const names: Readonly<Record<number, string>> = { 1: 'iss', 312: 'catu' };
    const format: EdnFormat = {
      width: 24,
      embedded: inside,
      comment: (node) =>
        node.kind === 'int' && node.width !== 0 && typeof node.value === 'number' ? names[node.value] : undefined,
    };
    expect(print(TOKEN, format)).toBe(
      [
        '61(17([',
        '  <<{1: 5}>>,',
        "  {4: h'6b31'},",
        '  <<{',
        '    312: {3: {3: "id"}} / catu /',
        '  }>>,',
        "  h'aabb'",
        ']))',
      ].join('\n'),
    );
    // without lines there is no place for remarks
    expect(print(TOKEN, { comment: () => 'x' })).not.toContain('/');
  });

  it('keeps a remark on its line whatever is in it', () => {
    const { text } = formatEdn(decode(hexBytes('01')).root, { width: 80, comment: () => 'a/b\n*/ c' });
    expect(text).toBe('1 / a\u2215b\\u000a*\u2215 c /');
  });

  it.each([undefined, 20, 80])('knows where every item stands (width %s)', (width) => {
    const { root } = decode(hexBytes(TOKEN));
    const format: EdnFormat =
      width === undefined ? { embedded: inside } : { embedded: inside, width, comment: () => 'r' };
    const { text, ranges } = formatEdn(root, format);
    const printed = ranges.map(({ start, end }) => text.slice(start, end));
    expect(printed).toContain("h'6b31'");
    expect(printed).toContain('"id"');
    expect(printed.filter((part) => part === '312')).toHaveLength(1);
    expect(printed[0]).toBe(text.endsWith('/') ? text.replace(/ \/ [^/]*\/$/, '') : text);
    for (const { start, end, node } of ranges) {
      expect(start).toBeLessThan(end);
      if (node.kind === 'int') expect(text.slice(start, end)).toBe(String(node.value));
    }
    for (let i = 1; i < ranges.length; i++) expect(ranges[i]?.start).toBeGreaterThanOrEqual(ranges[i - 1]?.start ?? 0);
  });
});
