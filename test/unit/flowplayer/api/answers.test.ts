import { describe, expect, it } from 'vitest';
import { readAsset, readAssetPage } from '../../../../shared/flowplayer/api/asset.ts';
import { readCreatedKey, readKeyList } from '../../../../shared/flowplayer/api/key-answer.ts';
import { readDate } from '../../../../shared/flowplayer/api/read-date.ts';
import { readRetryAfter } from '../../../../shared/flowplayer/api/retry-after.ts';
import { readTokenAnswer } from '../../../../shared/flowplayer/api/token-answer.ts';

/** The answer that the vendor's guide to advanced playback tokens shows, its value masked there. */
const GUIDE = {
  id: 'bc57109d-af9e-4070-8a53-3d5e3998f7bf-7148f',
  name: 'my-new-playback-token-key',
  value: 'esddsdsa5b72aab09e28a8c18e9c79c38c616a91f78646f8ded5ff1ab45f',
  site_group_id: 'bc57109d-af9e-4070-8a53-3d5e3998f7bf',
  created_at: '2026-02-22T12:39:30+0000',
};
const KEY = { id: GUIDE.id, name: GUIDE.name, createdAt: Date.UTC(2026, 1, 22, 12, 39, 30) };

describe('the answer of a new key', () => {
  it.each([
    ['flat, as the guide has it', GUIDE],
    ['wrapped, as the sibling API has it', { playback_token_key: { ...GUIDE, organization_id: 'o' } }],
    ['with members nobody knows', { ...GUIDE, links: [], algorithm: { name: 'HS256' } }],
  ])('%s', (_title, body) => {
    expect(readCreatedKey(JSON.stringify(body))).toEqual({
      ok: true,
      value: { key: KEY, value: GUIDE.value, salvaged: false },
    });
  });

  it('without a date, with a number for an id', () => {
    expect(readCreatedKey('{"id":7,"name":"a","value":"v","created_at":null}')).toEqual({
      ok: true,
      value: { key: { id: '7', name: 'a' }, value: 'v', salvaged: false },
    });
  });

  it.each([
    ['no value', { ...GUIDE, value: undefined }],
    ['under its wrapper as well', { playback_token_key: { ...GUIDE, value: undefined } }],
  ])('%s says that the key exists', (_title, body) => {
    expect(readCreatedKey(JSON.stringify(body))).toEqual({ ok: false, error: { kind: 'no-value', key: KEY } });
  });

  it('is used as far as it is whole, and never half a value', () => {
    const text = JSON.stringify(GUIDE);
    const valueEnd = text.indexOf(GUIDE.value) + GUIDE.value.length + 1;
    for (let length = 0; length < text.length; length++) {
      const read = readCreatedKey(text.slice(0, length));
      if (length >= valueEnd) expect(read).toMatchObject({ ok: true, value: { value: GUIDE.value, salvaged: true } });
      else if (length >= text.indexOf(GUIDE.id) + GUIDE.id.length + 1)
        expect(read).toMatchObject({ ok: false, error: { kind: 'no-value', key: { id: GUIDE.id } } });
      else expect(read).toEqual({ ok: false, error: { kind: 'unreadable' } });
    }
  });

  it.each(['', 'null', '[]', '"x"', '7', '{}', '<html></html>', '{"id":""}', '{"value":"v"}', '\u0000'])(
    '%j is unreadable',
    (body) => {
      expect(readCreatedKey(body)).toEqual({ ok: false, error: { kind: 'unreadable' } });
    },
  );

  it('does not take long over much text', () => {
    const start = performance.now();
    for (const body of ['"id":"'.repeat(100_000), `"id":"${'\\'.repeat(500_000)}`, ' '.repeat(500_000)])
      readCreatedKey(body);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});

describe('a list of keys', () => {
  const keys = [
    { id: 'a', name: 'A' },
    { id: 'b', name: 'B', created_at: GUIDE.created_at },
  ];
  const read = [
    { id: 'a', name: 'A' },
    { id: 'b', name: 'B', createdAt: KEY.createdAt },
  ];

  it.each([
    ['by itself', keys, undefined],
    ['as the sibling API has it', { playback_token_keys: keys, pagination: { total_records: 12 } }, 12],
    ['as v3 lists assets', { assets: keys, total_count: 2 }, 2],
    ['each wrapped', { data: keys.map((key) => ({ playback_token_key: key })) }, undefined],
  ])('%s', (_title, json, total) => {
    expect(readKeyList(json)).toEqual(total === undefined ? { keys: read } : { keys: read, total });
  });

  it('leaves out what has no id, and is none without a list', () => {
    expect(readKeyList({ keys: [...keys, { name: 'C' }, 7, null] })).toEqual({ keys: read });
    for (const json of [undefined, null, {}, 'x', { keys: 'x' }]) expect(readKeyList(json)).toBeUndefined();
  });
});

describe('the answer of a new token', () => {
  const token = '0YRDoQEFoQRYKmI3ZDVjNGUyTpAhw-2ctTp0IncA6ysAZTRA';
  it.each([
    ['as the sibling API has it', { token }],
    ['under another name', { playback_token: token }],
    ['wrapped', { playback_token: { token } }],
    ['wrapped in data', { data: { token } }],
    ['a text', token],
  ])('%s', (_title, json) => {
    expect(readTokenAnswer(JSON.stringify(json))).toBe(token);
  });

  it('as bare text, padded, with a line break', () => {
    expect(readTokenAnswer(`${token}==\n`)).toBe(token);
  });

  it.each(['', '{}', 'null', '{"token":""}', '{"token":7}', '{"token":"too short"}', '<html>', '{"message":"no"}'])(
    '%j has none',
    (body) => {
      expect(readTokenAnswer(body)).toBeUndefined();
    },
  );
});

describe('assets', () => {
  const video = {
    id: '8d1b7d0e-0000-4000-8000-000000000001',
    name: 'Film',
    created_at: '2026-02-22T12:39:30+0000',
    duration: 61.5,
    state: 'FINISHED',
    playback_token_behavior: 'BASIC_TOKEN',
    encodings: [
      { format: 'mpeg-dash', video_file_url: 'https://cdn.example.test/a.mpd' },
      null,
      { format: 'hls', video_file_url: 'https://cdn.example.test/pt:abc/hls/a/playlist.m3u8' },
    ],
  };

  it('are read with their mode and their stream, without the token that may stand in it', () => {
    expect(readAsset(video, 'video')).toEqual({
      kind: 'video',
      id: video.id,
      name: 'Film',
      tokenMode: 'basic',
      createdAt: KEY.createdAt,
      duration: 61.5,
      state: 'FINISHED',
      streamUrl: 'https://cdn.example.test/hls/a/playlist.m3u8',
    });
  });

  it('have a mode only where the API tells it', () => {
    const mode = (behavior: unknown) =>
      readAsset({ id: 'a', playback_token_behavior: behavior } as never, 'video')?.tokenMode;
    expect(['NO_TOKEN', 'BASIC_TOKEN', 'ADVANCED_TOKEN', 'FOLLOW_DEFAULT'].map(mode)).toEqual([
      'none',
      'basic',
      'advanced',
      'default',
    ]);
    for (const odd of [undefined, null, '', 7, 'SOMETHING_NEW']) expect(mode(odd)).toBe('unknown');
  });

  it('need nothing but an id', () => {
    expect(readAsset({ id: 'aB3dE6g8' }, 'livestream')).toEqual({
      kind: 'livestream',
      id: 'aB3dE6g8',
      name: '',
      tokenMode: 'unknown',
    });
    for (const json of [undefined, null, [], {}, { id: null }, 'x']) expect(readAsset(json, 'video')).toBeUndefined();
  });

  it('find a livestream’s playlist wherever it stands', () => {
    const live = {
      id: 'a',
      outputs: [{ kind: 'rtmp', url: 'rtmp://x' }, { url: 'https://l.example.test/hls/b/playlist.m3u8?x=1' }],
    };
    expect(readAsset(live, 'livestream')?.streamUrl).toBe('https://l.example.test/hls/b/playlist.m3u8?x=1');
  });

  it('come in pages', () => {
    expect(readAssetPage({ assets: [video, {}, 7], total_count: 90 }, 'video')).toMatchObject({
      assets: [{ id: video.id }],
      total: 90,
    });
    expect(readAssetPage({ videos: [{ id: 'a' }] }, 'video')).toEqual({
      assets: [{ kind: 'video', id: 'a', name: '', tokenMode: 'unknown' }],
    });
    expect(readAssetPage({ total_count: 1 }, 'video')).toBeUndefined();
  });
});

describe('dates', () => {
  it.each([
    ['2026-02-22T12:39:30+0000', Date.UTC(2026, 1, 22, 12, 39, 30)],
    ['2026-02-22T12:39:30-0130', Date.UTC(2026, 1, 22, 14, 9, 30)],
    ['2026-02-22T12:39:30.500Z', Date.UTC(2026, 1, 22, 12, 39, 30, 500)],
    ['1970-01-01T00:00:00+0000', 0],
  ])('%s', (text, moment) => {
    expect(readDate(text)).toBe(moment);
  });
  it.each([undefined, null, '', 'yesterday', 7, {}])('%j is none', (value) => {
    expect(readDate(value)).toBeUndefined();
  });
});

describe('Retry-After', () => {
  const now = Date.UTC(2026, 10, 24, 13);
  it.each([
    ['0', 0],
    ['2', 2000],
    ['1.5', 1500],
    [' 120 ', 120_000],
    ['Tue, 24 Nov 2026 13:00:03 GMT', 3000],
    ['Tue, 24 Nov 2026 12:00:00 GMT', 0],
  ])('%s', (header, wait) => {
    expect(readRetryAfter(header, now)).toBe(wait);
  });
  it.each([undefined, '', 'soon', '-1', '1e9', '2026'.repeat(9)])('%j counts as not sent', (header) => {
    expect(readRetryAfter(header, now)).toBeUndefined();
  });
});
