import { useEffect, useRef, useState } from 'react';
import type { PreviewWalk, WalkEntry } from '../../../shared/contract/preview-walk.ts';
import { useClock } from '../../shell/clock.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { GridCell, GridHeader, GridRow } from '../../ui/grid.tsx';
import { escapeText } from '../../ui/hostile-text.ts';
import { Icon } from '../../ui/icon.tsx';
import { Literal } from '../../ui/literal.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Rich } from '../../ui/rich.tsx';
import { SegmentedControl } from '../../ui/segmented-control.tsx';
import { useRovingRows } from '../../ui/use-roving-rows.ts';
import { Verdict } from '../../ui/verdict.tsx';
import { VirtualRows, type VirtualRowsHandle } from '../../ui/virtual-rows.tsx';
import { type PreviewScreen, type TraceFilter, usePreview, usePreviewModel } from './model.ts';
import './walk-panel.css';
import { asSentence } from './why-words.ts';
import { describeCause, describeKind, describeLost, describeUnread, shortenIds, verdictOf } from './words.ts';

const ROW_HEIGHT = 26;
const HEADER_HEIGHT = 28;

const FILTERS: Readonly<Record<TraceFilter, (entry: WalkEntry) => boolean>> = {
  all: () => true,
  denied: (entry) => entry.cause !== undefined,
  lost: (entry) => entry.lost !== undefined,
};

/** Every address that the playlists name, with the verdict its request would get, before any of them is asked for. */
export function WalkPanel({ walk }: { readonly walk: NonNullable<PreviewScreen['walk']> }) {
  const model = usePreviewModel();
  const [filter, setFilter] = useState<TraceFilter>('all');
  const { result, isUnderWay } = walk;
  useWalkAgain();
  const count = (wanted: TraceFilter) => result?.entries.filter(FILTERS[wanted]).length ?? 0;
  return (
    <Panel label="Walk of the playlists" className="pv-side">
      <div className="ph" data-region>
        <h2>What would be asked for</h2>
        {result === undefined ? null : (
          <SegmentedControl
            label="Which addresses"
            options={[
              { id: 'all', title: `All ${count('all')}` },
              { id: 'denied', title: `Denied ${count('denied')}` },
              { id: 'lost', title: `Token lost ${count('lost')}` },
            ]}
            selected={filter}
            onSelect={setFilter}
          />
        )}
        <span className="ph-end">
          <IconButton label="Walk again" icon="refresh" placement="top" onPress={() => void model.walk()} />
          <IconButton label="Close" icon="close" placement="top" onPress={model.endWalk} />
        </span>
      </div>
      <p className="pv-walk-s" role="status" data-testid="walk-summary">
        {isUnderWay ? (
          <>
            <Icon name="spinner" className="spin" /> Reading the playlists…{' '}
            <Button size="small" onPress={model.endWalk}>
              Cancel
            </Button>
          </>
        ) : (
          result !== undefined && describeWalk(result)
        )}
      </p>
      {result === undefined ? null : <Entries entries={result.entries.filter(FILTERS[filter])} />}
    </Panel>
  );
}

/** What can be judged without asking anybody is judged anew with another token or another switch of the edge. */
function useWalkAgain(): void {
  const model = usePreviewModel();
  const state = usePreview((screen) => screen.state);
  const facts = state && JSON.stringify([state.source?.url, state.inUse, state.tokens, state.edge]);
  const isFree = state?.edge.passOn === false;
  const walked = useRef(facts);
  useEffect(() => {
    if (facts === walked.current) return;
    walked.current = facts;
    if (isFree) void model.walk();
  }, [model, facts, isFree]);
}

function describeWalk({ entries, requests, cut }: PreviewWalk): string {
  const denied = entries.filter(FILTERS.denied).length;
  const lost = entries.filter(FILTERS.lost).length;
  const outcome =
    denied === 0
      ? 'The token would be let in everywhere.'
      : `${denied} of ${entries.length} would be denied${lost === 0 ? '' : `, ${lost} because the token is lost on the way`}.`;
  const sent = requests === 0 ? 'Nothing was sent.' : `${requests} ${requests === 1 ? 'request' : 'requests'} sent.`;
  return [outcome, ...(cut === 0 ? [] : [`${cut} more were not judged.`]), sent].join(' ');
}

function Entries({ entries }: { readonly entries: readonly WalkEntry[] }) {
  const handle = useRef<VirtualRowsHandle>(null);
  const [selected, setSelected] = useState<number | undefined>(undefined);
  const ids = entries.map((_, index) => String(index));
  const roving = useRovingRows<HTMLDivElement>(ids, (index) => handle.current?.reveal(index));
  const chosen = selected === undefined ? entries.find(FILTERS.denied) : entries[selected];
  if (entries.length === 0) return <p className="nores">None of these.</p>;
  return (
    <>
      <VirtualRows
        role="grid"
        label="Addresses"
        className=""
        count={entries.length}
        heightOf={() => ROW_HEIGHT}
        keyOf={String}
        handle={handle}
        containerRef={roving.container}
        onKeyDown={roving.onKeyDown}
        headerHeight={HEADER_HEIGHT}
        header={
          <GridRow className="pv-r pv-rh pv-walk-r">
            <GridHeader>Address</GridHeader>
            <GridHeader>Verdict</GridHeader>
            <GridHeader>Type</GridHeader>
          </GridRow>
        }
        row={(index) => {
          const entry = entries[index];
          if (entry === undefined) return null;
          const { onFocus, ...row } = roving.rowProps(String(index));
          return (
            <GridRow
              className="pv-r pv-walk-r"
              aria-rowindex={index + 2}
              aria-selected={entry === chosen}
              {...row}
              onFocus={(event) => {
                onFocus(event);
                setSelected(index);
              }}
            >
              <EntryCells entry={entry} />
            </GridRow>
          );
        }}
      />
      {chosen === undefined ? null : <Reason entry={chosen} />}
    </>
  );
}

function EntryCells({ entry }: { readonly entry: WalkEntry }) {
  const { path, depth, times, kind } = entry;
  const name = path.split('/').at(-1) ?? path;
  const place = path.slice(0, path.length - name.length);
  return (
    <>
      <GridCell className="mono pv-req" title={escapeText(entry.url)} style={{ paddingLeft: 8 + depth * 14 }}>
        <span className="ell faint">
          <Literal text={shortenIds(place)} />
        </span>
        <span className="pv-file ell">
          <Literal text={shortenIds(name)} />
        </span>
        {times > 1 ? <span className="faint">&nbsp;× {times}</span> : null}
      </GridCell>
      <GridCell className="ell">
        <Verdict {...verdictOf(entry)} />
        <span className="pv-why-s">{describeCause(entry)}</span>
      </GridCell>
      <GridCell className="muted">{describeKind(kind)}</GridCell>
    </>
  );
}

/** Why the chosen address would be refused. */
function Reason({ entry }: { readonly entry: WalkEntry }) {
  const now = useClock((clock) => clock.now);
  const { reason, lost, unread, verdict, cause } = entry;
  return (
    <p className="pv-walk-w copyable" data-testid="walk-reason">
      {lost !== undefined ? (
        `Denied: ${describeLost(lost)}.`
      ) : reason !== undefined ? (
        <>
          <Rich text={asSentence(reason)} now={now} />.
        </>
      ) : cause === 'no-token' ? (
        'No token would come along, and the edge lets nobody in without one.'
      ) : verdict === 'pass' ? (
        'It would be let in.'
      ) : (
        'Nothing more is known of it.'
      )}
      {unread === undefined ? null : <span className="muted"> What it lists: {describeUnread(unread)}.</span>}
    </p>
  );
}
