import { type KeyboardEvent, memo, useEffect, useMemo, useRef } from 'react';
import { GridCell, GridRow } from '../../ui/grid.tsx';
import { escapeText } from '../../ui/hostile-text.ts';
import { Literal } from '../../ui/literal.tsx';
import { useRovingRows } from '../../ui/use-roving-rows.ts';
import { VirtualRows, type VirtualRowsHandle } from '../../ui/virtual-rows.tsx';
import type { ByteItem, TokenView } from '../../workers/token-view/token-view.ts';
import './byte-map.css';
import { useItemMenu } from './item-menu.tsx';
import { hoverLinks, linkOf, useLink } from './link.ts';
import { chosenView, useInspect, useInspectModel } from './model.ts';

const ROW = 17;
const PER_LINE = 8;

/** A line of the map: an item, or eight more bytes of the one that is open. */
interface Line {
  readonly item: ByteItem;
  readonly start: number;
  readonly end: number;
  readonly isFirst: boolean;
}

/** The token's bytes, one line an item: where they stand, what they are, what they say. */
export function ByteMap() {
  const view = useInspect(chosenView);
  return view === undefined ? null : (
    <>
      <Overview view={view} />
      <Lines view={view} />
    </>
  );
}

function Lines({ view }: { readonly view: TokenView }) {
  const model = useInspectModel();
  const selected = useInspect((state) => state.selected);
  const lines = useMemo(() => linesOf(view.items, selected?.id), [view.items, selected?.id]);
  const ids = useMemo(() => view.items.map((item) => item.id), [view.items]);
  const handle = useRef<VirtualRowsHandle>(null);
  const indexOf = (id: string | undefined) => lines.findIndex((line) => line.isFirst && line.item.id === id);
  const rows = useRovingRows<HTMLDivElement>(ids, (index) => handle.current?.reveal(indexOf(ids[index])));
  const items = useItemMenu();

  useEffect(() => {
    if (selected === undefined) return;
    const first = lines.findIndex((line) => line.item.id === selected.id);
    const last = lines.findLastIndex((line) => line.item.id === selected.id);
    if (first < 0) return;
    handle.current?.reveal(last);
    handle.current?.reveal(first);
  }, [selected, lines]);

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    rows.onKeyDown(event);
    const id = event.target instanceof HTMLElement ? event.target.dataset['row'] : undefined;
    if (id !== undefined && (event.key === 'Enter' || event.key === ' ')) {
      event.preventDefault();
      model.select(id, 'bytes');
    }
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the rows take the focus and the keys
    // biome-ignore lint/a11y/useKeyWithClickEvents: the rows take the focus and the keys
    <div
      className="bmap-box"
      onContextMenu={items.open}
      onClick={(event) => {
        const id = linkOf(event.target);
        if (id !== undefined) model.select(id, 'bytes');
      }}
    >
      <VirtualRows
        role="grid"
        label="Byte map"
        className="bmap mono"
        handle={handle}
        containerRef={rows.container}
        onKeyDown={onKeyDown}
        {...hoverLinks(model)}
        count={lines.length}
        heightOf={() => ROW}
        keyOf={(index) => `${lines[index]?.item.id}:${lines[index]?.start}`}
        row={(index) => {
          const line = lines[index];
          if (line === undefined) return null;
          return line.isFirst ? (
            <ItemLine line={line} bytes={view.token.bytes} rowProps={rows.rowProps(line.item.id)} />
          ) : (
            <MoreLine line={line} bytes={view.token.bytes} />
          );
        }}
      />
      {items.menu}
    </div>
  );
}

/** The selected item is open: all its bytes stand there, eight a line. */
function linesOf(items: readonly ByteItem[], open: string | undefined): readonly Line[] {
  return items.flatMap((item): readonly Line[] => {
    if (item.id !== open || item.end - item.start <= PER_LINE)
      return [{ item, start: item.start, end: item.end, isFirst: true }];
    const lines: Line[] = [];
    for (let start = item.start; start < item.end; start += PER_LINE)
      lines.push({ item, start, end: Math.min(start + PER_LINE, item.end), isFirst: start === item.start });
    return lines;
  });
}

const ItemLine = memo(function ItemLine(props: {
  readonly line: Line;
  readonly bytes: Uint8Array;
  readonly rowProps: ReturnType<ReturnType<typeof useRovingRows>['rowProps']>;
}) {
  const { item, start, end } = props.line;
  const model = useInspectModel();
  const link = useLink(item.id);
  const isCut = end - start > PER_LINE;
  const shown = isCut ? PER_LINE - 1 : end - start;
  const { onFocus, ...rowProps } = props.rowProps;
  return (
    <GridRow
      className="bl"
      aria-label={`bytes ${start} to ${item.end - 1}, ${escapeText(item.note)}`}
      aria-selected={link['data-selected'] ?? false}
      onFocus={(event) => {
        onFocus(event);
        if (event.target === event.currentTarget) model.hover(item.id);
      }}
      onBlur={() => model.hover(undefined)}
      {...rowProps}
      {...link}
    >
      <GridCell className="off">{formatOffset(start)}</GridCell>
      <GridCell className={`hx s-${item.segment}`}>
        {formatBytes(props.bytes, start, start + shown)}
        {isCut ? <span className="more">+{end - start - shown}</span> : null}
      </GridCell>
      <GridCell className="an ell" style={{ paddingLeft: item.depth * 6 }} title={escapeText(item.note)}>
        <Literal text={item.note} />
      </GridCell>
    </GridRow>
  );
});

/** It belongs to the line of its item, which takes the focus. */
const MoreLine = memo(function MoreLine({ line, bytes }: { readonly line: Line; readonly bytes: Uint8Array }) {
  const { item, start, end } = line;
  return (
    <GridRow className="bl" {...useLink(item.id)}>
      <GridCell className="off">{formatOffset(start)}</GridCell>
      <GridCell className={`hx s-${item.segment}`}>{formatBytes(bytes, start, end)}</GridCell>
      <GridCell className="asc" style={{ paddingLeft: (item.depth + 1) * 6 }}>
        {formatAscii(bytes, start, end)}
      </GridCell>
    </GridRow>
  );
});

const formatOffset = (offset: number): string => String(offset).padStart(3, '0');

function formatBytes(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let at = start; at < end; at += 1) text += `${(bytes[at] ?? 0).toString(16).padStart(2, '0')} `;
  return text;
}

function formatAscii(bytes: Uint8Array, start: number, end: number): string {
  let text = '';
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at] ?? 0;
    text += byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '·';
  }
  return text;
}

/** The anatomy as a bar, with a frame around what is looked at. */
function Overview({ view }: { readonly view: TokenView }) {
  const id = useInspect((state) => state.hovered ?? state.selected?.id);
  const parts = useMemo(() => partsOf(view.items), [view.items]);
  const item = view.items.find((candidate) => candidate.id === id);
  const size = view.envelope.size || 1;
  return (
    <div className="mm" aria-hidden>
      {parts.map((part) => (
        <i
          key={part.start}
          className={`s-${part.segment}`}
          style={{ flexGrow: part.end - part.start }}
          title={`${part.start}–${part.end - 1}`}
        />
      ))}
      {item === undefined ? null : (
        <em
          style={{ left: `${(item.start / size) * 100}%`, width: `${((item.wholeEnd - item.start) / size) * 100}%` }}
        />
      )}
    </div>
  );
}

function partsOf(items: readonly ByteItem[]): readonly Pick<ByteItem, 'segment' | 'start' | 'end'>[] {
  const parts: { segment: ByteItem['segment']; start: number; end: number }[] = [];
  for (const { segment, start, end } of items) {
    const last = parts.at(-1);
    if (last?.segment === segment) last.end = end;
    else parts.push({ segment, start, end });
  }
  return parts;
}
