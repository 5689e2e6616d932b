import { err, ok, type Result } from '../result.ts';
import type { TextError } from './text-error.ts';

const STANDARD = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const URL_SAFE = `${STANDARD.slice(0, 62)}-_`;

/** Character code → six bits, 64 for everything else. */
function sextets(...alphabets: readonly string[]): Uint8Array {
  const table = new Uint8Array(128).fill(64);
  for (const alphabet of alphabets) for (let i = 0; i < 64; i++) table[alphabet.charCodeAt(i)] = i;
  return table;
}
/** Twelve bits → two characters: halves the steps of encoding. */
function pairs(alphabet: string): readonly string[] {
  return Array.from({ length: 4096 }, (_, bits) => alphabet.charAt(bits >> 6) + alphabet.charAt(bits & 63));
}

const FROM_STANDARD = sextets(STANDARD);
const FROM_URL_SAFE = sextets(URL_SAFE);
const FROM_EITHER = sextets(STANDARD, URL_SAFE);
const TO_STANDARD = pairs(STANDARD);
const TO_URL_SAFE = pairs(URL_SAFE);

/** base64url without padding (RFC 4648 §5), the text form of a token. */
export const encodeBase64url = (bytes: Uint8Array): string => encode(bytes, TO_URL_SAFE, '');

/** base64 with padding (RFC 4648 §4). */
export const encodeBase64 = (bytes: Uint8Array): string => encode(bytes, TO_STANDARD, '=');

/** base64url, strictly: no padding, no other character, unused bits zero. */
export const decodeBase64url = (text: string): Result<Uint8Array, TextError> => decodeStrict(text, FROM_URL_SAFE);

/** base64, strictly: padded to a multiple of four, no other character, unused bits zero. */
export function decodeBase64(text: string): Result<Uint8Array, TextError> {
  const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0;
  const decoded = decodeStrict(text.slice(0, text.length - padding), FROM_STANDARD);
  if (decoded.ok && text.length % 4 !== 0) return err({ at: text.length - padding, reason: 'padding' });
  return decoded;
}

/** What a lenient reading understood. `stoppedAt` is the first character it could not use; absent when it used all. */
export interface LenientBase64 {
  readonly bytes: Uint8Array;
  readonly stoppedAt?: number;
}

/**
 * Reads either alphabet, mixed too, with or without padding at the end, and ignores unused bits. Never refuses: it
 * gives the whole bytes before the first character that does not belong.
 */
export function decodeBase64Lenient(text: string): LenientBase64 {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) === 0x3d) end--;
  let used = 0;
  while (used < end && (FROM_EITHER[text.charCodeAt(used)] ?? 64) < 64) used++;
  const bytes = unpack(text, used, FROM_EITHER);
  if (used < end) return { bytes, stoppedAt: used };
  // a single sextet left over holds no byte
  return used % 4 === 1 ? { bytes, stoppedAt: used - 1 } : { bytes };
}

function decodeStrict(text: string, table: Uint8Array): Result<Uint8Array, TextError> {
  const length = text.length;
  let seen = 0;
  for (let i = 0; i < length; i++) {
    const bits = table[text.charCodeAt(i)] ?? 64;
    if (bits === 64) return err({ at: i, reason: text.charCodeAt(i) === 0x3d ? 'padding' : 'character' });
    seen = bits;
  }
  const rest = length & 3;
  if (rest === 1) return err({ at: length, reason: 'length' });
  // RFC 4648 §3.5: bits that belong to no byte must be zero, else two texts stand for the same bytes
  if ((rest === 2 && (seen & 15) !== 0) || (rest === 3 && (seen & 3) !== 0))
    return err({ at: length - 1, reason: 'trailing-bits' });
  return ok(unpack(text, length, table));
}

/** The first `length` characters, all known to be of the table's alphabet, as bytes. */
function unpack(text: string, length: number, table: Uint8Array): Uint8Array {
  const bytes = new Uint8Array((length * 3) >> 2);
  const whole = length & ~3;
  const sextet = (i: number): number => table[text.charCodeAt(i)] ?? 0;
  let out = 0;
  let i = 0;
  for (; i < whole; i += 4) {
    const bits = (sextet(i) << 18) | (sextet(i + 1) << 12) | (sextet(i + 2) << 6) | sextet(i + 3);
    bytes[out++] = bits >> 16;
    bytes[out++] = bits >> 8;
    bytes[out++] = bits;
  }
  if (length - whole >= 2) bytes[out++] = (sextet(i) << 2) | (sextet(i + 1) >> 4);
  if (length - whole === 3) bytes[out] = (sextet(i + 1) << 4) | (sextet(i + 2) >> 2);
  return bytes;
}

function encode(bytes: Uint8Array, table: readonly string[], padding: '' | '='): string {
  const length = bytes.length;
  const whole = length - (length % 3);
  const at = (i: number): number => bytes[i] ?? 0;
  let text = '';
  let i = 0;
  for (; i < whole; i += 3) {
    const bits = (at(i) << 16) | (at(i + 1) << 8) | at(i + 2);
    text += (table[bits >> 12] ?? '') + (table[bits & 4095] ?? '');
  }
  if (length - whole === 1) text += (table[at(i) << 4] ?? '') + padding + padding;
  else if (length - whole === 2) {
    const bits = (at(i) << 10) | (at(i + 1) << 2);
    text += (table[bits >> 6] ?? '') + (table[(bits & 63) << 6] ?? '').charAt(0) + padding;
  }
  return text;
}
