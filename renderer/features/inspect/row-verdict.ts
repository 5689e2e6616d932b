import type { Seconds } from '../../../shared/units.ts';
import type { VerdictKind } from '../../ui/verdict.tsx';
import type { ClaimGroup, ClaimRow, TokenView } from '../../workers/token-view/token-view.ts';

export interface RowVerdict {
  readonly kind: VerdictKind;
  readonly word?: string;
}

/** What stands in the Verdict column. Without a request the request's claims are not checked, and time is judged at `at`. */
export function judgeRow(row: ClaimRow, _view: TokenView, at: Seconds): RowVerdict {
  if (row.problems.length > 0 && row.group !== 'information') return { kind: 'warning' };
  switch (row.group) {
    case 'information':
      return { kind: 'info' };
    case 'request':
      return { kind: 'not-checked' };
    case 'time':
      if (row.at === undefined) return { kind: 'not-checked' };
      if (row.name === 'exp') return { kind: at >= row.at ? 'fail' : 'pass' };
      if (row.name === 'nbf') return { kind: at < row.at ? 'fail' : 'pass' };
      return { kind: 'info' };
  }
}

/** The counts of a group; the parts add up to its claims. */
export function summarise(group: ClaimGroup, rows: readonly ClaimRow[], view: TokenView, at: Seconds): string {
  if (group === 'information') return 'never a reason to deny';
  const kinds = rows.filter((row) => row.depth === 0).map((row) => judgeRow(row, view, at).kind);
  const count = (kind: VerdictKind) => kinds.filter((candidate) => candidate === kind).length;
  const parts = [
    [count('fail'), group === 'time' ? ['fails', 'fail'] : ['fail', 'fail']],
    [count('pass'), group === 'time' ? ['passes', 'pass'] : ['pass', 'pass']],
    [count('warning'), ['needs a look', 'need a look']],
    [count('cannot-know'), ['can’t be known here', 'can’t be known here']],
    [count('not-checked'), ['not checked', 'not checked']],
    [count('info'), ['says nothing about now', 'say nothing about now']],
  ] as const;
  return parts
    .filter(([number]) => number > 0)
    .map(([number, [one, many]]) => `${number} ${number === 1 ? one : many}`)
    .join(', ');
}
