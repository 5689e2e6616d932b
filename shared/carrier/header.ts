import { scanCookies, scanSetCookie } from './cookie.ts';
import type { Finds } from './finds.ts';
import type { CarrierKind } from './found.ts';
import { scanValue } from './scan.ts';
import type { Slice } from './slice.ts';

/** Headers that hold a CAT and nothing else: the standard's name, Akamai's and dash.js's (CAT.md e). */
const isTokenHeader = (name: string): boolean => /^(?:cta-)?common-access-token$/i.test(name);

export interface HeaderContext {
  readonly kind: CarrierKind;
  readonly request?: number;
  readonly response?: boolean;
}

/** Searches one header's value; cookies are searched one by one. */
export function scanHeader(name: string, value: Slice, context: HeaderContext, finds: Finds): void {
  const { response, ...rest } = context;
  const cookies = { ...rest, kind: rest.kind === 'header' ? ('cookie' as const) : rest.kind };
  const lower = name.toLowerCase();
  if (lower === 'cookie') scanCookies(value, cookies, finds);
  else if (lower === 'set-cookie') scanSetCookie(value, cookies, finds);
  // HTTP/2 carries the path and query in a field of their own (RFC 9113 §8.3.1)
  else if (lower === ':path') scanValue(value, rest, finds);
  else
    scanValue(
      value,
      { ...rest, where: `${response ? 'response ' : ''}header ${name}`, named: isTokenHeader(name) },
      finds,
    );
}
