import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeHex } from '../../../shared/bytes/hex.ts';
import {
  array,
  bool,
  bytes,
  float,
  int,
  map,
  NULL,
  number,
  raw,
  simple,
  tag,
  text,
  UNDEFINED,
} from '../../../shared/cbor/build.ts';
import { decode } from '../../../shared/cbor/decode.ts';
import { type EncodeOptions, encode } from '../../../shared/cbor/encode.ts';
import { halfBits, shortestFloat } from '../../../shared/cbor/float.ts';
import { isComplete } from '../../../shared/cbor/is-complete.ts';
import type { CborValue } from '../../../shared/cbor/node.ts';
import { hexBytes } from '../../vectors/load-vectors.ts';

const hex = (value: CborValue, options?: EncodeOptions): string => encodeHex(encode(value, options));

describe('deterministic encoding', () => {
  it('sorts keys by their bytes (RFC 8949 §4.2.1)', () => {
    // the order of the list in §4.2.1: 10, 100, -1, "z", "aa", [100], [-1], false
    const keys = [bool(false), array(int(-1)), text('aa'), int(10), array(int(100)), text('z'), int(-1), int(100)];
    const value = map(...keys.map((key) => [key, NULL] as const));
    expect(hex(value)).toBe('a80af61864f620f6617af6626161f6811864f68120f6f4f6');
    expect(hex(value, { order: 'kept' })).toMatch(/^a8f4f6/);
    expect(hex(map([-2, NULL], [3, NULL], [-1, NULL], [int(2n ** 60n), NULL]))).toBe(
      'a403f61b1000000000000000f620f621f6',
    );
  });

  it('takes the fewest bytes', () => {
    expect([23, 24, 255, 256, 65535, 65536, 2 ** 32 - 1, 2 ** 32, 5n, -(2n ** 53n)].map((n) => hex(int(n)))).toEqual([
      '17',
      '1818',
      '18ff',
      '190100',
      '19ffff',
      '1a00010000',
      '1affffffff',
      '1b0000000100000000',
      '05',
      '3b001fffffffffffff',
    ]);
    expect([1.5, -0, 65504, 65505, 2 ** -24, 2 ** -25, 0.1, 1e39].map((n) => hex(float(n)).slice(0, 2))).toEqual([
      'f9',
      'f9',
      'f9',
      'fa',
      'f9',
      'fa',
      'fb',
      'fb',
    ]);
  });

  it('makes a bignum of what 64 bits do not hold, and a float of what is no integer', () => {
    expect(hex(int(2n ** 64n))).toBe('c249010000000000000000');
    expect(hex(int(-(2n ** 64n) - 1n))).toBe('c349010000000000000000');
    expect(hex({ kind: 'int', value: 1.5 })).toBe('f93e00');
    expect(hex(number(-0))).toBe('f98000');
    expect(hex(number(3))).toBe('03');
  });

  it('writes raw items as they are, and sorts by them', () => {
    expect(hex(map([raw(hexBytes('1802')), raw(hexBytes('ff'))], [1, UNDEFINED]))).toBe('a201f71802ff');
  });

  it('finds every half float again, and every double', () => {
    for (let bits = 0; bits < 0x10000; bits++) {
      const { root } = decode(Uint8Array.of(0xf9, bits >> 8, bits & 0xff));
      if (root.kind !== 'float') throw new Error('expected a float');
      if (Number.isNaN(root.value)) continue;
      if (halfBits(root.value) !== bits || shortestFloat(root.value) !== 2) expect(bits).toBe(halfBits(root.value));
    }
    fc.assert(
      fc.property(fc.double(), (value) => {
        const { root } = decode(encode(float(value)));
        expect(root).toMatchObject({ kind: 'float', value });
      }),
      { seed: 5 },
    );
  });
});

describe('as authored', () => {
  it.each([
    'a2190001420102187f5803010203',
    'bf0201019f02ffff',
    '5f410158020203ff',
    '7f6161780162ff',
    '7f61c361a9ff',
    '64c3286162',
    'd83dd91100a0',
    'fb3ff8000000000000',
    'fa7fc00001',
    'f97e01',
    'f814',
    '1b0000000000000001',
    '5fff',
    '9f5f40ffff',
  ])('writes %s back byte for byte', (source) => {
    const { root } = decode(hexBytes(source));
    if (!isComplete(root)) throw new Error('expected a complete item');
    expect(hex(root, { form: 'authored' })).toBe(source);
  });

  it('widens what no longer fits and joins pieces that no longer fit', () => {
    const authored = { form: 'authored' } as const;
    expect(hex({ kind: 'int', value: 300, width: 1 }, authored)).toBe('19012c');
    expect(hex({ kind: 'float', value: 0.1, width: 2 }, authored)).toBe('fb3fb999999999999a');
    expect(hex({ ...bytes(hexBytes('0102')), width: -1, chunks: [{ length: 1, width: 0 }] }, authored)).toBe(
      '5f420102ff',
    );
    expect(hex(tag(1, { ...array(simple(3)), width: 2 }), authored)).toBe('c1990001e3');
  });
});

describe('isComplete', () => {
  it('finds what is broken at any depth', () => {
    expect(isComplete(decode(hexBytes('a10181c1820102')).root)).toBe(true);
    for (const broken of ['a10181c18201', 'a1', '81', 'a11c00', '']) {
      expect(isComplete(decode(hexBytes(broken)).root)).toBe(false);
    }
  });
});
