import { useState } from 'react';
import type { Environment, KeyGenerate, KeyRecord } from '../../../shared/contract/keys.ts';
import { useLive } from '../../platform/live-value.ts';
import { useSession } from '../../platform/session.ts';
import { useCall } from '../../shell/use-call.ts';
import { Button } from '../../ui/button.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { TextField } from '../../ui/field.tsx';
import { Note } from '../../ui/note.tsx';
import { Select } from '../../ui/select.tsx';
import { EnvironmentSelect } from './environments.tsx';
import { SidePanel } from './side-panel.tsx';
import { describeWay, whyNotStorable } from './store-words.ts';
import { WillBeStored } from './will-be-stored.tsx';

type Algorithm = KeyGenerate['alg'];

const ALGORITHMS: readonly { readonly id: Algorithm; readonly text: string; readonly hint: string }[] = [
  { id: 'HS256', text: 'HS256', hint: 'a secret of 32 bytes; whoever verifies can also sign' },
  { id: 'ES256', text: 'ES256', hint: 'a pair on P-256; the public key verifies only' },
  { id: 'PS256', text: 'PS256', hint: 'an RSA pair of 2048 bits; the public key verifies only' },
];

/** Makes a key on this computer. Its secret is made in main and never comes to the window. */
export function GeneratePanel(props: { readonly onClose: () => void; readonly onMade: (key: KeyRecord) => void }) {
  const { platform, keys, secrets } = useSession();
  const store = useLive(secrets).value;
  const call = useCall();
  const [name, setName] = useState('');
  const [alg, setAlg] = useState<Algorithm>('HS256');
  const [environment, setEnvironment] = useState<Environment>('dev');
  const [kid, setKid] = useState('');
  const [notes, setNotes] = useState('');
  const blocked = whyNotStorable(store) ?? (name.trim() === '' ? 'Give the key a name' : undefined);

  const make = async () => {
    if (blocked !== undefined) return;
    const key = await call.run(() =>
      platform.keys.generate({
        name: name.trim(),
        environment,
        alg,
        ...(kid === '' ? {} : { kid }),
        ...(notes.trim() === '' ? {} : { notes: notes.trim() }),
      }),
    );
    if (key === undefined) return;
    await keys.reload();
    props.onMade(key);
  };

  return (
    <SidePanel
      label="Generate a key"
      title="Generate a key"
      onClose={props.onClose}
      onSubmit={() => void make()}
      hint={blocked ?? 'Nothing is sent'}
      notice={call.error === undefined ? undefined : <ErrorNote error={call.error} />}
      actions={
        <>
          <Button size="large" onPress={props.onClose}>
            Cancel
          </Button>
          <Button
            size="large"
            variant="primary"
            type="submit"
            shortcut="↵"
            isBusy={call.isBusy}
            disabledReason={blocked}
          >
            Generate key
          </Button>
        </>
      }
    >
      <TextField
        label="Name"
        value={name}
        onChange={setName}
        placeholder="qa-local"
        maxLength={80}
        autoFocus
        autoComplete="off"
      />
      <div className="two">
        <Select label="Algorithm" options={ALGORITHMS} selected={alg} onSelect={setAlg} />
        <EnvironmentSelect selected={environment} onSelect={setEnvironment} />
      </div>
      <TextField
        label="Key id"
        value={kid}
        onChange={setKid}
        placeholder="made up when left empty"
        isMono
        maxLength={256}
        autoComplete="off"
        hint="Written into the kid header of every token, so that who verifies finds the key."
      />
      <TextField label="Notes" value={notes} onChange={setNotes} rows={3} maxLength={2000} />
      <WillBeStored environment={environment} name={name} kid={kid} state="not made yet" />
      <Note kind="info">{describeWay(store)}</Note>
    </SidePanel>
  );
}
