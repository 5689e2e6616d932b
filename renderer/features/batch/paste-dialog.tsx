import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogBody, DialogFoot } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';

/** Rows out of a spreadsheet, or typed. */
export function PasteDialog(props: { readonly onClose: () => void; readonly onPaste: (text: string) => void }) {
  const [text, setText] = useState('');
  return (
    <Dialog title="Paste rows" isOpen onClose={props.onClose}>
      <DialogBody>
        <TextField
          label="Rows"
          hint="Cells from a spreadsheet, CSV, a JSON array or a JSON object a line. The first line has the names."
          rows={10}
          isMono
          autoFocus
          placeholder={'video\thours\n7c9e2b41-5f0d\t2'}
          value={text}
          onChange={setText}
        />
      </DialogBody>
      <DialogFoot hint="Kept in memory only: a run over pasted rows cannot be resumed after a crash.">
        <Button
          variant="primary"
          disabledReason={text.trim() === '' ? 'Nothing is pasted yet' : undefined}
          onPress={() => props.onPaste(text)}
        >
          Use these rows
        </Button>
      </DialogFoot>
    </Dialog>
  );
}
