import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogBody, DialogFoot } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { useDrafts } from './drafts.ts';
import { readClone } from './read-clone.ts';

/** A token to start from, in whatever it stands: nothing of it is lost, unknown claims neither. */
export function CloneDialog({ onClose }: { readonly onClose: () => void }) {
  const drafts = useDrafts();
  const [text, setText] = useState('');
  const [isNone, setNone] = useState(false);
  const start = () => {
    const clone = readClone(text);
    if (clone === undefined) return setNone(true);
    drafts.startClone(clone, []);
    onClose();
  };
  return (
    <Dialog title="Start from a token" isOpen onClose={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          start();
        }}
      >
        <DialogBody>
          <TextField
            label="Token"
            isMono
            rows={6}
            autoFocus
            value={text}
            placeholder="a token, or a URL, curl, header or embed with one in it"
            onChange={(next) => {
              setText(next);
              setNone(false);
            }}
            hint="Every claim is taken over, those nobody knows byte for byte. What you change is shown against it."
            error={isNone ? 'There is no token in this text. Paste all of it, with what stands around it.' : undefined}
          />
        </DialogBody>
        <DialogFoot>
          <Button onPress={onClose}>Cancel</Button>
          <Button
            type="submit"
            variant="primary"
            disabledReason={text.trim() === '' ? 'Paste a token first' : undefined}
          >
            Clone token
          </Button>
        </DialogFoot>
      </form>
    </Dialog>
  );
}
