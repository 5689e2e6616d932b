import { isBlank, isQuote } from './characters.ts';
import type { CarrierKind } from './found.ts';
import { urlPlace } from './url.ts';

/** How far back the name of a place is looked for. */
const LOOK_BACK = 4096;
const NAME_LOOK_BACK = 120;

/** `name="`, `"name": "`, `name: Bearer `, `name=`, right before a token. */
const NAME = /([A-Za-z0-9_.$-]{1,80})(["'`\]]{0,2})\s{0,8}(=>|=|:)\s{0,8}(["'`(]{0,2})(?:(?:bearer|dpop)\s{1,4})?$/i;

/** Where a token stands in text that is no carrier as a whole, from what is written before it. */
export function loosePlace(text: string, start: number): { readonly kind: CarrierKind; readonly where: string } {
  const address = addressPlace(text, start);
  if (address) return address;
  const [, name, quote, sign, valueQuote] = NAME.exec(text.slice(Math.max(0, start - NAME_LOOK_BACK), start)) ?? [];
  if (name === undefined) return { kind: 'token', where: 'pasted text' };
  if (/^playback_?token$/i.test(name)) return { kind: 'embed', where: name };
  // in a sentence a colon names nothing: "here is the token: 0YR…"
  if (sign === ':' && quote === '' && valueQuote === '') return { kind: 'token', where: 'pasted text' };
  if (sign !== '=') return { kind: 'json', where: `member ${name}` };
  return isCookie(text, start, name)
    ? { kind: 'cookie', where: `cookie ${name}` }
    : { kind: 'token', where: `parameter ${name}` };
}

const isCookie = (text: string, start: number, name: string): boolean =>
  /^(?:cta-)?common-access-token$/i.test(name) ||
  /;\s?$/.test(text.slice(Math.max(0, start - name.length - 4), Math.max(0, start - name.length - 1)));

/** The stretch without blanks and quotes before the token, when it is the beginning of an address or a path. */
export function addressPlace(
  text: string,
  start: number,
): { readonly kind: CarrierKind; readonly where: string } | undefined {
  let from = start;
  while (from > 0 && start - from < LOOK_BACK && !isAddressBreak(text.charCodeAt(from - 1))) from--;
  const before = text.slice(from, start);
  if (before === '') return undefined;
  if (/^pt(?::|%3a)$/i.test(before)) return { kind: 'path', where: 'path /pt:' };
  if (/^\.{0,2}\//.test(before)) return { kind: before.startsWith('//') ? 'url' : 'path', where: urlPlace(before) };
  if (/^[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}(?::\d{1,5})?\//.test(before))
    return { kind: 'url', where: urlPlace(`//${before}`) };
  if (before.startsWith('?') || /^[\w.-]{1,80}=[^&]*&/.test(before))
    return { kind: 'url', where: urlPlace(`?${before.replace(/^\?/, '')}`) };
  return undefined;
}

const isAddressBreak = (code: number): boolean =>
  isBlank(code) || isQuote(code) || code === 0x3c || code === 0x3e || code === 0x28 || code === 0x2c || code === 0x5b;
