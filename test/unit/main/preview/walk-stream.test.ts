import { describe, expect, it } from 'vitest';
import { createEdge, type EdgeStage } from '../../../../main/edge/edge.ts';
import type { AskOrigin } from '../../../../main/edge/origin.ts';
import type { Carried } from '../../../../main/preview/sent-by-player.ts';
import { type WalkOptions, walkStream } from '../../../../main/preview/walk-stream.ts';
import { previewWalk } from '../../../../shared/contract/preview-walk.ts';
import { toPlainText } from '../../../../shared/explain/rich-text.ts';
import { UTC_STYLE } from '../../../../shared/explain/time-style.ts';
import { NOW, stageWith, tokenWith } from '../edge/stages.ts';

const nobody: AskOrigin = async () => {
  throw new Error('the origin was asked');
};

const NEVER = new AbortController().signal;

async function walk(
  token: string | null,
  stage: EdgeStage = stageWith(),
  {
    askOrigin = nobody,
    signal = NEVER,
    ...how
  }: Partial<Carried> & Partial<Pick<WalkOptions, 'askOrigin' | 'signal'>> = {},
) {
  const edge = createEdge({ askOrigin, now: () => NOW });
  const carried: Carried = { token, carry: stage.settings.carry, engine: 'flowplayer', ...how };
  const slotOf = (text: string) => (text === token ? ('A' as const) : null);
  const walked = await walkStream({ edge, stage, carried, askOrigin, slotOf, signal });
  return previewWalk.parse(walked);
}

const PATH_RULE = { catu: { path: { prefix: '/hls/7c9e2b41-5f0d-4a83-9b1e-2f6c8d03a517/' } } };

describe('the walk before playing', () => {
  it('judges every playlist, init and segment of the clip, and asks nobody', async () => {
    const { entries, requests, cut } = await walk(tokenWith(PATH_RULE));
    expect(entries).toHaveLength(1 + 2 * (1 + 1 + 15));
    expect(entries.every(({ verdict, cause }) => verdict === 'pass' && cause === undefined)).toBe(true);
    expect(entries[0]).toMatchObject({ kind: 'master', depth: 0, host: 'cdn.example.com' });
    expect(entries[0]?.url).toMatch(/^https:\/\/cdn\.example\.com\/pt:A\/hls\//);
    expect({ requests, cut }).toEqual({ requests: 0, cut: 0 });
  });

  it('says which rendition a rule misses, and by which rule', async () => {
    const { entries } = await walk(tokenWith(PATH_RULE), stageWith({ addresses: 'two-folders' }));
    const refused = entries.filter(({ verdict }) => verdict === 'fail');
    expect(refused).toHaveLength(17);
    expect(refused[0]).toMatchObject({ kind: 'playlist', cause: 'claims', claim: 'catu.path' });
    expect(toPlainText(refused[0]?.reason ?? [], UTC_STYLE)).toMatch(/^path does not start with/);
  });

  it.each(['root-relative', 'absolute'] as const)('says what %s addresses lose', async (addresses) => {
    const { entries } = await walk(tokenWith(PATH_RULE), stageWith({ addresses }));
    const [first, ...others] = entries;
    expect(first).toMatchObject({ verdict: 'pass' });
    expect(others.every((one) => one.verdict === 'none' && one.cause === 'lost-token' && one.lost === addresses)).toBe(
      true,
    );
  });

  it('knows that a token in the query stays with the first address, and one in a header does not', async () => {
    const token = tokenWith(PATH_RULE);
    const query = await walk(token, stageWith({ carry: 'query' }));
    expect(query.entries.slice(0, 2)).toMatchObject([{ verdict: 'pass' }, { cause: 'lost-token', lost: 'elsewhere' }]);
    expect(query.entries[0]?.url).not.toContain(token);
    const header = await walk(token, stageWith({ carry: 'header', addresses: 'absolute' }));
    expect(header.entries.every(({ verdict }) => verdict === 'pass')).toBe(true);
  });

  it('lets a token that may be used once pass once, and leaves it unused', async () => {
    const edge = createEdge({ askOrigin: nobody, now: () => NOW });
    const token = tokenWith({ catreplay: 1, cti: { hex: '0b71' } });
    const carried: Carried = { token, carry: 'path', engine: 'flowplayer' };
    const options = { edge, stage: stageWith(), carried, askOrigin: nobody, slotOf: () => null, signal: NEVER };
    for (const { entries } of [await walkStream(options), await walkStream(options)])
      expect(entries.slice(0, 3).map(({ verdict }) => verdict)).toEqual(['pass', 'fail', 'fail']);
  });

  it('tells of a verdict also where nothing is enforced', async () => {
    const { entries } = await walk(tokenWith({ exp: 1 }), stageWith({ enforce: false }));
    expect(entries[0]).toMatchObject({ verdict: 'fail', cause: 'time', claim: 'exp' });
  });

  it('knows that Flowplayer leaves an http address without the token, and hls.js does not', async () => {
    const http = new URL('http://cdn.example.com/x/playlist.m3u8');
    const mount = stageWith().mount;
    if (mount === undefined) throw new Error('no mount');
    const stage = stageWith({}, { source: http, mount: { ...mount, url: http } });
    expect((await walk(tokenWith(), stage)).entries[0]).toMatchObject({ verdict: 'none', cause: 'no-token' });
    expect((await walk(tokenWith(), stage, { engine: 'hls' })).entries[0]).toMatchObject({ verdict: 'pass' });
  });

  it('says that a file is not there, and what the edge was told to do', async () => {
    const mount = stageWith().mount;
    if (mount === undefined) throw new Error('no mount');
    const gone = stageWith({}, { mount: { ...mount, fileName: 'gone.m3u8' } });
    expect((await walk(tokenWith(), gone)).entries).toMatchObject([{ cause: 'missing', unread: 'missing' }]);
    const segment = stageWith({}, { mount: { ...mount, fileName: '360p/seg_0001.m4s' } });
    expect((await walk(tokenWith(), segment)).entries).toMatchObject([{ unread: 'no-playlist' }]);
    const faulty = await walk(tokenWith(), stageWith({ fault: { kind: 'status', status: 503 } }));
    expect(faulty.entries[0]).toMatchObject({ verdict: 'pass', cause: 'fault' });
    const hidden = await walk(tokenWith(), stageWith({ fault: { kind: 'no-cors' } }));
    expect(hidden.entries[0]).toMatchObject({ verdict: 'pass', cause: 'cors' });
  });
});

describe('the walk through an origin', () => {
  const ANSWERS: Readonly<Record<string, string>> = {
    'https://o.example/v/master.m3u8':
      '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n1/i.m3u8\n#EXT-X-STREAM-INF:BANDWIDTH=2\n2/i.m3u8\n#EXT-X-STREAM-INF:BANDWIDTH=3\n3/i.m3u8',
    'https://o.example/v/1/i.m3u8': '#EXTM3U\n#EXTINF:2\na.ts\n',
    'https://o.example/v/3/i.m3u8': '<html>',
  };
  const stage = (enforce: boolean) =>
    stageWith({ passOn: true, enforce }, { mount: undefined, source: new URL('https://o.example/v/master.m3u8') });

  function origin() {
    const asked: string[] = [];
    const askOrigin: AskOrigin = async ({ url }) => {
      asked.push(url);
      if (url.endsWith('/2/i.m3u8'))
        return { ok: true, value: { status: 302, headers: [['Location', '/no.m3u8']], body: new Uint8Array(0) } };
      const text = ANSWERS[url.replace(/\/pt:[^/]*/, '')];
      const status = text === undefined ? 404 : 200;
      return { ok: true, value: { status, headers: [], body: new TextEncoder().encode(text ?? '') } };
    };
    return { asked, askOrigin };
  }

  it('asks for playlists only, without the token where the edge enforces it', async () => {
    const { asked, askOrigin } = origin();
    const { entries, requests } = await walk(tokenWith(), stage(true), { askOrigin });
    expect(asked).toEqual([
      'https://o.example/v/master.m3u8',
      'https://o.example/v/1/i.m3u8',
      'https://o.example/v/2/i.m3u8',
      'https://o.example/no.m3u8',
      'https://o.example/v/3/i.m3u8',
    ]);
    expect(requests).toBe(5);
    expect(entries.map(({ kind, unread = '', cause = '' }) => `${kind} ${unread} ${cause}`)).toEqual([
      'master  ',
      'playlist  ',
      'segment  ',
      'playlist refused origin',
      'playlist no-playlist ',
    ]);
  });

  it('passes the token on where the origin is to judge it, and none where the edge refuses', async () => {
    const token = tokenWith({ exp: 1 });
    const open = origin();
    await walk(token, stage(false), { askOrigin: open.askOrigin });
    expect(open.asked[0]).toBe(`https://o.example/pt:${token}/v/master.m3u8`);
    const closed = origin();
    const { entries, requests } = await walk(token, stage(true), { askOrigin: closed.askOrigin });
    expect({ asked: closed.asked, requests }).toEqual({ asked: [], requests: 0 });
    expect(entries).toMatchObject([{ verdict: 'fail', cause: 'time', unread: 'refused' }]);
  });

  it('sends nothing more once it was given up', async () => {
    const { asked, askOrigin } = origin();
    const given = new AbortController();
    const { requests } = await walk(tokenWith(), stage(true), {
      signal: given.signal,
      askOrigin: (request) => {
        if (asked.length === 1) given.abort();
        return askOrigin(request);
      },
    });
    expect({ asked: asked.length, requests }).toEqual({ asked: 2, requests: 2 });
  });

  it('says that nobody answered', async () => {
    for (const sent of [false, true]) {
      const askOrigin: AskOrigin = async () => ({ ok: false, error: { message: 'Nobody is there.', sent } });
      const { entries, requests } = await walk(tokenWith(), stage(true), { askOrigin });
      expect(entries).toMatchObject([{ verdict: 'pass', cause: 'no-answer', unread: 'no-answer' }]);
      expect(requests).toBe(sent ? 1 : 0);
    }
  });
});
