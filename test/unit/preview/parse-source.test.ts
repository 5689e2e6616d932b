import { describe, expect, it } from 'vitest';
import { parseSource } from '../../../shared/preview/parse-source.ts';

const MEDIA = '0b4d2c8e-8a2f-4c55-9c4e-9a1e6a3f2b10';
const PLAYER = '7c9e2b41-5f0d-4a83-9b1e-2f6c8d03a517';

describe('a typed source', () => {
  it.each([
    ['nothing', '  ', { kind: 'clip' }],
    ['an address', 'https://a.example/x.m3u8?y=1#z', { kind: 'address', url: 'https://a.example/x.m3u8?y=1' }],
    ['one without its scheme', '//a.example/x.m3u8', { kind: 'address', url: 'https://a.example/x.m3u8' }],
    [
      'one with a token in it, which is taken out',
      'https://a.example/pt:TOKEN/x.m3u8',
      { kind: 'address', url: 'https://a.example/x.m3u8', token: 'TOKEN' },
    ],
    [
      'one the player has doubled',
      'https://a.example/pt:T2/pt:T1/x.m3u8',
      { kind: 'address', url: 'https://a.example/x.m3u8', token: 'T2' },
    ],
    ['a media id', MEDIA, { kind: 'ovp', mediaId: MEDIA }],
    ['a short media id', 'aB3dE6gH', { kind: 'ovp', mediaId: 'aB3dE6gH' }],
    ['player and media', `${PLAYER}/${MEDIA}`, { kind: 'ovp', mediaId: MEDIA, playerId: PLAYER }],
    [
      'the embed of today',
      `<script type="module">import flowplayer from "https://embed.flowplayer.com/${PLAYER}/${MEDIA}.js"; flowplayer("#p", { playback_token: "abc" })</script>`,
      { kind: 'ovp', mediaId: MEDIA, playerId: PLAYER, token: 'abc' },
    ],
    [
      'an iframe',
      `<iframe src="https://ljsp.lwcdn.com/api/video/embed.jsp?id=${MEDIA}&amp;pi=${PLAYER}"></iframe>`,
      { kind: 'ovp', mediaId: MEDIA, playerId: PLAYER },
    ],
    [
      'a manual embed with an address that has a token already',
      'flowplayer("#p", { src: "https://a.example/pt:OLD/x.m3u8", playback_token: "NEW" })',
      { kind: 'address', url: 'https://a.example/x.m3u8', token: 'NEW' },
    ],
  ])('reads %s', (_what, text, source) => {
    expect(parseSource(text)).toEqual({ ok: true, value: source });
  });

  it.each([
    ['a word', 'stream'],
    ['a file', 'file:///etc/passwd'],
    ['a user name', 'https://me:secret@a.example/x.m3u8'],
    ['no host', 'https:///x.m3u8'],
    ['a script', 'javascript:alert(1)'],
  ])('refuses %s', (_what, text) => {
    expect(parseSource(text).ok).toBe(false);
  });
});
