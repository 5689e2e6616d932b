import { useState } from 'react';
import type { KeyRecord } from '../../../shared/contract/keys.ts';
import { useSession } from '../../platform/session.ts';
import { useCall } from '../../shell/use-call.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogBody, DialogFoot } from '../../ui/dialog.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { escapeText } from '../../ui/hostile-text.ts';
import { Literal } from '../../ui/literal.tsx';
import { Note } from '../../ui/note.tsx';
import { SegmentedControl } from '../../ui/segmented-control.tsx';
import { NewPassphraseFields, useNewPassphrase } from './passphrase-fields.tsx';

type What = 'encrypted' | 'pem' | 'jwk';

/** A key into a file: with its secret, encrypted under a passphrase, or what everybody may know of it. */
export function ExportDialog({ record, onClose }: { readonly record: KeyRecord; readonly onClose: () => void }) {
  const { platform } = useSession();
  const call = useCall();
  const passphrase = useNewPassphrase();
  const hasPublicPart = record.family !== 'hmac';
  const hasSecret = record.part !== 'public';
  const [what, setWhat] = useState<What>(hasSecret ? 'encrypted' : 'pem');
  const [fileName, setFileName] = useState<string | undefined>(undefined);
  const blocked = what === 'encrypted' ? passphrase.blocked : undefined;
  const options: readonly { readonly id: What; readonly title: string }[] = [
    ...(hasSecret ? [{ id: 'encrypted', title: 'Encrypted' } as const] : []),
    ...(hasPublicPart
      ? [{ id: 'pem', title: 'Public key, PEM' } as const, { id: 'jwk', title: 'Public key, JWK' } as const]
      : []),
  ];

  const save = async () => {
    if (blocked !== undefined) return;
    const saved = await call.run(() =>
      what === 'encrypted'
        ? platform.keys.export({ ids: [record.id], passphrase: passphrase.take() })
        : platform.keys.exportPublic({ id: record.id, format: what }),
    );
    if (saved !== undefined) setFileName(saved?.fileName);
  };

  return (
    <Dialog title={`Export ${escapeText(record.name)}`} isOpen onClose={onClose} width="narrow">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <DialogBody>
          {options.length < 2 ? null : (
            <SegmentedControl label="What is exported" options={options} selected={what} onSelect={setWhat} />
          )}
          <p className="muted">
            {what === 'encrypted'
              ? 'The key with its secret, encrypted under a passphrase. Catwalk imports the file again on any computer.'
              : 'The public key only: who has it can verify tokens and cannot make any.'}
          </p>
          {what === 'encrypted' ? <NewPassphraseFields passphrase={passphrase} label="Passphrase of the file" /> : null}
          {fileName === undefined ? null : (
            <Note kind="info">
              Written to “<Literal text={fileName} />
              ”.
            </Note>
          )}
          {call.error === undefined ? null : <ErrorNote error={call.error} />}
        </DialogBody>
        <DialogFoot hint={blocked}>
          <Button size="large" onPress={onClose}>
            {fileName === undefined ? 'Cancel' : 'Close'}
          </Button>
          <Button
            size="large"
            variant="primary"
            icon="export"
            type="submit"
            isBusy={call.isBusy}
            disabledReason={blocked}
          >
            Export…
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}
