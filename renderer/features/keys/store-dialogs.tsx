import { useRef, useState } from 'react';
import type { SecretStoreKind, SecretStores, StoreChoice } from '../../../shared/contract/secrets.ts';
import type { AppError } from '../../../shared/errors.ts';
import type { Result } from '../../../shared/result.ts';
import { useSession } from '../../platform/session.ts';
import { nameStore } from '../../shell/name-store.ts';
import { useCall } from '../../shell/use-call.ts';
import { Button, LinkButton } from '../../ui/button.tsx';
import { Dialog, DialogBody, DialogFoot } from '../../ui/dialog.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Literal } from '../../ui/literal.tsx';
import { Note } from '../../ui/note.tsx';
import { NewPassphraseFields, useNewPassphrase } from './passphrase-fields.tsx';
import { SecretField } from './secret-field.tsx';
import { StoreList } from './store-list.tsx';
import { useStoreCommand } from './use-store-command.ts';

export type StoreDialog =
  | { readonly kind: 'unlock' }
  /** makes a vault, and then takes the choice that needs it or moves the secrets there */
  | { readonly kind: 'create'; readonly choice?: StoreChoice; readonly thenMove?: boolean }
  | { readonly kind: 'change' }
  | { readonly kind: 'move'; readonly to: SecretStoreKind }
  | { readonly kind: 'stores' };

const TITLES: Readonly<Record<StoreDialog['kind'], string>> = {
  unlock: 'Unlock the passphrase vault',
  create: 'Make a passphrase vault',
  change: 'Change the passphrase of the vault',
  move: 'Move all secrets',
  stores: 'Secret stores',
};

interface DialogProps {
  readonly stores: SecretStores | undefined;
  readonly onClose: () => void;
  /** what it was opened for is done; it closes after that */
  readonly onDone: () => void;
}

export function StoreDialogs(
  props: Omit<DialogProps, 'onDone'> & { readonly dialog: StoreDialog | undefined; readonly onDone?: () => void },
) {
  const [next, setNext] = useState<StoreDialog | undefined>(undefined);
  const dialog = next ?? props.dialog;
  if (dialog === undefined) return null;
  const onClose = () => {
    setNext(undefined);
    props.onClose();
  };
  return (
    <Dialog title={TITLES[dialog.kind]} isOpen onClose={onClose} width="narrow">
      <Inside
        key={dialog.kind}
        dialog={dialog}
        stores={props.stores}
        onClose={onClose}
        onDone={() => {
          onClose();
          props.onDone?.();
        }}
        onNext={setNext}
      />
    </Dialog>
  );
}

function Inside(props: DialogProps & { readonly dialog: StoreDialog; readonly onNext: (dialog: StoreDialog) => void }) {
  const { dialog, stores, onClose, onDone } = props;
  switch (dialog.kind) {
    case 'unlock':
      return <UnlockForm onClose={onClose} onDone={onDone} />;
    case 'create':
      return (
        <CreateForm choice={dialog.choice} thenMove={dialog.thenMove === true} onClose={onClose} onDone={onDone} />
      );
    case 'change':
      return <ChangeForm onClose={onClose} onDone={onDone} />;
    case 'move':
      return <MoveForm to={dialog.to} stores={stores} onClose={onClose} onDone={onDone} />;
    case 'stores':
      return stores === undefined ? null : <StoreList stores={stores} onClose={onClose} onNext={props.onNext} />;
  }
}

function FormFoot(props: {
  readonly blocked: string | undefined;
  readonly isBusy: boolean;
  readonly action: string;
  readonly onClose: () => void;
}) {
  return (
    <DialogFoot hint={props.blocked}>
      <Button size="large" onPress={props.onClose}>
        Cancel
      </Button>
      <Button size="large" variant="primary" type="submit" isBusy={props.isBusy} disabledReason={props.blocked}>
        {props.action}
      </Button>
    </DialogFoot>
  );
}

function UnlockForm({ onClose, onDone }: Pick<DialogProps, 'onClose' | 'onDone'>) {
  const { platform, stores, secrets, keys } = useSession();
  const command = useStoreCommand();
  const aside = useCall();
  const field = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const [hasText, setHasText] = useState(false);
  const [keptAs, setKeptAs] = useState<string | undefined>(undefined);
  const [isAsking, setAsking] = useState(false);

  const unlock = async () => {
    const passphrase = field.current?.value ?? '';
    if (passphrase === '') return;
    if (await command.run(() => platform.secrets.unlock({ passphrase }))) onDone();
    // a mistyped passphrase is typed anew
    else if (field.current !== null) field.current.value = '';
    setHasText(false);
  };
  const putAside = async () => {
    const answer = await aside.run(() => platform.secrets.putVaultAside());
    if (answer === undefined) return;
    stores.set(answer.stores);
    setKeptAs(answer.keptAs);
    await Promise.all([secrets.reload(), keys.reload()]);
  };

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void unlock();
      }}
    >
      <DialogBody>
        <SecretField
          label="Passphrase"
          placeholder=""
          isLong={false}
          hint="Until it is unlocked its keys neither sign nor verify; everything else works."
          fieldRef={field}
          onChange={(text) => setHasText(text !== '')}
        />
        {command.error === undefined ? null : (
          <ErrorNote error={command.error}>
            <LinkButton onPress={() => setAsking(true)}>Put the vault aside</LinkButton>
          </ErrorNote>
        )}
        {isAsking && keptAs === undefined ? (
          <Note kind="warning">
            The file is renamed, never deleted. Its keys keep their rows, and each secret has to be entered again.
            <span className="row k-acts">
              <Button size="small" variant="danger" isBusy={aside.isBusy} onPress={() => void putAside()}>
                Put it aside
              </Button>
            </span>
          </Note>
        ) : null}
        {keptAs === undefined ? null : (
          <Note kind="info">
            The vault is kept as “<Literal text={keptAs} />
            ”.
          </Note>
        )}
        {aside.error === undefined ? null : <ErrorNote error={aside.error} />}
      </DialogBody>
      <FormFoot
        blocked={hasText ? undefined : 'Give the passphrase'}
        isBusy={command.isBusy}
        action="Unlock"
        onClose={onClose}
      />
    </form>
  );
}

function CreateForm(
  props: Pick<DialogProps, 'onClose' | 'onDone'> & {
    readonly choice: StoreChoice | undefined;
    readonly thenMove: boolean;
  },
) {
  const { platform } = useSession();
  const command = useStoreCommand();
  const passphrase = useNewPassphrase();
  const { choice, thenMove } = props;
  const create = async () => {
    if (passphrase.blocked !== undefined) return;
    const text = passphrase.take();
    if (!(await command.run(() => platform.secrets.createVault({ passphrase: text })))) return;
    if (choice !== undefined && !(await command.run(() => platform.secrets.chooseStore(choice)))) return;
    if (thenMove && !(await command.run(() => moveTo(platform, 'vault')))) return;
    props.onDone();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void create();
      }}
    >
      <DialogBody>
        <p className="muted">
          One file of this profile, encrypted under a passphrase that only you know. It works on every system, and it
          locks.
        </p>
        <NewPassphraseFields passphrase={passphrase} label="Passphrase" />
        {command.error === undefined ? null : <ErrorNote error={command.error} />}
      </DialogBody>
      <FormFoot blocked={passphrase.blocked} isBusy={command.isBusy} action="Make the vault" onClose={props.onClose} />
    </form>
  );
}

function ChangeForm({ onClose, onDone }: Pick<DialogProps, 'onClose' | 'onDone'>) {
  const { platform } = useSession();
  const command = useStoreCommand();
  const next = useNewPassphrase();
  const field = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const [hasText, setHasText] = useState(false);
  const blocked = hasText ? next.blocked : 'Give the passphrase it has now';
  const change = async () => {
    if (blocked !== undefined) return;
    const passphrase = field.current?.value ?? '';
    if (field.current !== null) field.current.value = '';
    setHasText(false);
    const text = next.take();
    if (await command.run(() => platform.secrets.changePassphrase({ passphrase, next: text }))) onDone();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void change();
      }}
    >
      <DialogBody>
        <SecretField
          label="Passphrase now"
          placeholder=""
          isLong={false}
          hint=""
          fieldRef={field}
          onChange={(text) => setHasText(text !== '')}
        />
        <NewPassphraseFields passphrase={next} label="New passphrase" />
        {command.error === undefined ? null : <ErrorNote error={command.error} />}
      </DialogBody>
      <FormFoot blocked={blocked} isBusy={command.isBusy} action="Change the passphrase" onClose={onClose} />
    </form>
  );
}

function MoveForm(props: DialogProps & { readonly to: SecretStoreKind }) {
  const { platform } = useSession();
  const command = useStoreCommand();
  const target = props.stores?.stores.find(({ kind }) => kind === props.to);
  const name = target === undefined ? props.to : nameStore(target);
  const move = async () => {
    if (await command.run(() => moveTo(platform, props.to))) props.onDone();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void move();
      }}
    >
      <DialogBody>
        <p className="muted">
          Every secret of keys and workspaces goes to {name}, and each is read back there before it leaves its old
          place. If one cannot be moved, none is.
          {props.to === 'session' ? ' All of them are forgotten when you quit.' : ''}
        </p>
        {command.error === undefined ? null : <ErrorNote error={command.error} />}
      </DialogBody>
      <FormFoot blocked={undefined} isBusy={command.isBusy} action="Move all secrets" onClose={props.onClose} />
    </form>
  );
}

async function moveTo(
  platform: ReturnType<typeof useSession>['platform'],
  to: SecretStoreKind,
): Promise<Result<SecretStores, AppError>> {
  const moved = await platform.secrets.move({ to });
  return moved.ok ? { ok: true, value: moved.value.stores } : moved;
}
