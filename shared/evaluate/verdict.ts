import type { RichText } from '../explain/rich-text.ts';

export type Verdict = 'pass' | 'fail' | 'unknown' | 'ignored';

/** Why a claim is `unknown`: an input is missing, only the edge can tell, or this engine cannot judge it. */
export type UnknownKind = 'missing-input' | 'only-the-edge' | 'not-supported';

export type VerdictCode =
  | 'OK'
  | 'INFO'
  | 'NOT_ENFORCED'
  | 'NOT_CHECKED'
  | 'ONLY_EDGE'
  | 'CANNOT_JUDGE'
  | 'DENY_ISSUER'
  | 'DENY_AUDIENCE'
  | 'DENY_EXPIRED'
  | 'DENY_NOT_YET_VALID'
  | 'DENY_REPLAY'
  | 'DENY_PROBABILITY'
  | 'DENY_VERSION'
  | 'DENY_NETWORK'
  | 'DENY_ASN'
  | 'DENY_URI'
  | 'DENY_METHOD'
  | 'DENY_ALPN'
  | 'DENY_HEADER'
  | 'DENY_GEO'
  | 'DENY_ALTITUDE'
  | 'DENY_TLS_KEY'
  | 'DENY_BINDING'
  | 'DENY_COMPOSITE'
  | 'DENY_CRITICAL'
  | 'DENY_UNKNOWN_CLAIM'
  | 'DENY_ILL_FORMED'
  | 'DENY_MOQT'
  | 'DENY_MISSING'
  | 'DENY_VERIFIER_ERROR';

/** Steps into a claim by the standard's names: `['catu', 'path', 'contains']`, array positions as numbers. */
export type ClaimPath = readonly (string | number)[];

/** One claim (or one rule inside it) judged. */
export interface ClaimVerdict {
  readonly name: string;
  readonly label: number | string;
  readonly verdict: Verdict;
  readonly code: VerdictCode;
  readonly reason: RichText;
  readonly path: ClaimPath;
  readonly unknown?: UnknownKind;
  /** what the token asks for and what the request has, as text, for the diff */
  readonly expected?: string;
  readonly actual?: string;
  /** 1-based position of the first character that differs, see `evaluate/match.ts` */
  readonly at?: number;
  /** nested rules: components of catu, headers of cath, branches of a composite */
  readonly children?: readonly ClaimVerdict[];
}

/**
 * Combines rules that must all hold. One failure decides; without one, anything unknown leaves the whole unknown:
 * a claim that could not be judged never counts as passed.
 */
export function allOf(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes('fail')) return 'fail';
  if (verdicts.includes('unknown')) return 'unknown';
  return 'pass';
}

/** Combines alternatives of which one must hold. */
export function anyOf(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.some((verdict) => verdict === 'pass' || verdict === 'ignored')) return 'pass';
  if (verdicts.includes('unknown')) return 'unknown';
  return 'fail';
}
