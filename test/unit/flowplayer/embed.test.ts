import { describe, expect, it } from 'vitest';
import type { EmbedForm } from '../../../shared/flowplayer/embed.ts';
import { readEmbeds } from '../../../shared/flowplayer/read-embed.ts';
import { type EmbedSpec, writeEmbed } from '../../../shared/flowplayer/write-embed.ts';

const PLAYER = '4be1a7c0-92d4-4f3e-8a55-0c6d1e7f92ab';
const MEDIA = '7c9e2b41-5f0d-4a83-9b1e-2f6c8d03a517';
const SITE = '0b7d6a1e-1111-4222-8333-444455556666';
const TOKEN = '0YRDoQEFoQRC-_';
const SPEC: EmbedSpec = { token: TOKEN, playerId: PLAYER, mediaId: MEDIA, siteId: SITE, licence: 'eyJ.a.b' };

const only = (text: string): object => {
  const embeds = readEmbeds(text);
  expect(embeds).toHaveLength(1);
  const [{ start, end, ...rest } = { start: -1, end: -1 }] = embeds;
  expect(start).toBeGreaterThanOrEqual(0);
  expect(end).toBeLessThanOrEqual(text.length);
  return rest;
};

describe('reading embeds', () => {
  it('the ES module of today', () => {
    expect(
      only(
        `<script type="module">\nimport flowplayer from "https://embed.flowplayer.com/${PLAYER}/${MEDIA}.js";\nflowplayer("#player-1",{playback_token:"${TOKEN}"});\n</script>`,
      ),
    ).toEqual({ form: 'es-module', playerId: PLAYER, mediaId: MEDIA, playbackToken: TOKEN });
    expect(only(`import fp from 'https://embed.flowplayer.com/${PLAYER}/aB3dE6gH.js'`)).toEqual({
      form: 'es-module',
      playerId: PLAYER,
      mediaId: 'aB3dE6gH',
    });
  });

  it('the iframe, its address escaped or not, in either order', () => {
    for (const query of [
      `id=${MEDIA}&pi=${PLAYER}`,
      `id=${MEDIA}&amp;pi=${PLAYER}&amp;autoplay=true`,
      `pi=${PLAYER}&id=${MEDIA}`,
    ])
      expect(only(`<iframe src="//ljsp.lwcdn.com/api/video/embed.jsp?${query}" allow="autoplay"></iframe>`)).toEqual({
        form: 'iframe',
        mediaId: MEDIA,
        playerId: PLAYER,
      });
  });

  it('the line that WordPress turns into an iframe', () => {
    expect(
      only(`A post.\n\nhttps://play.flowplayer.com/api/video/embed.jsp?id=${MEDIA}&pi=${PLAYER}\n\nMore.`),
    ).toEqual({
      form: 'wordpress',
      mediaId: MEDIA,
      playerId: PLAYER,
    });
  });

  it('the async loader with its configuration', () => {
    expect(
      only(
        `<div data-player-id="${PLAYER}">\n<script src="//cdn.flowplayer.com/players/${SITE}/native/flowplayer.async.js">\n{"src":"${MEDIA}","playback_token":"${TOKEN}"}\n</script></div>`,
      ),
    ).toEqual({ form: 'async', siteId: SITE, playerId: PLAYER, mediaId: MEDIA, playbackToken: TOKEN });
  });

  it('the manual call with ids, with an address, and with a list of sources', () => {
    expect(
      only(`flowplayer('#p', { token: 'eyJ.a.b', src: '${PLAYER}/${MEDIA}', playback_token: '${TOKEN}' })`),
    ).toEqual({
      form: 'manual',
      licence: 'eyJ.a.b',
      playerId: PLAYER,
      mediaId: MEDIA,
      playbackToken: TOKEN,
    });
    expect(
      only(
        `flowplayer("#p", { "src": "https://cdn.example.com/a.m3u8?x=(1)", "playback_token": \`${TOKEN}\`, player_id: "${PLAYER}" })`,
      ),
    ).toEqual({
      form: 'manual',
      src: 'https://cdn.example.com/a.m3u8?x=(1)',
      playerId: PLAYER,
      playbackToken: TOKEN,
    });
    expect(
      only(`flowplayer("#p", { src: [{ src: "https://cdn.example.com/a.m3u8", type: "application/x-mpegurl" }] })`),
    ).toEqual({
      form: 'manual',
      src: 'https://cdn.example.com/a.m3u8',
    });
  });

  it('React', () => {
    expect(
      only(`<Flowplayer token={LICENCE} src="${MEDIA}" opts={{ playback_token: "${TOKEN}", muted: a > 1 }} />`),
    ).toEqual({
      form: 'react',
      mediaId: MEDIA,
      playbackToken: TOKEN,
    });
  });

  it('nothing in text that only names the player', () => {
    expect(readEmbeds('We use flowplayer (a player) and playback_token, see flowplayer.com')).toEqual([]);
    expect(readEmbeds('')).toEqual([]);
  });

  it('several, in order', () => {
    const text = `flowplayer("#a", {src: "${MEDIA}"});\n<iframe src="https://ljsp.lwcdn.com/api/video/embed.jsp?id=${MEDIA}&pi=${PLAYER}"></iframe>\nflowplayer("#b", {src: "${PLAYER}"})`;
    expect(readEmbeds(text).map((embed) => embed.form)).toEqual(['manual', 'iframe', 'manual']);
  });
});

describe('writing embeds', () => {
  const written = (form: EmbedForm, spec: EmbedSpec = SPEC) => {
    const result = writeEmbed(form, spec);
    if (!result.ok) throw new Error(result.error.message);
    return result.value;
  };

  it.each<[EmbedForm, EmbedSpec, object]>([
    ['es-module', SPEC, { playerId: PLAYER, mediaId: MEDIA, playbackToken: TOKEN }],
    ['async', SPEC, { siteId: SITE, playerId: PLAYER, mediaId: MEDIA, playbackToken: TOKEN }],
    ['manual', SPEC, { licence: 'eyJ.a.b', playerId: PLAYER, mediaId: MEDIA, playbackToken: TOKEN }],
    [
      'manual',
      { token: TOKEN, url: 'https://cdn.example.com/a.m3u8', licence: 'eyJ.a.b' },
      { licence: 'eyJ.a.b', src: 'https://cdn.example.com/a.m3u8', playbackToken: TOKEN },
    ],
    ['react', SPEC, { licence: 'eyJ.a.b', playerId: PLAYER, mediaId: MEDIA, playbackToken: TOKEN }],
    ['iframe', SPEC, { playerId: PLAYER, mediaId: MEDIA }],
    ['wordpress', SPEC, { playerId: PLAYER, mediaId: MEDIA }],
    [
      'ios',
      { ...SPEC, url: 'https://cdn.example.com/a.m3u8' },
      { src: `https://cdn.example.com/pt:${TOKEN}/a.m3u8`, playbackToken: TOKEN },
    ],
    [
      'android',
      { ...SPEC, url: 'https://cdn.example.com/a.m3u8' },
      { src: `https://cdn.example.com/pt:${TOKEN}/a.m3u8`, playbackToken: TOKEN },
    ],
  ])('%s is read back as it was written', (form, spec, members) => {
    expect(only(written(form, spec).code)).toEqual({ form, ...members });
  });

  it('says that iframes carry no token', () => {
    for (const form of ['iframe', 'wordpress'] as const) {
      const { code, carriesToken, notes } = written(form);
      expect(carriesToken).toBe(false);
      expect(code).not.toContain(TOKEN);
      expect(notes.join(' ')).toContain('no token');
    }
  });

  it.each<[EmbedForm, Partial<EmbedSpec>, string]>([
    ['es-module', { mediaId: MEDIA }, 'playerId'],
    ['async', { playerId: PLAYER, mediaId: MEDIA }, 'siteId'],
    ['manual', {}, 'mediaId'],
    ['ios', { mediaId: MEDIA }, 'url'],
    ['ios', { url: 'not an address' }, 'url'],
    ['es-module', { playerId: '"><script>', mediaId: MEDIA }, 'playerId'],
    ['manual', { mediaId: MEDIA, token: 'a/b+c=' }, 'token'],
  ])('%s refuses %j', (form, spec, member) => {
    expect(writeEmbed(form, { token: TOKEN, ...spec })).toMatchObject({ ok: false, error: { member } });
  });

  it('lets nothing break out of its quotes', () => {
    const hostile = `https://cdn.example.com/a"</script><script>alert(1)</script>$${'{x}'}`;
    const { code } = written('manual', { token: TOKEN, url: hostile, licence: '</script>"' });
    expect(code.match(/<\/script>/g)).toHaveLength(3);
    expect(code).not.toContain('alert(1)</script>');
    expect(written('android', { token: TOKEN, url: hostile }).code).toContain(`\\$${'{x}'}`);
  });
});
