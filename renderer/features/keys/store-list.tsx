import type { SecretStoreKind, SecretStores, SecretStoreView } from '../../../shared/contract/secrets.ts';
import { useSession } from '../../platform/session.ts';
import { Button } from '../../ui/button.tsx';
import { DialogBody, DialogFoot } from '../../ui/dialog.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Literal } from '../../ui/literal.tsx';
import { StoreCards } from './store-choice.tsx';
import type { StoreDialog } from './store-dialogs.tsx';
import { STORE_TITLES } from './store-words.ts';
import { useStoreCommand } from './use-store-command.ts';

const STATE_WORDS: Readonly<Record<SecretStoreView['state'], string>> = {
  unlocked: 'unlocked',
  locked: 'locked',
  unavailable: 'can’t be reached',
  none: 'not made yet',
  'not-asked': 'not used',
};

/** All three stores: what is in each, where new secrets go, and the way to move them. */
export function StoreList(props: {
  readonly stores: SecretStores;
  readonly onClose: () => void;
  readonly onNext: (dialog: StoreDialog) => void;
}) {
  const { stores, onNext } = props;
  const { platform } = useSession();
  const command = useStoreCommand();
  const vault = stores.stores.find(({ kind }) => kind === 'vault');
  const preferred = stores.choice?.preferred ?? 'keychain';
  const ifMissing = stores.choice?.ifMissing ?? 'session';

  const prefer = (kind: SecretStoreKind) => {
    const choice = { preferred: kind, ifMissing };
    if (kind === 'vault' && vault?.state === 'none') onNext({ kind: 'create', choice });
    else void command.run(() => platform.secrets.chooseStore(choice));
  };
  const move = (kind: SecretStoreKind) => {
    if (kind === 'vault' && vault?.state === 'none') onNext({ kind: 'create', thenMove: true });
    else onNext({ kind: 'move', to: kind });
  };

  return (
    <>
      <DialogBody>
        <span className="lbl">New secrets go to</span>
        <StoreCards kinds={['keychain', 'vault', 'session']} stores={stores} selected={preferred} onSelect={prefer} />
        <ul className="k-stores">
          {stores.stores.map((store) => (
            <li key={store.kind}>
              <p>
                <b>
                  {STORE_TITLES[store.kind]}
                  {store.kind === 'keychain' ? `: ${store.name}` : ''}
                </b>
                <span className="muted">
                  {store.count === 1 ? '1 secret' : `${store.count} secrets`}, {STATE_WORDS[store.state]}.{' '}
                  {store.reason === undefined ? null : <Literal text={store.reason} />}{' '}
                  {store.hint === undefined ? null : <Literal text={store.hint} />}
                </span>
              </p>
              <span className="row">
                {store.kind === 'vault' && store.state === 'unlocked' ? (
                  <Button size="small" onPress={() => onNext({ kind: 'change' })}>
                    Change passphrase…
                  </Button>
                ) : null}
                {store.kind === 'vault' && store.state === 'locked' ? (
                  <Button size="small" onPress={() => onNext({ kind: 'unlock' })}>
                    Unlock…
                  </Button>
                ) : null}
                <Button size="small" onPress={() => move(store.kind)} disabledReason={whyNotMoved(store, stores)}>
                  Move all here…
                </Button>
              </span>
            </li>
          ))}
        </ul>
        {command.error === undefined ? null : <ErrorNote error={command.error} />}
      </DialogBody>
      <DialogFoot>
        <Button size="large" onPress={props.onClose}>
          Close
        </Button>
      </DialogFoot>
    </>
  );
}

function whyNotMoved(store: SecretStoreView, { stores }: SecretStores): string | undefined {
  if (stores.every(({ kind, count }) => kind === store.kind || count === 0)) return 'No secret is anywhere else';
  if (store.state === 'locked') return 'Unlock it first';
  return store.state === 'unavailable' ? 'It can’t be reached' : undefined;
}
