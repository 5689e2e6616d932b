import { findTokens } from '../carrier/find-tokens.ts';
import type { Found } from '../carrier/found.ts';
import type { Seconds } from '../units.ts';
import { inspectToken } from './inspect-token.ts';
import type { Inspection } from './inspection.ts';

/** Finds every token in pasted text and inspects each that is one, in input order. Never throws. */
export function inspectText(
  text: string,
  options: { readonly now: Seconds },
): { readonly found: Found; readonly inspections: readonly Inspection[] } {
  const found = findTokens(text);
  return {
    found,
    inspections: found.tokens
      .filter((token) => token.kind !== 'not-a-cat')
      .map((token) => inspectToken(token, options)),
  };
}
