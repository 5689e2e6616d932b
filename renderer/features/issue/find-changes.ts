import type { Draft } from '../../../shared/issue/draft.ts';
import type { IssueNote } from '../../../shared/issue/issue-note.ts';

/** What a clone has otherwise than the token it was made of, by the claims' names. */
export interface CloneChanges {
  /** changed, added or taken away by hand */
  readonly changed: readonly string[];
  /** kept in the draft, and not taken by the target */
  readonly leftOut: readonly string[];
}

export function findChanges(original: Draft, draft: Draft, notes: readonly IssueNote[]): CloneChanges {
  const names = [...new Set([...Object.keys(original.claims), ...Object.keys(draft.claims)])];
  const leftOut = names.filter((name) => notes.some(({ kind, claim }) => kind === 'left-out' && claim === name));
  const changed = names.filter(
    (name) => !leftOut.includes(name) && JSON.stringify(original.claims[name]) !== JSON.stringify(draft.claims[name]),
  );
  return { changed, leftOut };
}

const count = (number: number, one: string): string => `${number} ${one}${number === 1 ? '' : 's'}`;

/** `3 changes from the pasted token, 2 claims left out` */
export const describeChanges = ({ changed, leftOut }: CloneChanges): string =>
  [
    changed.length === 0 ? 'As the pasted token' : `${count(changed.length, 'change')} from the pasted token`,
    ...(leftOut.length === 0 ? [] : [`${count(leftOut.length, 'claim')} left out`]),
  ].join(', ');
