import { err, ok, type Result } from '../result.ts';

/**
 * UTF-8, strictly (RFC 3629): no overlong form, no surrogate, nothing beyond U+10FFFF. A byte order mark is text like
 * any other. The error is the position in `bytes` of the first byte of the first bad sequence.
 */
export function decodeUtf8(bytes: Uint8Array, start = 0, end = bytes.length): Result<string, number> {
  const badAt = findBadUtf8(bytes, start, end);
  return badAt === end ? ok(decodeUtf8Lossy(bytes, start, end)) : err(badAt);
}

/** Position of the first byte of the first sequence that is not UTF-8, or `end` when all of it is. */
export function findBadUtf8(bytes: Uint8Array, start = 0, end = bytes.length): number {
  let i = start;
  while (i < end) {
    const length = sequenceLength(bytes, i, end);
    if (length <= 0) return i;
    i += length;
  }
  return end;
}

/**
 * UTF-8 with every ill-formed sequence shown as one U+FFFD for its longest valid beginning, as browsers show it
 * (Unicode §3.9, "substitution of maximal subparts").
 */
export function decodeUtf8Lossy(bytes: Uint8Array, start = 0, end = bytes.length): string {
  let text = '';
  let i = start;
  while (i < end) {
    const byte = bytes[i] ?? 0;
    if (byte < 0x80) {
      text += String.fromCharCode(byte);
      i++;
      continue;
    }
    const length = sequenceLength(bytes, i, end);
    if (length <= 0) {
      text += '\ufffd';
      i += length === 0 ? 1 : -length;
      continue;
    }
    const next = (offset: number): number => (bytes[i + offset] ?? 0) & 0x3f;
    if (length === 2) text += String.fromCharCode(((byte & 0x1f) << 6) | next(1));
    else if (length === 3) text += String.fromCharCode(((byte & 0x0f) << 12) | (next(1) << 6) | next(2));
    else text += String.fromCodePoint(((byte & 0x07) << 18) | (next(1) << 12) | (next(2) << 6) | next(3));
    i += length;
  }
  return text;
}

/**
 * Length of the sequence that starts at `i`; when it is ill-formed, minus the number of bytes of its longest valid
 * beginning (0 = the first byte starts nothing).
 */
function sequenceLength(bytes: Uint8Array, i: number, end: number): number {
  const first = bytes[i] ?? 0;
  if (first < 0x80) return 1;
  if (first < 0xc2 || first > 0xf4) return 0; // continuation, overlong two bytes, beyond U+10FFFF
  const length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  // the second byte's range closes the overlong forms, the surrogates and what lies beyond U+10FFFF (RFC 3629 §4)
  const low = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
  const high = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
  for (let k = 1; k < length; k++) {
    const byte = i + k < end ? (bytes[i + k] ?? 0) : 0;
    if (byte < (k === 1 ? low : 0x80) || byte > (k === 1 ? high : 0xbf)) return -k;
  }
  return length;
}

/** UTF-8 of a text; a lone surrogate, which has no UTF-8, becomes U+FFFD. */
export function encodeUtf8(text: string): Uint8Array {
  const bytes = new Uint8Array(utf8Length(text));
  writeUtf8(text, bytes, 0);
  return bytes;
}

/** How many bytes `writeUtf8` will write. */
export function utf8Length(text: string): number {
  let length = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    if (unit < 0x800) length++;
    else {
      length += 2;
      // a pair is four bytes for its two units
      if (isHigh(unit) && isLow(text.charCodeAt(i + 1))) i++;
    }
  }
  return length;
}

/** Writes UTF-8 into `target` from `at`, which must have the room; gives the position after it. */
export function writeUtf8(text: string, target: Uint8Array, at: number): number {
  let out = at;
  for (let i = 0; i < text.length; i++) {
    let unit = text.charCodeAt(i);
    if (unit < 0x80) {
      target[out++] = unit;
    } else if (unit < 0x800) {
      target[out++] = 0xc0 | (unit >> 6);
      target[out++] = 0x80 | (unit & 0x3f);
    } else {
      const next = text.charCodeAt(i + 1);
      if (isHigh(unit) && isLow(next)) {
        const point = 0x10000 + ((unit - 0xd800) << 10) + (next - 0xdc00);
        i++;
        target[out++] = 0xf0 | (point >> 18);
        target[out++] = 0x80 | ((point >> 12) & 0x3f);
        target[out++] = 0x80 | ((point >> 6) & 0x3f);
        target[out++] = 0x80 | (point & 0x3f);
        continue;
      }
      if (unit >= 0xd800 && unit <= 0xdfff) unit = 0xfffd;
      target[out++] = 0xe0 | (unit >> 12);
      target[out++] = 0x80 | ((unit >> 6) & 0x3f);
      target[out++] = 0x80 | (unit & 0x3f);
    }
  }
  return out;
}

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;
const isLow = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;

/** The text when the bytes are UTF-8 without control characters: what a person would call readable. */
export function printableUtf8(bytes: Uint8Array): string | undefined {
  const decoded = decodeUtf8(bytes);
  return decoded.ok && !/\p{Cc}/u.test(decoded.value) ? decoded.value : undefined;
}
