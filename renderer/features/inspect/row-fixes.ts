import type { Mend, MendChange, MendDecision } from '../../../shared/evaluate/mend.ts';
import type { JudgedRow } from './judged-rows.ts';

/** What would let the request through, at the row it is about: a change, or whose decision it is. */
export type RowFix =
  | { readonly kind: 'change'; readonly change: MendChange }
  | { readonly kind: 'decision'; readonly decision: MendDecision };

/** By row id. A change of one component of a URL stands at the rule that failed, any other at its claim. */
export function placeFixes(rows: readonly JudgedRow[], mend: Mend | undefined): ReadonlyMap<string, RowFix> {
  const fixes = new Map<string, RowFix>();
  if (mend === undefined) return fixes;
  const claims = rows.filter((row) => row.depth === 0 && row.verdict.kind === 'fail');
  const place = (claim: string, fix: RowFix) => {
    const row = claims.find((candidate) => candidate.name === claim && !fixes.has(candidate.id));
    if (row === undefined) return;
    const rule =
      fix.kind === 'change' && fix.change.path.length > 1
        ? rows.find((candidate) => candidate.id.startsWith(`${row.id}/`) && candidate.verdict.kind === 'fail')
        : undefined;
    fixes.set((rule ?? row).id, fix);
  };
  for (const change of mend.changes) place(change.claim, { kind: 'change', change });
  for (const decision of mend.decisions) place(decision.claim, { kind: 'decision', decision });
  return fixes;
}
