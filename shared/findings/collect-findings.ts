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
  const said = new Map(lints.map((lint) => [placeOf(lint), lint]));
  const shapes = (claims?.issues ?? []).map(claimFinding).filter((shape) => !saysMore(said.get(placeOf(shape)), shape));
  const findings = [...lintToken(found), ...cborFindings(cborIssues), ...envelope.findings, ...shapes, ...lints];
  findings.sort((a, b) => RANK[a.severity] - RANK[b.severity] || (a.range?.start ?? 0) - (b.range?.start ?? 0));
  return foldRepeats(findings);
}

const placeOf = ({ claim, range }: Finding): string => `${claim} ${range?.start} ${range?.end}`;

/** A check that knows who writes such a thing says all that the bare shape error does. */
const saysMore = (lint: Finding | undefined, shape: Finding): boolean =>
  lint !== undefined && RANK[lint.severity] <= RANK[shape.severity];

/** More findings of one kind than anybody reads; hostile tokens make thousands. */
const MOST_OF_A_CODE = 50;

/** The first findings of each code, the last of them with the number of those that are left out. */
function foldRepeats(findings: readonly Finding[]): readonly Finding[] {
  if (findings.length <= MOST_OF_A_CODE) return findings;
  const counts = new Map<string, number>();
  for (const { code } of findings) counts.set(code, (counts.get(code) ?? 0) + 1);
  const kept = new Map<string, number>();
  return findings.flatMap((finding) => {
    const position = (kept.get(finding.code) ?? 0) + 1;
    kept.set(finding.code, position);
    if (position > MOST_OF_A_CODE) return [];
    const more = (counts.get(finding.code) ?? 0) - MOST_OF_A_CODE;
    if (position < MOST_OF_A_CODE || more <= 0) return [finding];
    return [{ ...finding, message: `${finding.message} There are ${more} more like it.` }];
  });
}

const claimFinding = (issue: ClaimIssue): Finding => ({
  code: `claim-${issue.code.slice('ERR_CLAIM_'.length).toLowerCase()}`,
  severity: issue.severity,
  message: `${issue.claim}: ${issue.message}.`,
  range: { start: issue.node.start, end: issue.node.end },
  claim: issue.claim,
});
