import type { ClaimVerdict } from './verdict.ts';

/** Whether the claims let a request through. Integrity is another question, and the caller's to merge. */
export type Decision = 'accept' | 'reject' | 'cannot-tell';

/** One failure decides; a claim that could not be judged never counts as passed. */
export function decide(verdicts: readonly ClaimVerdict[]): Decision {
  let decision: Decision = 'accept';
  for (const { verdict } of verdicts) {
    if (verdict === 'fail') return 'reject';
    if (verdict === 'unknown') decision = 'cannot-tell';
  }
  return decision;
}
