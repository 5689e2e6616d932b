import { denied, passed, undecided } from '../../evaluate/make-verdict.ts';
import { allOf, type ClaimVerdict, type UnknownKind, type Verdict } from '../../evaluate/verdict.ts';
import { type RichText, rich } from '../../explain/rich-text.ts';
import { byteOffset } from '../../units.ts';
import type { EvaluateContext } from '../claim.ts';
import type { ClaimEntry, ClaimsSet } from '../claims-set.ts';

/** What or, nor and and share (draft-lemmons-cose-composite-claims): a verdict for every branch, and how they combine. */
export interface CompositeIdentity {
  readonly label: number;
  readonly name: 'or' | 'nor' | 'and';
}

/** Judges every branch. `combine` turns the branches' verdicts into the composite's, with a sentence for it. */
export function judgeBranches(
  claim: CompositeIdentity,
  sets: readonly ClaimsSet[],
  ctx: EvaluateContext,
  combine: (verdicts: readonly Verdict[]) => { readonly verdict: Verdict; readonly reason: RichText },
): ClaimVerdict {
  const children = sets.map((set, index) => judgeBranch(claim, set, index, ctx));
  // a token must be well-formed before it is judged, so an ill-formed branch is no mere "not met"
  if (ctx.rules.illFormed === 'reject' && children.some(({ code }) => code === 'DENY_ILL_FORMED')) {
    return denied(claim, 'DENY_ILL_FORMED', rich`A claim inside it is ill-formed`, { children });
  }
  const { verdict, reason } = combine(children.map((child) => child.verdict));
  if (verdict === 'fail') return denied(claim, 'DENY_COMPOSITE', reason, { children });
  if (verdict === 'unknown') return undecided(claim, unknownKind(children), reason, { children });
  return passed(claim, reason, { children });
}

function judgeBranch(claim: CompositeIdentity, set: ClaimsSet, index: number, ctx: EvaluateContext): ClaimVerdict {
  const path = [claim.name, index];
  const children = ctx.evaluateClaims(set).map((verdict) => under(path, verdict));
  const verdict = allOf(children.map((child) => child.verdict));
  const detail = { path, children };
  const branch = rich`Branch ${String(index + 1)}`;
  if (verdict === 'unknown') return undecided(claim, unknownKind(children), rich`${branch} cannot be told`, detail);
  if (verdict !== 'fail') return passed(claim, rich`${branch} is met`, detail);
  const isIllFormed = children.some(({ code }) => code === 'DENY_ILL_FORMED');
  return denied(claim, isIllFormed ? 'DENY_ILL_FORMED' : 'DENY_COMPOSITE', rich`${branch} is not met`, detail);
}

/** Verdicts of a nested set name their place from the base set on. */
function under(path: readonly (string | number)[], verdict: ClaimVerdict): ClaimVerdict {
  const moved = { ...verdict, path: [...path, ...verdict.path] };
  return verdict.children === undefined
    ? moved
    : { ...moved, children: verdict.children.map((child) => under(path, child)) };
}

const unknownKind = (verdicts: readonly ClaimVerdict[]): UnknownKind =>
  verdicts.find(({ unknown }) => unknown !== undefined)?.unknown ?? 'not-supported';

/** What the sets demand, one after the other. */
export function explainBranches(sets: readonly ClaimsSet[], between: string): RichText {
  return sets.slice(0, 4).flatMap((set, index): RichText => {
    const clauses = set.entries.slice(0, 6).flatMap((entry, at): RichText => {
      const clause = clauseOf(entry);
      return at === 0 ? clause : rich` ${clause}`;
    });
    const branch = rich`(${clauses})`;
    return index === 0 ? branch : rich` ${between} ${branch}`;
  });
}

const clauseOf = ({ definition, value, name }: ClaimEntry): RichText =>
  definition === undefined || value === undefined ? rich`${name}` : definition.explain(value);

/** A claims set of one claim without a place, for examples and cases. */
export function setOf(...entries: readonly Pick<ClaimEntry, 'label' | 'name' | 'definition' | 'value'>[]): ClaimsSet {
  const nowhere = { start: byteOffset(0), headEnd: byteOffset(0), end: byteOffset(0), width: 0 };
  return {
    node: { kind: 'map', entries: [], ...nowhere },
    entries: entries.map((entry) => ({
      ...entry,
      keyNode: { kind: 'int', value: typeof entry.label === 'number' ? entry.label : 0, ...nowhere },
      node: { kind: 'simple', value: 22, ...nowhere },
      illFormed: false,
      issues: [],
      dialects: [],
    })),
    dialects: [],
    issues: [],
  };
}
