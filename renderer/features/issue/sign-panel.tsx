import { Radio, RadioGroup } from 'react-aria-components';
import { useLive } from '../../platform/live-value.ts';
import { useSession } from '../../platform/session.ts';
import { useClock } from '../../shell/clock.ts';
import { useNavigation } from '../../shell/navigation.ts';
import { describeWait } from '../../shell/use-sending.ts';
import { LinkButton } from '../../ui/button.tsx';
import { EnvTag } from '../../ui/env-tag.tsx';
import { Literal } from '../../ui/literal.tsx';
import { Note } from '../../ui/note.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Select } from '../../ui/select.tsx';
import { useIssueModel } from './model.ts';
import { algorithmOf, environmentOf, type Signer, signerName } from './signer.ts';
import { SizeMeter } from './size-meter.tsx';
import type { Preview } from './use-preview.ts';

/** Which key, where the token is made, and how large it will be. */
export function SignPanel({ preview }: { readonly preview: Preview }) {
  return (
    <Panel label="Key" className="is-key">
      {preview.way === 'ovp' ? <OvpKeyChoice preview={preview} /> : <KeyChoice preview={preview} />}
      <Ways preview={preview} />
      <SizeMeter preview={preview} />
    </Panel>
  );
}

function KeyChoice({ preview: { signer, keys } }: { readonly preview: Preview }) {
  const model = useIssueModel();
  const go = useNavigation((navigation) => navigation.go);
  if (signer?.kind !== 'key')
    return (
      <Note kind="info">
        There is no key that can sign.{' '}
        <LinkButton onPress={() => go('keys', { kind: 'import-key' })}>Add a key</LinkButton>
      </Note>
    );
  return (
    <Select
      label="Key"
      selected={signer.key.id}
      options={keys.map((key) => ({
        id: key.id,
        text: key.name,
        content: <SignerLine signer={{ kind: 'key', key }} id={key.kid ?? algorithmOf(key)} />,
      }))}
      onSelect={(id) => model.set({ keyId: id, confirmName: '', error: undefined })}
    />
  );
}

function OvpKeyChoice({ preview: { ovp } }: { readonly preview: Preview }) {
  const model = useIssueModel();
  const { workspace, signer } = ovp;
  return (
    <>
      {workspace === undefined || ovp.workspaces.length < 2 ? null : (
        <Select
          label="Workspace"
          selected={workspace.id}
          options={ovp.workspaces.map(({ id, name, host }) => ({ id, text: name, hint: host }))}
          onSelect={(id) => model.set({ ovpWorkspace: id, ovpKid: undefined, confirmName: '', error: undefined })}
        />
      )}
      {signer === undefined ? (
        <Note kind="info">
          No key of this workspace is known here. Make one in Keys, or let Keys ask the OVP for its list.
        </Note>
      ) : (
        <Select
          label="Key"
          selected={signer.kid}
          options={ovp.signers.map((one) => ({
            id: one.kid,
            text: one.name,
            content: <SignerLine signer={one} id={one.kid} />,
          }))}
          onSelect={(kid) => model.set({ ovpKid: kid, confirmName: '', error: undefined })}
        />
      )}
    </>
  );
}

function SignerLine({ signer, id }: { readonly signer: Signer; readonly id: string }) {
  const environment = environmentOf(signer);
  return (
    <span className="row is-signer">
      {environment === undefined ? null : <EnvTag environment={environment} />}
      <b>
        <Literal text={signerName(signer)} />
      </b>
      <span className="mono muted ell">
        <Literal text={id} />
      </span>
    </span>
  );
}

/** Where the token is made: here, or by the OVP. */
function Ways({ preview }: { readonly preview: Preview }) {
  const model = useIssueModel();
  const { queue } = useSession();
  const now = useClock((clock) => clock.now);
  const waiting = useLive(queue).value;
  const { workspace } = preview.ovp;
  const why =
    preview.target.id !== 'flowplayer-ovp'
      ? 'For the target Flowplayer OVP only.'
      : workspace === undefined
        ? 'Add an OVP workspace in Keys first.'
        : undefined;
  const queued =
    waiting === undefined || waiting.entries.length === 0
      ? 'Queue empty'
      : waiting.waiting === 0
        ? 'One is being sent'
        : describeWait(waiting, now * 1000);
  return (
    <RadioGroup
      className="is-ways"
      aria-label="Where the token is made"
      value={preview.way}
      onChange={(way) => model.set({ way: way === 'ovp' ? 'ovp' : 'offline', confirmName: '', error: undefined })}
    >
      <Radio className="is-way" value="offline">
        <i className="is-rd" />
        <b>Sign offline</b>
        <span>The secret stays in its store. Nothing is sent.</span>
      </Radio>
      <Radio className="is-way" value="ovp" isDisabled={why !== undefined}>
        <i className="is-rd" />
        <b>Request from OVP</b>
        <span>
          {why ?? (
            <>
              1 request to <Literal text={workspace?.host ?? ''} />. {queued}.
            </>
          )}
        </span>
      </Radio>
    </RadioGroup>
  );
}
