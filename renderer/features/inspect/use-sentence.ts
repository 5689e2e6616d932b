import { useMemo } from 'react';
import type { RichText } from '../../../shared/explain/rich-text.ts';
import { useJudgedAt } from '../../shell/clock.ts';
import { chosenView, useInspect } from './model.ts';
import { describeToken } from './sentence.ts';

/** The sentence about the token that is looked at, as it stands now. */
export function useSentence(): RichText {
  const view = useInspect(chosenView);
  const integrity = useInspect((state) => state.integrity);
  const rows = useInspect((state) => state.rows);
  const at = useJudgedAt();
  return useMemo(
    () => (view === undefined ? [] : describeToken({ view, integrity, rows, at })),
    [view, integrity, rows, at],
  );
}
