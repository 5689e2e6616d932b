import { type FocusEvent, type KeyboardEvent, type RefObject, useRef, useState } from 'react';

const PAGE = 10;

/**
 * Rows that are one stop of the Tab key with the arrow keys inside: the row that had the focus last keeps the place.
 * `reveal` brings a row into the page before it is focused, for lists that draw only what is seen.
 */
export function useRovingRows<Element extends HTMLElement>(ids: readonly string[], reveal?: (index: number) => void) {
  const container: RefObject<Element | null> = useRef(null);
  const [last, setLast] = useState<string | undefined>(undefined);
  const current = last !== undefined && ids.includes(last) ? last : ids[0];

  const focusRow = (index: number) => {
    const id = ids[index];
    if (id === undefined) return;
    setLast(id);
    reveal?.(index);
    // a row that was just revealed is drawn in the next frame
    const find = () => container.current?.querySelector<HTMLElement>(`[data-row="${CSS.escape(id)}"]`);
    const row = find();
    if (row) row.focus();
    else requestAnimationFrame(() => find()?.focus());
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (!(event.target instanceof HTMLElement) || event.target.dataset['row'] === undefined) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const index = ids.indexOf(event.target.dataset['row']);
    const to: Readonly<Record<string, number>> = {
      ArrowDown: index + 1,
      ArrowUp: index - 1,
      PageDown: Math.min(index + PAGE, ids.length - 1),
      PageUp: Math.max(index - PAGE, 0),
      Home: 0,
      End: ids.length - 1,
    };
    const target = to[event.key];
    if (target === undefined) return;
    event.preventDefault();
    if (target >= 0 && target < ids.length) focusRow(target);
  };

  const rowProps = (id: string) => ({
    'data-row': id,
    tabIndex: id === current ? 0 : -1,
    onFocus: (event: FocusEvent<HTMLElement>) => {
      if (event.target === event.currentTarget) setLast(id);
    },
  });

  return { container, onKeyDown, rowProps, focusRow };
}
