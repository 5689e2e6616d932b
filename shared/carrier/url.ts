import { isBlank, isInvisible, isQuote } from './characters.ts';
import { decodePercent, unescapeText } from './escape.ts';

/** Longer addresses are no addresses. */
const MOST_CHARACTERS = 131_072;

/** `http://` and `https://`, also as JSON writes them: the length of the scheme and slashes at `at`, or 0. */
export function urlSchemeAt(text: string, at: number): number {
  const start = /^https?:(?:\/\/|\\\/\\\/)/i.exec(text.slice(at, at + 10));
  return start?.[0].length ?? 0;
}

/** Position after the address that starts at `at`, without the punctuation of the sentence around it. */
export function urlEnd(text: string, at: number, limit: number): number {
  const most = Math.min(limit, at + MOST_CHARACTERS);
  let to = at;
  while (to < most) {
    const code = text.charCodeAt(to);
    if (code === 0x5c && !/^\\(?:\/|u00|x)/.test(text.slice(to, to + 4))) break;
    // < > | and quotes never stand in an address as they are; invisible marks are dropped from it
    if (code === 0x3c || code === 0x3e || code === 0x7c || isBlank(code) || (isQuote(code) && code !== 0x27)) break;
    if (code === 0x27 && !/^'[\w/&=-]/.test(text.slice(to, to + 2))) break;
    to++;
  }
  while (to > at && isFinalPunctuation(text, at, to)) to--;
  return to;
}

function isFinalPunctuation(text: string, at: number, to: number): boolean {
  const last = text.charAt(to - 1);
  if (last === ')' || last === ']' || last === '}') {
    const opening = last === ')' ? '(' : last === ']' ? '[' : '{';
    return !text.slice(Math.max(at, to - 4096), to).includes(opening);
  }
  return '.,;:!*'.includes(last) || isInvisible(last.charCodeAt(0));
}

/** The address as a request uses it. */
export function cleanUrl(text: string): string {
  let clean = '';
  for (const character of unescapeText(text)) {
    const code = character.charCodeAt(0);
    if (!isInvisible(code) && !isBlank(code)) clean += character;
  }
  return clean;
}

/** Names of query parameters that hold a CAT and nothing else: `CAT` by the standard, `cat` in node-cat. */
export const isTokenParameter = (name: string): boolean => /^(?:cat|(?:cta-)?common-access-token)$/i.test(name);

/**
 * Names the part of an address that a token starts in, from the text before it: `path /pt:`, `query parameter CAT`,
 * `path segment 1`, `fragment`. `before` begins with the scheme, with `//host`, or with the path.
 */
export function urlPlace(before: string): string {
  const text = unescapeText(before);
  const hash = text.indexOf('#');
  if (hash >= 0) return parameterPlace(text.slice(hash + 1), 'fragment parameter', 'fragment');
  const query = text.indexOf('?');
  if (query >= 0) return parameterPlace(text.slice(query + 1), 'query parameter', 'query');
  const path = text.replace(/^(?:[a-z][a-z0-9+.-]*:)?\/\/[^/]*/i, '');
  if (path === '' && text !== '') return 'authority';
  return pathPlace(path);
}

function parameterPlace(before: string, named: string, unnamed: string): string {
  const from = Math.max(before.lastIndexOf('&'), before.lastIndexOf(';')) + 1;
  const pair = before.slice(from);
  const equals = pair.indexOf('=');
  const name = equals < 0 ? '' : decodePercent(pair.slice(0, equals));
  return name === '' || name.length > 100 ? unnamed : `${named} ${name}`;
}

function pathPlace(path: string): string {
  const segments = path.split('/');
  const inSegment = decodePercent(segments.at(-1) ?? '');
  if (/(?:^|\W)pt:$/i.test(inSegment)) return 'path /pt:';
  const name = /([\w.-]{1,60})[=:]$/.exec(inSegment)?.[1];
  return name === undefined ? `path segment ${Math.max(1, segments.length - 1)}` : `path parameter ${name}`;
}
