import { nibbleOf } from './characters.ts';
import type { RepairKind } from './found.ts';

/** One character written as several: what it stands for and how many characters it took. */
export interface Escape {
  readonly code: number;
  readonly width: number;
  readonly kind: Extract<RepairKind, 'percent' | 'percent-double' | 'json-escapes'>;
}

const PERCENT = 0x25;
const BACKSLASH = 0x5c;
/** `%25` in front once means encoded twice; a fourth time is no accident any more */
const MOST_LAYERS = 4;

/** The escape that starts at `at`: `%3D`, `%253D`, `\/`, `\u002b`, `\x3d`, `\n`; `undefined` when none does. */
export function readEscape(text: string, at: number, limit: number): Escape | undefined {
  const code = text.charCodeAt(at);
  if (code === PERCENT) return readPercent(text, at, limit);
  return code === BACKSLASH ? readBackslash(text, at, limit) : undefined;
}

function readPercent(text: string, at: number, limit: number): Escape | undefined {
  let from = at + 1;
  for (let layers = 1; layers <= MOST_LAYERS; layers++) {
    const code = hexAt(text, from, 2, limit);
    if (code === undefined) return undefined;
    if (code !== PERCENT || hexAt(text, from + 2, 2, limit) === undefined)
      return { code, width: from + 2 - at, kind: layers === 1 ? 'percent' : 'percent-double' };
    from += 2;
  }
  return undefined;
}

function readBackslash(text: string, at: number, limit: number): Escape | undefined {
  if (at + 1 >= limit) return undefined;
  const kind = 'json-escapes';
  switch (text.charAt(at + 1)) {
    case 'n':
    case 'r':
    case 't':
      return { code: 0x0a, width: 2, kind };
    case '\n':
    case '\r':
      // a line continued in a shell or a script
      return { code: 0x0a, width: text.startsWith('\r\n', at + 1) ? 3 : 2, kind };
    case '/':
    case '+':
    case '=':
    case '-':
    case '_':
      return { code: text.charCodeAt(at + 1), width: 2, kind };
    case 'u': {
      const code = hexAt(text, at + 2, 4, limit);
      return code === undefined ? undefined : { code, width: 6, kind };
    }
    case 'x': {
      const code = hexAt(text, at + 2, 2, limit);
      return code === undefined ? undefined : { code, width: 4, kind };
    }
    default:
      return undefined;
  }
}

function hexAt(text: string, at: number, digits: number, limit: number): number | undefined {
  if (at + digits > limit) return undefined;
  let value = 0;
  for (let i = 0; i < digits; i++) {
    const nibble = nibbleOf(text.charCodeAt(at + i));
    if (nibble === 16) return undefined;
    value = value * 16 + nibble;
  }
  return value;
}

/**
 * Undoes JSON's and HTML's writing of a text that is shown or parsed as an address: `https:\/\/`, `\u0026`, `&amp;`.
 * Only for names and addresses; a token is read from the text as it stands.
 */
export function unescapeText(text: string): string {
  if (!/[\\&]/.test(text)) return text;
  return text
    .replace(
      /\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(["'\\/]))/g,
      (_, four?: string, two?: string, plain?: string) =>
        plain ?? String.fromCharCode(Number.parseInt(four ?? two ?? '', 16)),
    )
    .replaceAll('&amp;', '&');
}

/** Percent-decoding that leaves what is not well-formed as it stands. */
export function decodePercent(text: string): string {
  if (!text.includes('%')) return text;
  return text.replace(/(?:%[0-9a-fA-F]{2})+/g, (run) => {
    try {
      return decodeURIComponent(run);
    } catch {
      return run;
    }
  });
}
