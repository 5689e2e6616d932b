import { type RefObject, useEffect, useRef } from 'react';

/**
 * Keeps the place in a list while rows go out of it: once they were checked anew, the row that came to stand there has the
 * focus, unless somebody took it elsewhere meanwhile. `count`: rows that there are.
 */
export function useHeldPlace(
  {
    container,
    focusRow,
  }: { readonly container: RefObject<HTMLElement | null>; readonly focusRow: (at: number) => void },
  count: number,
  isStale: boolean,
): (at: number) => void {
  const held = useRef<number | undefined>(undefined);
  const wasStale = useRef(isStale);
  const focus = useRef(focusRow);
  focus.current = focusRow;
  useEffect(() => {
    const isFresh = wasStale.current && !isStale;
    wasStale.current = isStale;
    if (!isFresh || held.current === undefined) return;
    const { activeElement } = document;
    if (activeElement === document.body || container.current?.contains(activeElement) === true)
      focus.current(Math.min(held.current, count - 1));
    held.current = undefined;
  }, [isStale, count, container]);
  return (at) => {
    held.current = at;
    focusRow(at);
  };
}
