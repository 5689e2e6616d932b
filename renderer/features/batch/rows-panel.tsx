import { useMemo, useRef, useState } from 'react';
import type { PreviewRow } from '../../../shared/contract/batch.ts';
import { type Seconds, seconds } from '../../../shared/units.ts';
import { useClock } from '../../shell/clock.ts';
import { ErrorNote } from '../../ui/error-note.tsx';
import { GridCell, GridHeader, GridRow } from '../../ui/grid.tsx';
import { escapeText } from '../../ui/hostile-text.ts';
import { Literal } from '../../ui/literal.tsx';
import { formatMoment } from '../../ui/local-time.ts';
import { Note } from '../../ui/note.tsx';
import { Panel } from '../../ui/panel.tsx';
import { SegmentedControl } from '../../ui/segmented-control.tsx';
import { useRovingRows } from '../../ui/use-roving-rows.ts';
import { Verdict } from '../../ui/verdict.tsx';
import { VirtualRows, type VirtualRowsHandle } from '../../ui/virtual-rows.tsx';
import { columnsOf, missingOf } from './job.ts';
import { useBatch } from './model.ts';
import { Peek } from './peek.tsx';
import { SignRow } from './sign-row.tsx';
import { useOpenRow } from './use-open-row.ts';
import type { RowsPreview } from './use-rows-preview.ts';
import type { Runs } from './use-runs.ts';

type Filter = 'all' | 'error' | 'warning' | 'ready';
const ROW = 28;

/** Every kind of row with what will become of it, problems first, before anything is written. */
export function RowsPanel({ preview, runs }: { readonly preview: RowsPreview; readonly runs: Runs }) {
  const { result, choices, error } = preview;
  const table = useBatch((state) => (state.rows?.kind === 'table' ? state.rows.table : undefined));
  const [filter, setFilter] = useState<Filter>('all');
  const [peeked, setPeeked] = useState<PreviewRow | undefined>(undefined);
  const openRow = useOpenRow(preview);
  const columns = columnsOf(choices);
  const lines = useMemo(() => {
    const all = result === undefined ? [] : [...result.problems, ...result.first];
    return filter === 'all' ? all : all.filter(({ state }) => state === filter);
  }, [result, filter]);
  // a table whose gaps are not filled yet is shown as it is
  const unjudged = useMemo(
    () =>
      (table?.rows ?? []).map((cells, index): PreviewRow => ({ row: index + 1, cells, state: 'ready', problems: [] })),
    [table],
  );
  const isJudged = result !== undefined;
  const shown = isJudged ? lines : unjudged;
  const missing = missingOf(choices);
  return (
    <Panel label="Rows" className="bt-rows">
      <div className="ph" data-region>
        <h2>Rows</h2>
        {result === undefined ? null : (
          <SegmentedControl
            label="Which rows"
            options={[
              { id: 'all', title: `All ${format(result.rows)}` },
              { id: 'error', title: `Errors ${format(result.errors)}` },
              { id: 'warning', title: `Warnings ${format(result.warnings)}` },
              { id: 'ready', title: `Ready ${format(result.ready)}` },
            ]}
            selected={filter}
            onSelect={setFilter}
          />
        )}
        <span className="hint">{hintOf(preview, shown.length)}</span>
        <span className="ph-end hint bt-keys">
          <kbd>Space</kbd> peek <kbd>↵</kbd> open in Inspect
        </span>
      </div>
      {error === undefined ? null : (
        <div className="bt-said">
          <ErrorNote error={error} />
          {error.problems?.map(({ path, message }) => (
            <p key={path.join('.')} className="hint">
              <Literal text={`${path.join('.')}: ${message}`} />
            </p>
          ))}
        </div>
      )}
      {result === undefined
        ? null
        : result.notes.map(({ code, claim, kind, message }) => (
            <div className="bt-said" key={`${code} ${claim ?? ''}`}>
              <Note kind={kind === 'refused' ? 'fail' : kind === 'hint' ? 'info' : 'warning'}>
                {claim === undefined ? null : <b className="mono">{claim} </b>}
                {message}
              </Note>
            </div>
          ))}
      {missing.length === 0 ? null : (
        <div className="bt-said">
          <Note kind="info">
            <b>{missing.map(({ label }) => label).join(', ')}</b>{' '}
            {choices.rows?.kind === 'matrix'
              ? 'needs at least one value.'
              : `${missing.length === 1 ? 'needs' : 'need'} a column or a value before rows can be checked.`}
          </Note>
        </div>
      )}
      <Lines
        rows={shown}
        columns={columns}
        isJudged={isJudged}
        isStale={preview.isStale}
        onPeek={setPeeked}
        onOpen={(row) => void openRow(row)}
      />
      {isJudged && shown.length === 0 ? <p className="bt-nores muted">No row is of this kind.</p> : null}
      <SignRow preview={preview} runs={runs} />
      {peeked === undefined ? null : (
        <Peek
          row={peeked}
          preview={preview}
          onClose={() => setPeeked(undefined)}
          onOpen={() => {
            setPeeked(undefined);
            void openRow(peeked);
          }}
        />
      )}
    </Panel>
  );
}

const format = (number: number): string => number.toLocaleString('en');

function hintOf({ result, isStale, job, error }: RowsPreview, shown: number): string {
  if (result === undefined)
    return job === undefined || error !== undefined ? 'as they are in the table' : 'Checking every row…';
  if (isStale && error === undefined) return 'Checking every row…';
  return shown < result.rows ? `Problems first; ${format(shown)} rows are shown, all are checked` : 'Problems first';
}

function Lines(props: {
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
  const grid = {
    gridTemplateColumns: `52px repeat(${columns.length}, minmax(72px, 124px)) 92px minmax(180px, 1fr)`,
    minWidth: 52 + columns.length * 72 + 92 + 180,
  };
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
      onKeyDown={(event) => {
        roving.onKeyDown(event);
        const id = event.target instanceof HTMLElement ? event.target.dataset['row'] : undefined;
        const row = id === undefined ? undefined : rows[ids.indexOf(id)];
        if (row === undefined || event.ctrlKey || event.metaKey || (event.key !== ' ' && event.key !== 'Enter')) return;
        event.preventDefault();
        if (event.key === ' ') props.onPeek(row);
        else props.onOpen(row);
      }}
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
        return (
          <GridRow
            className="bt-r"
            style={grid}
            aria-rowindex={index + 2}
            onDoubleClick={() => props.onPeek(line)}
            {...roving.rowProps(ids[index] ?? '')}
          >
            <GridCell className="num faint">{format(line.row)}</GridCell>
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

function State({ state }: { readonly state: PreviewRow['state'] }) {
  switch (state) {
    case 'error':
      return <Verdict kind="fail" word="Error" />;
    case 'warning':
      return <Verdict kind="warning" />;
    case 'ready':
      return <Verdict kind="pass" word="Ready" />;
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
