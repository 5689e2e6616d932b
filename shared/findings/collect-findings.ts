import type { ClaimIssue } from '../claims/claim.ts';
import type { Inspection } from '../inspect/inspection.ts';
import type { Seconds } from '../units.ts';
import { cborFindings } from './cbor-findings.ts';
import type { Finding } from './finding.ts';
import { lintClaims } from './lint-claims.ts';
import { lintToken } from './lint-token.ts';

/** What an inspection holds before its findings. */
export type InspectedParts = Pick<Inspection, 'found' | 'root' | 'cborIssues' | 'envelope'> & {
  readonly claims?: Inspection['claims'] | undefined;
};

const RANK = { error: 0, warning: 1, info: 2 } as const satisfies Record<Finding['severity'], number>;

/**
 * Everything worth saying about a token that is not a verdict, worst first, then by place: what is odd about its text,
 * its bytes, its envelope, the shapes of its claims and what they say.
 */
export function collectFindings(parts: InspectedParts, options: { readonly now: Seconds }): readonly Finding[] {
  const { found, cborIssues, envelope, claims } = parts;
  const encrypted = envelope.payload?.form === 'ciphertext';
  const lints = claims === undefined ? [] : lintClaims(claims, { now: options.now, encrypted });
  const findings = [
    ...lintToken(found),
    ...cborFindings(cborIssues),
    ...envelope.findings,
    ...(claims?.issues ?? []).map(claimFinding).filter((finding) => !lints.some((lint) => saysMore(lint, finding))),
    ...lints,
  ];
  return findings.sort((a, b) => RANK[a.severity] - RANK[b.severity] || (a.range?.start ?? 0) - (b.range?.start ?? 0));
}

/** A check that knows who writes such a thing says all that the bare shape error does. */
const saysMore = (lint: Finding, shape: Finding): boolean =>
  lint.claim === shape.claim &&
  lint.range?.start === shape.range?.start &&
  lint.range?.end === shape.range?.end &&
  RANK[lint.severity] <= RANK[shape.severity];

const claimFinding = (issue: ClaimIssue): Finding => ({
  code: `claim-${issue.code.slice('ERR_CLAIM_'.length).toLowerCase()}`,
  severity: issue.severity,
  message: `${issue.claim}: ${issue.message}.`,
  range: { start: issue.node.start, end: issue.node.end },
  claim: issue.claim,
});
