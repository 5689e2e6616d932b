import { useMemo, useRef, useState } from 'react';
import type { CountedReplacement, PreviewRow } from '../../../shared/contract/batch.ts';
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
import { findReplacement, type Replacement } from './job.ts';
import { FixButton } from './replaced-cells.tsx';
import { rowTracks } from './row-tracks.ts';

const ROW = 28;

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
  const [focused, setFocused] = useState<PreviewRow | undefined>(undefined);
  useRowCommands(focused, props);
  const grid = useMemo(
    () =>
      rowTracks(columns, rows, unused, ({ cells, problems }, at) => {
        const [column = '', cell = ''] = [columns[at], cells[at]];
        const text = read(cell, column, replacements);
        return { text, matters: text !== cell || problems.some((problem) => problem.column === column) };
      }),
    [columns, rows, unused, replacements],
  );
  const offers = useMemo(() => offersOf(rows, columns, fixes), [rows, columns, fixes]);
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
              <Cell key={column} line={line} column={column} text={line.cells[at] ?? ''} replacements={replacements} />
            ))}
            <GridCell>{isJudged ? <State state={line.state} /> : <Verdict kind="not-checked" />}</GridCell>
            <NoteCell line={line} now={now} fixes={offers.get(line.row) ?? []} onFix={() => roving.focusRow(index)} />
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

/** A cell as it is shown: what the table has, and what is read in its place. */
function read(text: string, column: string, replacements: readonly Replacement[]): string {
  const replacement = findReplacement(replacements, column, text);
  return replacement === undefined ? text : `${text} → ${replacement.use}`;
}

function Cell(props: {
  readonly line: PreviewRow;
  readonly column: string;
  readonly text: string;
  readonly replacements: readonly Replacement[];
}) {
  const { line, column, text } = props;
  const use = findReplacement(props.replacements, column, text)?.use;
  if (use !== undefined)
    return (
      <GridCell className="mono ell" title={escapeText(`${text} in the table, ${use} in the token`)}>
        <s className="faint">
          <Literal text={text} />
        </s>
        {' → '}
        <Literal text={use} />
      </GridCell>
    );
  const isBlamed = line.problems.some((problem) => problem.column === column);
  const blame = isBlamed ? (line.state === 'error' ? ' is-bad' : ' is-warn') : '';
  return (
    <GridCell className={`mono ell${blame}`} title={escapeText(text)}>
      {text.trim() === '' ? <span className="faint">blank</span> : <Literal text={text} />}
    </GridCell>
  );
}

function NoteCell(props: {
  readonly line: PreviewRow;
  readonly now: Seconds;
  readonly fixes: readonly CountedReplacement[];
  readonly onFix: () => void;
}) {
  const { line, now, fixes, onFix } = props;
  const text = noteOf(line, now);
  return (
    <GridCell className={line.state === 'ready' ? 'bt-note faint' : 'bt-note muted'} title={escapeText(text)}>
      <span className="ell">
        <Literal text={text} />
      </span>
      {fixes.map((fix) => (
        <FixButton key={`${fix.column} ${fix.cell}`} fix={fix} onPress={onFix} />
      ))}
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
