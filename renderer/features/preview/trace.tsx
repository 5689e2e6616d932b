import { type ReactNode, useMemo, useRef } from 'react';
import type { TraceRow } from '../../../shared/contract/preview.ts';
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

function Rows({ rows }: { readonly rows: readonly TraceRow[] }) {
  const model = usePreviewModel();
  const selected = usePreview((screen) => screen.selected);
  const handle = useRef<VirtualRowsHandle>(null);
  const roving = useRovingRows<HTMLDivElement>(
    rows.map(({ id }) => String(id)),
    (index) => handle.current?.reveal(index),
  );
  return (
    <VirtualRows
      role="grid"
      label="Requests"
      className="pv-rows"
      count={rows.length}
      heightOf={() => ROW_HEIGHT}
      keyOf={(index) => String(rows[index]?.id ?? index)}
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
        const row = rows[index];
        if (row === undefined) return null;
        return (
          <GridRow
            className={rowClass(row)}
            aria-rowindex={index + 2}
            aria-selected={row.id === selected}
            {...roving.rowProps(String(row.id))}
            onClick={() => model.set({ selected: row.id })}
            onKeyDown={(event) => {
              if (event.key === 'Enter') model.set({ selected: row.id });
            }}
          >
            <Cells row={row} />
          </GridRow>
        );
      }}
    />
  );
}

const rowClass = (row: TraceRow): string =>
  row.lost !== undefined ? 'pv-r is-lost' : row.retryOf !== undefined ? 'pv-r is-retry' : 'pv-r';

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
