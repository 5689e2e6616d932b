import type { ClaimsSet } from '../claims/claims-set.ts';
import type { Verifier } from '../verifiers/verifier.ts';
import { type Decision, decide } from './decision.ts';
import { judgeClaims } from './judge-claims.ts';
import { type Mend, suggestMend } from './mend.ts';
import type { RecipientFacts, RequestFacts } from './request.ts';
import type { ClaimVerdict } from './verdict.ts';

/** What a verifier would make of a token's claims, were the token genuine. */
export interface Judgement {
  readonly decision: Decision;
  /** one for every entry of the set, in its order, and then what is missing */
  readonly claims: readonly ClaimVerdict[];
  /** for a refused request: what about the token would have to change */
  readonly mend?: Mend;
}

/**
 * Judges every claim of a token against a request, as a verifier would. Says nothing about integrity: the caller merges
 * that. Never throws.
 */
export function judge(set: ClaimsSet, request: RequestFacts, recipient: RecipientFacts, verifier: Verifier): Judgement {
  const claims = judgeClaims(set, request, recipient, verifier);
  const decision = decide(claims);
  if (decision !== 'reject') return { decision, claims };
  const mend = suggestMend(set, claims, request, recipient, verifier);
  return mend === undefined ? { decision, claims } : { decision, claims, mend };
}
