/** Control characters of a token would drive the terminal, bidi controls would reorder what it shows: both are spelled out. */
export const escapeControls = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16) ?? ''}}`);
