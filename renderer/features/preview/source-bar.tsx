import { useEffect, useState } from 'react';
import type { PreviewEngine } from '../../../shared/contract/preview.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
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

/** What is played, how the token travels, by which player, and what could be tried. */
export function SourceBar() {
  const model = usePreviewModel();
  const state = usePreview((screen) => screen.state);
  const isBusy = usePreview((screen) => screen.isBusy);
  const here = usePlayHere();
  const url = state?.source?.url ?? '';
  const [text, setText] = useState(url);
  useEffect(() => setText(url), [url]);
  const isLoaded = state?.source !== undefined && state.source !== null;

  return (
    <div className="vh pv-vh" data-region>
      <h1>Preview</h1>
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
          placeholder="URL of a playlist, media id, player/media or embed; empty plays the bundled clip"
          end={
            text !== url || !isLoaded ? (
              <IconButton label="Load this source" icon="step" type="submit" placement="top" />
            ) : null
          }
        />
      </form>
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
    </div>
  );
}
