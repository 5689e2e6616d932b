import { EMPTY_DRAFT } from '../../../shared/issue/draft.ts';
import type { KeptPart } from '../../platform/kept-parts.ts';
import type { IssueModel, IssueState } from './model.ts';

type KeptDraft = Pick<
  IssueState,
  'start' | 'draft' | 'target' | 'editView' | 'keyId' | 'stream' | 'shouldPlay' | 'shouldNot'
>;

/** The draft and what belongs to it. Not the token that was signed of it: that is made again with one key. */
export function keepDraft({ store }: IssueModel): KeptPart {
  return {
    name: 'issue',
    read: (): KeptDraft | undefined => {
      const { start, draft, target, editView, keyId, stream, shouldPlay, shouldNot } = store.getState();
      if (draft === EMPTY_DRAFT && start.kind === 'blank') return undefined;
      return { start, draft, target, editView, keyId, stream, shouldPlay, shouldNot };
    },
    restore: (kept) => {
      const { start, draft } = store.getState();
      // a draft that was begun meanwhile is the newer one
      if (draft !== EMPTY_DRAFT || start.kind !== 'blank') return;
      if (typeof kept === 'object' && kept !== null && 'draft' in kept && 'start' in kept)
        store.setState(kept as KeptDraft);
    },
    subscribe: (changed) => store.subscribe(changed),
  };
}
