import { useEffect, useMemo, useState } from 'react';
import { ToggleButton } from 'react-aria-components';
import type { TraceRow } from '../../../shared/contract/preview.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Literal } from '../../ui/literal.tsx';
import { Panel } from '../../ui/panel.tsx';
import { SegmentedControl } from '../../ui/segmented-control.tsx';
import { isDenied, type TraceFilter, usePreview, usePreviewModel } from './model.ts';
import { NextTryLine } from './next-try-line.tsx';
import { TraceRows } from './trace-rows.tsx';

/** Every request of the player, as the edge saw it: the true status, also where the page was not told. */
export function Trace() {
  const model = usePreviewModel();
  const rows = usePreview((screen) => screen.rows);
  const filter = usePreview((screen) => screen.filter);
  const selected = usePreview((screen) => screen.selected);
  const [isLive, setLive] = useState(true);
  // a request that is looked at stays where it is
  useEffect(() => setLive(selected === undefined), [selected]);
  const shown = useMemo(() => rows.filter(FILTERS[filter]), [rows, filter]);
  return (
    <Panel label="Requests" className="pv-trace">
      <div className="ph" data-region>
        <h2>Requests</h2>
        <Filters rows={rows} />
        <Counts />
        <Saved />
        <span className="ph-end">
          {rows.length === 0 ? null : (
            <ToggleButton className="pv-live" isSelected={isLive} onChange={setLive}>
              <i className="dot" />
              Live
            </ToggleButton>
          )}
          {rows.length === 0 ? null : (
            <Button variant="ghost" size="small" icon="export" onPress={() => void model.saveHar()}>
              Save HAR, redacted…
            </Button>
          )}
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
        <TraceRows rows={shown} isLive={isLive} onLive={setLive} />
      )}
      {filter === 'lost' ? null : <NextTryLine />}
    </Panel>
  );
}

const FILTERS: Readonly<Record<TraceFilter, (row: TraceRow) => boolean>> = {
  all: () => true,
  denied: isDenied,
  lost: (row) => row.lost !== undefined,
};

function Filters({ rows }: { readonly rows: readonly TraceRow[] }) {
  const model = usePreviewModel();
  const filter = usePreview((screen) => screen.filter);
  const count = (wanted: TraceFilter) => rows.filter(FILTERS[wanted]).length;
  return (
    <SegmentedControl
      label="Which requests"
      options={[
        { id: 'all', title: `All ${count('all')}` },
        { id: 'denied', title: `Denied ${count('denied')}` },
        { id: 'lost', title: `Token lost ${count('lost')}` },
      ]}
      selected={filter}
      onSelect={(next) => model.set({ filter: next })}
    />
  );
}

function Saved() {
  const saved = usePreview((screen) => screen.saved);
  return (
    <span className="hint ell" role="status">
      {saved === undefined ? null : (
        <>
          Saved as <Literal text={saved} />
        </>
      )}
    </span>
  );
}

function Counts() {
  const counts = usePreview(({ state }) => state?.counts);
  if (counts === undefined) return null;
  return (
    <span className="hint ell" data-testid="counts">
      {counts.answered} answered on this computer, {counts.sent} sent
      {counts.blocked === 0 ? null : (
        <span title="What the player wanted to send to its maker. It stays here, and is listed in Activity.">
          , {counts.blocked} blocked
        </span>
      )}
    </span>
  );
}
