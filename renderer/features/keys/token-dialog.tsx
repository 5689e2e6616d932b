import { useState } from 'react';
import type { CommandOutput } from '../../../shared/contract/contract.ts';
import type { OvpWorkspace } from '../../../shared/contract/ovp.ts';
import { checkPathId } from '../../../shared/flowplayer/api/path-id.ts';
import { seconds } from '../../../shared/units.ts';
import { useLive } from '../../platform/live-value.ts';
import { useSession } from '../../platform/session.ts';
import type { ChosenAsset } from '../../shell/asset-list.tsx';
import { useClock } from '../../shell/clock.ts';
import { useCall } from '../../shell/use-call.ts';
import { useQueued, useWhyNotSent } from '../../shell/use-sending.ts';
import { Button } from '../../ui/button.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';
import { Dialog, DialogBody, DialogFoot } from '../../ui/dialog.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { escapeText } from '../../ui/hostile-text.ts';
import { Literal } from '../../ui/literal.tsx';
import { formatMoment } from '../../ui/local-time.ts';
import { Note } from '../../ui/note.tsx';
import { Select } from '../../ui/select.tsx';

type Lifetime = '900' | '7200' | '86400';
const LIFETIMES: readonly { readonly id: Lifetime; readonly text: string }[] = [
  { id: '900', text: '15 min' },
  { id: '7200', text: '2 h' },
  { id: '86400', text: '24 h' },
];

/** One token by the OVP for one asset: its claims and its request are shown before it is sent. */
export function TokenDialog(props: {
  readonly workspace: OvpWorkspace;
  readonly asset: ChosenAsset;
  readonly onToken: (token: string) => void;
  readonly onClose: () => void;
}) {
  const { workspace, asset } = props;
  const { platform, keys, queue } = useSession();
  const now = useClock((clock) => clock.now);
  const offline = useWhyNotSent();
  const call = useCall();
  const usable = (useLive(keys).value ?? []).filter((key) => key.workspace === workspace.id && key.kid !== undefined);
  const [chosen, setChosen] = useState<string>(usable[0]?.id ?? '');
  const [lifetime, setLifetime] = useState<Lifetime>('7200');
  const [request, setRequest] = useState<string | undefined>(undefined);
  const [made, setMade] = useState<CommandOutput<'ovp.requestToken'> | undefined>(undefined);
  const queued = useQueued(request);
  const key = usable.find(({ id }) => id === chosen);
  const expires = seconds(now + Number(lifetime));
  const pathId = pathIdOf(asset);
  const blocked = usable.length === 0 ? 'This workspace has no key here yet' : offline;

  const ask = async () => {
    if (blocked !== undefined || key?.kid === undefined) return;
    const { kid } = key;
    const id = crypto.randomUUID();
    setRequest(id);
    setMade(undefined);
    const claims = { exp: now + Number(lifetime), catu: { path: { contains: pathId } } };
    const answer = await call.run(() =>
      platform.ovp.requestToken({ workspace: workspace.id, kid, claims, request: id }),
    );
    if (answer === undefined) return;
    setMade(answer);
    props.onToken(answer.token);
  };
  const cancel = async () => {
    if (!call.isBusy || request === undefined) props.onClose();
    else {
      const answer = await platform.ovp.cancel({ requests: [request] });
      if (answer.ok) queue.set(answer.value);
    }
  };

  return (
    <Dialog title={`Ask the OVP for a token for ${escapeText(asset.name)}`} isOpen onClose={props.onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void ask();
        }}
      >
        <DialogBody>
          <div className="two">
            <Select
              label="Key"
              options={usable.map(({ id, name }) => ({ id: id as string, text: escapeText(name) }))}
              selected={chosen}
              onSelect={setChosen}
            />
            <Select label="Valid for" options={LIFETIMES} selected={lifetime} onSelect={setLifetime} />
          </div>
          <pre className="rq mono">
            POST /platform/v3/playback_tokens{'\n'}host: {workspace.host}
            {'\n'}
            {'{ "key_id": '}
            <Literal text={JSON.stringify(key?.kid ?? '')} />,{'\n'}
            {`  "exp": ${expires},\n  "catu": { "3": [3, `}
            <Literal text={JSON.stringify(pathId)} />
            {'] } }'}
          </pre>
          <p className="muted">
            It covers paths that contain {pathId === asset.id ? 'the asset’s id' : 'the id in the path of its stream'},
            until {formatMoment(expires, now)}.
          </p>
          {made === undefined ? null : (
            <div className="field" role="status">
              <span className="lbl row">
                Token, {made.token.length} characters <CopyButton label="Copy the token" text={() => made.token} />
              </span>
              <p className="rq mono copyable k-token" data-testid="token">
                <Literal text={made.token} />
              </p>
              {made.notes.map((note) => (
                <Note key={note.message} kind={note.kind === 'hint' ? 'info' : 'warning'}>
                  <Literal text={note.message} />
                </Note>
              ))}
            </div>
          )}
          {call.error === undefined ? null : <ErrorNote error={call.error} />}
        </DialogBody>
        <DialogFoot hint={blocked ?? queued?.words ?? `1 request to ${workspace.host}`}>
          <Button size="large" onPress={() => void cancel()}>
            {made === undefined ? 'Cancel' : 'Close'}
          </Button>
          <Button
            size="large"
            variant="primary"
            icon="ticket"
            type="submit"
            isBusy={call.isBusy}
            disabledReason={blocked}
          >
            Ask for a token
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}

/** The id that the path of the stream really has: for livestreams it may be another than the API's. */
function pathIdOf({ id, streamUrl }: ChosenAsset): string {
  const found = streamUrl === undefined ? undefined : checkPathId(streamUrl, id);
  return found?.kind === 'other' ? (found.ids.at(-1) ?? id) : id;
}
