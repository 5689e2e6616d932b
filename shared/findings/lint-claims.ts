import type { ClaimsSet } from '../claims/claims-set.ts';
import type { Seconds } from '../units.ts';
import { type Check, type ClaimsFacts, createClaimsFacts, runChecks } from './check.ts';
import { CLAIM_CHECKS } from './claim-checks.ts';
import { DIALECT_CHECKS } from './dialect-checks.ts';
import type { Finding } from './finding.ts';
import { PRIVACY_CHECKS } from './privacy-checks.ts';
import { TIME_CHECKS } from './time-checks.ts';
import { URI_CHECKS } from './uri-checks.ts';

/** Everything that claims are looked at for, in the order of the screen's list. */
export const CLAIMS_CHECKS: readonly Check<ClaimsFacts>[] = [
  ...TIME_CHECKS,
  ...CLAIM_CHECKS,
  ...URI_CHECKS,
  ...PRIVACY_CHECKS,
  ...DIALECT_CHECKS,
];

/**
 * What is worth saying about claims that no verdict says: slips, widths, what sources read differently, what should not
 * stand in the clear. `encrypted`: they came out of a ciphertext.
 */
export const lintClaims = (
  claims: ClaimsSet,
  options: { readonly now: Seconds; readonly encrypted: boolean },
): Finding[] => runChecks(CLAIMS_CHECKS, createClaimsFacts(claims, options.now, options.encrypted));
