import { useState } from 'react';
import type { KeyRecord } from '../../../shared/contract/keys.ts';
import { useLive } from '../../platform/live-value.ts';
import { useSession } from '../../platform/session.ts';
import { useCall } from '../../shell/use-call.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogBody, DialogFoot } from '../../ui/dialog.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { TextField } from '../../ui/field.tsx';
import { escapeText } from '../../ui/hostile-text.ts';
import { SegmentedControl } from '../../ui/segmented-control.tsx';
import { Select } from '../../ui/select.tsx';
import { nextName } from './create-panel.tsx';

type Way = 'ovp' | 'generate' | 'key';
const WAYS: Readonly<Record<Way, string>> = {
  ovp: 'Create it in OVP',
  generate: 'Generate it here',
  key: 'One that exists',
};

/** A second live key in the place of one: both verify, the new one signs. */
export function RotateDialog(props: {
  readonly record: KeyRecord;
  readonly onClose: () => void;
  readonly onRotated: (key: KeyRecord) => void;
  readonly onCreateInOvp: () => void;
}) {
  const { record } = props;
  const { platform, keys } = useSession();
  const call = useCall();
  const others = (useLive(keys).value ?? []).filter(
    (key) =>
      key.id !== record.id &&
      key.family === record.family &&
      key.part === record.part &&
      key.replaces === undefined &&
      key.replacedBy === undefined,
  );
  const ways: readonly Way[] = [
    ...(record.origin === 'ovp' ? (['ovp'] as const) : []),
    ...(record.part === 'public' ? [] : (['generate'] as const)),
    ...(others.length === 0 ? [] : (['key'] as const)),
  ];
  const [way, setWay] = useState<Way>(ways[0] ?? 'key');
  const [name, setName] = useState(nextName(record.name));
  const [other, setOther] = useState<string>(others[0]?.id ?? '');
  const blocked =
    ways.length === 0
      ? 'There is no other key of the same kind'
      : way === 'generate' && name.trim() === ''
        ? 'Give the key a name'
        : undefined;

  const rotate = async () => {
    if (blocked !== undefined) return;
    if (way === 'ovp') {
      props.onCreateInOvp();
      return;
    }
    const chosen = others.find(({ id }) => id === other);
    if (way === 'key' && chosen === undefined) return;
    const by =
      chosen !== undefined && way === 'key'
        ? ({ kind: 'key', id: chosen.id } as const)
        : ({ kind: 'generate', name: name.trim() } as const);
    const key = await call.run(() => platform.keys.rotate({ id: record.id, by }));
    if (key === undefined) return;
    await keys.reload();
    props.onRotated(key);
  };

  return (
    <Dialog title={`Rotate ${escapeText(record.name)}`} isOpen onClose={props.onClose} width="narrow">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void rotate();
        }}
      >
        <DialogBody>
          <p className="muted">
            The new key signs from now on. The old one keeps verifying until no token uses it and you delete it.
          </p>
          {ways.length === 0 ? null : (
            <SegmentedControl
              label="The new key"
              options={ways.map((id) => ({ id, title: WAYS[id] }))}
              selected={way}
              onSelect={setWay}
            />
          )}
          {way === 'generate' && ways.length > 0 ? (
            <TextField label="Name of the new key" value={name} onChange={setName} maxLength={80} autoComplete="off" />
          ) : null}
          {way === 'key' && others.length > 0 ? (
            <Select
              label="The new key is"
              options={others.map((key) => ({ id: key.id as string, text: escapeText(key.name) }))}
              selected={other}
              onSelect={setOther}
            />
          ) : null}
          {call.error === undefined ? null : <ErrorNote error={call.error} />}
        </DialogBody>
        <DialogFoot hint={blocked}>
          <Button size="large" onPress={props.onClose}>
            Cancel
          </Button>
          <Button size="large" variant="primary" type="submit" isBusy={call.isBusy} disabledReason={blocked}>
            {way === 'ovp' ? 'Continue…' : 'Rotate key'}
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}
