import { useVirtualizer } from '@tanstack/react-virtual';
import {
  Fragment,
  type KeyboardEventHandler,
  type MouseEventHandler,
  type ReactNode,
  type Ref,
  useImperativeHandle,
  useRef,
} from 'react';

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
  readonly role: 'grid' | 'listbox';
  /** stays at the top while the rows scroll under it */
  readonly header?: ReactNode;
  readonly headerHeight?: number;
  readonly label: string;
  readonly className: string;
  readonly handle?: Ref<VirtualRowsHandle>;
  readonly containerRef?: { current: HTMLDivElement | null };
  readonly onKeyDown?: KeyboardEventHandler;
  readonly onMouseOver?: MouseEventHandler;
  readonly onMouseLeave?: MouseEventHandler;
}) {
  const { headerHeight = 0 } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: props.count,
    getScrollElement: () => scroller.current,
    estimateSize: props.heightOf,
    getItemKey: props.keyOf,
    overscan: 24,
    scrollMargin: headerHeight,
    scrollPaddingStart: headerHeight,
  });
  useImperativeHandle(props.handle, () => ({
    reveal: (index) => virtualizer.scrollToIndex(index, { align: 'auto' }),
  }));
  const rows = virtualizer.getVirtualItems();
  const before = (rows[0]?.start ?? headerHeight) - headerHeight;
  const after = virtualizer.getTotalSize() + headerHeight - (rows.at(-1)?.end ?? headerHeight);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the role comes from whoever uses it
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: so does the name, and both roles take one
    // biome-ignore lint/a11y/useKeyWithMouseEvents: the rows do on focus what the pointer does over them
    <div
      className={`scroll ${props.className}`}
      role={props.role}
      aria-label={props.label}
      aria-rowcount={props.role === 'grid' ? props.count + (props.header === undefined ? 0 : 1) : undefined}
      ref={(element) => {
        scroller.current = element;
        if (props.containerRef !== undefined) props.containerRef.current = element;
      }}
      onKeyDown={props.onKeyDown}
      onMouseOver={props.onMouseOver}
      onMouseLeave={props.onMouseLeave}
    >
      {props.header}
      <div style={{ height: before }} role="presentation" />
      {rows.map((row) => (
        <Fragment key={row.key}>{props.row(row.index)}</Fragment>
      ))}
      <div style={{ height: after }} role="presentation" />
    </div>
  );
}
