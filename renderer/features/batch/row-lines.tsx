import { useMemo, useRef, useState } from 'react';
import type { PreviewRow } from '../../../shared/contract/batch.ts';
import { type Seconds, seconds } from '../../../shared/units.ts';
import { useClock } from '../../shell/clock.ts';
import { type Command, useCommands } from '../../shell/commands.ts';
import { GridCell, GridHeader, GridRow } from '../../ui/grid.tsx';
import { escapeText } from '../../ui/hostile-text.ts';
import { Icon } from '../../ui/icon.tsx';
import { Literal } from '../../ui/literal.tsx';
import { formatMoment } from '../../ui/local-time.ts';
import { useRovingRows } from '../../ui/use-roving-rows.ts';
import { Verdict } from '../../ui/verdict.tsx';
import { VirtualRows, type VirtualRowsHandle } from '../../ui/virtual-rows.tsx';

const ROW = 28;

/** Rows of a table with their state; one stop of the Tab key with the arrow keys inside. */
export function RowLines(props: {
  readonly rows: readonly PreviewRow[];
  readonly columns: readonly string[];
  readonly isJudged: boolean;
  readonly isStale: boolean;
  readonly onPeek: (row: PreviewRow) => void;
  readonly onOpen: (row: PreviewRow) => void;
}) {
  const { rows, columns, isJudged } = props;
  const now = useClock((clock) => clock.now);
  const handle = useRef<VirtualRowsHandle>(null);
  const ids = useMemo(() => rows.map(({ row }) => String(row)), [rows]);
  const roving = useRovingRows<HTMLDivElement>(ids, (index) => handle.current?.reveal(index));
  const [focused, setFocused] = useState<PreviewRow | undefined>(undefined);
  useRowCommands(focused, props);
  const grid = useMemo(() => {
    const widths = columns.map((column, at) =>
      widthOf([column, ...rows.slice(0, 50).map(({ cells }) => cells[at] ?? '')]),
    );
    // what is wrong is read whole; of the rest some gives way to why
    const blamed = new Set(rows.flatMap(({ problems }) => problems.map(({ column }) => column)));
    const least = widths.map((width, at) => (blamed.has(columns[at]) ? width : Math.min(width, 64)));
    return {
      gridTemplateColumns: `52px ${widths.map((width, at) => `minmax(${least[at] ?? 0}px, ${width}px)`).join(' ')} 92px minmax(200px, 1fr)`,
      minWidth: 52 + least.reduce((sum, width) => sum + width, 0) + 92 + 200,
    };
  }, [columns, rows]);
  return (
    <VirtualRows
      className={props.isStale && isJudged ? 'bt-grid is-stale' : 'bt-grid'}
      role="grid"
      label="Rows"
      count={rows.length}
      heightOf={() => ROW}
      headerHeight={ROW}
      keyOf={(index) => ids[index] ?? ''}
      handle={handle}
      containerRef={roving.container}
      onKeyDown={roving.onKeyDown}
      header={
        <GridRow className="bt-r bt-head" style={grid}>
          <GridHeader className="num">Row</GridHeader>
          {columns.map((column) => (
            <GridHeader key={column} className="ell" title={escapeText(column)}>
              <Literal text={column} />
            </GridHeader>
          ))}
          <GridHeader>State</GridHeader>
          <GridHeader>Note</GridHeader>
        </GridRow>
      }
      row={(index) => {
        const line = rows[index];
        if (line === undefined) return null;
        const rowProps = roving.rowProps(ids[index] ?? '');
        return (
          <GridRow
            className="bt-r"
            style={grid}
            aria-rowindex={index + 2}
            onDoubleClick={() => props.onPeek(line)}
            {...rowProps}
            onFocus={(event) => {
              rowProps.onFocus(event);
              setFocused(line);
            }}
            onBlur={() => setFocused(undefined)}
          >
            <GridCell className="num faint">{line.row.toLocaleString('en')}</GridCell>
            {columns.map((column, at) => (
              <Cell key={column} line={line} column={column} text={line.cells[at] ?? ''} />
            ))}
            <GridCell>{isJudged ? <State state={line.state} /> : <Verdict kind="not-checked" />}</GridCell>
            <NoteCell line={line} now={now} />
          </GridRow>
        );
      }}
    />
  );
}

/** Peeking and opening, by their keys, while a row has the focus. */
function useRowCommands(
  row: PreviewRow | undefined,
  { onPeek, onOpen }: { readonly onPeek: (row: PreviewRow) => void; readonly onOpen: (row: PreviewRow) => void },
): void {
  const latest = useRef({ onPeek, onOpen });
  latest.current = { onPeek, onOpen };
  const commands = useMemo(
    (): readonly Command[] =>
      row === undefined
        ? []
        : [
            { id: 'batch.peek', icon: 'reveal', run: () => latest.current.onPeek(row) },
            { id: 'batch.open', icon: 'inspect', run: () => latest.current.onOpen(row) },
          ],
    [row],
  );
  useCommands('batch.rows', commands);
}

/** Of a column in pixels: as wide as its longest cell, within bounds. */
const widthOf = (texts: readonly string[]): number =>
  Math.min(148, Math.max(60, ...texts.map(({ length }) => Math.ceil(length * 7.3) + 18)));

function State({ state }: { readonly state: PreviewRow['state'] }) {
  switch (state) {
    case 'error':
      return <Verdict kind="fail" word="Error" />;
    case 'warning':
      return <Verdict kind="warning" />;
    case 'ready':
      // no verdict: nothing is signed yet
      return (
        <span className="v v-info">
          <Icon name="pass" />
          Ready
        </span>
      );
  }
}

function Cell({ line, column, text }: { readonly line: PreviewRow; readonly column: string; readonly text: string }) {
  const isBlamed = line.problems.some((problem) => problem.column === column);
  const blame = isBlamed ? (line.state === 'error' ? ' is-bad' : ' is-warn') : '';
  return (
    <GridCell className={`mono ell${blame}`} title={escapeText(text)}>
      {text.trim() === '' ? <span className="faint">blank</span> : <Literal text={text} />}
    </GridCell>
  );
}

function NoteCell({ line, now }: { readonly line: PreviewRow; readonly now: Seconds }) {
  const text = noteOf(line, now);
  return (
    <GridCell className={line.state === 'ready' ? 'ell faint' : 'ell muted'} title={escapeText(text)}>
      <Literal text={text} />
    </GridCell>
  );
}

/** Why it is no token or is worth a look, with the place; else how long it holds and how large it is. */
function noteOf({ problems, expires, size }: PreviewRow, now: Seconds): string {
  if (problems.length > 0)
    return problems
      .map(({ claim, column, message }) =>
        claim === undefined || column !== undefined ? message : `${claim}: ${message}`,
      )
      .join('; ');
  return [
    ...(expires === undefined ? [] : [`until ${formatMoment(seconds(expires), now)}`]),
    ...(size === undefined ? [] : [`${size} bytes`]),
  ].join(', ');
}
