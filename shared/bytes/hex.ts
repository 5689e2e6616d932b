import { err, ok, type Result } from '../result.ts';
import type { TextError } from './text-error.ts';

const BYTE_TO_HEX: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Value of a hexadecimal digit by its character code, 16 for everything else. */
const NIBBLE = new Uint8Array(128).fill(16);
for (let i = 0; i < 16; i++) {
  const digit = i.toString(16);
  NIBBLE[digit.charCodeAt(0)] = i;
  NIBBLE[digit.toUpperCase().charCodeAt(0)] = i;
}

/** Lower-case hexadecimal without separators. */
export function encodeHex(bytes: Uint8Array): string {
  let text = '';
  for (let i = 0; i < bytes.length; i++) text += BYTE_TO_HEX[bytes[i] ?? 0] ?? '';
  return text;
}

/** Hexadecimal in either case, two digits a byte, nothing between them. */
export function decodeHex(text: string): Result<Uint8Array, TextError> {
  const bytes = new Uint8Array(text.length >> 1);
  for (let i = 0; i < text.length; i++) {
    const nibble = NIBBLE[text.charCodeAt(i)] ?? 16;
    if (nibble === 16) return err({ at: i, reason: 'character' });
    if ((i & 1) === 0) bytes[i >> 1] = nibble << 4;
    else bytes[i >> 1] = (bytes[i >> 1] ?? 0) | nibble;
  }
  return text.length % 2 === 0 ? ok(bytes) : err({ at: text.length, reason: 'length' });
}
