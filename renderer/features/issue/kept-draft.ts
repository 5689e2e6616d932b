import type { IssueState } from './model.ts';

type KeptDraft = Pick<
  IssueState,
  'start' | 'draft' | 'target' | 'editView' | 'keyId' | 'stream' | 'shouldPlay' | 'shouldNot'
>;

/** A draft as it is kept over a restart. Not the token that was signed of it: that is made again with one key. */
export const draftToKept = (state: IssueState): KeptDraft => {
  const { start, draft, target, editView, keyId, stream, shouldPlay, shouldNot } = state;
  return { start, draft, target, editView, keyId, stream, shouldPlay, shouldNot };
};

/** What `draftToKept` wrote; it was sealed, so it is ours. */
export const keptToDraft = (kept: unknown): KeptDraft | undefined =>
  typeof kept === 'object' && kept !== null && 'draft' in kept && 'start' in kept ? (kept as KeptDraft) : undefined;
