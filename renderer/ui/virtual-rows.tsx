import { useVirtualizer } from '@tanstack/react-virtual';
import { Fragment, type KeyboardEventHandler, type MouseEventHandler, type ReactNode, type Ref, useImperativeHandle, useRef } from 'react';

export interface VirtualRowsHandle {
  /** scrolls a row into view, as little as possible */
  readonly reveal: (index: number) => void;
}

/** A long list of which only what is seen is drawn. Rows have known heights, so nothing jumps while it scrolls. */
export function VirtualRows(props: {
  readonly count: number;
  readonly heightOf: (index: number) => number;
  readonly keyOf: (index: number) => string;
  readonly row: (index: number) => ReactNode;
  readonly role: 'grid' | 'listbox' | 'rowgroup';
  readonly label: string;
  readonly className: string;
  readonly handle?: Ref<VirtualRowsHandle>;
  readonly containerRef?: { current: HTMLDivElement | null };
  readonly onKeyDown?: KeyboardEventHandler;
  readonly onMouseOver?: MouseEventHandler;
  readonly onMouseLeave?: MouseEventHandler;
}) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: props.count,
    getScrollElement: () => scroller.current,
    estimateSize: props.heightOf,
    getItemKey: props.keyOf,
    overscan: 24,
  });
  useImperativeHandle(props.handle, () => ({
    reveal: (index) => virtualizer.scrollToIndex(index, { align: 'auto' }),
  }));
  const rows = virtualizer.getVirtualItems();
  const before = rows[0]?.start ?? 0;
  const after = virtualizer.getTotalSize() - (rows.at(-1)?.end ?? 0);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the role comes from whoever uses it
    <div
      className={`scroll ${props.className}`}
      role={props.role}
      aria-label={props.label}
      aria-rowcount={props.role === 'grid' ? props.count : undefined}
      ref={(element) => {
        scroller.current = element;
        if (props.containerRef !== undefined) props.containerRef.current = element;
      }}
      onKeyDown={props.onKeyDown}
      onMouseOver={props.onMouseOver}
      onMouseLeave={props.onMouseLeave}
    >
      <div style={{ height: before }} role="presentation" />
      {rows.map((row) => (
        <Fragment key={row.key}>{props.row(row.index)}</Fragment>
      ))}
      <div style={{ height: after }} role="presentation" />
    </div>
  );
}
