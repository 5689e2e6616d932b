const STANDARD = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const NONE = 64;

/** Six bits of a character of either base64 alphabet by its code, 64 for every other. */
const SEXTETS = new Uint8Array(128).fill(NONE);
for (let i = 0; i < 64; i++) SEXTETS[STANDARD.charCodeAt(i)] = i;
SEXTETS[0x2d] = 62;
SEXTETS[0x5f] = 63;

/** Four bits of a hexadecimal digit by its code, 16 for every other. */
const NIBBLES = new Uint8Array(128).fill(16);
for (let i = 0; i < 16; i++) {
  NIBBLES[i.toString(16).charCodeAt(0)] = i;
  NIBBLES[i.toString(16).toUpperCase().charCodeAt(0)] = i;
}

/** Six bits of a base64 or base64url character, 64 when it is neither (NaN, past the end, too). */
export const sextetOf = (code: number): number => SEXTETS[code] ?? NONE;
export const isBase64 = (code: number): boolean => sextetOf(code) < NONE;
/** `+` and `/`, which base64url writes as `-` and `_`. */
export const isStandardOnly = (code: number): boolean => code === 0x2b || code === 0x2f;
export const isUrlOnly = (code: number): boolean => code === 0x2d || code === 0x5f;

/** Value of a hexadecimal digit, 16 when it is none. */
export const nibbleOf = (code: number): number => NIBBLES[code] ?? 16;
export const isHexDigit = (code: number): boolean => nibbleOf(code) < 16;

export const isLineBreak = (code: number): boolean =>
  code === 0x0a || code === 0x0d || code === 0x85 || code === 0x2028 || code === 0x2029;

export const isBlank = (code: number): boolean =>
  code === 0x20 ||
  (code >= 0x09 && code <= 0x0d) ||
  (code > 0x7e &&
    (code === 0x85 ||
      code === 0xa0 ||
      code === 0x1680 ||
      (code >= 0x2000 && code <= 0x200a) ||
      code === 0x2028 ||
      code === 0x2029 ||
      code === 0x202f ||
      code === 0x205f ||
      code === 0x3000));

/**
 * Characters that take no room on a screen and slip into copies: zero-width and joining marks, direction marks, soft
 * hyphen, byte order mark, variation selectors, and the control characters that are no white space.
 */
export const isInvisible = (code: number): boolean =>
  code < 0x20
    ? code < 0x09 || code > 0x0d
    : code > 0x7e &&
      (code === 0x7f ||
        code === 0xad ||
        code === 0x34f ||
        code === 0x61c ||
        (code >= 0x180b && code <= 0x180f) ||
        (code >= 0x200b && code <= 0x200f) ||
        (code >= 0x202a && code <= 0x202e) ||
        (code >= 0x2060 && code <= 0x206f) ||
        (code >= 0xfe00 && code <= 0xfe0f) ||
        code === 0xfeff);

/** What closes each opening quotation mark. */
const CLOSING: ReadonlyMap<string, string> = new Map([
  ['"', '"'],
  ["'", "'"],
  ['`', '`'],
  ['“', '”'],
  ['”', '”'],
  ['„', '“'],
  ['‘', '’'],
  ['’', '’'],
  ['‚', '‘'],
  ['«', '»'],
  ['»', '«'],
  ['‹', '›'],
]);
export const closingQuote = (opening: string): string | undefined => CLOSING.get(opening);

const QUOTES = new Set([...CLOSING.keys(), ...CLOSING.values()].map((quote) => quote.charCodeAt(0)));
export const isQuote = (code: number): boolean =>
  code < 0x80 ? code === 0x22 || code === 0x27 || code === 0x60 : QUOTES.has(code);
