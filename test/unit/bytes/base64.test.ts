import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeBase64,
  decodeBase64Lenient,
  decodeBase64url,
  encodeBase64,
  encodeBase64url,
} from '../../../shared/bytes/base64.ts';

const bytesArbitrary = fc.uint8Array({ maxLength: 80 });

describe('base64', () => {
  it('is what Node makes of the same bytes, both ways', () => {
    fc.assert(
      fc.property(bytesArbitrary, (bytes) => {
        expect(encodeBase64url(bytes)).toBe(Buffer.from(bytes).toString('base64url'));
        expect(encodeBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
        expect(decodeBase64url(encodeBase64url(bytes))).toEqual({ ok: true, value: bytes });
        expect(decodeBase64(encodeBase64(bytes))).toEqual({ ok: true, value: bytes });
      }),
      { seed: 1, numRuns: 500 },
    );
  });

  it.each([
    ['AAA+', 3, 'character'],
    ['AA/A', 2, 'character'],
    ['AA==', 2, 'padding'],
    ['AA AA', 2, 'character'],
    ['AAé=', 2, 'character'],
    ['Aéééé', 1, 'character'],
    ['AAAAA', 5, 'length'],
    ['AB', 1, 'trailing-bits'],
    ['AAB', 2, 'trailing-bits'],
  ] as const)('refuses %s as base64url at %i: %s', (text, at, reason) => {
    expect(decodeBase64url(text)).toEqual({ ok: false, error: { at, reason } });
  });

  it.each([
    ['AA', 2, 'padding'],
    ['AA=', 2, 'padding'],
    ['AAA==', 3, 'padding'],
    ['A=AA', 1, 'padding'],
    ['AA-A', 2, 'character'],
    ['A===', 1, 'padding'],
  ] as const)('refuses %s as base64 at %i: %s', (text, at, reason) => {
    expect(decodeBase64(text)).toEqual({ ok: false, error: { at, reason } });
  });

  it('reads leniently what strict reading refuses', () => {
    const bytes = Uint8Array.of(0xfb, 0xff, 0xfe, 0x01);
    for (const text of ['-__-AQ', '+//+AQ==', '-//+AQ=', '+__+AR'])
      expect(decodeBase64Lenient(text)).toEqual({ bytes });
  });

  it('keeps the whole bytes before the first foreign character', () => {
    expect(decodeBase64Lenient('AQID*AQID')).toEqual({ bytes: Uint8Array.of(1, 2, 3), stoppedAt: 4 });
    expect(decodeBase64Lenient('AQIDA')).toEqual({ bytes: Uint8Array.of(1, 2, 3), stoppedAt: 4 });
    expect(decodeBase64Lenient('=AQ')).toEqual({ bytes: new Uint8Array(0), stoppedAt: 0 });
    expect(decodeBase64Lenient('')).toEqual({ bytes: new Uint8Array(0) });
  });

  it('agrees with the strict reading wherever that accepts', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'AQZz09-_'), maxLength: 12 }), (text) => {
        const strict = decodeBase64url(text);
        if (strict.ok) expect(decodeBase64Lenient(text)).toEqual({ bytes: strict.value });
        else expect(['length', 'trailing-bits']).toContain(strict.error.reason);
      }),
      { seed: 2, numRuns: 500 },
    );
  });
});
