import type { EvaluateContext } from '../claims/claim.ts';
import type { Match } from '../claims/codec/match-map.ts';
import { expectedText, matchInWords } from '../claims/codec/match-words.ts';
import { type RichText, rich, type TextPart, value } from '../explain/rich-text.ts';
import { type ClaimIdentity, type DenialCode, denied, ignored, passed, undecided } from './make-verdict.ts';
import { compareDigest, compareText, type MatchOutcome, matchRegex } from './match.ts';
import type { ClaimPath, ClaimVerdict, Verdict } from './verdict.ts';

/** What a match is about: whose rule it is, where it stands, and the text of the request it looks at. */
export interface MatchSubject {
  readonly claim: ClaimIdentity;
  /** the code of a denial by it */
  readonly code: DenialCode;
  /** path of the component or header; the match type is added */
  readonly path: ClaimPath;
  /** "path", "header “X”" */
  readonly words: RichText;
  readonly actual: string;
}

/** Judges one match of catu or cath, with the position of the first difference. */
export function judgeMatch(match: Match, subject: MatchSubject, ctx: EvaluateContext): ClaimVerdict {
  const path = [...subject.path, match.type === 'unknown' ? expectedText(match) : match.type];
  switch (match.type) {
    case 'unknown':
      return judgeUnknown(match, subject, path, ctx);
    case 'regex':
      return judgeOutcome(matchRegex(match, subject.actual, ctx.rules.uri, ctx.regexBudget), match, subject, path, ctx);
    case 'sha256':
    case 'sha512-256':
      return judgeOutcome(compareDigest(match, subject.actual, ctx.rules.uri), match, subject, path, ctx);
    default: {
      const { claim, code, words, actual } = subject;
      const first = compareText(match.type, match.text, actual);
      const detail = { path, expected: match.text, actual };
      if (first.matches || match.or?.some((text) => compareText(match.type, text, actual).matches)) {
        return passed(claim, rich`${words} ${matchInWords(match, 'singular')}`, detail);
      }
      // a suffix differs at a place of the request's text, so there is nothing to mark in the token's
      const mark = match.type === 'suffix' ? undefined : first.at;
      const reason = rich`${words} ${matchInWords(match, 'negated', mark)}`;
      return denied(claim, code, reason, first.at === undefined ? detail : { ...detail, at: first.at });
    }
  }
}

function judgeOutcome(
  outcome: MatchOutcome,
  match: Match,
  { claim, code, words, actual }: MatchSubject,
  path: ClaimPath,
  ctx: EvaluateContext,
): ClaimVerdict {
  const detail = { path, expected: expectedText(match), actual };
  switch (outcome.kind) {
    case 'matches':
      return passed(claim, rich`${words} ${matchInWords(match, 'singular')}`, detail);
    case 'differs': {
      const reason = rich`${words} ${matchInWords(match, 'negated')}`;
      return denied(claim, code, reason, { ...detail, actual: outcome.actual ?? actual });
    }
    case 'group-differs': {
      const { group, expected, actual: held } = outcome;
      const { at } = compareText('exact', expected, held);
      const reason = rich`${words} matches, but group ${String(group)} is ${value(held)}, not ${value(expected)}`;
      return denied(
        claim,
        code,
        reason,
        at === undefined ? { path, expected, actual: held } : { path, expected, actual: held, at },
      );
    }
    case 'ill-formed':
      return denied(claim, illFormedCode(ctx), rich`This recipient ${outcome.why}`, detail);
    case 'never':
      return denied(claim, code, rich`This recipient knows no ${match.type} matches`, detail);
    case 'cannot-judge':
      return undecided(claim, 'not-supported', rich`The pattern ${value(expectedText(match))} ${outcome.why}`, detail);
  }
}

function judgeUnknown(
  match: Match,
  { claim, code }: MatchSubject,
  path: ClaimPath,
  ctx: EvaluateContext,
): ClaimVerdict {
  const reason = rich`No match type ${value(expectedText(match))} is defined`;
  return unknownRule(ctx.rules.uri.unknownMatch, claim, code, reason, path);
}

/** A component or match type that is not defined, as this recipient answers it. */
export function unknownRule(
  answer: 'reject' | 'ignore' | 'error',
  claim: ClaimIdentity,
  code: DenialCode,
  reason: RichText,
  path: ClaimPath,
): ClaimVerdict {
  if (answer === 'ignore') return ignored(claim, 'NOT_ENFORCED', reason, { path });
  return denied(claim, answer === 'error' ? 'DENY_VERIFIER_ERROR' : code, reason, { path });
}

const illFormedCode = (ctx: EvaluateContext): DenialCode =>
  ctx.rules.illFormed === 'error' ? 'DENY_VERIFIER_ERROR' : 'DENY_ILL_FORMED';

/**
 * Several rules as one verdict: it says what the rule that decided says, and keeps them all as children. Rules that the
 * recipient leaves out count neither way.
 */
export function combineRules(
  claim: ClaimIdentity,
  children: readonly ClaimVerdict[],
  how: 'all' | 'any',
  path: ClaimPath = [claim.name],
): ClaimVerdict {
  const [only] = children;
  if (children.length === 1 && only !== undefined) return path.length === 1 ? { ...only, children } : only;
  const decisive = decisiveRule(children, how);
  if (decisive !== undefined && decisive.verdict !== 'pass') return { ...decisive, children };
  return passed(claim, joinReasons(children.filter((child) => child.verdict === 'pass')), { path, children });
}

/** The first of the rules that settle it; none when they all hold. */
function decisiveRule(children: readonly ClaimVerdict[], how: 'all' | 'any'): ClaimVerdict | undefined {
  const first = (verdict: Verdict) => children.find((child) => child.verdict === verdict);
  return how === 'all' ? (first('fail') ?? first('unknown')) : (first('pass') ?? first('unknown') ?? first('fail'));
}

function joinReasons(verdicts: readonly ClaimVerdict[]): RichText {
  if (verdicts.length === 0) return rich`No rule applies`;
  const parts: TextPart[] = [];
  for (const { reason } of verdicts) {
    if (parts.length > 0) parts.push(BETWEEN_REASONS);
    for (const part of reason) parts.push(part);
  }
  return parts;
}
const BETWEEN_REASONS: TextPart = { kind: 'text', text: '; ' };
