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
  const used = firstForeign(text, FROM_EITHER, end);
  const bytes = unpack(text, used, FROM_EITHER) ?? new Uint8Array(0);
  if (used < end) return { bytes, stoppedAt: used };
  // a single sextet left over holds no byte
  return used % 4 === 1 ? { bytes, stoppedAt: used - 1 } : { bytes };
}

function decodeStrict(text: string, table: Uint8Array): Result<Uint8Array, TextError> {
  const length = text.length;
  const bytes = unpack(text, length, table);
  if (bytes === undefined) {
    const at = firstForeign(text, table);
    return err({ at, reason: text[at] === '=' ? 'padding' : 'character' });
  }
  const rest = length & 3;
  if (rest === 1) return err({ at: length, reason: 'length' });
  // RFC 4648 §3.5: bits that belong to no byte must be zero, else two texts stand for the same bytes
  const unused = rest === 2 ? 15 : rest === 3 ? 3 : 0;
  if (((table[text.charCodeAt(length - 1)] ?? 0) & unused) !== 0)
    return err({ at: length - 1, reason: 'trailing-bits' });
  return ok(bytes);
}

/** Position of the first character that is not of the alphabet; the length when all are. */
function firstForeign(text: string, table: Uint8Array, length = text.length): number {
  let at = 0;
  while (at < length && (table[text.charCodeAt(at)] ?? 64) < 64) at++;
  return at;
}

/** The first `length` characters as bytes, `undefined` when one is not of the alphabet; unused bits are dropped. */
function unpack(text: string, length: number, table: Uint8Array): Uint8Array | undefined {
  const bytes = new Uint8Array((length * 3) >> 2);
  const whole = length & ~3;
  let codes = 0;
  let sextets = 0;
  let out = 0;
  let i = 0;
  for (; i < whole; i += 4) {
    const [w, x, y, z] = [text.charCodeAt(i), text.charCodeAt(i + 1), text.charCodeAt(i + 2), text.charCodeAt(i + 3)];
    const a = table[w & 127] ?? 64;
    const b = table[x & 127] ?? 64;
    const c = table[y & 127] ?? 64;
    const d = table[z & 127] ?? 64;
    codes |= w | x | y | z;
    sextets |= a | b | c | d;
    bytes[out++] = (a << 2) | (b >> 4);
    bytes[out++] = (b << 4) | (c >> 2);
    bytes[out++] = (c << 6) | d;
  }
  if (codes > 127 || sextets > 63) return undefined;
  let bits = 0;
  for (; i < length; i++) {
    const sextet = table[text.charCodeAt(i)] ?? 64;
    if (sextet === 64) return undefined;
    bits = (bits << 6) | sextet;
  }
  if (length - whole === 2) bytes[out] = bits >> 4;
  if (length - whole === 3) {
    bytes[out] = bits >> 10;
    bytes[out + 1] = bits >> 2;
  }
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
