import { useState } from 'react';
import type { SecretStores, SecretsStatus, StoreChoice } from '../../../shared/contract/secrets.ts';
import { useLive } from '../../platform/live-value.ts';
import { useSession } from '../../platform/session.ts';
import { describeStore } from '../../shell/describe-store.ts';
import { useCall } from '../../shell/use-call.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Literal } from '../../ui/literal.tsx';
import { Note } from '../../ui/note.tsx';
import { SegmentedControl } from '../../ui/segmented-control.tsx';
import { StoreChoiceNote } from './store-choice.tsx';
import { type StoreDialog, StoreDialogs } from './store-dialogs.tsx';

const IF_MISSING: readonly { readonly id: StoreChoice['ifMissing']; readonly title: string }[] = [
  { id: 'vault', title: 'Passphrase vault' },
  { id: 'session', title: 'This session only' },
];

/** Where secrets are kept, said in full above the table, with what can be done about it. */
export function StoreLine() {
  const { platform, secrets, stores } = useSession();
  const { value } = useLive(secrets);
  const all = useLive(stores).value;
  const call = useCall();
  const [dialog, setDialog] = useState<StoreDialog | undefined>(undefined);
  if (value === undefined) return <div className="kc" aria-busy />;
  const store = describeStore(value);
  const vault = all?.stores.find(({ kind }) => kind === 'vault');
  const apply = async (command: () => ReturnType<typeof platform.secrets.stores>) => {
    const next = await call.run(command);
    if (next !== undefined) stores.set(next);
    await secrets.reload();
  };
  const lookAgain = async () => {
    const status = await call.run(() => platform.secrets.recheck());
    if (status !== undefined) secrets.set(status);
    await stores.reload();
  };
  const choose = (choice: StoreChoice) => {
    // a vault that does not exist yet is made first: its passphrase is asked for
    const wantsVault = choice.preferred === 'vault' || choice.ifMissing === 'vault';
    if (wantsVault && vault?.state === 'none') setDialog({ kind: 'create', choice });
    else void apply(() => platform.secrets.chooseStore(choice));
  };

  return (
    <>
      <section className="kc" aria-label="Where secrets are kept">
        <span className={store.isOdd ? 'v-warning' : 'muted'}>
          <Icon name={store.icon} size={16} />
        </span>
        <p>
          <b>{store.title}</b>
          <span className="muted" title={store.meaning}>
            {store.meaning}
          </span>
        </p>
        <span className="kc-end">
          {all?.choice === undefined || value.kind !== 'keychain' ? null : (
            <>
              <span className="lbl">If it is missing</span>
              <SegmentedControl
                label="If it is missing"
                options={IF_MISSING}
                selected={all.choice.ifMissing}
                onSelect={(ifMissing) => choose({ preferred: all.choice?.preferred ?? 'keychain', ifMissing })}
              />
            </>
          )}
          <StoreButtons
            status={value}
            stores={all}
            isBusy={call.isBusy}
            onLock={() => void apply(() => platform.secrets.lock())}
            onLookAgain={() => void lookAgain()}
            onDialog={setDialog}
          />
        </span>
      </section>
      {call.error === undefined ? null : (
        <div className="k-err">
          <ErrorNote error={call.error} />
        </div>
      )}
      {all?.notices.map((notice) => (
        <div className="k-err" key={notice}>
          <Note kind="warning">
            <Literal text={notice} />
          </Note>
        </div>
      ))}
      {all !== undefined && all.choice === undefined ? (
        <StoreChoiceNote stores={all} onChoose={choose} isBusy={call.isBusy} />
      ) : null}
      <StoreDialogs dialog={dialog} onClose={() => setDialog(undefined)} stores={all} />
    </>
  );
}

function StoreButtons(props: {
  readonly status: SecretsStatus;
  readonly stores: SecretStores | undefined;
  readonly isBusy: boolean;
  readonly onLock: () => void;
  readonly onLookAgain: () => void;
  readonly onDialog: (dialog: StoreDialog) => void;
}) {
  const { status, stores, onDialog } = props;
  const vault = stores?.stores.find(({ kind }) => kind === 'vault');
  const isFine = status.kind === 'keychain' && status.state === 'unlocked';
  return (
    <>
      {isFine || (status.kind === 'vault' && stores?.choice?.preferred === 'vault') ? null : (
        <Button size="small" isBusy={props.isBusy} onPress={props.onLookAgain}>
          Look again
        </Button>
      )}
      {vault?.state === 'locked' ? (
        <Button size="small" icon="unlocked" onPress={() => onDialog({ kind: 'unlock' })}>
          Unlock the vault…
        </Button>
      ) : null}
      {vault?.state === 'unlocked' ? (
        <Button size="small" icon="locked" onPress={props.onLock}>
          {status.kind === 'vault' ? 'Lock now' : 'Lock the vault'}
        </Button>
      ) : null}
      {stores === undefined ? null : (
        <Button size="small" onPress={() => onDialog({ kind: 'stores' })}>
          Stores…
        </Button>
      )}
    </>
  );
}
