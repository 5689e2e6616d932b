import type { RichText } from '../explain/rich-text.ts';
import type { ClaimVerdict, UnknownKind, VerdictCode } from './verdict.ts';

/** Whose verdict it is; a claim definition is one. */
export interface ClaimIdentity {
  readonly name: string;
  readonly label: number | string;
}

/** What a verdict may add to its reason. `path` left out is the claim itself. */
export type VerdictDetail = Partial<Pick<ClaimVerdict, 'path' | 'expected' | 'actual' | 'at' | 'children'>>;

/** Codes that say no. */
export type DenialCode = Extract<VerdictCode, `DENY_${string}`>;

/** The request meets the claim. */
export const passed = (claim: ClaimIdentity, reason: RichText, detail?: VerdictDetail): ClaimVerdict => ({
  name: claim.name,
  label: claim.label,
  verdict: 'pass',
  code: 'OK',
  reason,
  path: [claim.name],
  ...detail,
});

/** The claim refuses the request. */
export const denied = (
  claim: ClaimIdentity,
  code: DenialCode,
  reason: RichText,
  detail?: VerdictDetail,
): ClaimVerdict => ({
  name: claim.name,
  label: claim.label,
  verdict: 'fail',
  code,
  reason,
  path: [claim.name],
  ...detail,
});

const UNKNOWN_CODES = {
  'missing-input': 'NOT_CHECKED',
  'only-the-edge': 'ONLY_EDGE',
  'not-supported': 'CANNOT_JUDGE',
} as const satisfies Record<UnknownKind, VerdictCode>;

/** Nobody here can tell; the kind says whether an input would help. */
export const undecided = (
  claim: ClaimIdentity,
  unknown: UnknownKind,
  reason: RichText,
  detail?: VerdictDetail,
): ClaimVerdict => ({
  name: claim.name,
  label: claim.label,
  verdict: 'unknown',
  code: UNKNOWN_CODES[unknown],
  unknown,
  reason,
  path: [claim.name],
  ...detail,
});

/** The claim takes no part in the decision: it informs, or this verifier does not look at it. */
export const ignored = (
  claim: ClaimIdentity,
  code: 'INFO' | 'NOT_ENFORCED',
  reason: RichText,
  detail?: VerdictDetail,
): ClaimVerdict => ({
  name: claim.name,
  label: claim.label,
  verdict: 'ignored',
  code,
  reason,
  path: [claim.name],
  ...detail,
});
