import { useEffect, useState } from 'react';
import type { EgressEntry, EgressState } from '../../../shared/contract/egress.ts';
import type { AppError } from '../../../shared/errors.ts';
import { toSeconds } from '../../../shared/units.ts';
import { useLive } from '../../platform/live-value.ts';
import { useSession } from '../../platform/session.ts';
import { useClock } from '../../shell/clock.ts';
import { LinkButton } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { SearchField } from '../../ui/field.tsx';
import { escapeText } from '../../ui/hostile-text.ts';
import { Literal } from '../../ui/literal.tsx';
import { formatExact, formatUtcAndEpoch } from '../../ui/local-time.ts';
import { Panel } from '../../ui/panel.tsx';
import { Switch } from '../../ui/switch.tsx';
import '../../ui/table.css';
import { useRovingRows } from '../../ui/use-roving-rows.ts';
import './activity.css';

/** The egress ledger: every request that left this computer, and the switch that refuses them all. */
export function ActivityView() {
  const { platform, egress } = useSession();
  const summary = useLive(egress).value;
  const [state, setState] = useState<EgressState | undefined>(undefined);
  const [error, setError] = useState<AppError | undefined>(undefined);
  const [filter, setFilter] = useState('');

  // `summary` is a new object whenever a request was sent, was answered or was refused
  useEffect(() => {
    let isHere = summary !== undefined;
    void platform.egress.list().then((answer) => {
      if (!isHere) return;
      setError(answer.ok ? undefined : answer.error);
      if (answer.ok) setState(answer.value);
    });
    return () => {
      isHere = false;
    };
  }, [platform, summary]);

  const change = async (offline: boolean) => {
    const answer = await platform.egress.setOffline({ offline });
    if (answer.ok) egress.set(answer.value);
    else setError(answer.error);
  };
  const entries = state?.entries.filter((entry) => matches(entry, filter)) ?? [];

  return (
    <div className="view-activity">
      <div className="vh" data-region>
        <h1>Activity</h1>
        <SearchField
          label="Filter requests"
          placeholder="Filter by host, path, purpose"
          value={filter}
          onChange={setFilter}
        />
        <span className="vh-end">
          {state === undefined ? null : (
            <Switch isSelected={state.offline} onChange={(offline) => void change(offline)}>
              {state.offline ? 'Offline is on: nothing is sent' : 'Refuse every request'}
            </Switch>
          )}
        </span>
      </div>
      {error === undefined ? null : (
        <div className="ac-err">
          <ErrorNote error={error} />
        </div>
      )}
      <div className="ac">
        <Panel label="Requests sent">
          <div className="scroll" data-region>
            {state !== undefined && state.entries.length === 0 ? (
              <EmptyState icon="requests" title="Nothing was sent">
                Every request of Catwalk appears here with its time, host, answer, size and reason, from the moment it
                leaves. Nothing is sent before you ask for it.
              </EmptyState>
            ) : (
              <LedgerTable entries={entries} />
            )}
            {state !== undefined && state.entries.length > 0 && entries.length === 0 ? (
              <p className="nores">
                No request matches “<Literal text={filter} />
                ”. <LinkButton onPress={() => setFilter('')}>Clear the filter</LinkButton>
              </p>
            ) : null}
          </div>
          {state === undefined ? null : (
            <p className="ac-foot hint">
              {count(state.sent, 'request')} sent since Catwalk started
              {state.refused === 0 ? '' : `, ${state.refused} refused while offline`}
              {state.sent > state.entries.length ? `; the newest ${state.entries.length} are listed` : ''}. Tokens,
              queries and secrets are never part of an entry.
            </p>
          )}
        </Panel>
      </div>
    </div>
  );
}

const COLUMNS = [
  ['ac-time', 'Time'],
  ['ac-method', 'Method'],
  ['ac-host', 'Host'],
  ['', 'Path'],
  ['ac-status', 'Status'],
  ['ac-bytes num', 'Sent'],
  ['ac-bytes num', 'Received'],
  ['ac-why', 'Why'],
] as const;

function LedgerTable({ entries }: { readonly entries: readonly EgressEntry[] }) {
  const now = useClock((clock) => clock.now);
  const rows = useRovingRows<HTMLTableElement>(entries.map(({ id }) => String(id)));
  return (
    // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: rows are walked with the arrow keys, which is what a grid is
    <table className="tbl" role="grid" aria-label="Requests" ref={rows.container} onKeyDown={rows.onKeyDown}>
      <thead>
        <tr>
          {COLUMNS.map(([className, title]) => (
            <th key={title} className={className}>
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <tr key={entry.id} {...rows.rowProps(String(entry.id))}>
            <td className="muted" title={formatUtcAndEpoch(toSeconds(entry.at))}>
              {formatExact(toSeconds(entry.at), now)}
            </td>
            <td className="mono">{entry.method}</td>
            <td title={escapeText(entry.host)}>
              <Literal text={entry.host} />
            </td>
            <td className="mono" title={escapeText(entry.path)}>
              <Literal text={entry.path} />
            </td>
            <Outcome outcome={entry.outcome} />
            <td className="num muted">{formatBytes(entry.bytesSent)}</td>
            <td className="num muted">{formatBytes(entry.bytesReceived)}</td>
            <td title={escapeText(whyOf(entry))}>
              <Literal text={whyOf(entry)} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Outcome({ outcome }: { readonly outcome: EgressEntry['outcome'] }) {
  switch (outcome.kind) {
    case 'pending':
      return <td className="muted">waiting</td>;
    case 'answered':
      return <td className="mono">{outcome.status}</td>;
    case 'failed':
      return <td>no answer</td>;
    case 'blocked':
      return <td>blocked</td>;
  }
}

/** What it was for, and what came between. */
const whyOf = ({ purpose, outcome }: EgressEntry): string =>
  'reason' in outcome ? `${purpose}: ${outcome.reason}` : purpose;

const count = (number: number, noun: string): string => (number === 1 ? `1 ${noun}` : `${number} ${noun}s`);

const formatBytes = (bytes: number): string =>
  bytes < 10_000
    ? `${bytes} B`
    : bytes < 10_000_000
      ? `${Math.round(bytes / 1000)} kB`
      : `${Math.round(bytes / 1e6)} MB`;

function matches(entry: EgressEntry, filter: string): boolean {
  const wanted = filter.trim().toLowerCase();
  return [entry.host, entry.path, entry.purpose, entry.method].some((text) => text.toLowerCase().includes(wanted));
}
