import flowplayer from '@flowplayer/player';
import Hls from '@flowplayer/player/plugins/hls';
import '@flowplayer/player/flowplayer.css';
import type HlsJs from 'hls.js';
import './flowplayer-engine.css';
import { AHEAD, addQueryToken, makeHeaderSetup, nameLevel, type StartEngine, withoutAddresses } from './engine.ts';

const create = flowplayer(Hls);

/** The player that customers have, with its HLS plugin, as they configure it: `playback_token` is its own option. */
export const startFlowplayer: StartEngine = (stage, source, failed) => {
  const place = document.createElement('div');
  stage.replaceChildren(place);
  const xhrSetup = makeHeaderSetup(source);
  const player = create(place, {
    src: addQueryToken(source),
    // it takes the token for https addresses only, and would put it in front of one that is there already
    ...(source.token !== null && source.carry === 'path' ? { playback_token: source.token } : {}),
    autoplay: source.paused ? flowplayer.autoplay.OFF : flowplayer.autoplay.ON,
    preload: 'auto',
    autopause: false,
    ...(source.startAt > 0 ? { start_time: source.startAt } : {}),
    hls: { maxBufferLength: AHEAD, ...(xhrSetup === undefined ? {} : { xhrSetup }) },
  });
  player.on(flowplayer.events.STANDARD_ERROR, ({ detail: { error } }) =>
    failed({
      code: error.flowplayerErrorCode,
      name: error.errorKey,
      message: withoutAddresses(error.message),
      fatal: error.isFatal,
    }),
  );
  // left out of its types, and there from the moment its source was read
  const withHls: { readonly hls?: HlsJs } & HTMLVideoElement = player;

  return {
    video: player,
    levels: () => {
      const { hls } = withHls;
      return { shown: nameLevel(hls?.levels[hls.currentLevel]), asked: nameLevel(hls?.levels[hls.nextLoadLevel]) };
    },
    destroy: () => {
      // its retries would go on, with a token that is not in use any more
      withHls.hls?.destroy();
      player.destroy();
      stage.replaceChildren();
    },
  };
};
