import { type DragEvent, Fragment, type KeyboardEvent, useState } from 'react';
import type { KeyRecord } from '../../../shared/contract/keys.ts';
import type { OvpWorkspace } from '../../../shared/contract/ovp.ts';
import { toSeconds } from '../../../shared/units.ts';
import { useClock } from '../../shell/clock.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { EnvTag } from '../../ui/env-tag.tsx';
import { escapeText } from '../../ui/hostile-text.ts';
import { Kbd } from '../../ui/kbd.tsx';
import { Literal } from '../../ui/literal.tsx';
import { formatExact, formatRecent } from '../../ui/local-time.ts';
import { Note } from '../../ui/note.tsx';
import { Panel } from '../../ui/panel.tsx';
import '../../ui/table.css';
import { shortenId } from '../../ui/shorten-id.ts';
import { useRovingRows } from '../../ui/use-roving-rows.ts';
import { Verdict } from '../../ui/verdict.tsx';
import { calibrationWord } from './calibration-words.ts';
import { type KeyAction, KeyDetails } from './key-details.tsx';
import { ALGORITHM_OF_FAMILY, describeReading, matchesFilter, ORIGIN_WORDS } from './key-words.ts';

/** As many keys as an export may hold are less; whatever is larger is no key file and is not read into the window. */
const MAX_DROPPED_BYTES = 1024 * 1024;

export interface KeyTableProps {
  readonly keys: readonly KeyRecord[] | undefined;
  readonly workspaces: readonly OvpWorkspace[];
  readonly filter: string;
  readonly selected: KeyRecord['id'] | undefined;
  readonly onClearFilter: () => void;
  readonly onSelect: (id: KeyRecord['id'] | undefined) => void;
  readonly onAction: (key: KeyRecord, action: KeyAction) => void;
  readonly onEnterAgain: (key: KeyRecord) => void;
  readonly onImport: () => void;
  readonly onCreate: () => void;
  readonly onDropText: (text: string, fileName: string) => void;
}

export function KeyTable(props: KeyTableProps) {
  const [isOver, setOver] = useState(false);
  const [tooLarge, setTooLarge] = useState<string | undefined>(undefined);
  const { keys, filter } = props;
  const shown = keys?.filter((key) => matchesFilter(key, filter)) ?? [];
  const rows = useRovingRows<HTMLTableElement>(shown.map((key) => key.id));

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    rows.onKeyDown(event);
    const key = shown.find(
      (candidate) => event.target instanceof HTMLElement && candidate.id === event.target.dataset['row'],
    );
    if (key === undefined) return;
    if (event.key === 'Delete') props.onAction(key, 'delete');
    else if (event.key === 'F2') props.onAction(key, 'edit');
    else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      props.onSelect(props.selected === key.id ? undefined : key.id);
    }
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file === undefined) return;
    const fits = file.size <= MAX_DROPPED_BYTES;
    setTooLarge(fits ? undefined : file.name);
    if (!fits) return;
    void file.text().then((text) => props.onDropText(text, file.name));
  };

  return (
    <Panel label="Key table" className={isOver ? 'kt is-over' : 'kt'}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: dropping has its equal in the import panel */}
      <div
        className="kt-drop"
        data-region
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={onDrop}
      >
        <div className="scroll">
          {keys !== undefined && keys.length === 0 ? (
            <EmptyState
              icon="keys"
              title="No keys yet"
              actions={
                <>
                  <Button variant="primary" icon="upload" onPress={props.onImport}>
                    Import a key…
                  </Button>
                  <Button icon="keys" onPress={props.onCreate}>
                    Create one in OVP…
                  </Button>
                </>
              }
            >
              With the key of a token Catwalk can tell whether the token is genuine. The secret is kept where the line
              above says, and it is never shown here.
            </EmptyState>
          ) : (
            // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: rows are walked with the arrow keys, which is what a grid is
            <table className="tbl" role="grid" aria-label="Keys" ref={rows.container} onKeyDown={onKeyDown}>
              <thead>
                <tr>
                  <th className="k-name">Name</th>
                  <th className="k-env">Environment</th>
                  <th>Key id</th>
                  <th className="k-alg">Alg</th>
                  <th className="k-read">Secret read as</th>
                  <th className="k-origin">Origin</th>
                  <th className="k-used num">Last used</th>
                </tr>
              </thead>
              <tbody>
                {keys === undefined ? <LoadingRows /> : null}
                {shown.map((key) => (
                  <Fragment key={key.id}>
                    <KeyRow
                      record={key}
                      workspace={props.workspaces.find(({ id }) => id === key.workspace)}
                      isSelected={props.selected === key.id}
                      onSelect={() => props.onSelect(props.selected === key.id ? undefined : key.id)}
                      onEnterAgain={() => props.onEnterAgain(key)}
                      rowProps={rows.rowProps(key.id)}
                    />
                    {props.selected === key.id ? (
                      <tr className="det">
                        <td colSpan={7}>
                          <KeyDetails record={key} onAction={(action) => props.onAction(key, action)} />
                        </td>
                      </tr>
                    ) : null}
                  </Fragment>
                ))}
              </tbody>
            </table>
          )}
          {keys !== undefined && keys.length > 0 && shown.length === 0 ? (
            <p className="nores">
              No key matches “<Literal text={filter} />
              ”. <LinkButton onPress={props.onClearFilter}>Clear the filter</LinkButton>
            </p>
          ) : null}
        </div>
        {tooLarge === undefined ? null : (
          <div className="k-drop-note">
            <Note kind="warning" isAlert>
              “<Literal text={tooLarge} />” is larger than any key file, so it was not read.
            </Note>
          </div>
        )}
        <TableFoot count={keys?.length} />
      </div>
    </Panel>
  );
}

function KeyRow(props: {
  readonly record: KeyRecord;
  /** that it was made in, while it is known here */
  readonly workspace: OvpWorkspace | undefined;
  readonly isSelected: boolean;
  readonly onSelect: () => void;
  readonly onEnterAgain: () => void;
  readonly rowProps: ReturnType<ReturnType<typeof useRovingRows>['rowProps']>;
}) {
  const { record } = props;
  const now = useClock((clock) => clock.now);
  const made = ORIGIN_WORDS[record.origin];
  const origin =
    record.secret !== 'ready' ? undefined : props.workspace === undefined ? made : `${made}, ${props.workspace.name}`;
  const lastUsed = record.lastUsedAt === undefined ? undefined : toSeconds(record.lastUsedAt);
  return (
    <tr
      className={props.isSelected ? 'is-sel' : undefined}
      aria-selected={props.isSelected}
      onClick={props.onSelect}
      {...props.rowProps}
    >
      <td title={escapeText(record.name)}>
        <b className="kn">
          <Literal text={record.name} />
        </b>
      </td>
      <td>
        <EnvTag environment={record.environment} />
      </td>
      <td className="mono" title={record.kid === undefined ? undefined : escapeText(record.kid)}>
        {record.kid === undefined ? <span className="faint">none</span> : <Literal text={shortenId(record.kid)} />}
      </td>
      <td className="muted k-alg">{record.alg ?? ALGORITHM_OF_FAMILY[record.family]}</td>
      {record.secret === 'ready' ? (
        <td title={describeReading(record)}>
          <span className="enc">{describeReading(record)}</span>
          <Certainty record={record} />
        </td>
      ) : (
        <td className="k-odd">
          <SecretState record={record} onEnterAgain={props.onEnterAgain} />
        </td>
      )}
      <td className="muted k-origin" title={origin === undefined ? undefined : escapeText(origin)}>
        {origin === undefined ? null : <Literal text={origin} />}
      </td>
      <td className="muted num k-used" title={lastUsed === undefined ? undefined : formatExact(lastUsed, now)}>
        {lastUsed === undefined ? 'never' : formatRecent(lastUsed, now)}
      </td>
    </tr>
  );
}

/** Whether it is known how the secret is read: a tick where it is, a dashed ring where it is assumed. */
function Certainty({ record }: { readonly record: KeyRecord }) {
  const known = calibrationWord(record);
  if (known === undefined) return null;
  return (
    <span className={known.isSure ? 'cal is-sure' : 'cal'}>
      <Verdict kind={known.isSure ? 'pass' : 'not-checked'} word={known.word} />
    </span>
  );
}

function SecretState({ record, onEnterAgain }: { readonly record: KeyRecord; readonly onEnterAgain: () => void }) {
  switch (record.secret) {
    case 'ready':
      return null;
    case 'locked':
      return <Verdict kind="not-checked" word={record.store === 'vault' ? 'Vault is locked' : 'Keychain is locked'} />;
    case 'unavailable':
      return (
        <Verdict
          kind="not-checked"
          word={record.store === 'vault' ? 'Vault can’t be read' : 'Keychain can’t be reached'}
        />
      );
    case 'missing':
    case 'unreadable':
      return (
        <span className="row">
          <Verdict kind="warning" word={record.secret === 'missing' ? 'Not in the store' : 'Can’t be read'} />
          <LinkButton onPress={onEnterAgain}>Enter again</LinkButton>
        </span>
      );
  }
}

const LoadingRows = () =>
  ['a', 'b', 'c'].map((row) => (
    <tr key={row} aria-hidden>
      <td colSpan={7}>
        <i className="sk sk-line" />
      </td>
    </tr>
  ));

function TableFoot({ count }: { readonly count: number | undefined }) {
  return (
    <div className="kf">
      <span className="hint">
        {count === undefined ? '' : count === 1 ? '1 key. ' : `${count} keys. `}Drop a .pem, .jwk or .json file here to
        import.
      </span>
      {count === undefined || count === 0 ? null : (
        <span className="hint kf-end">
          <span className="row">
            <Kbd keys="F2" /> rename
          </span>
          <span className="row">
            <Kbd keys="Del" /> delete
          </span>
          <span className="row">
            <Kbd keys="↵" /> details
          </span>
        </span>
      )}
    </div>
  );
}
