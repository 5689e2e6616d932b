import { useMemo, useRef, useState } from 'react';
import type { CountedReplacement, PreviewRow } from '../../../shared/contract/batch.ts';
import { useClock } from '../../shell/clock.ts';
import { type Command, useCommands } from '../../shell/commands.ts';
import { useRowHeight } from '../../shell/use-row-height.ts';
import { GridCell, GridHeader, GridRow } from '../../ui/grid.tsx';
import { escapeText } from '../../ui/hostile-text.ts';
import { Literal } from '../../ui/literal.tsx';
import { useRovingRows } from '../../ui/use-roving-rows.ts';
import { Verdict } from '../../ui/verdict.tsx';
import { VirtualRows, type VirtualRowsHandle } from '../../ui/virtual-rows.tsx';
import type { Replacement } from './job.ts';
import { Cell, NoteCell, readCell, State } from './row-cells.tsx';
import { rowTracks } from './row-tracks.ts';
import { useHeldPlace } from './use-held-place.ts';

/** Rows of a table with their state; one stop of the Tab key with the arrow keys inside. */
export function RowLines(props: {
  readonly rows: readonly PreviewRow[];
  readonly columns: readonly string[];
  /** right spellings that are offered, each in the first row that lacks it */
  readonly fixes: readonly CountedReplacement[];
  readonly replacements: readonly Replacement[];
  /** columns that nothing reads */
  readonly unused: readonly string[];
  readonly isJudged: boolean;
  readonly isStale: boolean;
  readonly onPeek: (row: PreviewRow) => void;
  readonly onOpen: (row: PreviewRow) => void;
}) {
  const { rows, columns, fixes, replacements, unused, isJudged } = props;
  const now = useClock((clock) => clock.now);
  const handle = useRef<VirtualRowsHandle>(null);
  const ids = useMemo(() => rows.map(({ row }) => String(row)), [rows]);
  const roving = useRovingRows<HTMLDivElement>(ids, (index) => handle.current?.reveal(index));
  const height = useRowHeight();
  const [focused, setFocused] = useState<PreviewRow | undefined>(undefined);
  useRowCommands(focused, props);
  const grid = useMemo(
    () =>
      rowTracks(columns, rows, unused, ({ cells, problems }, at) => {
        const [column = '', cell = ''] = [columns[at], cells[at]];
        const text = readCell(cell, column, replacements);
        return { text, matters: text !== cell || problems.some((problem) => problem.column === column) };
      }),
    [columns, rows, unused, replacements],
  );
  const holdPlace = useHeldPlace(roving, ids.length, props.isStale);
  const offers = useMemo(() => offersOf(rows, columns, fixes), [rows, columns, fixes]);
  return (
    <VirtualRows
      className={props.isStale && isJudged ? 'bt-grid is-stale' : 'bt-grid'}
      role="grid"
      label="Rows"
      count={rows.length}
      heightOf={() => height}
      headerHeight={height}
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
              <Cell key={column} line={line} column={column} text={line.cells[at] ?? ''} replacements={replacements} />
            ))}
            <GridCell>{isJudged ? <State state={line.state} /> : <Verdict kind="not-checked" />}</GridCell>
            <NoteCell line={line} now={now} fixes={offers.get(line.row) ?? []} onFix={() => holdPlace(index)} />
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

/** The right spellings by the first row that lacks them. */
function offersOf(
  rows: readonly PreviewRow[],
  columns: readonly string[],
  fixes: readonly CountedReplacement[],
): ReadonlyMap<number, readonly CountedReplacement[]> {
  const offers = new Map<number, readonly CountedReplacement[]>();
  let left = fixes;
  for (const { row, cells, problems } of rows) {
    if (left.length === 0) break;
    const own = left.filter(({ column, cell }) =>
      problems.some((problem) => problem.column === column && cells[columns.indexOf(column)]?.trim() === cell),
    );
    if (own.length === 0) continue;
    offers.set(row, own);
    left = left.filter((fix) => !own.includes(fix));
  }
  return offers;
}
