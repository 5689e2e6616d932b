import { decodePercent } from './escape.ts';
import type { Finds } from './finds.ts';
import type { CarrierKind } from './found.ts';
import { type Context, scanValue } from './scan.ts';
import { type Slice, subSlice, trimSlice } from './slice.ts';

/** Cookies that hold a CAT and nothing else: the standard's name and Akamai's (CAT.md e). */
const isTokenCookie = (name: string): boolean => /^(?:cta-)?common-access-token$/i.test(name);

interface CookieContext {
  readonly kind: CarrierKind;
  readonly request?: number;
}

/** Searches a Cookie header's value: `a=b; CTA-Common-Access-Token=…` (RFC 6265 §4.2). */
export function scanCookies(value: Slice, context: CookieContext, finds: Finds): void {
  let from = 0;
  while (from <= value.text.length) {
    const semicolon = value.text.indexOf(';', from);
    const to = semicolon < 0 ? value.text.length : semicolon;
    scanPair(subSlice(value, from, to), 'cookie', context, finds);
    from = to + 1;
  }
}

/** Searches a Set-Cookie header's value; several, one a line as DevTools copies them, too. */
export function scanSetCookie(value: Slice, context: CookieContext, finds: Finds): void {
  let from = 0;
  while (from < value.text.length) {
    const lineBreak = value.text.indexOf('\n', from);
    const end = lineBreak < 0 ? value.text.length : lineBreak;
    const semicolon = value.text.indexOf(';', from);
    // what follows the first pair are attributes (RFC 6265 §4.1.1)
    scanPair(subSlice(value, from, semicolon < 0 ? end : Math.min(semicolon, end)), 'Set-Cookie', context, finds);
    from = end + 1;
  }
}

function scanPair(pair: Slice, prefix: string, context: CookieContext, finds: Finds): void {
  const equals = pair.text.indexOf('=');
  // logs percent-encode the blank in front
  const name = equals < 0 ? '' : decodePercent(pair.text.slice(0, equals)).trim();
  const value = trimSlice(subSlice(pair, equals + 1, pair.text.length));
  if (value.text === '') return;
  const place: Context = { ...context, where: name === '' ? prefix : `${prefix} ${name}`, named: isTokenCookie(name) };
  // a CloudFront cookie is known by its name
  scanValue(name.startsWith('CloudFront-') ? trimSlice(pair) : value, place, finds);
}
