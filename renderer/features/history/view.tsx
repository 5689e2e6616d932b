import { type KeyboardEvent, useEffect, useState } from 'react';
import type { HistoryEntry, HistoryList } from '../../../shared/contract/history.ts';
import type { AppError } from '../../../shared/errors.ts';
import { millis, type Seconds, toSeconds } from '../../../shared/units.ts';
import { useLive } from '../../platform/live-value.ts';
import { useSession } from '../../platform/session.ts';
import { useClock } from '../../shell/clock.ts';
import { useNavigation } from '../../shell/navigation.ts';
import { Button, IconButton, LinkButton } from '../../ui/button.tsx';
import { Dialog, DialogBody, DialogFoot } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { SearchField } from '../../ui/field.tsx';
import { escapeText } from '../../ui/hostile-text.ts';
import { Literal } from '../../ui/literal.tsx';
import { formatExact, formatRecent } from '../../ui/local-time.ts';
import { Panel } from '../../ui/panel.tsx';
import { Switch } from '../../ui/switch.tsx';
import '../../ui/table.css';
import { useRovingRows } from '../../ui/use-roving-rows.ts';
import './history.css';

/** What was inspected, where somebody asked for such a list; each entry is opened again, or all are wiped. */
export function HistoryView() {
  const { platform, settings } = useSession();
  const isWanted = useLive(settings).value?.keepHistory ?? false;
  const go = useNavigation((navigation) => navigation.go);
  const [list, setList] = useState<HistoryList | undefined>(undefined);
  const [error, setError] = useState<AppError | undefined>(undefined);
  const [filter, setFilter] = useState('');
  const [isWiping, setWiping] = useState(false);

  useEffect(() => {
    let isHere = true;
    const stop = platform.history.onChanged(setList);
    void platform.history.list().then((answer) => {
      if (!isHere) return;
      if (answer.ok) setList(answer.value);
      else setError(answer.error);
    });
    return () => {
      isHere = false;
      stop();
    };
  }, [platform]);

  const turn = async (keepHistory: boolean) => {
    const answer = await platform.settings.set({ keepHistory });
    setError(answer.ok ? undefined : answer.error);
    if (answer.ok) settings.set(answer.value);
  };
  const open = async (entry: HistoryEntry) => {
    const answer = await platform.history.open({ id: entry.id });
    if (!answer.ok) setError(answer.error);
    else if (answer.value !== null) go('inspect', { kind: 'inspect-text', text: answer.value.text });
  };
  const remove = async (entry: HistoryEntry) => {
    const answer = await platform.history.remove({ id: entry.id });
    setError(answer.ok ? undefined : answer.error);
  };
  const entries = (list?.entries ?? []).filter((entry) => matches(entry, filter));

  return (
    <div className="view-history">
      <div className="vh" data-region>
        <h1>History</h1>
        <SearchField
          label="Search the history"
          placeholder="Search by name or verdict"
          value={filter}
          onChange={setFilter}
        />
        <span className="vh-end">
          <Switch isSelected={isWanted} onChange={(isOn) => void turn(isOn)}>
            {isWanted ? 'What is inspected is listed' : 'Keep a history'}
          </Switch>
          <Button
            icon="trash"
            variant="danger"
            onPress={() => setWiping(true)}
            disabledReason={list === undefined || list.entries.length === 0 ? 'There is nothing to wipe' : undefined}
          >
            Wipe…
          </Button>
        </span>
      </div>
      {error === undefined ? null : (
        <div className="hi-err">
          <ErrorNote error={error} />
        </div>
      )}
      <div className="hi">
        <Panel label="Inspected">
          <div className="scroll" data-region>
            {list === undefined ? null : list.entries.length === 0 ? (
              <Nothing list={list} isWanted={isWanted} onTurnOn={() => void turn(true)} />
            ) : entries.length === 0 ? (
              <p className="hi-none">
                No entry matches “<Literal text={filter} />
                ”. <LinkButton onPress={() => setFilter('')}>Clear the search</LinkButton>
              </p>
            ) : (
              <Entries
                entries={entries}
                onOpen={(entry) => void open(entry)}
                onRemove={(entry) => void remove(entry)}
              />
            )}
          </div>
          {list !== undefined && list.entries.length > 0 ? (
            <p className="hi-foot hint">
              Encrypted with a key in {list.state.where ?? 'the secret store'}. Titles never hold a whole token.
            </p>
          ) : null}
        </Panel>
      </div>
      {isWiping ? <Wipe count={list?.entries.length ?? 0} onClose={() => setWiping(false)} onError={setError} /> : null}
    </div>
  );
}

function Nothing(props: { readonly list: HistoryList; readonly isWanted: boolean; readonly onTurnOn: () => void }) {
  const { list, isWanted, onTurnOn } = props;
  if (!list.state.isKept)
    return (
      <EmptyState icon="history" title="No history can be kept now">
        {list.state.reason ?? ''}
      </EmptyState>
    );
  if (isWanted)
    return (
      <EmptyState icon="history" title="Nothing yet">
        What you inspect from now on is listed here.
      </EmptyState>
    );
  return (
    <EmptyState icon="history" title="The history is off" actions={<Button onPress={onTurnOn}>Keep a history</Button>}>
      Tokens can be secrets, so nothing is listed unless you ask for it. What is listed is encrypted with a key in{' '}
      {list.state.where ?? 'the secret store'}, and wiped in one step.
    </EmptyState>
  );
}

function Entries(props: {
  readonly entries: readonly HistoryEntry[];
  readonly onOpen: (entry: HistoryEntry) => void;
  readonly onRemove: (entry: HistoryEntry) => void;
}) {
  const { entries, onOpen, onRemove } = props;
  const now = useClock((clock) => clock.now);
  const rows = useRovingRows<HTMLTableElement>(entries.map(({ id }) => id));
  const openRow = (event: KeyboardEvent, entry: HistoryEntry) => {
    if (event.key !== 'Enter' || event.target !== event.currentTarget) return;
    event.preventDefault();
    onOpen(entry);
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: rows are walked with the arrow keys, which is what a grid is
    <table className="tbl" role="grid" aria-label="History" ref={rows.container} onKeyDown={rows.onKeyDown}>
      <thead>
        <tr>
          <th className="hi-when">Inspected</th>
          <th className="hi-what">What</th>
          <th>Said then</th>
          <th className="hi-act">
            <span className="sr">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => (
          <tr
            key={entry.id}
            {...rows.rowProps(entry.id)}
            onDoubleClick={() => onOpen(entry)}
            onKeyDown={(event) => openRow(event, entry)}
          >
            <td className="muted" title={formatExact(secondsOf(entry), now)}>
              {formatRecent(secondsOf(entry), now)}
            </td>
            <td title={escapeText(entry.title)}>
              <LinkButton onPress={() => onOpen(entry)}>
                <Literal text={entry.title} />
              </LinkButton>
            </td>
            <td className="muted" title={escapeText(entry.detail)}>
              <Literal text={entry.detail} />
            </td>
            <td>
              <IconButton label={`Remove ${escapeText(entry.title)}`} icon="trash" onPress={() => onRemove(entry)} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Wipe(props: {
  readonly count: number;
  readonly onClose: () => void;
  readonly onError: (error: AppError | undefined) => void;
}) {
  const { platform } = useSession();
  const wipe = async () => {
    const answer = await platform.history.wipe();
    props.onError(answer.ok ? undefined : answer.error);
    props.onClose();
  };
  return (
    <Dialog title="Wipe the history?" role="alertdialog" isOpen onClose={props.onClose} width="narrow">
      <DialogBody>
        <p>
          {props.count === 1 ? 'One entry is' : `${props.count} entries are`} deleted with{' '}
          {props.count === 1 ? 'its' : 'their'} file. It cannot be undone. Open tabs stay.
        </p>
      </DialogBody>
      <DialogFoot>
        <Button onPress={props.onClose}>Keep it</Button>
        <Button variant="danger" icon="trash" onPress={() => void wipe()}>
          Wipe the history
        </Button>
      </DialogFoot>
    </Dialog>
  );
}

const secondsOf = (entry: HistoryEntry): Seconds => toSeconds(millis(Math.floor(entry.at / 1000) * 1000));

const matches = ({ title, detail }: HistoryEntry, filter: string): boolean =>
  `${title} ${detail}`.toLowerCase().includes(filter.trim().toLowerCase());
