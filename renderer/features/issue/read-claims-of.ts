import { findTokens } from '../../../shared/carrier/find-tokens.ts';
import { claimsToJson } from '../../../shared/claims/claims-to-json.ts';
import { inspectToken } from '../../../shared/inspect/inspect-token.ts';
import type { JsonObject } from '../../../shared/json.ts';
import { currentSeconds } from '../../shell/clock.ts';

/** The claims that stand in a token, as claims JSON; `undefined`: it is none, or they are encrypted. */
export function readClaimsOf(token: string): JsonObject | undefined {
  const [found] = findTokens(token).tokens;
  if (found === undefined || found.kind === 'not-a-cat') return undefined;
  const { claims } = inspectToken(found, { now: currentSeconds() });
  return claims && claimsToJson(claims);
}
