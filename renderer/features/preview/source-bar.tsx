import { useEffect, useState } from 'react';
import type { PreviewEngine } from '../../../shared/contract/preview.ts';
import { parseSource } from '../../../shared/preview/parse-source.ts';
import { useLive } from '../../platform/live-value.ts';
import { useSession } from '../../platform/session.ts';
import { AssetPicker } from '../../shell/asset-picker.tsx';
import { useQueued } from '../../shell/use-sending.ts';
import { Button, IconButton, LinkButton } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import type { MenuEntry } from '../../ui/menu.tsx';
import { SegmentedControl } from '../../ui/segmented-control.tsx';
import { Select } from '../../ui/select.tsx';
import { ActionMenu } from './action-menu.tsx';
import { usePreview, usePreviewModel } from './model.ts';
import { TRIALS, usePlayHere } from './use-play-here.ts';
import { CARRIES } from './words.ts';

const ENGINES: readonly { readonly id: PreviewEngine; readonly title: string }[] = [
  { id: 'flowplayer', title: 'Flowplayer' },
  { id: 'hls', title: 'hls.js' },
];

type Opening = 'clip' | 'file' | 'folder' | 'ovp';
const OPENINGS: readonly MenuEntry<Opening>[] = [
  { id: 'clip', title: 'The bundled clip', hint: 'With a token signed for it' },
  { id: 'file', title: 'A playlist of this computer…', hint: 'A file that ends in .m3u8, and what lies beside it' },
  { id: 'folder', title: 'A folder of this computer…', hint: 'With a playlist in it' },
  { id: 'ovp', title: 'From the OVP’s list…', hint: 'A video or livestream of a workspace, by its name' },
];

/** What is played, how the token travels, by which player, and what could be tried. */
export function SourceBar() {
  const model = usePreviewModel();
  const state = usePreview((screen) => screen.state);
  const isBusy = usePreview((screen) => screen.isBusy);
  const here = usePlayHere();
  const [isPicking, setPicking] = useState(false);
  const isLoaded = state?.source !== undefined && state.source !== null;
  const open = (opening: Opening) => {
    if (opening === 'clip') void here.playClip();
    else if (opening === 'ovp') setPicking(true);
    else void here.playFiles(opening);
  };

  return (
    <div className="vh pv-vh" data-region>
      <h1>Preview</h1>
      <SourceField />
      <ActionMenu label="Open" entries={OPENINGS} onAction={open}>
        <Button icon="file">Open…</Button>
      </ActionMenu>
      <span className="pv-carry">
        <Select
          label="Token travels in"
          isLabelHidden
          selected={state?.edge.carry ?? 'path'}
          options={CARRIES.map(({ id, title, hint }) => ({
            id,
            text: title,
            hint,
            content: (
              <span>
                <span className="muted">Token in</span> {title}
              </span>
            ),
          }))}
          onSelect={(carry) => void model.configure({ carry })}
        />
      </span>
      <SegmentedControl
        label="Player"
        options={state?.flowplayer === false ? ENGINES.filter(({ id }) => id === 'hls') : ENGINES}
        selected={state?.engine}
        onSelect={(engine) => void model.reload(engine)}
      />
      <ActionMenu label="Try with" entries={TRIALS} onAction={(trial) => void here.tryWith(trial)}>
        <Button isBusy={isBusy} disabledReason={isLoaded ? undefined : 'Load a stream first'}>
          Try with…
        </Button>
      </ActionMenu>
      <Button
        icon="reset"
        disabledReason={isLoaded ? undefined : 'Load a stream first'}
        onPress={() => void model.reload()}
      >
        Reload
      </Button>
      {isPicking ? (
        <AssetPicker
          hint="Refresh asks the OVP, with 1 request. Taking one whose address is not known asks it too, with 2 at most."
          onTake={({ id }) => void model.load(id)}
          onClose={() => setPicking(false)}
        />
      ) : null}
    </div>
  );
}

/** Takes whatever names a stream, and says beforehand what loading it would do. */
function SourceField() {
  const model = usePreviewModel();
  const url = usePreview(({ state }) => state?.source?.url ?? '');
  const title = usePreview(({ state }) => state?.source?.title);
  const lookUp = usePreview((screen) => screen.lookUp);
  const [text, setText] = useState(url);
  useEffect(() => setText(url), [url]);
  const isNew = text !== url || url === '';
  const walkFirst = async () => {
    if (await model.load(text, true)) await model.walk();
  };
  return (
    <form
      className="pv-src"
      onSubmit={(event) => {
        event.preventDefault();
        void model.load(text);
      }}
    >
      <TextField
        aria-label="Source"
        isMono
        value={text}
        onChange={setText}
        placeholder="URL of a playlist, media id, player/media or embed"
        {...(title === undefined || isNew ? {} : { title: `${title}: ${url}` })}
        end={
          isNew ? (
            <>
              <IconButton
                label="Walk its playlists before playing"
                icon="table"
                placement="top"
                onPress={() => void walkFirst()}
              />
              <IconButton label="Load this source" icon="step" type="submit" placement="top" />
            </>
          ) : null
        }
      />
      {lookUp !== undefined ? (
        <LookingUp request={lookUp} />
      ) : text === url || text.trim() === '' ? null : (
        <Foreseen text={text} />
      )}
    </form>
  );
}

/** What is typed is read as something else than an address: what that is, and who would be asked for it. */
function Foreseen({ text }: { readonly text: string }) {
  const workspaces = useLive(useSession().workspaces).value ?? [];
  const hosts = workspaces.filter(({ apiKey }) => apiKey === 'stored').map(({ host }) => host);
  const typed = parseSource(text);
  const words = !typed.ok
    ? typed.error
    : typed.value.kind !== 'ovp'
      ? undefined
      : hosts.length === 0
        ? 'A media id. It is looked up in the OVP, and no workspace has its API key here.'
        : `A media id. If its address is not known yet, ${[...new Set(hosts)].join(' and ')} is asked, 2 requests at most.`;
  return words === undefined ? null : <p className="pv-src-h">{words}</p>;
}

function LookingUp({ request }: { readonly request: string }) {
  const model = usePreviewModel();
  const queued = useQueued(request);
  return (
    <p className="pv-src-h" role="status">
      Asking the OVP for the stream{queued === undefined ? '' : `: ${queued.words}`}.{' '}
      <LinkButton onPress={model.cancelLoad}>Cancel</LinkButton>
    </p>
  );
}
