import { useState } from 'react';
import type { Environment, KeyRecord } from '../../../shared/contract/keys.ts';
import { useSession } from '../../platform/session.ts';
import { useCall } from '../../shell/use-call.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogBody, DialogFoot } from '../../ui/dialog.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { TextField } from '../../ui/field.tsx';
import { escapeText } from '../../ui/hostile-text.ts';
import { Select } from '../../ui/select.tsx';
import { EnvironmentSelect } from './environments.tsx';
import { READINGS } from './key-words.ts';

/** Name, environment, kid, reading and notes of a key; its secret stays what it is. */
export function EditDialog({ record, onClose }: { readonly record: KeyRecord; readonly onClose: () => void }) {
  const { platform, keys } = useSession();
  const call = useCall();
  const [name, setName] = useState(record.name);
  const [environment, setEnvironment] = useState<Environment>(record.environment);
  const [kid, setKid] = useState(record.kid ?? '');
  const [notes, setNotes] = useState(record.notes);
  const [encoding, setEncoding] = useState(record.encoding);
  const isText = record.part === 'secret' && READINGS.some(({ id }) => id === record.encoding);
  const blocked = name.trim() === '' ? 'Give the key a name' : undefined;

  const save = async () => {
    if (blocked !== undefined) return;
    const saved = await call.run(() =>
      platform.keys.update({
        id: record.id,
        name: name.trim(),
        environment,
        notes: notes.trim(),
        ...(encoding === record.encoding ? {} : { encoding }),
        ...(kid === (record.kid ?? '') ? {} : { kid: kid === '' ? null : kid }),
      }),
    );
    if (saved === undefined) return;
    await keys.reload();
    onClose();
  };

  return (
    <Dialog title={`Rename ${escapeText(record.name)}`} isOpen onClose={onClose} width="narrow">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <DialogBody>
          <div className="two">
            <TextField label="Name" value={name} onChange={setName} maxLength={80} autoFocus autoComplete="off" />
            <EnvironmentSelect selected={environment} onSelect={setEnvironment} />
          </div>
          <TextField
            label="Key id"
            value={kid}
            onChange={setKid}
            isMono
            maxLength={256}
            autoComplete="off"
            hint="As written in the token’s kid header."
          />
          {isText ? (
            <Select
              label="Read as"
              options={READINGS}
              selected={encoding}
              onSelect={setEncoding}
              hint={
                encoding !== record.encoding && record.calibration !== undefined
                  ? 'What its calibration taught is forgotten.'
                  : ''
              }
            />
          ) : null}
          <TextField label="Notes" value={notes} onChange={setNotes} rows={3} maxLength={2000} />
          {call.error === undefined ? null : <ErrorNote error={call.error} />}
        </DialogBody>
        <DialogFoot hint={blocked}>
          <Button size="large" onPress={onClose}>
            Cancel
          </Button>
          <Button size="large" variant="primary" type="submit" isBusy={call.isBusy} disabledReason={blocked}>
            Save
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}
