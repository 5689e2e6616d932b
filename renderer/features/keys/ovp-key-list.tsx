import { useEffect, useState } from 'react';
import type { KeyRecord } from '../../../shared/contract/keys.ts';
import type { OvpKeyList as List, OvpListedKey, OvpWorkspace } from '../../../shared/contract/ovp.ts';
import { toSeconds } from '../../../shared/units.ts';
import { useLive } from '../../platform/live-value.ts';
import { useSession } from '../../platform/session.ts';
import { useClock } from '../../shell/clock.ts';
import { useCall } from '../../shell/use-call.ts';
import { useQueued, useWhyNotSent } from '../../shell/use-sending.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Dialog, DialogBody, DialogFoot } from '../../ui/dialog.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { TextField } from '../../ui/field.tsx';
import { escapeText } from '../../ui/hostile-text.ts';
import { Literal } from '../../ui/literal.tsx';
import { formatRecent } from '../../ui/local-time.ts';
import { Note } from '../../ui/note.tsx';

/** Playback token keys as the OVP lists them, where its API offers that, and which of them are here. */
export function OvpKeyList(props: {
  readonly workspace: OvpWorkspace;
  readonly onShowKey: (id: KeyRecord['id']) => void;
}) {
  const { workspace } = props;
  const { platform, keys } = useSession();
  const local = useLive(keys).value;
  const now = useClock((clock) => clock.now);
  const offline = useWhyNotSent();
  const call = useCall();
  const [list, setList] = useState<List | undefined>(undefined);
  const [deleting, setDeleting] = useState<OvpListedKey | undefined>(undefined);
  const [request, setRequest] = useState<string | undefined>(undefined);
  const queued = useQueued(request);
  const blocked = workspace.apiKey === 'stored' ? offline : 'Enter the API key first';

  useEffect(() => {
    let isHere = local !== undefined;
    void platform.ovp.keys({ workspace: workspace.id, refresh: false }).then((answer) => {
      if (isHere && answer.ok) setList(answer.value);
    });
    return () => {
      isHere = false;
    };
  }, [platform, workspace.id, local]);

  const refresh = async () => {
    const id = crypto.randomUUID();
    setRequest(id);
    const fresh = await call.run(() => platform.ovp.keys({ workspace: workspace.id, refresh: true, request: id }));
    if (fresh !== undefined) setList(fresh);
  };
  const listed = list?.keys ?? [];
  return (
    <>
      <div className="ov-bar">
        <span className="hint grow ell">
          {call.isBusy
            ? (queued?.words ?? 'waiting for the answer')
            : list?.fetchedAt === undefined
              ? ''
              : `as of ${formatRecent(toSeconds(list.fetchedAt), now)}`}
        </span>
        <Button icon="refresh" isBusy={call.isBusy} onPress={() => void refresh()} disabledReason={blocked}>
          Refresh
        </Button>
      </div>
      {call.error === undefined ? null : (
        <div className="ov-note">
          <ErrorNote error={call.error} />
        </div>
      )}
      {list?.offered === 'no' ? (
        <div className="ov-note">
          <Note kind="info">
            The OVP’s API does not offer the list of keys. Keys are created here and deleted there.
          </Note>
        </div>
      ) : null}
      <div className="scroll">
        {listed.length === 0 ? (
          <EmptyState icon="keys" title="No token keys listed">
            Refresh sends 1 request to {workspace.host}. The list has names and key ids; a secret is shown only once,
            when its key is created.
          </EmptyState>
        ) : (
          <table className="tbl" aria-label="Token keys in the OVP">
            <thead>
              <tr>
                <th>Name</th>
                <th className="ov-id">Key id</th>
                <th className="ov-mode">Secret</th>
                <th className="ov-day num">Created</th>
                <th className="ov-do">
                  <span className="sr">Actions</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {listed.map((key) => (
                <tr key={key.kid}>
                  <td title={escapeText(key.name)}>
                    <Literal text={key.name} />
                  </td>
                  <td className="mono" title={escapeText(key.kid)}>
                    <Literal text={key.kid} />
                  </td>
                  <td>
                    {key.local === undefined ? (
                      <span className="muted">not here</span>
                    ) : (
                      <LinkButton onPress={() => key.local !== undefined && props.onShowKey(key.local)}>
                        here
                      </LinkButton>
                    )}
                  </td>
                  <td className="num muted">
                    {key.createdAt === undefined ? '' : formatRecent(toSeconds(key.createdAt), now)}
                  </td>
                  <td>
                    <LinkButton isDisabled={blocked !== undefined} onPress={() => setDeleting(key)}>
                      Delete…
                    </LinkButton>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
      {deleting === undefined ? null : (
        <DeleteInOvp
          workspace={workspace}
          target={deleting}
          onClose={() => setDeleting(undefined)}
          onDeleted={() => {
            setDeleting(undefined);
            setList(list && { ...list, keys: list.keys.filter(({ kid }) => kid !== deleting.kid) });
          }}
        />
      )}
    </>
  );
}

function DeleteInOvp(props: {
  readonly workspace: OvpWorkspace;
  readonly target: OvpListedKey;
  readonly onClose: () => void;
  readonly onDeleted: () => void;
}) {
  const { workspace, target } = props;
  const { platform } = useSession();
  const call = useCall();
  const [typed, setTyped] = useState('');
  const blocked = typed === target.name ? undefined : 'Type the name of the key first';
  const remove = async () => {
    if (blocked !== undefined) return;
    const done = await call.run(() => platform.ovp.deleteKey({ workspace: workspace.id, kid: target.kid }));
    if (done !== undefined) props.onDeleted();
  };
  return (
    <Dialog
      title={`Delete ${escapeText(target.name)} in the OVP?`}
      isOpen
      onClose={props.onClose}
      role="alertdialog"
      width="narrow"
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void remove();
        }}
      >
        <DialogBody>
          <p className="muted">
            Tokens made with it stop playing, after a delay that is not documented.{' '}
            {target.local === undefined ? '' : 'The key in Catwalk’s list stays until it is deleted itself. '}
            Sends 1 request to {workspace.host}.
          </p>
          <TextField
            label={`Type ${escapeText(target.name)} to confirm`}
            value={typed}
            onChange={setTyped}
            autoFocus
            autoComplete="off"
          />
          {call.error === undefined ? null : <ErrorNote error={call.error} />}
        </DialogBody>
        <DialogFoot>
          <Button size="large" onPress={props.onClose}>
            Cancel
          </Button>
          <Button
            size="large"
            variant="danger"
            icon="trash"
            type="submit"
            isBusy={call.isBusy}
            disabledReason={blocked}
          >
            Delete in the OVP
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}
