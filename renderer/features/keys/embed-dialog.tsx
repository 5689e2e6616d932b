import { useState } from 'react';
import { writeEmbed } from '../../../shared/flowplayer/write-embed.ts';
import { useSession } from '../../platform/session.ts';
import type { ChosenAsset } from '../../shell/asset-list.tsx';
import { useCall } from '../../shell/use-call.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog, DialogBody, DialogFoot } from '../../ui/dialog.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { TextField } from '../../ui/field.tsx';
import { Literal } from '../../ui/literal.tsx';
import { Note } from '../../ui/note.tsx';

/** The vendor's embed code with the token in it. With a player's id it is the module, without one the manual script. */
export function EmbedDialog(props: {
  readonly asset: ChosenAsset;
  readonly token: string;
  readonly onClose: () => void;
}) {
  const { platform } = useSession();
  const call = useCall();
  const [playerId, setPlayerId] = useState('');
  const spec = { token: props.token, mediaId: props.asset.id };
  const player = playerId.trim();
  const embed = player === '' ? writeEmbed('manual', spec) : writeEmbed('es-module', { ...spec, playerId: player });
  const copy = async (code: string) => {
    const done = await call.run(() => platform.clipboard.write({ text: code, concealed: false }));
    if (done !== undefined) props.onClose();
  };
  return (
    <Dialog title="Embed code with the token" isOpen onClose={props.onClose}>
      <DialogBody>
        <TextField
          label="Player id"
          value={playerId}
          onChange={setPlayerId}
          isMono
          autoFocus
          placeholder="from the OVP’s own embed code"
          hint="Optional: without it the script for a page with its own player is written."
        />
        {embed.ok ? (
          <>
            <pre className="rq mono copyable k-token">
              <CodeLines code={embed.value.code} />
            </pre>
            {embed.value.notes.map((note) => (
              <Note key={note} kind="info">
                {note}
              </Note>
            ))}
          </>
        ) : (
          <Note kind="warning">{embed.error.message}</Note>
        )}
        {call.error === undefined ? null : <ErrorNote error={call.error} />}
      </DialogBody>
      <DialogFoot>
        <Button size="large" onPress={props.onClose}>
          Close
        </Button>
        <Button
          size="large"
          variant="primary"
          icon="copy"
          onPress={() => void (embed.ok ? copy(embed.value.code) : undefined)}
          disabledReason={embed.ok ? undefined : 'Mend what is named first'}
        >
          Copy
        </Button>
      </DialogFoot>
    </Dialog>
  );
}

/** Lines of our own making, in which what the OVP or a person wrote may stand. */
const CodeLines = ({ code }: { readonly code: string }) =>
  code.split('\n').map((line, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the lines of one text never move
    <span key={index}>
      <Literal text={line} />
      {'\n'}
    </span>
  ));
