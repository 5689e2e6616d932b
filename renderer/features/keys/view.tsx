import { useEffect, useRef, useState } from 'react';
import type { KeyRecord } from '../../../shared/contract/keys.ts';
import type { OvpUnfinishedKey, OvpWorkspace } from '../../../shared/contract/ovp.ts';
import { useLive } from '../../platform/live-value.ts';
import { useSession } from '../../platform/session.ts';
import { useNavigation } from '../../shell/navigation.ts';
import { QueueLine } from '../../shell/queue-line.tsx';
import { Button } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { SearchField } from '../../ui/field.tsx';
import { SegmentedControl } from '../../ui/segmented-control.tsx';
import { CreatePanel, type CreateStart } from './create-panel.tsx';
import { GeneratePanel } from './generate-panel.tsx';
import { ImportPanel, type ImportStart } from './import-panel.tsx';
import type { KeyAction } from './key-details.tsx';
import { KeyDialogs } from './key-dialogs.tsx';
import { KeyTable } from './key-table.tsx';
import { OvpPage } from './ovp-page.tsx';
import { StoreLine } from './store-line.tsx';
import { UnfinishedKeys } from './unfinished-keys.tsx';
import { WorkspacePanel } from './workspace-panel.tsx';
import './keys.css';

type Side =
  | { readonly kind: 'import'; readonly start: ImportStart }
  | { readonly kind: 'generate' }
  | { readonly kind: 'create'; readonly start: CreateStart }
  /** `back`: the creation that waits for it */
  | { readonly kind: 'workspace'; readonly workspace: OvpWorkspace | undefined; readonly back?: CreateStart };

type Page = 'keys' | 'ovp';
const PAGES: readonly { readonly id: Page; readonly title: string }[] = [
  { id: 'keys', title: 'Keys' },
  { id: 'ovp', title: 'OVP workspaces' },
];

export function KeysView() {
  const { keys, workspaces } = useSession();
  const { value, error } = useLive(keys);
  const known = useLive(workspaces).value ?? [];
  const [page, setPage] = useState<Page>('keys');
  const [filter, setFilter] = useState('');
  const [side, setSide] = useState<Side | undefined>(undefined);
  const [action, setAction] = useState<{ readonly key: KeyRecord; readonly kind: KeyAction } | undefined>(undefined);
  const [selected, setSelected] = useState<KeyRecord['id'] | undefined>(undefined);
  const [left, setLeft] = useState<OvpUnfinishedKey['id'] | undefined>(undefined);
  const opener = useRef<HTMLElement | null>(null);
  const importButton = useRef<HTMLButtonElement>(null);
  const request = useNavigation((navigation) => navigation.request);
  const settle = useNavigation((navigation) => navigation.settle);

  useEffect(() => {
    if (request?.kind !== 'import-key') return;
    setPage('keys');
    setSide({ kind: 'import', start: request.kid === undefined ? {} : { kid: request.kid } });
    settle();
  }, [request, settle]);

  const open = (next: Side) => {
    if (side === undefined && document.activeElement instanceof HTMLElement) opener.current = document.activeElement;
    setSide(next);
  };
  const close = () => {
    setSide(undefined);
    const back = opener.current;
    (back?.isConnected ? back : importButton.current)?.focus();
    opener.current = null;
  };
  const show = (key: KeyRecord) => {
    close();
    setPage('keys');
    setSelected(key.id);
  };
  const create = (start: CreateStart) => open({ kind: 'create', start });

  return (
    <div className="view-keys">
      <div className="vh" data-region>
        <h1>Keys</h1>
        <SegmentedControl label="What is shown" options={PAGES} selected={page} onSelect={setPage} />
        {page === 'keys' ? (
          <SearchField
            label="Filter keys"
            placeholder="Filter by name, kid, environment"
            value={filter}
            onChange={setFilter}
          />
        ) : null}
        <span className="vh-end">
          <Button icon="upload" ref={importButton} onPress={() => open({ kind: 'import', start: {} })}>
            Import…
          </Button>
          <Button icon="plus" onPress={() => open({ kind: 'generate' })}>
            Generate…
          </Button>
          <Button variant="primary" icon="keys" onPress={() => create({})}>
            Create in OVP…
          </Button>
        </span>
      </div>
      {page === 'keys' ? <StoreLine /> : null}
      <UnfinishedKeys onStored={show} except={side?.kind === 'create' ? left : undefined} />
      {error === undefined ? null : (
        <div className="k-err">
          <ErrorNote error={error} />
        </div>
      )}
      <div className={side === undefined ? 'kg' : 'kg kg-two'}>
        {page === 'keys' ? (
          <KeyTable
            keys={value}
            workspaces={known}
            filter={filter}
            onClearFilter={() => setFilter('')}
            selected={selected}
            onSelect={setSelected}
            onAction={(key, kind) => setAction({ key, kind })}
            onEnterAgain={(key) => open({ kind: 'import', start: { replaces: key } })}
            onImport={() => open({ kind: 'import', start: {} })}
            onCreate={() => create({})}
            onDropText={(text, name) => open({ kind: 'import', start: { text, name } })}
          />
        ) : (
          <OvpPage
            isNarrow={side !== undefined}
            onWorkspace={(workspace) => open({ kind: 'workspace', workspace })}
            onCreate={(workspace) => create({ workspace: workspace.id })}
            onShowKey={(id) => {
              setPage('keys');
              setSelected(id);
            }}
          />
        )}
        {side?.kind === 'import' ? (
          <ImportPanel
            // a new start is a new form: nothing typed for one key stands in the next
            key={side.start.replaces?.id ?? side.start.kid ?? side.start.name ?? 'new'}
            start={side.start}
            onClose={close}
            onImported={show}
          />
        ) : null}
        {side?.kind === 'generate' ? <GeneratePanel onClose={close} onMade={show} /> : null}
        {side?.kind === 'create' ? (
          <CreatePanel
            key={side.start.replaces?.id ?? side.start.workspace ?? 'new'}
            start={side.start}
            onClose={close}
            onCreated={show}
            onLeft={setLeft}
            onWorkspace={(id) =>
              setSide({ kind: 'workspace', workspace: known.find((one) => one.id === id), back: side.start })
            }
          />
        ) : null}
        {side?.kind === 'workspace' ? (
          <WorkspacePanel
            key={side.workspace?.id ?? 'new'}
            workspace={side.workspace}
            onClose={close}
            onSaved={(saved) => {
              if (side.back === undefined) close();
              else setSide({ kind: 'create', start: { ...side.back, workspace: saved.id } });
            }}
          />
        ) : null}
      </div>
      <div className="k-queue">
        <QueueLine />
      </div>
      <KeyDialogs
        action={action}
        onClose={() => setAction(undefined)}
        onShow={(key) => {
          setAction(undefined);
          setSelected(key.id);
        }}
        onCreateInOvp={(key) => {
          setAction(undefined);
          create({ replaces: key });
        }}
      />
    </div>
  );
}
