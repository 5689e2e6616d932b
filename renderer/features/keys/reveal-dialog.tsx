import { useRef, useState } from 'react';
import type { KeyRecord, KeyRevealed } from '../../../shared/contract/keys.ts';
import { useSession } from '../../platform/session.ts';
import { useCall } from '../../shell/use-call.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogBody, DialogFoot } from '../../ui/dialog.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { escapeText } from '../../ui/hostile-text.ts';
import { Note } from '../../ui/note.tsx';
import { SecretField } from './secret-field.tsx';

/** Asks for a reveal. Main asks once more, and shows the secret in a window of its own: it never comes here. */
export function RevealDialog(props: {
  readonly id: KeyRecord['id'];
  readonly name: string;
  readonly store: KeyRecord['store'];
  readonly onClose: () => void;
}) {
  const { platform } = useSession();
  const call = useCall();
  const field = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const [hasPassphrase, setHasPassphrase] = useState(false);
  const [revealed, setRevealed] = useState<KeyRevealed | undefined>(undefined);
  const needsPassphrase = props.store === 'vault';
  const blocked = needsPassphrase && !hasPassphrase ? 'Give the passphrase of the vault first' : undefined;

  const reveal = async (how: 'window' | 'clipboard') => {
    const passphrase = field.current?.value ?? '';
    if (field.current !== null) field.current.value = '';
    setHasPassphrase(false);
    const answer = await call.run(() =>
      platform.keys.reveal({ id: props.id, how, ...(needsPassphrase ? { passphrase } : {}) }),
    );
    setRevealed(answer);
  };

  return (
    <Dialog title={`Reveal the secret of ${escapeText(props.name)}?`} isOpen onClose={props.onClose} width="narrow">
      <DialogBody>
        <p className="muted">
          A window of its own shows it and closes again after 20 s. Copied, it is left out of clipboard histories where
          the system allows that, and taken off the clipboard again. You are asked once more before it is shown.
        </p>
        {needsPassphrase ? (
          <SecretField
            label="Passphrase of the vault"
            placeholder=""
            isLong={false}
            hint=""
            fieldRef={field}
            onChange={(text) => setHasPassphrase(text !== '')}
          />
        ) : null}
        {revealed === undefined ? null : <Note kind="info">{describe(revealed)}</Note>}
        {call.error === undefined ? null : <ErrorNote error={call.error} />}
      </DialogBody>
      <DialogFoot>
        <Button size="large" onPress={props.onClose} autoFocus={!needsPassphrase}>
          {revealed === undefined ? 'Cancel' : 'Close'}
        </Button>
        <Button size="large" icon="copy" onPress={() => void reveal('clipboard')} disabledReason={blocked}>
          Copy…
        </Button>
        <Button
          size="large"
          variant="primary"
          icon="reveal"
          isBusy={call.isBusy}
          onPress={() => void reveal('window')}
          disabledReason={blocked}
        >
          Reveal…
        </Button>
      </DialogFoot>
    </Dialog>
  );
}

function describe({ outcome, seconds }: KeyRevealed): string {
  switch (outcome) {
    case 'shown':
      return `It is shown in its own window, for ${seconds} s.`;
    case 'copied':
      return `It was copied, and is taken off the clipboard in ${seconds} s.`;
    case 'declined':
      return 'It was not shown.';
  }
}
