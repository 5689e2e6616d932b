import type { ClaimIssue } from '../claims/claim.ts';
import type { Inspection } from '../inspect/inspection.ts';
import { cborFinding } from './cbor-findings.ts';
import type { Finding } from './finding.ts';

/** What an inspection holds before its findings. */
export type InspectedParts = Pick<Inspection, 'found' | 'root' | 'cborIssues' | 'envelope'> & {
  readonly claims?: Inspection['claims'] | undefined;
};

const RANK = { error: 0, warning: 1, info: 2 } as const satisfies Record<Finding['severity'], number>;

/**
 * Everything worth saying about a token that is not a verdict, worst first, then by place: what is odd about its bytes,
 * its envelope and the shapes of its claims.
 */
export function collectFindings(parts: InspectedParts): readonly Finding[] {
  const findings = [
    ...parts.cborIssues.map(cborFinding),
    ...parts.envelope.findings,
    ...(parts.claims?.issues ?? []).map(claimFinding),
  ];
  return findings.sort((a, b) => RANK[a.severity] - RANK[b.severity] || (a.range?.start ?? 0) - (b.range?.start ?? 0));
}

const claimFinding = (issue: ClaimIssue): Finding => ({
  code: `claim-${issue.code.slice('ERR_CLAIM_'.length).toLowerCase()}`,
  severity: issue.severity,
  message: `${issue.claim}: ${issue.message}.`,
  range: { start: issue.node.start, end: issue.node.end },
  claim: issue.claim,
});
