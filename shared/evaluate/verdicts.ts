import type { RichText } from '../explain/rich-text.ts';
import type { ClaimVerdict, UnknownKind, VerdictCode } from './verdict.ts';

/** The claim a verdict is about; definitions and claims entries have both members. */
export interface JudgedClaim {
  readonly name: string;
  readonly label: number;
}

/** What a verdict may carry beside its reason; `path` is the claim itself unless said. */
export type VerdictDetail = Partial<Pick<ClaimVerdict, 'path' | 'expected' | 'actual' | 'at' | 'children'>>;

export function passed(claim: JudgedClaim, reason: RichText, detail?: VerdictDetail): ClaimVerdict {
  return { name: claim.name, label: claim.label, verdict: 'pass', code: 'OK', reason, path: [claim.name], ...detail };
}

export function failed(claim: JudgedClaim, code: VerdictCode, reason: RichText, detail?: VerdictDetail): ClaimVerdict {
  return { name: claim.name, label: claim.label, verdict: 'fail', code, reason, path: [claim.name], ...detail };
}

const CODE_OF_UNKNOWN: Readonly<Record<UnknownKind, VerdictCode>> = {
  'missing-input': 'NOT_CHECKED',
  'only-the-edge': 'ONLY_EDGE',
  'not-supported': 'CANNOT_JUDGE',
};

export function cannotTell(
  claim: JudgedClaim,
  unknown: UnknownKind,
  reason: RichText,
  detail?: VerdictDetail,
): ClaimVerdict {
  const code = CODE_OF_UNKNOWN[unknown];
  return {
    name: claim.name,
    label: claim.label,
    verdict: 'unknown',
    code,
    reason,
    path: [claim.name],
    unknown,
    ...detail,
  };
}

/** For claims that never decide anything. */
export function informational(claim: JudgedClaim, reason: RichText): ClaimVerdict {
  return { name: claim.name, label: claim.label, verdict: 'ignored', code: 'INFO', reason, path: [claim.name] };
}

/** For claims that this recipient leaves out of the judgement. */
export function notEnforced(claim: JudgedClaim, reason: RichText): ClaimVerdict {
  return { name: claim.name, label: claim.label, verdict: 'ignored', code: 'NOT_ENFORCED', reason, path: [claim.name] };
}
