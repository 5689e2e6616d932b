import type { ClaimVerdict } from '../../../shared/evaluate/verdict.ts';
import { type RichText, rich } from '../../../shared/explain/rich-text.ts';
import type { VerdictKind } from '../../ui/verdict.tsx';
import type { ClaimGroup, ClaimRow, TokenView } from '../../workers/token-view/token-view.ts';

/** A row of the table with its verdict. */
export interface JudgedRow extends ClaimRow {
  readonly verdict: RowVerdict;
}

export interface RowVerdict {
  readonly kind: VerdictKind;
  /** more exact than the kind's own word */
  readonly word?: string;
  readonly reason: RichText;
  /** the token's side over the request's, for a match that failed */
  readonly diff?: Diff;
}

export interface Diff {
  readonly expected: string;
  readonly actual: string;
  /** 1-based position of the first character that differs */
  readonly at: number;
  readonly match: string;
}

const NOT_JUDGED: RowVerdict = { kind: 'not-checked', reason: [] };
const TIME_CLAIMS = new Set(['exp', 'nbf', 'iat']);

/** The rows with the verdicts beside them; what the verifier misses in the token has a row of its own at the end. */
export function judgeRows(view: TokenView, verdicts: readonly ClaimVerdict[] | undefined): readonly JudgedRow[] {
  if (verdicts === undefined) return view.claims.map((row) => ({ ...row, verdict: NOT_JUDGED }));
  const rows = view.claims.map((row): JudgedRow => {
    const verdict = follow(verdicts, row.verdictPath);
    return { ...row, verdict: verdict === undefined ? inherit(verdicts, row) : readVerdict(verdict) };
  });
  const entries = view.claims.filter((row) => row.depth === 0).length;
  return [...rows, ...verdicts.slice(entries).map(missingRow)];
}

function follow(verdicts: readonly ClaimVerdict[], path: readonly number[]): ClaimVerdict | undefined {
  let level: readonly ClaimVerdict[] | undefined = verdicts;
  let found: ClaimVerdict | undefined;
  for (const step of path) {
    found = level?.[step];
    level = found?.children;
  }
  return found;
}

/** A rule whose claim was judged as a whole shares its fate when that is unknown, and has no verdict of its own else. */
function inherit(verdicts: readonly ClaimVerdict[], row: ClaimRow): RowVerdict {
  const claim = verdicts[row.verdictPath[0] ?? -1];
  return claim?.verdict === 'unknown' ? { ...readVerdict(claim), reason: [] } : { kind: 'info', word: '', reason: [] };
}

function readVerdict(verdict: ClaimVerdict): RowVerdict {
  const { reason, expected, actual, at, children, path } = verdict;
  switch (verdict.verdict) {
    case 'pass':
      return { kind: 'pass', reason };
    case 'fail': {
      const isLeaf = children === undefined;
      const diff = isLeaf && expected !== undefined && actual !== undefined && at !== undefined;
      return { kind: 'fail', reason, ...(diff ? { diff: { expected, actual, at, match: String(path.at(-1)) } } : {}) };
    }
    case 'unknown':
      if (verdict.unknown === 'missing-input') return { kind: 'not-checked', reason };
      return verdict.unknown === 'only-the-edge'
        ? { kind: 'cannot-know', reason }
        : { kind: 'cannot-know', word: 'Can’t judge', reason };
    case 'ignored':
      return verdict.code === 'INFO' ? { kind: 'info', reason } : { kind: 'info', word: 'Not enforced', reason };
  }
}

const missingRow = (verdict: ClaimVerdict): JudgedRow => ({
  id: `missing/${verdict.name}`,
  verdictPath: [],
  depth: 0,
  name: verdict.name,
  label: String(verdict.label),
  group: TIME_CLAIMS.has(verdict.name) ? 'time' : 'request',
  summary: undefined,
  means: rich`Missing`,
  raw: '',
  problems: [],
  at: undefined,
  verdict: readVerdict(verdict),
});

/** What the Means column says: the reason where something went wrong or cannot be told, else what the claim asks for. */
export function meaningOf(row: JudgedRow): RichText {
  const { kind, reason } = row.verdict;
  return (kind === 'fail' || kind === 'cannot-know') && reason.length > 0 ? capitalise(reason) : row.means;
}

/** Reasons begin in the middle of a sentence, or with a word of their own; in a cell each begins one. */
export function capitalise(text: RichText): RichText {
  const [first, ...rest] = text;
  if (first?.kind !== 'text') return text;
  return [{ kind: 'text', text: first.text.charAt(0).toUpperCase() + first.text.slice(1) }, ...rest];
}

/** The counts of a group; the parts add up to its claims. */
export function summarise(group: ClaimGroup, rows: readonly JudgedRow[]): string {
  if (group === 'information') return 'never a reason to deny';
  const kinds = rows.filter((row) => row.depth === 0).map((row) => row.verdict.kind);
  const count = (kind: VerdictKind) => kinds.filter((candidate) => candidate === kind).length;
  const verb = group === 'time' ? (['fails', 'passes'] as const) : (['fail', 'pass'] as const);
  const parts = [
    [count('fail'), count('fail') === 1 ? verb[0] : 'fail'],
    [count('pass'), count('pass') === 1 ? verb[1] : 'pass'],
    [count('cannot-know'), 'can’t be known here'],
    [count('not-checked'), 'not checked'],
    [count('info'), 'not enforced'],
  ] as const;
  return parts
    .filter(([number]) => number > 0)
    .map(([number, word]) => `${number} ${word}`)
    .join(', ');
}
