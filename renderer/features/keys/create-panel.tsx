import { useState } from 'react';
import type { Environment, KeyRecord } from '../../../shared/contract/keys.ts';
import type { OvpCalibration, OvpUnfinishedKey, OvpWorkspace } from '../../../shared/contract/ovp.ts';
import type { SecretsStatus } from '../../../shared/contract/secrets.ts';
import { useLive } from '../../platform/live-value.ts';
import { useSession } from '../../platform/session.ts';
import { useCall } from '../../shell/use-call.ts';
import { useQueued, useWhyNotSent } from '../../shell/use-sending.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { TextField } from '../../ui/field.tsx';
import { escapeText } from '../../ui/hostile-text.ts';
import { Literal } from '../../ui/literal.tsx';
import { Note } from '../../ui/note.tsx';
import { Select } from '../../ui/select.tsx';
import { CreateFlow, type FlowStep } from './create-flow.tsx';
import { EnvironmentSelect } from './environments.tsx';
import { SidePanel } from './side-panel.tsx';
import { whyNotStorable } from './store-words.ts';
import { UnfinishedNote } from './unfinished-keys.tsx';
import { WillBeStored } from './will-be-stored.tsx';

export interface CreateStart {
  readonly workspace?: OvpWorkspace['id'];
  /** the key that the new one takes the place of */
  readonly replaces?: KeyRecord;
}

/** Makes a key in the OVP. Everything that will be sent, and where the secret goes, stands here before it happens. */
export function CreatePanel(props: {
  readonly start: CreateStart;
  readonly onClose: () => void;
  readonly onCreated: (key: KeyRecord) => void;
  /** the key whose secret could not be stored, while this panel offers what can be done */
  readonly onLeft: (id: OvpUnfinishedKey['id'] | undefined) => void;
  /** without an `id` a new workspace */
  readonly onWorkspace: (id?: OvpWorkspace['id']) => void;
}) {
  const { start } = props;
  const { platform, keys, secrets, workspaces, unfinished, queue } = useSession();
  const store = useLive(secrets).value;
  const all = useLive(workspaces).value;
  const offline = useWhyNotSent();
  const creation = useCall();
  const calibration = useCall();
  const [name, setName] = useState(start.replaces === undefined ? '' : nextName(start.replaces.name));
  const [chosen, setChosen] = useState(start.workspace ?? start.replaces?.workspace);
  const [environment, setEnvironment] = useState<Environment>(start.replaces?.environment ?? 'dev');
  const [wantsCalibration, setWantsCalibration] = useState(true);
  const [request, setRequest] = useState<string | undefined>(undefined);
  const [created, setCreated] = useState<KeyRecord | undefined>(undefined);
  const [left, setLeftHere] = useState<OvpUnfinishedKey | undefined>(undefined);
  const [result, setResult] = useState<OvpCalibration | undefined>(undefined);
  const [isFinishing, setFinishing] = useState(false);
  // said when it began; by now secrets may go elsewhere
  const [meant, setMeant] = useState<SecretsStatus | undefined>(undefined);
  const queued = useQueued(request);

  const workspace = all?.find(({ id }) => id === chosen) ?? all?.[0];
  const isBusy = isFinishing || creation.isBusy || calibration.isBusy;
  const hasBegun = isBusy || created !== undefined || left !== undefined;
  const blocked = whyBlocked(workspace, name, whyNotStorable(store), offline);

  const setLeft = (next: OvpUnfinishedKey | undefined) => {
    setLeftHere(next);
    props.onLeft(next?.id);
  };
  const calibrate = async (key: KeyRecord) => {
    const id = crypto.randomUUID();
    setRequest(id);
    const found = await calibration.run(() => platform.ovp.calibrate({ key: key.id, request: id }));
    if (found === undefined) return;
    setResult(found);
    if (found.state === 'matched') setCreated(found.key);
    await keys.reload();
  };
  const finish = async (key: KeyRecord) => {
    setFinishing(true);
    let stored = key;
    const { replaces } = start;
    if (replaces !== undefined) {
      const rotated = await creation.run(() =>
        platform.keys.rotate({ id: replaces.id, by: { kind: 'key', id: key.id } }),
      );
      stored = rotated ?? key;
    }
    setLeft(undefined);
    setCreated(stored);
    await keys.reload();
    if (wantsCalibration) await calibrate(stored);
    setFinishing(false);
  };
  const create = async () => {
    if (hasBegun || blocked !== undefined || workspace === undefined || store === undefined) return;
    const id = crypto.randomUUID();
    setRequest(id);
    setMeant(store);
    const outcome = await creation.run(() =>
      platform.ovp.createKey({
        workspace: workspace.id,
        name: name.trim(),
        environment,
        store: store.kind,
        request: id,
      }),
    );
    if (outcome === undefined) return;
    if (outcome.kind === 'stored') await finish(outcome.key);
    else {
      setLeft(outcome.unfinished);
      await unfinished.reload();
    }
  };
  const cancel = async () => {
    if (!isBusy || request === undefined) props.onClose();
    else {
      const answer = await platform.ovp.cancel({ requests: [request] });
      if (answer.ok) queue.set(answer.value);
    }
  };

  const kid = created?.kid ?? '';
  const states = stepStates(creation.isBusy, created, left, calibration.isBusy, result);
  // the answer with the secret comes once only, so it is waited for
  const isPastCancel = creation.isBusy && queued?.isWaiting !== true;
  return (
    <SidePanel
      label="Create key in OVP"
      title="Create a key in Flowplayer OVP"
      onClose={props.onClose}
      onSubmit={() => void create()}
      hint={hasBegun ? undefined : (blocked ?? (wantsCalibration ? `2 requests, ${pace(workspace)}` : '1 request'))}
      notice={
        <>
          {left === undefined ? null : (
            <UnfinishedNote unfinished={left} onStored={(key) => void finish(key)} onGone={() => setLeft(undefined)} />
          )}
          {creation.error === undefined ? null : (
            <ErrorNote error={creation.error}>
              {creation.error.code === 'ERR_OVP_API_KEY' || creation.error.code === 'ERR_OVP_KEY_REFUSED' ? (
                <LinkButton onPress={() => props.onWorkspace(workspace?.id)}>Enter the API key</LinkButton>
              ) : null}
            </ErrorNote>
          )}
          {calibration.error === undefined ? null : <ErrorNote error={calibration.error} />}
        </>
      }
      actions={
        created !== undefined && !isBusy ? (
          <>
            {result?.state === 'matched' || calibration.error === undefined ? null : (
              <Button size="large" onPress={() => void calibrate(created)} disabledReason={offline}>
                Calibrate again
              </Button>
            )}
            <Button size="large" variant="primary" autoFocus onPress={() => props.onCreated(created)}>
              Show the key
            </Button>
          </>
        ) : (
          <>
            <Button
              size="large"
              onPress={() => void cancel()}
              disabledReason={
                isPastCancel ? 'The answer with the secret comes once only, so it is waited for' : undefined
              }
            >
              {left === undefined ? 'Cancel' : 'Close'}
            </Button>
            {left === undefined ? (
              <Button
                size="large"
                variant="primary"
                type="submit"
                shortcut="↵"
                isBusy={isBusy}
                disabledReason={blocked}
              >
                Create key
              </Button>
            ) : null}
          </>
        )
      }
    >
      {all !== undefined && all.length === 0 ? (
        <Note kind="info">
          Catwalk knows no workspace of the OVP yet.{' '}
          <LinkButton onPress={() => props.onWorkspace()}>Add a workspace</LinkButton>
        </Note>
      ) : null}
      <TextField
        label="Name"
        value={name}
        onChange={setName}
        placeholder="prod-3"
        maxLength={80}
        autoComplete="off"
        autoFocus
        isReadOnly={hasBegun}
      />
      <div className="two">
        <Select
          label="Workspace"
          options={(all ?? []).map(({ id, name: title, host }) => ({
            id,
            text: escapeText(title),
            hint: host,
            content: <Literal text={title} />,
          }))}
          selected={workspace?.id ?? ''}
          onSelect={(id) => hasBegun || setChosen(id)}
        />
        <EnvironmentSelect selected={environment} onSelect={(next) => hasBegun || setEnvironment(next)} />
      </div>
      <CreateFlow
        workspace={workspace}
        name={name.trim()}
        // where it went, once it did: that may be another store than the one that was meant
        store={whereStored(meant ?? store, created)}
        states={states}
        queued={queued?.words}
        result={result}
        wantsCalibration={wantsCalibration}
        onCalibration={hasBegun ? undefined : setWantsCalibration}
      />
      <WillBeStored
        environment={environment}
        name={name}
        kid={kid}
        state={created === undefined ? (left === undefined ? 'not created yet' : 'not stored') : 'stored'}
        verdict={created === undefined ? (left === undefined ? 'not-checked' : 'warning') : 'pass'}
      />
      {start.replaces === undefined ? null : (
        <Note kind="info">
          It takes the place of “<Literal text={start.replaces.name} />
          ”: both verify, and the new one signs from then on.
        </Note>
      )}
      {hasBegun || workspace === undefined ? null : <WhereTo workspace={workspace} onWorkspace={props.onWorkspace} />}
    </SidePanel>
  );
}

function WhereTo(props: { readonly workspace: OvpWorkspace; readonly onWorkspace: (id: OvpWorkspace['id']) => void }) {
  const { workspace } = props;
  if (workspace.apiKey === 'stored')
    return (
      <Note kind="info">
        The API key of{' '}
        <b>
          <Literal text={workspace.name} />
        </b>{' '}
        may go to {workspace.host} and nowhere else.
      </Note>
    );
  return (
    <Note kind="warning">
      {workspace.apiKey === 'missing'
        ? 'This workspace has no API key yet.'
        : `The API key that is stored was entered for another host, so it is not sent to ${workspace.host}.`}{' '}
      <LinkButton onPress={() => props.onWorkspace(workspace.id)}>Enter the API key</LinkButton>
    </Note>
  );
}

/** where the secret shall go, and where it went once it did */
function whereStored(
  meant: SecretsStatus | undefined,
  created: KeyRecord | undefined,
): Pick<SecretsStatus, 'kind' | 'name'> | undefined {
  if (created === undefined || meant?.kind === created.store) return meant;
  return { kind: created.store, name: 'the keychain' };
}

const pace = (workspace: OvpWorkspace | undefined): string =>
  workspace?.tier === 'enterprise' ? '3 per second' : '1 per second';

function whyBlocked(
  workspace: OvpWorkspace | undefined,
  name: string,
  store: string | undefined,
  offline: string | undefined,
): string | undefined {
  if (workspace === undefined) return 'Add a workspace first';
  if (workspace.apiKey !== 'stored') return 'Enter the API key first';
  return offline ?? store ?? (name.trim() === '' ? 'Give the key a name' : undefined);
}

/** `prod-2` → `prod-3`, `live` → `live-2` */
export function nextName(name: string): string {
  const match = /^(.*?)(\d{1,9})$/.exec(name);
  return match === null ? `${name}-2` : `${match[1]}${Number(match[2]) + 1}`;
}

function stepStates(
  isCreating: boolean,
  created: KeyRecord | undefined,
  left: OvpUnfinishedKey | undefined,
  isCalibrating: boolean,
  result: OvpCalibration | undefined,
): Readonly<Record<'create' | 'store' | 'calibrate', FlowStep>> {
  return {
    create: isCreating ? 'running' : created !== undefined || left?.state === 'held' ? 'done' : 'open',
    store: created !== undefined ? 'done' : 'open',
    calibrate: isCalibrating ? 'running' : result?.state === 'matched' ? 'done' : 'open',
  };
}
