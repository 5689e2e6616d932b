import { useEffect, useState } from 'react';
import type { IssueLogEntry } from '../../../shared/contract/issue.ts';
import { TARGETS } from '../../../shared/issue/targets.ts';
import { seconds, toSeconds } from '../../../shared/units.ts';
import { useSession } from '../../platform/session.ts';
import { useClock } from '../../shell/clock.ts';
import { useCall } from '../../shell/use-call.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogBody, DialogFoot } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { EnvTag } from '../../ui/env-tag.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Literal } from '../../ui/literal.tsx';
import { formatExact, formatMoment, formatRecent } from '../../ui/local-time.ts';
import '../../ui/table.css';

/** Who issued what and when. No token and no secret is in it. */
export function IssueLogDialog({ onClose }: { readonly onClose: () => void }) {
  const { platform } = useSession();
  const call = useCall();
  const { run } = call;
  const [entries, setEntries] = useState<readonly IssueLogEntry[] | undefined>(undefined);
  const [saved, setSaved] = useState<string | undefined>(undefined);
  useEffect(() => {
    let isHere = true;
    const load = async () => {
      const answer = await platform.issue.log();
      if (isHere && answer.ok) setEntries(answer.value);
    };
    void load();
    const stop = platform.issue.onLogged(() => void load());
    return () => {
      isHere = false;
      stop();
    };
  }, [platform]);
  const clear = () => void run(() => platform.issue.clearLog());
  const exportLog = async () => {
    const file = await run(() => platform.issue.exportLog());
    if (file) setSaved(file.fileName);
  };
  const isEmpty = entries !== undefined && entries.length === 0;
  return (
    <Dialog title="Issue log" isOpen onClose={onClose} width="table">
      <DialogBody>
        {call.error === undefined ? null : <ErrorNote error={call.error} />}
        {isEmpty ? (
          <EmptyState icon="ticket" title="No token was issued yet">
            Each token that is signed here or asked from the OVP leaves a line: its key, token id and a digest of its
            claims, never the token.
          </EmptyState>
        ) : (
          <div className="is-log scroll">
            <LogTable entries={entries ?? []} />
          </div>
        )}
      </DialogBody>
      <DialogFoot
        hint={
          saved === undefined ? (
            'On this computer only. No token and no secret is in it.'
          ) : (
            <span role="status">
              Saved as <Literal text={saved} />.
            </span>
          )
        }
      >
        <Button
          size="large"
          variant="danger"
          icon="trash"
          isBusy={call.isBusy}
          disabledReason={entries === undefined || isEmpty ? 'There is nothing to clear' : undefined}
          onPress={clear}
        >
          Clear log
        </Button>
        <Button
          size="large"
          icon="export"
          disabledReason={entries === undefined || isEmpty ? 'There is nothing to export' : undefined}
          onPress={() => void exportLog()}
        >
          Export…
        </Button>
        <Button size="large" onPress={onClose}>
          Close
        </Button>
      </DialogFoot>
    </Dialog>
  );
}

function LogTable({ entries }: { readonly entries: readonly IssueLogEntry[] }) {
  const now = useClock((clock) => clock.now);
  return (
    <table className="tbl" aria-label="Issued tokens">
      <thead>
        <tr>
          <th className="is-log-n">When</th>
          <th>Key</th>
          <th>Key id</th>
          <th>Token id</th>
          <th>Made by</th>
          <th>Target</th>
          <th className="is-log-t">Expires</th>
          <th>Claims digest</th>
          <th className="num is-log-n">Tokens</th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => {
          const at = toSeconds(entry.at);
          return (
            <tr key={entry.id}>
              <td title={formatExact(at, now)}>{formatRecent(at, now)}</td>
              <td>
                <span className="row">
                  {entry.environment === undefined ? null : <EnvTag environment={entry.environment} />}
                  <Literal text={entry.keyName} />
                </span>
              </td>
              <Cell text={entry.kid} />
              <Cell text={entry.cti} />
              <td>
                {entry.workspace === undefined ? (
                  'Here'
                ) : (
                  <>
                    OVP, <Literal text={entry.workspace} />
                  </>
                )}
              </td>
              <td>{TARGETS.find(({ id }) => id === entry.target)?.name ?? entry.target}</td>
              <td title={entry.expires === undefined ? '' : formatExact(seconds(entry.expires), now)}>
                {entry.expires === undefined ? 'never' : formatMoment(seconds(entry.expires), now)}
              </td>
              <Cell text={entry.claimsDigest} />
              <td className="num">{entry.count.toLocaleString('en')}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

const Cell = ({ text }: { readonly text: string | undefined }) => (
  <td className="mono" title={text}>
    {text === undefined ? '–' : <Literal text={text} />}
  </td>
);
