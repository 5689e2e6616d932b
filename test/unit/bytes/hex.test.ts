import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concatBytes } from '../../../shared/bytes/concat-bytes.ts';
import { equalBytes } from '../../../shared/bytes/equal-bytes.ts';
import { decodeHex, encodeHex } from '../../../shared/bytes/hex.ts';

describe('hex', () => {
  it('goes there and back in either case', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        expect(encodeHex(bytes)).toBe(Buffer.from(bytes).toString('hex'));
        expect(decodeHex(encodeHex(bytes).toUpperCase())).toEqual({ ok: true, value: bytes });
      }),
      { seed: 1 },
    );
  });

  it.each([
    ['0', 1, 'length'],
    ['0g', 1, 'character'],
    ['00 11', 2, 'character'],
    ['00é0', 2, 'character'],
  ] as const)('refuses %s at %i', (text, at, reason) => {
    expect(decodeHex(text)).toEqual({ ok: false, error: { at, reason } });
  });
});

describe('equalBytes', () => {
  it('compares length and content', () => {
    expect(equalBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 2))).toBe(true);
    expect(equalBytes(Uint8Array.of(1, 2), Uint8Array.of(1, 3))).toBe(false);
    expect(equalBytes(Uint8Array.of(1), Uint8Array.of(1, 0))).toBe(false);
  });
});

describe('concatBytes', () => {
  it('joins in order, into memory of its own', () => {
    const first = Uint8Array.of(1);
    const joined = concatBytes(first, new Uint8Array(0), Uint8Array.of(2, 3));
    first[0] = 9;
    expect(joined).toEqual(Uint8Array.of(1, 2, 3));
    expect(concatBytes()).toEqual(new Uint8Array(0));
  });
});
