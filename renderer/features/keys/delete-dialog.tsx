import { useEffect, useState } from 'react';
import type { KeyRecord, KeyUse } from '../../../shared/contract/keys.ts';
import type { AppError } from '../../../shared/errors.ts';
import { useSession } from '../../platform/session.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogBody, DialogFoot } from '../../ui/dialog.tsx';
import { EnvTag } from '../../ui/env-tag.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { TextField } from '../../ui/field.tsx';
import { Literal } from '../../ui/literal.tsx';
import { Note } from '../../ui/note.tsx';

/** Asks before a key is forgotten; a production key asks for its name, so ↵ alone never does it. */
export function DeleteDialog({
  target,
  onClose,
}: {
  readonly target: KeyRecord | undefined;
  readonly onClose: () => void;
}) {
  return (
    <Dialog
      title={target === undefined ? '' : `Delete ${target.name}?`}
      isOpen={target !== undefined}
      onClose={onClose}
      role="alertdialog"
      width="narrow"
    >
      {target === undefined ? null : <DeleteForm key={target.id} record={target} onClose={onClose} />}
    </Dialog>
  );
}

function DeleteForm({ record, onClose }: { readonly record: KeyRecord; readonly onClose: () => void }) {
  const { platform, keys } = useSession();
  const [typed, setTyped] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<AppError | undefined>(undefined);
  const isGuarded = record.environment === 'prod';
  const isBlocked = isGuarded && typed !== record.name;

  const remove = async () => {
    if (isBlocked) return;
    setBusy(true);
    const answer = await platform.keys.delete({ id: record.id });
    setBusy(false);
    if (!answer.ok) {
      setError(answer.error);
      return;
    }
    await keys.reload();
    onClose();
  };

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void remove();
      }}
    >
      <DialogBody>
        <p className="row">
          <EnvTag environment={record.environment} />
          <b>
            <Literal text={record.name} />
          </b>
        </p>
        <Uses record={record} />
        <p className="muted">
          {whatIsForgotten(record)} Tokens already issued with it stay as they are; whether they are genuine can’t be
          told here any more.
          {record.origin === 'ovp' ? ' The OVP keeps its key and cannot show the secret again.' : ''}
        </p>
        {isGuarded ? (
          <TextField
            label={`Type ${record.name} to confirm`}
            value={typed}
            onChange={setTyped}
            autoFocus
            autoComplete="off"
          />
        ) : null}
        {error === undefined ? null : <ErrorNote error={error} />}
      </DialogBody>
      <DialogFoot>
        <Button size="large" onPress={onClose} autoFocus={!isGuarded}>
          Cancel
        </Button>
        <Button
          size="large"
          variant="danger"
          icon="trash"
          type="submit"
          isBusy={isBusy}
          disabledReason={isBlocked ? 'Type the name of the key first' : undefined}
        >
          Delete key
        </Button>
      </DialogFoot>
    </form>
  );
}

/** What would miss the key, before it goes. */
function Uses({ record }: { readonly record: KeyRecord }) {
  const { platform } = useSession();
  const [uses, setUses] = useState<readonly KeyUse[]>([]);
  useEffect(() => {
    let isHere = true;
    void platform.keys.uses({ id: record.id }).then((answer) => {
      if (isHere && answer.ok) setUses(answer.value);
    });
    return () => {
      isHere = false;
    };
  }, [platform, record.id]);
  if (uses.length === 0) return null;
  return (
    <Note kind="warning">
      It is still used:
      <ul className="k-uses">
        {uses.map((use) => (
          <li key={`${use.kind} ${use.name}`}>
            {USE_WORDS[use.kind]}
            <Literal text={use.name} />
          </li>
        ))}
      </ul>
    </Note>
  );
}

const USE_WORDS: Readonly<Record<KeyUse['kind'], string>> = {
  workspace: 'OVP workspace: ',
  replaced: 'takes the place of: ',
  replacement: 'is being replaced by: ',
  run: 'run that can be resumed: ',
  tokens: '',
};

function whatIsForgotten(record: KeyRecord): string {
  const what = record.part === 'public' ? 'key' : 'secret';
  switch (record.store) {
    case 'keychain':
      return `Catwalk forgets the ${what} and removes its keychain item.`;
    case 'vault':
      return `Catwalk forgets the ${what} and removes it from the vault.`;
    case 'session':
      return `Catwalk forgets the ${what}.`;
  }
}
