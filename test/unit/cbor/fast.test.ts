import { describe, expect, it } from 'vitest';
import { encodeHex } from '../../../shared/bytes/hex.ts';
import { int } from '../../../shared/cbor/build.ts';
import { encode } from '../../../shared/cbor/encode.ts';
import { decodeFast, seenByCborX } from '../../../shared/cbor/fast.ts';
import { hexBytes } from '../../vectors/load-vectors.ts';

const seen = (hex: string): string => {
  const result = seenByCborX(hexBytes(hex));
  return result.ok ? encodeHex(encode(result.value)) : `refused: ${result.error}`;
};

/** An integer below 256 as CBOR. */
const ref = (i: number): string => encodeHex(encode(int(i)));

describe('seenByCborX', () => {
  it.each([
    ['a plain claims map', 'a2016178041a5612aeb0', 'a2016178041a5612aeb0'],
    ['the last of two equal keys', 'a2016161016162', 'a1016162'],
    ['bad UTF-8 replaced', '62c328', '64efbfbd28'],
    ['a long head as its value', 'a118010a', 'a1010a'],
    ['an unknown tag kept', 'd90113820102', 'd90113820102'],
    ['a bignum as an integer', 'c249010000000000000000', 'c249010000000000000000'],
    ['a date for tag 1', 'c11a514b67b0', 'c11a514b67b0'],
    ['an expression for tag 27', 'd81b82665265674578706128', 'refused'],
  ])('shows %s', (_, hex, expected) => {
    expect(seen(hex).slice(0, expected.length)).toBe(expected);
  });

  it.each([
    ['truncation', 'a201'],
    ['a trailing byte', '0102'],
    ['an indefinite text', '7f61616162ff'],
    ['nothing', ''],
  ])('says that cbor-x refuses %s', (_, hex) => {
    expect(decodeFast(hexBytes(hex)).ok).toBe(false);
  });

  it('survives values that contain themselves, bombs and long input', () => {
    expect(seen('d81c81d81d00')).toMatch(/^refused/);
    // thirty shared arrays, each holding the one before it twice: a billion items from 200 bytes
    const shared = Array.from({ length: 30 }, (_, i) =>
      i === 0 ? 'd81c8100' : `d81c82d81d${ref(i - 1)}d81d${ref(i - 1)}`,
    );
    expect(seen(`98${(30).toString(16)}${shared.join('')}`)).toMatch(/^refused: .*too many items/);
    expect(seen(`${'81'.repeat(20_000)}00`)).toMatch(/^refused/);
    expect(decodeFast(new Uint8Array(70_000))).toEqual({ ok: false, error: 'longer than 65536 bytes' });
  });
});
