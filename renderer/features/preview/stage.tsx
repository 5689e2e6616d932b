import { useEffect, useRef, useState } from 'react';
import type { PlayerState } from '../../../shared/contract/preview.ts';
import { Button, IconButton } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { STILL, usePreview, usePreviewModel } from './model.ts';
import { usePlayHere } from './use-play-here.ts';
import { useStageBounds } from './use-stage-bounds.ts';
import { formatSpan } from './words.ts';

/** Where the player's view lies, and under it what can be done with it. */
export function Stage() {
  const place = useRef<HTMLDivElement>(null);
  const isLoaded = usePreview(({ state }) => state?.source !== undefined && state.source !== null);
  const page = usePreview(({ state }) => state?.page);
  const hiddenBy = useStageBounds(place, isLoaded && page !== 'failed' && page !== 'closed');
  return (
    <div className="pv-stage" ref={place} data-testid="stage">
      {!isLoaded ? (
        <FirstStep />
      ) : page === 'failed' ? (
        <p className="pv-stage-n">The player’s page ended. Reload starts it again.</p>
      ) : hiddenBy !== undefined ? (
        <p className="pv-stage-n">{HIDDEN[hiddenBy]}</p>
      ) : page === 'starting' || page === 'closed' ? (
        <p className="pv-stage-n">Starting the player…</p>
      ) : null}
    </div>
  );
}

const HIDDEN = {
  something: 'Hidden while something lies over it. It plays on.',
  scrolling: 'Scroll to see all of it. It plays on.',
} as const;

/** Nothing is loaded: what a newcomer can do at once, without an account and without a network. */
function FirstStep() {
  const isBusy = usePreview((screen) => screen.isBusy);
  const here = usePlayHere();
  return (
    <div className="pv-first">
      <Icon name="preview" size={28} />
      <h2>Play a protected stream</h2>
      <p>The bundled clip, its token signed by a key of your key ring. Nothing is sent.</p>
      <Button variant="primary" size="large" icon="play" isBusy={isBusy} onPress={() => void here.playClip()}>
        Play the protected clip
      </Button>
    </div>
  );
}

/** seconds */
const KEY_STEP = 5;

export function PlayerBar() {
  const model = usePreviewModel();
  const player = usePreview((screen) => screen.player);
  const isLoaded = usePreview(({ state }) => state?.source !== undefined && state.source !== null);
  const time = player?.time ?? 0;
  const duration = player?.duration ?? 0;
  const isPlaying = player !== null && !STILL.has(player.phase);
  const isMuted = player?.muted ?? true;
  const share = (seconds: number) => `${duration === 0 ? 0 : Math.min(100, (seconds / duration) * 100)}%`;
  // where it was sent to, until the player says that it is there: the thumb stays under the pointer
  const [target, setTarget] = useState<number | undefined>(undefined);
  const shown = target ?? time;
  const isThere = target !== undefined && Math.abs(time - target) < 1;
  useEffect(() => {
    if (isThere) setTarget(undefined);
  }, [isThere]);
  const seek = (to: number) => {
    setTarget(to);
    model.control({ kind: 'seek', time: to });
  };
  return (
    <div className="pv-pc">
      <div className="pv-seek">
        <i className="pv-buf" style={{ width: share(time + (player?.buffered ?? 0)) }} />
        <i className="pv-played" style={{ width: share(shown) }} />
        <input
          type="range"
          aria-label="Position"
          aria-valuetext={`${formatSpan(shown)} of ${formatSpan(duration)}`}
          min={0}
          max={Math.max(duration, 1)}
          step="any"
          value={Math.min(shown, Math.max(duration, 1))}
          disabled={duration === 0}
          onChange={(event) => seek(Number(event.currentTarget.value))}
          onKeyDown={(event) => {
            const by = event.key === 'ArrowRight' ? KEY_STEP : event.key === 'ArrowLeft' ? -KEY_STEP : 0;
            if (by === 0) return;
            event.preventDefault();
            seek(Math.max(0, Math.min(duration, shown + by)));
          }}
        />
      </div>
      <div className="pv-pcr">
        <IconButton
          label={isPlaying ? 'Pause' : 'Play'}
          icon={isPlaying ? 'pause' : 'play'}
          size={16}
          isDisabled={!isLoaded}
          onPress={() => model.togglePlay()}
        />
        <IconButton
          label={isMuted ? 'Sound on' : 'Sound off'}
          icon={isMuted ? 'muted' : 'volume'}
          size={16}
          isDisabled={!isLoaded}
          onPress={() => model.control({ kind: 'mute', muted: !isMuted })}
        />
        <span className="mono" data-testid="time">
          {formatSpan(time)} / {duration === 0 ? '–:––' : formatSpan(duration)}
        </span>
        <span className="pv-q muted" data-testid="quality">
          {describeQuality(player)}
        </span>
      </div>
    </div>
  );
}

function describeQuality(player: PlayerState | null): string {
  if (player === null) return '';
  const { level, asked } = player;
  if (level === '') return asked === '' ? '' : `${asked} asked`;
  return asked === '' || asked === level ? level : `${level}, ${asked} asked`;
}
