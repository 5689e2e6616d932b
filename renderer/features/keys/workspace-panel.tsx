import { useRef, useState } from 'react';
import type { OvpTier, OvpWorkspace } from '../../../shared/contract/ovp.ts';
import { OVP_ADDRESS, parseBaseUrl } from '../../../shared/flowplayer/api/base-url.ts';
import { useLive } from '../../platform/live-value.ts';
import { useSession } from '../../platform/session.ts';
import { nameStore } from '../../shell/name-store.ts';
import { useCall } from '../../shell/use-call.ts';
import { useQueued, useWhyNotSent } from '../../shell/use-sending.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { TextField } from '../../ui/field.tsx';
import { Note } from '../../ui/note.tsx';
import { Select } from '../../ui/select.tsx';
import { Verdict } from '../../ui/verdict.tsx';
import { SecretField } from './secret-field.tsx';
import { SidePanel } from './side-panel.tsx';
import { whyNotStorable } from './store-words.ts';

const TIERS: readonly { readonly id: OvpTier; readonly text: string; readonly hint: string }[] = [
  { id: 'standard', text: '1 request a second', hint: 'most plans' },
  { id: 'enterprise', text: '3 requests a second', hint: 'enterprise plans' },
];

/** Adds or changes a workspace of the OVP. Its API key is typed once, goes to the store, and never comes back here. */
export function WorkspacePanel(props: {
  readonly workspace: OvpWorkspace | undefined;
  readonly onClose: () => void;
  readonly onSaved: (workspace: OvpWorkspace) => void;
}) {
  const { platform, workspaces, secrets } = useSession();
  const store = useLive(secrets).value;
  const offline = useWhyNotSent();
  const call = useCall();
  const test = useCall();
  const field = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const [saved, setSaved] = useState(props.workspace);
  const [name, setName] = useState(saved?.name ?? '');
  const [address, setAddress] = useState(saved?.address ?? OVP_ADDRESS);
  const [tier, setTier] = useState<OvpTier>(saved?.tier ?? 'standard');
  const [hasKey, setHasKey] = useState(false);
  const [request, setRequest] = useState<string | undefined>(undefined);
  const [tested, setTested] = useState<string | undefined>(undefined);
  const queued = useQueued(request);
  const parsed = parseBaseUrl(address);
  const host = parsed.ok ? parsed.value.host : undefined;
  const blocked =
    name.trim() === ''
      ? 'Give the workspace a name'
      : parsed.ok
        ? hasKey
          ? whyNotStorable(store)
          : undefined
        : 'Mend the address first';

  /** the workspace first, then its API key, so that the key is bound to the address that stands here */
  const save = async (): Promise<OvpWorkspace | undefined> => {
    if (blocked !== undefined) return undefined;
    const workspace = await call.run(() =>
      platform.ovp.saveWorkspace({
        ...(saved === undefined ? {} : { id: saved.id }),
        name: name.trim(),
        address: address.trim(),
        tier,
      }),
    );
    if (workspace === undefined) return undefined;
    setSaved(workspace);
    const apiKey = field.current?.value.trim() ?? '';
    let last = workspace;
    if (apiKey !== '' && store !== undefined) {
      const withKey = await call.run(() =>
        platform.ovp.setApiKey({ workspace: workspace.id, apiKey, store: store.kind }),
      );
      await workspaces.reload();
      if (withKey === undefined) return undefined;
      if (field.current !== null) field.current.value = '';
      setHasKey(false);
      setSaved(withKey);
      last = withKey;
    }
    await workspaces.reload();
    return last;
  };
  const submit = async () => {
    const workspace = await save();
    if (workspace !== undefined) props.onSaved(workspace);
  };
  const tryKey = async () => {
    setTested(undefined);
    const workspace = await save();
    if (workspace === undefined) return;
    const id = crypto.randomUUID();
    setRequest(id);
    const answer = await test.run(() => platform.ovp.test({ workspace: workspace.id, request: id }));
    if (answer !== undefined)
      setTested(answer.videos === undefined ? 'accepted' : `accepted, ${answer.videos} videos can be read`);
  };
  const forget = async () => {
    if (saved === undefined) return;
    const without = await call.run(() => platform.ovp.forgetApiKey({ workspace: saved.id }));
    if (without === undefined) return;
    setSaved(without);
    setTested(undefined);
    await workspaces.reload();
  };
  const hasStored = saved?.apiKey === 'stored';

  return (
    <SidePanel
      label="OVP workspace"
      title={props.workspace === undefined ? 'Add an OVP workspace' : 'Change the workspace'}
      onClose={props.onClose}
      onSubmit={() => void submit()}
      hint={blocked ?? 'Saving sends nothing'}
      notice={
        <>
          {test.error === undefined ? null : <ErrorNote error={test.error} />}
          {call.error === undefined ? null : <ErrorNote error={call.error} />}
        </>
      }
      actions={
        <>
          <Button size="large" onPress={props.onClose}>
            Cancel
          </Button>
          <Button
            size="large"
            variant="primary"
            type="submit"
            shortcut="↵"
            isBusy={call.isBusy}
            disabledReason={blocked}
          >
            Save
          </Button>
        </>
      }
    >
      <TextField
        label="Workspace name"
        value={name}
        onChange={setName}
        placeholder="Nordlys"
        maxLength={80}
        autoFocus={saved === undefined}
        autoComplete="off"
      />
      <TextField
        label="Address"
        value={address}
        onChange={setAddress}
        isMono
        maxLength={300}
        autoComplete="off"
        error={parsed.ok ? undefined : parsed.error}
        hint={
          parsed.ok && !parsed.value.isVendor
            ? `Not the vendor’s own host. The API key goes to ${host} and nowhere else.`
            : 'The vendor’s own API. The API key goes there and nowhere else.'
        }
      />
      <Select label="Pace" options={TIERS} selected={tier} onSelect={setTier} />
      <SecretField
        label={hasStored ? 'New API key' : 'API key'}
        placeholder={hasStored ? 'leave empty to keep the one that is stored' : 'Paste the API key'}
        isLong={false}
        hint="In the OVP: Workspace settings, API Key. It reads its own workspace only."
        fieldRef={field}
        onChange={(text) => setHasKey(text.trim() !== '')}
      />
      <div className="k-api">
        {saved === undefined ? (
          <Verdict kind="not-checked" word="no API key yet" />
        ) : saved.apiKey === 'stored' ? (
          <Verdict kind="pass" word={`API key stored in ${whereIs(saved, store?.name)}`} />
        ) : (
          <Verdict
            kind={saved.apiKey === 'missing' ? 'not-checked' : 'warning'}
            word={saved.apiKey === 'missing' ? 'no API key yet' : 'entered for another host'}
          />
        )}
        {hasStored ? (
          <Button size="small" onPress={() => void forget()}>
            Forget API key
          </Button>
        ) : null}
      </div>
      <div className="k-api">
        <Button
          isBusy={test.isBusy}
          onPress={() => void tryKey()}
          disabledReason={blocked ?? offline ?? (hasStored || hasKey ? undefined : 'Enter the API key first')}
        >
          {hasKey ? 'Save and test' : 'Test'}
        </Button>
        <span className="hint">{queued?.words ?? `1 request to ${host ?? '…'}`}</span>
        {tested === undefined ? null : (
          <span role="status">
            <Verdict kind="pass" word={tested} />
          </span>
        )}
      </div>
      <Note kind="info">
        {store === undefined || store.kind === 'session'
          ? 'The API key stays in memory and is forgotten when you quit.'
          : `The API key goes straight to ${nameStore(store)} and is never shown again.`}
      </Note>
    </SidePanel>
  );
}

function whereIs(workspace: OvpWorkspace, keychain: string | undefined): string {
  switch (workspace.apiKeyStore) {
    case 'keychain':
      return keychain ?? 'the keychain';
    case 'vault':
      return 'the passphrase vault';
    default:
      return 'memory';
  }
}
