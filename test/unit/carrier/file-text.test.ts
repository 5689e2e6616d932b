import { describe, expect, it } from 'vitest';
import { fileText } from '../../../shared/carrier/file-text.ts';
import { findTokens } from '../../../shared/carrier/find-tokens.ts';
import { VECTORS, vectorBytes } from '../../vectors/load-vectors.ts';
import { only, URL_SAFE } from './samples.ts';

const utf16 = (text: string, big: boolean): Uint8Array => {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
  return new Uint8Array(big ? bytes.swap16() : bytes);
};

describe('a file', () => {
  it('of raw token bytes is found like a paste', () => {
    for (const vector of VECTORS.filter(({ form }) => form !== 'c4m-dot'))
      expect(only(findTokens(fileText(vectorBytes(vector)) ?? '')).bytes).toEqual(vectorBytes(vector));
  });

  it('of raw bytes that was cut is found too', () => {
    const bytes = new Uint8Array(Buffer.from(URL_SAFE, 'base64url')).subarray(0, 60);
    expect(only(findTokens(fileText(bytes) ?? '')).bytes).toEqual(bytes);
  });

  it.each([
    ['UTF-8', new TextEncoder().encode(URL_SAFE)],
    ['UTF-8 with its mark', new TextEncoder().encode(`\ufeff${URL_SAFE}`)],
    ['UTF-16 as PowerShell writes it', utf16(URL_SAFE, false)],
    ['UTF-16, big-endian', utf16(URL_SAFE, true)],
  ])('of text in %s is its text', (_, bytes) => {
    expect(fileText(bytes)).toBe(URL_SAFE);
  });

  it('of anything else is no text', () => {
    expect(fileText(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a))).toBeUndefined();
    expect(fileText(Uint8Array.of(0x1f, 0x8b, 0x08))).toBeUndefined();
    expect(fileText(new Uint8Array())).toBe('');
  });
});
