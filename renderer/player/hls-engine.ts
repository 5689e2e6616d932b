import Hls, { type ErrorData, type HlsConfig } from 'hls.js';
import {
  AHEAD,
  addQueryToken,
  type EngineError,
  makeHeaderSetup,
  nameLevel,
  type StartEngine,
  withoutAddresses,
} from './engine.ts';

/** hls.js on a bare video element. It knows nothing of tokens: the address gets it here. */
export const startHls: StartEngine = (stage, source, failed) => {
  const video = document.createElement('video');
  video.playsInline = true;
  stage.replaceChildren(video);

  const xhrSetup = makeHeaderSetup(source);
  const config: Partial<HlsConfig> = {
    startPosition: source.startAt > 0 ? source.startAt : -1,
    maxBufferLength: AHEAD,
    maxMaxBufferLength: AHEAD,
    ...(xhrSetup === undefined ? {} : { xhrSetup }),
  };
  const hls = new Hls(config);
  hls.on(Hls.Events.ERROR, (_event, data) => {
    // that the buffer ran dry is seen, and is not why
    if (data.fatal || data.type !== Hls.ErrorTypes.MEDIA_ERROR) failed(describe(data));
  });
  hls.attachMedia(video);
  hls.loadSource(source.carry === 'path' ? addPathToken(source.url, source.token) : addQueryToken(source));
  // refused where a page may not begin by itself; then it stands paused, and says so
  if (!source.paused) video.play().catch(() => undefined);

  return {
    video,
    levels: () => ({ shown: nameLevel(hls.levels[hls.currentLevel]), asked: nameLevel(hls.levels[hls.nextLoadLevel]) }),
    destroy: () => {
      hls.destroy();
      stage.replaceChildren();
    },
  };
};

/** `https://host/a/b` → `https://host/pt:TOKEN/a/b`, as Flowplayer does it. */
function addPathToken(address: string, token: string | null): string {
  if (token === null) return address;
  const url = new URL(address);
  url.pathname = `/pt:${token}${url.pathname}`;
  return url.href;
}

function describe(data: ErrorData): EngineError {
  const status = data.response?.code;
  const message = status === undefined ? data.error.message : `status ${status}: ${data.error.message}`;
  return { code: data.details, name: data.type, message: withoutAddresses(message), fatal: data.fatal };
}
