import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  decodeUtf8,
  decodeUtf8Lossy,
  encodeUtf8,
  findBadUtf8,
  printableUtf8,
  utf8Length,
  writeUtf8,
} from '../../../shared/bytes/utf8.ts';
import { hexBytes } from '../../vectors/load-vectors.ts';

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const lossy = new TextDecoder('utf-8', { ignoreBOM: true });
/** Bytes that often come near to being UTF-8. */
const nearText = fc.array(
  fc.oneof(
    fc.constantFrom(
      '61',
      'c3a9',
      'e282ac',
      'f09f9880',
      'efbbbf',
      'eda080',
      'c0af',
      'f4908080',
      'e0809f',
      'f08282',
      'e28d',
    ),
    fc.integer({ min: 0, max: 255 }).map((byte) => byte.toString(16).padStart(2, '0')),
  ),
  { maxLength: 8 },
);

describe('UTF-8', () => {
  it('encodes as the platform does, half surrogate pairs too', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.oneof(fc.constantFrom('\ud800', '\udc00', 'é', '水', '😀'), fc.string({ maxLength: 1 })),
        }),
        (text) => {
          const bytes = new TextEncoder().encode(text);
          expect(encodeUtf8(text)).toEqual(bytes);
          expect(utf8Length(text)).toBe(bytes.length);
        },
      ),
      { seed: 1, numRuns: 500 },
    );
  });

  it('accepts, refuses and replaces exactly what the platform does', () => {
    fc.assert(
      fc.property(nearText, (pieces) => {
        const bytes = hexBytes(pieces.join(''));
        expect(decodeUtf8Lossy(bytes)).toBe(lossy.decode(bytes));
        const decoded = decodeUtf8(bytes);
        if (decoded.ok) expect(decoded.value).toBe(strict.decode(bytes));
        else {
          expect(() => strict.decode(bytes)).toThrow();
          // all before the place is UTF-8
          expect(strict.decode(bytes.subarray(0, decoded.error))).toBeTypeOf('string');
        }
      }),
      { seed: 2, numRuns: 3000 },
    );
  });

  it.each([
    ['c328', 0],
    ['61c328', 1],
    ['6180', 1],
    ['c0af', 0],
    ['e08080', 0],
    ['eda080', 0],
    ['f08080af', 0],
    ['f4908080', 0],
    ['f5808080', 0],
    ['e282', 0],
    ['f09f98', 0],
  ])('finds the first bad byte of %s at %i', (hex, at) => {
    expect(decodeUtf8(hexBytes(hex))).toEqual({ ok: false, error: at });
  });

  it('works within a range', () => {
    const bytes = hexBytes('ff61c3a9ff');
    expect(decodeUtf8(bytes, 1, 4)).toEqual({ ok: true, value: 'aé' });
    expect(findBadUtf8(bytes, 1, 3)).toBe(2);
    const target = new Uint8Array(5);
    expect(writeUtf8('é!', target, 1)).toBe(4);
    expect(target).toEqual(hexBytes('00c3a92100'));
  });

  it('calls text without control characters printable', () => {
    expect(printableUtf8(encodeUtf8('clé-1'))).toBe('clé-1');
    expect(printableUtf8(encodeUtf8('a\u0007'))).toBeUndefined();
    expect(printableUtf8(hexBytes('c328'))).toBeUndefined();
  });
});
