import type { PageCommand, PageReport, PageSource } from '../../shared/contract/player-page.ts';
import type { PreviewEngine } from '../../shared/contract/preview.ts';
import { describeMedia, IDLE } from './describe-media.ts';
import type { Engine, EngineError, StartEngine } from './engine.ts';

/**
 * The player's page. Its origin is main, which sends what to play as server-sent events and takes reports; the page has no
 * other way to anything, and decides nothing.
 */
declare global {
  interface Window {
    /** where Flowplayer sends its telemetry; read when its code runs */
    __FLOWPLAYER_INSIGHTS_URL?: string;
  }
}
window.__FLOWPLAYER_INSIGHTS_URL = new URL('/insights', location.href).href;

const MEDIA_EVENTS = [
  ...['loadedmetadata', 'loadeddata', 'playing', 'pause', 'waiting', 'seeked', 'ended', 'volumechange', 'resize'],
  ...['error', 'emptied', 'canplay'],
];
/** between two reports while it plays */
const INTERVAL_MS = 250;

const stage = document.getElementById('stage');
if (stage === null) throw new Error('the page has no place for a player');

let name: PreviewEngine = 'flowplayer';
let engine: Engine | undefined;
let error: EngineError | undefined;
let isMuted = true;
/** it was told to play and did not begin yet: that it stands still is not a pause */
let isStarting = false;
/** counts loads: an engine whose code arrives late does not begin */
let generation = 0;

async function load(source: PageSource): Promise<void> {
  unload();
  const current = generation;
  name = source.engine;
  isStarting = !source.paused;
  let start: StartEngine;
  try {
    start = await loadEngine(source.engine);
  } catch {
    if (current !== generation) return;
    error = {
      code: 'missing',
      name: 'missing',
      message: 'The player’s code is not in this copy of Catwalk.',
      fatal: true,
    };
    return reportState();
  }
  if (current !== generation) return;
  // play and pause may have been pressed while the code came
  engine = start(stage as HTMLElement, { ...source, paused: !isStarting }, (happened) => {
    if (current !== generation) return;
    // a fatal error is the last word
    if (error?.fatal !== true) error = happened;
    reportState();
  });
  const { video } = engine;
  video.muted = isMuted;
  video.addEventListener('playing', () => {
    isStarting = false;
  });
  video.addEventListener('canplay', () => {
    // whoever pressed play before there was anything to play was refused by the element, and still wants it
    if (isStarting && video.paused) play();
  });
  video.addEventListener('progress', () => {
    // data came after all
    if (error?.fatal === false) error = undefined;
  });
  for (const event of MEDIA_EVENTS) video.addEventListener(event, reportState);
  reportState();
}

/** The code of an engine comes when it is first asked for. */
const loadEngine = async (wanted: PreviewEngine): Promise<StartEngine> =>
  wanted === 'flowplayer'
    ? (await import('./flowplayer-engine.ts')).startFlowplayer
    : (await import('./hls-engine.ts')).startHls;

function unload(): void {
  generation += 1;
  engine?.destroy();
  engine = undefined;
  error = undefined;
}

function play(): void {
  isStarting = true;
  // refused while there is nothing to play, or when another load comes in between
  engine?.video.play().catch(() => undefined);
}

function obey(command: PageCommand): void {
  switch (command.kind) {
    case 'load':
      void load(command.source);
      return;
    case 'unload':
      unload();
      break;
    case 'play':
      play();
      break;
    case 'pause':
      isStarting = false;
      engine?.video.pause();
      break;
    case 'seek':
      if (engine !== undefined) engine.video.currentTime = command.time;
      break;
    case 'mute':
      isMuted = command.muted;
      if (engine !== undefined) engine.video.muted = isMuted;
      break;
    default:
      command satisfies never;
  }
  reportState();
}

/** One report at a time: what changes meanwhile is in the next one. */
let isSending = false;
let isStale = false;
function reportState(): void {
  if (isSending) {
    isStale = true;
    return;
  }
  isSending = true;
  isStale = false;
  const media =
    engine === undefined
      ? { ...IDLE, phase: error === undefined ? IDLE.phase : 'failed', muted: isMuted, volume: 1, error: error ?? null }
      : describeMedia(engine, error, isStarting);
  void send({ kind: 'state', state: { engine: name, ...media } }).finally(() => {
    isSending = false;
    if (isStale) reportState();
  });
}

async function send(report: PageReport): Promise<void> {
  // main is gone when nobody answers, and the page goes with it
  await fetch('/report', { method: 'POST', body: JSON.stringify(report) }).catch(() => undefined);
}

new EventSource('/commands').addEventListener('message', (event: MessageEvent<string>) => {
  // main speaks here and nobody else: the page's own origin is all that answers
  obey(JSON.parse(event.data) as PageCommand);
});
setInterval(() => {
  if (engine !== undefined && !engine.video.paused) reportState();
}, INTERVAL_MS);
void import('./flowplayer-engine.ts').then(
  () => send({ kind: 'ready', flowplayer: true }),
  () => send({ kind: 'ready', flowplayer: false }),
);
