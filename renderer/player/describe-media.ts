import type { PlayerState } from '../../shared/contract/preview.ts';
import type { Engine, EngineError } from './engine.ts';

type Phase = PlayerState['phase'];

export const IDLE: Omit<PlayerState, 'engine' | 'muted' | 'volume'> = {
  phase: 'idle',
  time: 0,
  duration: 0,
  buffered: 0,
  decodedFrames: 0,
  droppedFrames: 0,
  width: 0,
  height: 0,
  level: '',
  asked: '',
  error: null,
};

/** All that is to be told of an engine now. */
export function describeMedia(
  engine: Engine,
  error: EngineError | undefined,
  isStarting: boolean,
): Omit<PlayerState, 'engine'> {
  const { video } = engine;
  const quality = video.getVideoPlaybackQuality();
  const { shown, asked } = engine.levels();
  return {
    phase: phaseOf(video, error, isStarting),
    time: video.currentTime,
    // a live stream has no end
    duration: Number.isFinite(video.duration) ? video.duration : 0,
    buffered: bufferedAhead(video),
    decodedFrames: quality.totalVideoFrames,
    droppedFrames: quality.droppedVideoFrames,
    muted: video.muted,
    volume: video.volume,
    width: video.videoWidth,
    height: video.videoHeight,
    level: shown,
    asked,
    error: error ?? null,
  };
}

function phaseOf(video: HTMLVideoElement, error: EngineError | undefined, isStarting: boolean): Phase {
  // what is in the buffer still plays after an error; only then it is over
  if (error?.fatal === true && (video.paused || video.readyState < video.HAVE_FUTURE_DATA)) return 'failed';
  if (video.ended) return 'ended';
  if (video.paused) return isStarting ? 'loading' : 'paused';
  if (video.readyState === video.HAVE_NOTHING) return 'loading';
  return video.readyState < video.HAVE_FUTURE_DATA ? 'waiting' : 'playing';
}

function bufferedAhead({ buffered, currentTime }: HTMLVideoElement): number {
  for (let index = 0; index < buffered.length; index += 1) {
    // a stream rarely begins exactly where it says
    if (buffered.start(index) <= currentTime + 0.2 && buffered.end(index) >= currentTime)
      return buffered.end(index) - currentTime;
  }
  return 0;
}
