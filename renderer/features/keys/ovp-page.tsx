import { useState } from 'react';
import type { KeyRecord } from '../../../shared/contract/keys.ts';
import type { OvpWorkspace } from '../../../shared/contract/ovp.ts';
import { useLive } from '../../platform/live-value.ts';
import { useSession } from '../../platform/session.ts';
import { AssetList, type ChosenAsset } from '../../shell/asset-list.tsx';
import { useCall } from '../../shell/use-call.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Literal } from '../../ui/literal.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Tabs } from '../../ui/tabs.tsx';
import { Verdict } from '../../ui/verdict.tsx';
import { DeleteWorkspaceDialog } from './delete-workspace-dialog.tsx';
import { OvpKeyList } from './ovp-key-list.tsx';
import { chooseWorkspace, useOvpPlace } from './ovp-place.ts';
import { SetUpPanel } from './set-up-panel.tsx';
import './ovp.css';

export interface OvpPageProps {
  /** a form stands beside the page */
  readonly isNarrow: boolean;
  readonly onWorkspace: (workspace: OvpWorkspace | undefined) => void;
  readonly onCreate: (workspace: OvpWorkspace) => void;
  readonly onShowKey: (id: KeyRecord['id']) => void;
}

/** Workspaces of the OVP, what each of them holds, and how far the vendor's guide was followed. */
export function OvpPage(props: OvpPageProps) {
  const { workspaces } = useSession();
  const { value, error } = useLive(workspaces);
  const chosen = useOvpPlace((place) => place.workspace);
  const workspace = value?.find(({ id }) => id === chosen) ?? value?.[0];
  if (error !== undefined) return <ErrorNote error={error} />;
  if (value === undefined) return <Panel label="OVP workspaces">{null}</Panel>;
  if (workspace === undefined)
    return (
      <Panel label="OVP workspaces" className="ov-none">
        <EmptyState
          icon="keys"
          title="No OVP workspace yet"
          actions={
            <Button variant="primary" icon="plus" onPress={() => props.onWorkspace(undefined)}>
              Add a workspace…
            </Button>
          }
        >
          With a workspace’s API key Catwalk creates playback token keys, lists videos and livestreams, and asks for
          tokens. The API key goes to your secret store, and nothing is sent before you ask for it.
        </EmptyState>
      </Panel>
    );
  return (
    <div className={props.isNarrow ? 'ov is-narrow' : 'ov'}>
      <Panel label="Workspaces" className="ov-list">
        <div className="ph">
          <h2>Workspaces</h2>
          <span className="ph-end">
            <Button size="small" icon="plus" onPress={() => props.onWorkspace(undefined)}>
              Add…
            </Button>
          </span>
        </div>
        <ul className="scroll ov-ws">
          {value.map((one) => (
            <li key={one.id}>
              <button
                type="button"
                aria-current={one.id === workspace.id}
                className={one.id === workspace.id ? 'is-on' : undefined}
                onClick={() => chooseWorkspace(one.id)}
              >
                <b className="ell">
                  <Literal text={one.name} />
                </b>
                <span className="muted ell" title={one.address}>
                  {one.host}
                </span>
                <ApiKeyState workspace={one} />
              </button>
            </li>
          ))}
        </ul>
        <WorkspaceActions workspace={workspace} onWorkspace={props.onWorkspace} />
      </Panel>
      <WorkspaceContent key={workspace.id} workspace={workspace} {...props} />
    </div>
  );
}

function ApiKeyState({ workspace }: { readonly workspace: OvpWorkspace }) {
  switch (workspace.apiKey) {
    case 'stored':
      return <Verdict kind="pass" word="API key stored" />;
    case 'missing':
      return <Verdict kind="not-checked" word="no API key" />;
    case 'other-host':
      return <Verdict kind="warning" word="API key of another host" />;
  }
}

function WorkspaceActions(props: {
  readonly workspace: OvpWorkspace;
  readonly onWorkspace: (workspace: OvpWorkspace) => void;
}) {
  const [isDeleting, setDeleting] = useState(false);
  const { platform } = useSession();
  const call = useCall();
  const copy = async () => {
    const exported = await call.run(() => platform.ovp.exportWorkspaces());
    if (exported !== undefined)
      await call.run(() => platform.clipboard.write({ text: exported.json, concealed: false }));
  };
  return (
    <div className="ov-acts">
      <Button size="small" icon="edit" onPress={() => props.onWorkspace(props.workspace)}>
        Change…
      </Button>
      <Button size="small" icon="copy" onPress={() => void copy()}>
        Copy as JSON
      </Button>
      <Button size="small" variant="danger" icon="trash" onPress={() => setDeleting(true)}>
        Delete…
      </Button>
      {call.error === undefined ? null : <ErrorNote error={call.error} />}
      {isDeleting ? <DeleteWorkspaceDialog workspace={props.workspace} onClose={() => setDeleting(false)} /> : null}
    </div>
  );
}

function WorkspaceContent(props: OvpPageProps & { readonly workspace: OvpWorkspace }) {
  const { workspace } = props;
  const tab = useOvpPlace((place) => place.tab);
  const asset = useOvpPlace((place) => place.asset);
  const setTab = (next: string) => useOvpPlace.setState({ tab: next });
  const setAsset = (next: ChosenAsset) => useOvpPlace.setState({ asset: next });
  return (
    <>
      <Panel label="In the OVP" className="ov-assets">
        <Tabs
          label="In the OVP"
          selected={tab}
          onSelect={setTab}
          items={[
            {
              id: 'video',
              title: 'Videos',
              content: <AssetList kind="video" workspace={workspace} chosen={asset} onChoose={setAsset} />,
            },
            {
              id: 'livestream',
              title: 'Livestreams',
              content: <AssetList kind="livestream" workspace={workspace} chosen={asset} onChoose={setAsset} />,
            },
            {
              id: 'keys',
              title: 'Token keys',
              content: <OvpKeyList workspace={workspace} onShowKey={props.onShowKey} />,
            },
          ]}
        />
      </Panel>
      {props.isNarrow ? null : (
        <SetUpPanel
          workspace={workspace}
          asset={asset}
          onAsset={setAsset}
          onApiKey={() => props.onWorkspace(workspace)}
          onCreate={() => props.onCreate(workspace)}
        />
      )}
    </>
  );
}
