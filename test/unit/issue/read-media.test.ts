import { describe, expect, it } from 'vitest';
import { readMedia } from '../../../shared/issue/read-media.ts';

const PLAYER = '5a0e6c1d-1111-4222-8333-444455556666';
const VIDEO = '7c9e2b41-5f0d-4a83-9b1e-2f6c8d03a517';
const SITE = 'b7d5c4e2-1f30-4a68-9b0d-5e8a2c917f64';

describe('reading a video out of what was pasted', () => {
  it.each([
    [
      `<script type="module">import flowplayer from "https://embed.flowplayer.com/${PLAYER}/${VIDEO}.js"; flowplayer("#p")</script>`,
      { id: VIDEO, from: 'embed', playerId: PLAYER },
    ],
    [
      `<iframe src="//ljsp.lwcdn.com/api/video/embed.jsp?id=${VIDEO}&amp;pi=${PLAYER}"></iframe>`,
      { id: VIDEO, from: 'embed', playerId: PLAYER },
    ],
    [
      `<div data-player-id="${PLAYER}"><script src="//cdn.flowplayer.com/players/${SITE}/native/flowplayer.async.js">{"src":"${VIDEO}"}</script></div>`,
      { id: VIDEO, from: 'embed', playerId: PLAYER, siteId: SITE },
    ],
    [
      `flowplayer("#p", {src: "https://cdn.flowplayer.com/${SITE}/hls/${VIDEO}/playlist.m3u8"})`,
      { id: VIDEO, from: 'embed', url: `https://cdn.flowplayer.com/${SITE}/hls/${VIDEO}/playlist.m3u8` },
    ],
    [
      `https://cdn.flowplayer.com/pt:AAA/${SITE}/hls/${VIDEO}/playlist.m3u8?x=1`,
      { id: VIDEO, from: 'address', url: `https://cdn.flowplayer.com/${SITE}/hls/${VIDEO}/playlist.m3u8?x=1` },
    ],
    [
      `https://x.lwcdn.com/v-${VIDEO}_high.mp4`,
      { id: VIDEO, from: 'address', url: `https://x.lwcdn.com/v-${VIDEO}_high.mp4` },
    ],
    [` ${PLAYER}/${VIDEO} `, { id: VIDEO, from: 'pair', playerId: PLAYER }],
  ])('finds it in %s', (text, media) => {
    expect(readMedia(text)).toEqual(media);
  });

  it.each([VIDEO, 'aB3dE6gH', '', 'not an id', 'https://example.com/plain.mp4', `${VIDEO}/`])(
    'leaves %j as it was typed',
    (text) => {
      expect(readMedia(text)).toBeUndefined();
    },
  );
});
