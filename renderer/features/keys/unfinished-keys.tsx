import { useState } from 'react';
import type { KeyRecord } from '../../../shared/contract/keys.ts';
import type { OvpUnfinishedKey } from '../../../shared/contract/ovp.ts';
import type { SecretStoreKind, SecretStoreView } from '../../../shared/contract/secrets.ts';
import { useLive } from '../../platform/live-value.ts';
import { useSession } from '../../platform/session.ts';
import { useCall } from '../../shell/use-call.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Literal } from '../../ui/literal.tsx';
import { Note } from '../../ui/note.tsx';
import { RevealDialog } from './reveal-dialog.tsx';
import { type StoreDialog, StoreDialogs } from './store-dialogs.tsx';

/** Keys that the OVP made, or may have made, and whose secret is not stored: each stays until it is dealt with. */
export function UnfinishedKeys(props: {
  readonly onStored: (key: KeyRecord) => void;
  /** the one that is dealt with elsewhere on the screen */
  readonly except: OvpUnfinishedKey['id'] | undefined;
}) {
  const { unfinished } = useSession();
  const { value } = useLive(unfinished);
  return value
    ?.filter(({ id }) => id !== props.except)
    .map((key) => (
      <div className="k-err" key={key.id}>
        <UnfinishedNote unfinished={key} onStored={props.onStored} onGone={() => undefined} />
      </div>
    ));
}

const TITLES: Readonly<Record<OvpUnfinishedKey['state'], string>> = {
  held: 'was created in the OVP, and its secret is not stored yet',
  lost: 'exists in the OVP without its secret',
  uncertain: 'may exist in the OVP',
};

export function UnfinishedNote(props: {
  readonly unfinished: OvpUnfinishedKey;
  readonly onStored: (key: KeyRecord) => void;
  readonly onGone: () => void;
}) {
  const { platform, keys, unfinished, stores } = useSession();
  const { id, name, state, reason } = props.unfinished;
  const all = useLive(stores).value;
  // where it was meant to go: while that cannot be reached, secrets may go elsewhere
  const preferred = all?.choice?.preferred ?? 'keychain';
  const vault = all?.stores.find(({ kind }) => kind === 'vault');
  const call = useCall();
  const [isRevealing, setRevealing] = useState(false);
  const [isForgetting, setForgetting] = useState(false);
  const [opening, setOpening] = useState<StoreDialog | undefined>(undefined);

  const store = async (kind: SecretStoreKind) => {
    const outcome = await call.run(() => platform.ovp.storeUnfinishedKey({ id, store: kind }));
    await unfinished.reload();
    if (outcome?.kind !== 'stored') return;
    await keys.reload();
    props.onStored(outcome.key);
  };
  /** a vault that is not there is made first, one that is locked is unlocked */
  const storeInVault = (state: SecretStoreView['state']) => {
    if (state === 'none') setOpening({ kind: 'create' });
    else if (state === 'locked') setOpening({ kind: 'unlock' });
    else void store('vault');
  };
  const forget = async () => {
    const rest = await call.run(() => platform.ovp.forgetUnfinishedKey({ id }));
    if (rest === undefined) return;
    unfinished.set(rest);
    props.onGone();
  };

  return (
    <>
      <Note kind="warning" isAlert>
        <b>
          “<Literal text={name} />” {TITLES[state]}.
        </b>{' '}
        <Literal text={reason} />
        <span className="row k-acts">
          {state !== 'held' ? null : (
            <>
              <Button size="small" isBusy={call.isBusy} onPress={() => void store(preferred)}>
                Store it again
              </Button>
              {preferred === 'vault' || vault === undefined ? null : (
                <Button size="small" onPress={() => storeInVault(vault.state)}>
                  {vault.state === 'unlocked'
                    ? 'Store it in the passphrase vault'
                    : 'Store it in the passphrase vault…'}
                </Button>
              )}
              {preferred === 'session' ? null : (
                <Button size="small" onPress={() => void store('session')}>
                  Keep it for this session
                </Button>
              )}
              <Button size="small" icon="reveal" onPress={() => setRevealing(true)}>
                Reveal once…
              </Button>
            </>
          )}
          {isForgetting ? (
            <>
              <span>{state === 'held' ? 'Its secret is gone for good then.' : 'Is it dealt with in the OVP?'}</span>
              <Button size="small" variant="danger" onPress={() => void forget()}>
                Forget it
              </Button>
              <Button size="small" onPress={() => setForgetting(false)}>
                Keep it
              </Button>
            </>
          ) : (
            <Button size="small" onPress={() => setForgetting(true)}>
              Forget it…
            </Button>
          )}
        </span>
      </Note>
      {call.error === undefined ? null : <ErrorNote error={call.error} />}
      <StoreDialogs
        dialog={opening}
        stores={all}
        onDone={() => void store('vault')}
        onClose={() => setOpening(undefined)}
      />
      {isRevealing ? <RevealDialog id={id} name={name} store="session" onClose={() => setRevealing(false)} /> : null}
    </>
  );
}
