import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import type { TraceRow } from '../../../shared/contract/preview.ts';
import { foldRows, type TraceLine } from '../../../shared/preview/fold-rows.ts';
import { IconButton } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { GridCell, GridHeader, GridRow } from '../../ui/grid.tsx';
import { escapeText } from '../../ui/hostile-text.ts';
import { Icon } from '../../ui/icon.tsx';
import { Literal } from '../../ui/literal.tsx';
import { Panel } from '../../ui/panel.tsx';
import { SegmentedControl } from '../../ui/segmented-control.tsx';
import { useRovingRows } from '../../ui/use-roving-rows.ts';
import { Verdict } from '../../ui/verdict.tsx';
import { VirtualRows, type VirtualRowsHandle } from '../../ui/virtual-rows.tsx';
import { isDenied, type TraceFilter, usePreview, usePreviewModel } from './model.ts';
import {
  describeCause,
  describeCopy,
  describeKind,
  describeLost,
  formatInstant,
  formatSize,
  shortenIds,
  verdictOf,
} from './words.ts';

const ROW_HEIGHT = 26;
const HEADER_HEIGHT = 28;

/** Every request of the player, as the edge saw it: the true status, also where the page was not told. */
export function Trace() {
  const model = usePreviewModel();
  const rows = usePreview((screen) => screen.rows);
  const filter = usePreview((screen) => screen.filter);
  const counts = usePreview(({ state }) => state?.counts);
  const denied = useMemo(() => rows.filter(isDenied), [rows]);
  const lost = useMemo(() => rows.filter((row) => row.lost !== undefined), [rows]);
  const shown = filter === 'denied' ? denied : filter === 'lost' ? lost : rows;
  const filters: readonly { readonly id: TraceFilter; readonly title: string }[] = [
    { id: 'all', title: `All ${rows.length}` },
    { id: 'denied', title: `Denied ${denied.length}` },
    { id: 'lost', title: `Token lost ${lost.length}` },
  ];
  return (
    <Panel label="Requests" className="pv-trace">
      <div className="ph" data-region>
        <h2>Requests</h2>
        <SegmentedControl
          label="Which requests"
          options={filters}
          selected={filter}
          onSelect={(next) => model.set({ filter: next })}
        />
        {counts === undefined ? null : (
          <span className="hint" data-testid="counts">
            {counts.answered} answered on this computer, {counts.sent} sent
            {counts.blocked === 0 ? '' : `, ${counts.blocked} blocked`}
          </span>
        )}
        <span className="ph-end">
          <IconButton label="Clear the list" icon="trash" placement="top" onPress={model.clear} />
        </span>
      </div>
      {rows.length === 0 ? (
        <EmptyState icon="requests" title="No request yet">
          Once a stream plays, each of its requests stands here with its verdict: which copy of the token travelled,
          what the edge answered, and why.
        </EmptyState>
      ) : shown.length === 0 ? (
        <p className="nores">{filter === 'denied' ? 'Nothing was denied.' : 'No request lost its token.'}</p>
      ) : (
        <Rows rows={shown} />
      )}
    </Panel>
  );
}

const COLUMNS = [
  ['num', '#'],
  ['', 'Time'],
  ['', 'Status'],
  ['', 'Request'],
  ['', 'Token copy'],
  ['', 'Verdict'],
  ['', 'Type'],
  ['num', 'Size'],
  ['num', 'ms'],
] as const;

/** a list that is this close to its end follows what is added */
const NEAR_THE_END = 40;

function Rows({ rows }: { readonly rows: readonly TraceRow[] }) {
  const model = usePreviewModel();
  const selected = usePreview((screen) => screen.selected);
  const [unfolded, setUnfolded] = useState<ReadonlySet<number>>(new Set());
  const lines = useMemo(() => unfold(foldRows(rows), unfolded), [rows, unfolded]);
  const handle = useRef<VirtualRowsHandle>(null);
  const isFollowing = useRef(true);
  const roving = useRovingRows<HTMLDivElement>(lines.map(idOf), (index) => handle.current?.reveal(index));
  useEffect(() => {
    if (isFollowing.current) handle.current?.reveal(lines.length - 1);
  }, [lines.length]);
  const shown = useRef(lines);
  shown.current = lines;
  // only when another one is selected: rows that come do not move the list
  useEffect(() => {
    // a request that is looked at stays where it is
    isFollowing.current = selected === undefined;
    const index = shown.current.findIndex((line) => line.kind === 'row' && line.row.id === selected);
    if (index >= 0) handle.current?.reveal(index);
  }, [selected]);

  return (
    <div
      className="pv-rows"
      onScrollCapture={({ target }) => {
        if (!(target instanceof HTMLElement)) return;
        isFollowing.current = target.scrollHeight - target.scrollTop - target.clientHeight < NEAR_THE_END;
      }}
    >
      <VirtualRows
        role="grid"
        label="Requests"
        className=""
        count={lines.length}
        heightOf={() => ROW_HEIGHT}
        keyOf={(index) => (lines[index] === undefined ? String(index) : idOf(lines[index]))}
        handle={handle}
        containerRef={roving.container}
        onKeyDown={roving.onKeyDown}
        headerHeight={HEADER_HEIGHT}
        header={
          <GridRow className="pv-r pv-rh">
            {COLUMNS.map(([className, title]) => (
              <GridHeader key={title} className={className}>
                {title}
              </GridHeader>
            ))}
          </GridRow>
        }
        row={(index) => {
          const line = lines[index];
          if (line === undefined) return null;
          const row = line.kind === 'row' ? line.row : line.rows[0];
          if (row === undefined) return null;
          const select = () => void model.select(row.id);
          return (
            <GridRow
              className={line.kind === 'row' ? rowClass(row) : 'pv-r is-retry'}
              aria-rowindex={index + 2}
              aria-selected={line.kind === 'row' && row.id === selected}
              {...roving.rowProps(idOf(line))}
              onClick={select}
              onKeyDown={(event) => {
                if (event.key === 'Enter' && event.target === event.currentTarget) select();
              }}
            >
              {line.kind === 'row' ? (
                <Cells row={row} />
              ) : (
                <RetryCells line={line} onUnfold={() => setUnfolded(new Set([...unfolded, line.of.id]))} />
              )}
            </GridRow>
          );
        }}
      />
    </div>
  );
}

const idOf = (line: TraceLine): string => (line.kind === 'row' ? String(line.row.id) : `retries-${line.of.id}`);

/** Lines with the retries of these requests one by one. */
const unfold = (lines: readonly TraceLine[], unfolded: ReadonlySet<number>): readonly TraceLine[] =>
  lines.flatMap((line) =>
    line.kind === 'retries' && unfolded.has(line.of.id)
      ? line.rows.map((row): TraceLine => ({ kind: 'row', row }))
      : [line],
  );

const rowClass = (row: TraceRow): string =>
  row.lost !== undefined ? 'pv-r is-lost' : row.retryOf !== undefined ? 'pv-r is-retry' : 'pv-r';

type Retries = Extract<TraceLine, { kind: 'retries' }>;

function RetryCells({ line, onUnfold }: { readonly line: Retries; readonly onUnfold: () => void }): ReactNode {
  const { rows, after } = line;
  const last = rows.at(-1);
  if (last === undefined) return null;
  const isSame = rows.every(({ cause, claim }) => cause === line.of.cause && claim === line.of.claim);
  return (
    <>
      <GridCell className="num faint">
        {rows[0]?.id}–{last.id}
      </GridCell>
      <GridCell className="mono muted">{formatInstant(last.at)}</GridCell>
      <GridCell>
        <Status row={last} />
      </GridCell>
      <GridCell className="ell">
        <AriaButton className="pv-fold" onPress={onUnfold}>
          <Icon name="right" size={12} />
          {rows.length} retries of <Literal text={line.of.path.split('/').at(-1) ?? ''} />
        </AriaButton>
        <span className="faint">after {listOf(after)} s</span>
      </GridCell>
      <GridCell className="muted ell">{describeCopy(last)}</GridCell>
      <GridCell className="ell">
        <Verdict {...verdictOf(last)} />
        <span className="pv-why-s">{isSame ? 'same cause' : describeCause(last)}</span>
      </GridCell>
      <GridCell className="muted">{describeKind(last.kind)}</GridCell>
      <GridCell className="num mono">
        {rows.length} × {formatSize(last.size)}
      </GridCell>
      <GridCell className="num mono">{Math.round(last.took)}</GridCell>
    </>
  );
}

/** `1, 3 and 7` */
const listOf = (numbers: readonly number[]): string =>
  numbers.length < 2 ? numbers.join('') : `${numbers.slice(0, -1).join(', ')} and ${numbers.at(-1)}`;

function Cells({ row }: { readonly row: TraceRow }): ReactNode {
  const cause = describeCause(row);
  return (
    <>
      <GridCell className="num faint">{row.id}</GridCell>
      <GridCell className="mono muted">{formatInstant(row.at)}</GridCell>
      <GridCell>
        <Status row={row} />
      </GridCell>
      <GridCell className="mono ell" title={escapeText(row.url)}>
        <span className="pv-m">{row.method}</span>
        {row.copy?.channel === 'path' ? (
          <>
            <span className="faint">/</span>
            <span className="pv-pt">pt:{row.copy.slot ?? '…'}</span>
          </>
        ) : null}
        <span className={isDenied(row) ? undefined : 'muted'}>
          <Literal text={shortenIds(row.path)} />
        </span>
      </GridCell>
      <GridCell className="muted ell">
        {row.lost === undefined ? (
          <span className="pv-cp">
            {row.copy === undefined ? null : <Icon name="link" size={12} />}
            {describeCopy(row)}
          </span>
        ) : (
          <span className="pv-cp v-warning" title={describeLost(row.lost)}>
            <Icon name="warning" size={12} />
            lost
          </span>
        )}
      </GridCell>
      <GridCell className="ell">
        {row.status === undefined ? (
          <span className="faint">on its way</span>
        ) : (
          <>
            <Verdict {...verdictOf(row)} />
            {cause === '' ? null : <span className="pv-why-s">{cause}</span>}
            {row.renewed === undefined ? null : <span className="pv-why-s">renewed by {row.renewed}</span>}
          </>
        )}
      </GridCell>
      <GridCell className="muted">{describeKind(row.kind)}</GridCell>
      <GridCell className="num mono">{row.status === undefined ? '' : formatSize(row.size)}</GridCell>
      <GridCell className="num mono">{row.status === undefined ? '' : Math.round(row.took)}</GridCell>
    </>
  );
}

function Status({ row }: { readonly row: TraceRow }) {
  if (row.status === undefined)
    return (
      <span className="pv-st">
        <Icon name="queue" size={12} />…
      </span>
    );
  const isBad = row.status >= 400;
  return (
    <span className={isBad ? 'pv-st is-bad' : 'pv-st'}>
      {isBad ? <Icon name="fail" size={13} /> : null}
      {row.status}
      {row.hidden ? (
        <span className="pv-hid" title="Without a CORS header the page may not read it: the player was told status 0">
          hidden
        </span>
      ) : null}
    </span>
  );
}
