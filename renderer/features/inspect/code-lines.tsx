import { type KeyboardEvent, memo, useEffect, useMemo, useRef } from 'react';
import { Literal } from '../../ui/literal.tsx';
import { useRovingRows } from '../../ui/use-roving-rows.ts';
import { VirtualRows, type VirtualRowsHandle } from '../../ui/virtual-rows.tsx';
import type { CodeLine } from '../../workers/token-view/token-view.ts';
import './code-lines.css';
import { useItemMenu } from './item-menu.tsx';
import { hoverLinks, linkOf, useLink } from './link.ts';
import { chosenView, useInspect, useInspectModel } from './model.ts';

const ROW = 18;
/** column the comments stand in, when the code leaves it free */
const COMMENT_COLUMN = 38;
const NO_LINES: readonly CodeLine[] = [];

/** The token as EDN or its claims as JSON, each line linked with what it says. */
export function CodeLines({ kind }: { readonly kind: 'edn' | 'json' }) {
  const model = useInspectModel();
  const lines = useInspect((state) => chosenView(state)?.[kind]) ?? NO_LINES;
  const ids = useMemo(() => lines.map((_line, index) => String(index)), [lines]);
  const handle = useRef<VirtualRowsHandle>(null);
  const rows = useRovingRows<HTMLDivElement>(ids, (index) => handle.current?.reveal(index));
  const items = useItemMenu();
  const selected = useInspect((state) => state.selected);

  useEffect(() => {
    if (selected === undefined || selected.from === kind) return;
    const index = lines.findIndex((line) => line.id === selected.id || selected.id.startsWith(`${line.id}/`));
    if (index >= 0) handle.current?.reveal(index);
  }, [selected, lines, kind]);

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    rows.onKeyDown(event);
    const id = linkOf(event.target);
    if (id !== undefined && (event.key === 'Enter' || event.key === ' ')) {
      event.preventDefault();
      model.select(id, kind);
    }
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the lines take the focus and the keys
    // biome-ignore lint/a11y/useKeyWithClickEvents: the lines take the focus and the keys
    <div
      className="code-box"
      onContextMenu={items.open}
      onClick={(event) => {
        const id = linkOf(event.target);
        if (id !== undefined) model.select(id, kind);
      }}
    >
      <VirtualRows
        role="listbox"
        label={kind === 'edn' ? 'Diagnostic notation' : 'Claims as JSON'}
        className="code mono copyable"
        handle={handle}
        containerRef={rows.container}
        onKeyDown={onKeyDown}
        {...hoverLinks(model)}
        count={lines.length}
        heightOf={() => ROW}
        keyOf={String}
        row={(index) => {
          const line = lines[index];
          return line === undefined ? null : <Line line={line} rowProps={rows.rowProps(String(index))} />;
        }}
      />
      {items.menu}
    </div>
  );
}

const Line = memo(function Line(props: {
  readonly line: CodeLine;
  readonly rowProps: ReturnType<ReturnType<typeof useRovingRows>['rowProps']>;
}) {
  const { line } = props;
  const model = useInspectModel();
  const link = useLink(line.id);
  const code = `${'  '.repeat(line.indent)}${line.text}`;
  const { onFocus, ...rowProps } = props.rowProps;
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: `rowProps` has its place in the tab order
    <div
      className="cline"
      role="option"
      aria-selected={link['data-selected'] ?? false}
      onFocus={(event) => {
        onFocus(event);
        if (event.target === event.currentTarget) model.hover(line.id);
      }}
      onBlur={() => model.hover(undefined)}
      {...rowProps}
      {...link}
    >
      <span className={line.segment === undefined || line.segment === 'payload' ? undefined : `s-${line.segment}`}>
        <Literal text={code} />
      </span>
      {line.comment === undefined ? null : (
        <span className="faint">{`${' '.repeat(Math.max(1, COMMENT_COLUMN - code.length))}/ ${line.comment} /`}</span>
      )}
    </div>
  );
});
