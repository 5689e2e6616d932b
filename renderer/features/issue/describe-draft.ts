import { type Draft, EMPTY_DRAFT } from '../../../shared/issue/draft.ts';
import type { TargetId } from '../../../shared/issue/target.ts';
import type { DocumentLabel } from '../../shell/documents.ts';
import { escapeText } from '../../ui/hostile-text.ts';
import type { IssueState } from './model.ts';

/** What is to be made, as text: the draft, where it is for, and who makes it. */
export const orderOf = (draft: Draft, target: TargetId, signer: readonly string[]): string =>
  JSON.stringify([draft, target, ...signer]);

/** What its tab says of a draft. */
export const describeDraft = (state: IssueState): DocumentLabel => ({
  title: titleOf(state),
  isUnsaved: isChanged(state) && !isMade(state),
});

function titleOf({ start }: IssueState): string | undefined {
  switch (start.kind) {
    case 'blank':
      return undefined;
    case 'clone':
      return `Clone of ${start.title ?? 'a token'}`;
    case 'template':
      return escapeText(start.template.title);
  }
}

/** There is nothing in it that somebody typed, pasted, chose or had made. */
export const isBlank = (state: IssueState): boolean => state.start.kind === 'blank' && isUntouched(state);

/** Nothing would be lost if another draft took its place: a template that nobody filled in can be chosen again. */
export const isReplaceable = (state: IssueState): boolean => state.start.kind !== 'clone' && isUntouched(state);

function isUntouched(state: IssueState): boolean {
  const { start, stream, shouldPlay, shouldNot, asset, made, isSigning } = state;
  const texts = [shouldPlay, shouldNot, ...Object.values(stream)];
  if (start.kind === 'template') texts.push(...Object.values(start.filled));
  // one that was made while somebody typed is made again by itself
  const isMadeByHand = made !== undefined && made.signedWith?.logId === undefined;
  return (
    !isChanged(state) &&
    texts.every((text: string) => text.trim() === '') &&
    asset === undefined &&
    !isMadeByHand &&
    !isSigning
  );
}

/** Whether the draft is another one than at its start, or a text that cannot be read yet waits to become one. */
function isChanged({ start, draft, typedJson, typedEdn }: IssueState): boolean {
  const original = start.kind === 'blank' ? EMPTY_DRAFT : start.original;
  const isWaiting =
    (typedJson?.of === draft.claims && typedJson.problem !== undefined) ||
    (typedEdn?.of === draft && typedEdn.problem !== undefined);
  return isWaiting || (draft !== original && JSON.stringify(draft) !== JSON.stringify(original));
}

/** Whether the last token that was made is this draft's, whoever made it. */
const isMade = ({ made, draft, target }: IssueState): boolean =>
  made?.order.startsWith(orderOf(draft, target, []).slice(0, -1)) === true;
