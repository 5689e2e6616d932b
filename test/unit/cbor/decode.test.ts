import { describe, expect, it } from 'vitest';
import { decode } from '../../../shared/cbor/decode.ts';
import type { CborIssueCode, CborNode } from '../../../shared/cbor/node.ts';
import { byteOffset } from '../../../shared/units.ts';
import { hexBytes } from '../../vectors/load-vectors.ts';

const read = (hex: string) => decode(hexBytes(hex));
const codes = (hex: string): CborIssueCode[] => read(hex).issues.map((issue) => issue.code);
const span = ({ start, headEnd, end, width }: CborNode) => [start, headEnd, end, width];

describe('places', () => {
  it('gives every item its bytes', () => {
    const { root, end, issues } = read('a2016161191234820203');
    expect(issues).toEqual([]);
    expect(end).toBe(10);
    if (root.kind !== 'map') throw new Error('expected a map');
    expect(span(root)).toEqual([0, 1, 10, 0]);
    const [first, second] = root.entries;
    expect(first && [span(first.key), span(first.value)]).toEqual([
      [1, 2, 2, 0],
      [2, 3, 4, 0],
    ]);
    expect(second && [span(second.key), span(second.value)]).toEqual([
      [4, 7, 7, 2],
      [7, 8, 10, 0],
    ]);
  });

  it('counts from a base, and two bytes for one inside a text of hex digits', () => {
    const { root, end, issues } = decode(hexBytes('82181900'), { base: byteOffset(24), scale: 2 });
    if (root.kind !== 'array') throw new Error('expected an array');
    expect(span(root)).toEqual([24, 26, 32, 0]);
    expect(root.items.map(span)).toEqual([
      [26, 30, 30, 1],
      [30, 32, 32, 0],
    ]);
    expect(end).toBe(32);
    expect(issues).toEqual([]);
    expect(decode(hexBytes('8118'), { base: byteOffset(10), scale: 2 }).issues).toEqual([
      { code: 'ERR_CBOR_TRUNCATED', severity: 'error', start: 12, end: 14 },
    ]);
  });
});

describe('what is kept', () => {
  it('keeps both of two equal keys and says which one repeats', () => {
    const { root, issues } = read('a2016161016162');
    expect(root).toMatchObject({
      entries: [
        { key: { value: 1 }, value: { value: 'a' } },
        { key: { value: 1 }, value: { value: 'b' } },
      ],
    });
    expect(issues).toEqual([{ code: 'ERR_CBOR_DUPLICATE_KEY', severity: 'warning', start: 4, end: 5 }]);
  });

  it.each([
    ['as another width', 'a20100180100', ['ERR_CBOR_NON_SHORTEST', 'ERR_CBOR_DUPLICATE_KEY']],
    ['as a text', 'a2616100616101', ['ERR_CBOR_DUPLICATE_KEY']],
    ['as an indefinite text', 'a26161007f6161ff01', ['ERR_CBOR_INDEFINITE', 'ERR_CBOR_DUPLICATE_KEY']],
    [
      'as a NaN',
      'a2f97e0000fb7ff800000000000001',
      ['ERR_CBOR_NAN', 'ERR_CBOR_NAN', 'ERR_CBOR_NON_SHORTEST', 'ERR_CBOR_DUPLICATE_KEY'],
    ],
    ['as an array', 'a281010081180101', ['ERR_CBOR_NON_SHORTEST', 'ERR_CBOR_DUPLICATE_KEY']],
    ['as a tagged value', 'a2c10000c10001', ['ERR_CBOR_DUPLICATE_KEY']],
    ['not next to each other', 'a3020001000200', ['ERR_CBOR_KEY_ORDER', 'ERR_CBOR_DUPLICATE_KEY']],
  ])('notices a repeated key %s', (_, hex, expected) => {
    expect(codes(hex)).toEqual(expected);
  });

  it.each([
    ['an integer and the float of its value', 'a20100f93c0000'],
    ['a text and the bytes of it', 'a2416100616100'],
    ['zero and minus zero', 'a2f9000000f9800000'],
  ])('tells keys apart: %s', (_, hex) => {
    expect(codes(hex)).not.toContain('ERR_CBOR_DUPLICATE_KEY');
  });

  it('keeps what is not UTF-8, with its bytes', () => {
    const { root, issues } = read('6461c32862');
    expect(root).toMatchObject({ kind: 'text', value: 'a\ufffd(b', raw: hexBytes('61c32862') });
    expect(issues).toEqual([{ code: 'ERR_CBOR_BAD_UTF8', severity: 'warning', start: 2, end: 3 }]);
  });

  it('keeps the pieces of a string of indefinite length', () => {
    expect(read('5f410158020203ff').root).toMatchObject({
      kind: 'bytes',
      value: hexBytes('010203'),
      width: -1,
      chunks: [
        { length: 1, width: 0 },
        { length: 2, width: 1 },
      ],
    });
    // RFC 8949 §3.2.3: a character may not be split between pieces
    expect(codes('7f61c361a9ff')).toEqual(['ERR_CBOR_INDEFINITE', 'ERR_CBOR_BAD_UTF8', 'ERR_CBOR_BAD_UTF8']);
  });

  it('keeps large integers and the payload of a NaN', () => {
    expect(read('1bffffffffffffffff').root).toMatchObject({ kind: 'int', value: 2n ** 64n - 1n });
    expect(read('3bffffffffffffffff').root).toMatchObject({ kind: 'int', value: -(2n ** 64n) });
    expect(read('1b001fffffffffffff').root).toMatchObject({ value: Number.MAX_SAFE_INTEGER });
    expect(read('1b0020000000000000').root).toMatchObject({ value: 2n ** 53n });
    expect(read('3b001ffffffffffffe').root).toMatchObject({ value: -Number.MAX_SAFE_INTEGER });
    expect(read('3b001fffffffffffff').root).toMatchObject({ value: -(2n ** 53n) });
    expect(read('f97e01').root).toMatchObject({ kind: 'float', value: Number.NaN, raw: hexBytes('7e01') });
    expect(read('f97e00').root).not.toHaveProperty('raw');
  });
});

describe('damage', () => {
  it('keeps everything before the break-off', () => {
    const { root, issues, end } = read('a201616102826162');
    expect(root).toMatchObject({
      kind: 'map',
      end: 8,
      entries: [
        { value: { value: 'a' } },
        { key: { value: 2 }, value: { kind: 'array', items: [{ value: 'b' }, { kind: 'broken', start: 8, end: 8 }] } },
      ],
    });
    expect(issues).toEqual([{ code: 'ERR_CBOR_TRUNCATED', severity: 'error', start: 8, end: 8 }]);
    expect(end).toBe(8);
  });

  it('shows what stands of a string cut short', () => {
    expect(read('8158200102').root).toMatchObject({
      items: [{ kind: 'broken', start: 1, headEnd: 3, end: 5, partial: { kind: 'bytes', value: hexBytes('0102') } }],
    });
    expect(read('666162c3').root).toMatchObject({ kind: 'broken', partial: { kind: 'text', value: 'ab\ufffd' } });
    expect(read('5f42010258200304').root).toMatchObject({
      kind: 'broken',
      start: 0,
      headEnd: 1,
      end: 8,
      partial: { kind: 'bytes', value: hexBytes('01020304'), chunks: [{ length: 2, width: 0 }] },
    });
  });

  it('stands a broken pair where a key is missing', () => {
    expect(read('a101').root).toMatchObject({ entries: [{ key: { value: 1 }, value: { kind: 'broken' } }] });
    expect(read('a1').root).toMatchObject({ entries: [{ key: { kind: 'broken' }, value: { kind: 'broken' } }] });
  });

  it('goes on after half an entry and after a badly written simple value', () => {
    expect(codes('82bf01ff02')).toEqual(['ERR_CBOR_INDEFINITE', 'ERR_CBOR_ODD_MAP']);
    expect(read('82bf01ff02').root).toMatchObject({ items: [{ kind: 'map' }, { kind: 'int', value: 2 }] });
    expect(read('82f81402').root).toMatchObject({ items: [{ kind: 'simple', value: 20, width: 1 }, { value: 2 }] });
  });

  it('says what follows the item', () => {
    const { issues, end } = read('010203');
    expect(issues).toEqual([{ code: 'ERR_CBOR_TRAILING', severity: 'error', start: 1, end: 3 }]);
    expect(end).toBe(1);
  });
});

describe('limits', () => {
  it('reads 64 levels and stops at the next', () => {
    const nested = (levels: number): Uint8Array => new Uint8Array(levels + 1).fill(0x81, 0, levels);
    expect(decode(nested(64)).issues).toEqual([]);
    expect(decode(nested(65)).issues).toEqual([{ code: 'ERR_CBOR_DEPTH', severity: 'error', start: 64, end: 65 }]);
  });

  it('stops at 10,000 items, keeping those before', () => {
    const many = new Uint8Array(3 + 20_000);
    many.set([0x99, 0x4e, 0x20]);
    const { root, issues } = decode(many);
    expect(issues).toEqual([{ code: 'ERR_CBOR_NODES', severity: 'error', start: 10_002, end: 10_003 }]);
    expect(root.kind === 'array' && root.items.length).toBe(10_000);
  });

  it('reads no further than 64 KiB', () => {
    const long = new Uint8Array(70_005);
    long.set([0x5a, 0x00, 0x01, 0x11, 0x70]);
    const { root, issues, end } = decode(long);
    expect(root).toMatchObject({ kind: 'broken', code: 'ERR_CBOR_SIZE', start: 0, headEnd: 5, end: 65_536 });
    expect(issues).toEqual([{ code: 'ERR_CBOR_SIZE', severity: 'error', start: 65_536, end: 70_005 }]);
    expect(end).toBe(65_536);
    expect(decode(long, { limits: { bytes: 100_000 } }).issues).toEqual([]);
  });

  it('answers hostile shapes at once', () => {
    const tags = new Uint8Array(65_536).fill(0xc1);
    const entries = (key: (i: number) => number): Uint8Array => {
      const bytes = new Uint8Array(3 + 10_000 * 4).fill(0);
      bytes.set([0xb9, 0x27, 0x10]);
      for (let i = 0; i < 10_000; i++) bytes.set([0x19, key(i) >> 8, key(i) & 0xff, 0xf6], 3 + 4 * i);
      return bytes;
    };
    const limits = { nodes: 50_000 };
    const chunks = new Uint8Array(65_536).fill(0x40);
    chunks[0] = 0x5f;
    const hostile: [CborIssueCode, () => ReturnType<typeof decode>][] = [
      ['ERR_CBOR_DEPTH', () => decode(tags)],
      ['ERR_CBOR_NODES', () => decode(entries((i) => i))],
      [
        'ERR_CBOR_KEY_ORDER',
        () =>
          decode(
            entries((i) => 10_000 - i),
            { limits },
          ),
      ],
      [
        'ERR_CBOR_DUPLICATE_KEY',
        () =>
          decode(
            entries(() => 256),
            { limits },
          ),
      ],
      ['ERR_CBOR_NODES', () => decode(chunks)],
    ];
    for (const [code, run] of hostile) {
      // processor time, and the best of five: the limit is the engine's, not that of a busy machine
      const times = [1, 2, 3, 4, 5].map(() => {
        const begun = process.cpuUsage();
        expect(run().issues.map((issue) => issue.code)).toContain(code);
        return process.cpuUsage(begun).user / 1000;
      });
      expect(Math.min(...times)).toBeLessThan(100);
    }
  });
});
