import { isBlank, isQuote } from './characters.ts';
import type { CarrierKind } from './found.ts';
import { urlPlace } from './url.ts';

/** How far back the name of a place is looked for. */
const LOOK_BACK = 1024;
const LONGEST_NAME = 80;

/** Where a token stands in text that is no carrier as a whole, from what is written before it. */
export function loosePlace(text: string, start: number): Where {
  const address = addressPlace(text, start);
  if (address) return address;
  const before = nameBefore(text, start);
  if (before === undefined) return lineBefore(text, start) ?? { kind: 'token', where: 'pasted text' };
  const { name, sign, nameQuoted, valueQuoted, startsLine } = before;
  if (/^playback_?token$/i.test(name)) return { kind: 'embed', where: name };
  // a header in a script, a configuration or another tool's option
  if (TOKEN_HEADER.test(name) && (sign === ':' || nameQuoted)) return { kind: 'header', where: `header ${name}` };
  if (sign === '=')
    return isCookie(text, start, name)
      ? { kind: 'cookie', where: `cookie ${name}` }
      : { kind: 'token', where: `parameter ${name}` };
  // in a sentence a colon names nothing: "here is the token: 0YR…"
  const named = nameQuoted || valueQuoted || startsLine;
  return named ? { kind: 'json', where: `member ${name}` } : { kind: 'token', where: 'pasted text' };
}

const TOKEN_HEADER = /^(?:(?:cta-)?common-access-token|authorization)$/i;

interface Where {
  readonly kind: CarrierKind;
  readonly where: string;
}

/** DevTools copies a header's name and its value as two lines. */
function lineBefore(text: string, start: number): Where | undefined {
  const name =
    /(?:^|\n)[ \t]*((?:cta-)?common-access-token|authorization):?[ \t]*\r?\n[ \t]*(?:(?:bearer|dpop) )?$/i.exec(
      text.slice(Math.max(0, start - 64), start),
    )?.[1];
  return name === undefined ? undefined : { kind: 'header', where: `header ${name}` };
}

interface Naming {
  readonly name: string;
  readonly sign: string;
  readonly nameQuoted: boolean;
  readonly valueQuoted: boolean;
  /** nothing but a list's dash stands before it on the line */
  readonly startsLine: boolean;
}

/** The name that a value is given: `name="`, `"name": "`, `name => '`, `name: Bearer `, `name=`, read backwards. */
function nameBefore(text: string, start: number): Naming | undefined {
  const scheme = /(?:bearer|dpop)\s{1,4}$/i.exec(text.slice(Math.max(0, start - 12), start));
  const valueStart = start - (scheme?.[0].length ?? 0);
  const valueQuote = backOver(text, valueStart, isQuoteOrParenthesis, 2);
  let at = backOver(text, valueQuote, isBlank, 8);
  let sign = text.charAt(at - 1);
  if (sign === '>' && text[at - 2] === '=') {
    sign = ':';
    at--;
  }
  if (sign !== '=' && sign !== ':') return undefined;
  at = backOver(text, at - 1, isBlank, 8);
  const nameEnd = backOver(text, at, isQuoteOrParenthesis, 2);
  const nameStart = backOver(text, nameEnd, isNameCharacter, LONGEST_NAME);
  if (nameStart === nameEnd) return undefined;
  return {
    name: text.slice(nameStart, nameEnd),
    sign,
    nameQuoted: nameEnd < at,
    valueQuoted: valueQuote < valueStart,
    startsLine: /(?:^|[\r\n])[ \t]*(?:- )?$/.test(text.slice(Math.max(0, nameStart - 40), nameStart)),
  };
}

function backOver(text: string, from: number, belongs: (code: number) => boolean, most: number): number {
  let at = from;
  while (at > 0 && from - at < most && belongs(text.charCodeAt(at - 1))) at--;
  return at;
}

const isQuoteOrParenthesis = (code: number): boolean => isQuote(code) || code === 0x28 || code === 0x5d;
const isNameCharacter = (code: number): boolean =>
  (code >= 0x30 && code <= 0x39) ||
  (code >= 0x41 && code <= 0x5a) ||
  (code >= 0x61 && code <= 0x7a) ||
  code === 0x5f ||
  code === 0x2e ||
  code === 0x24 ||
  code === 0x2d;

const isCookie = (text: string, start: number, name: string): boolean =>
  /^(?:cta-)?common-access-token$/i.test(name) ||
  /;\s?$/.test(text.slice(Math.max(0, start - name.length - 4), Math.max(0, start - name.length - 1)));

/** The stretch without blanks and quotes before the token, when it is the beginning of an address or a path. */
export function addressPlace(text: string, start: number): Where | undefined {
  let from = start;
  while (from > 0 && start - from < LOOK_BACK && !isAddressBreak(text.charCodeAt(from - 1))) from--;
  const before = text.slice(from, start);
  if (before === '') return undefined;
  if (/^pt(?::|%3a)$/i.test(before)) return { kind: 'path', where: 'path /pt:' };
  if (/^\.{0,2}\//.test(before)) return { kind: before.startsWith('//') ? 'url' : 'path', where: urlPlace(before) };
  if (/^[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}(?::\d{1,5})?\//.test(before))
    return { kind: 'url', where: urlPlace(`//${before}`) };
  // a relative address, as playlists have them, or one of another scheme
  if (/^[a-z][a-z0-9+.-]{1,20}:\/\//i.test(before)) return { kind: 'url', where: urlPlace(before) };
  if (/^[^?=]{1,400}\?[\w.%-]{1,80}=/.test(before)) return { kind: 'url', where: urlPlace(`/${before}`) };
  if (before.startsWith('?') || /^[\w.-]{1,80}=[^&]*&/.test(before))
    return { kind: 'url', where: urlPlace(`?${before.replace(/^\?/, '')}`) };
  return undefined;
}

const isAddressBreak = (code: number): boolean =>
  isBlank(code) || isQuote(code) || code === 0x3c || code === 0x3e || code === 0x28 || code === 0x2c || code === 0x5b;
