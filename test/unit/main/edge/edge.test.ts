import { describe, expect, it } from 'vitest';
import { nodeCrypto } from '../../../../main/crypto/node-crypto.ts';
import { createEdge, type EdgeStage } from '../../../../main/edge/edge.ts';
import type { AskOrigin, OriginAnswer } from '../../../../main/edge/origin.ts';
import type { EdgeSettings } from '../../../../shared/contract/preview.ts';
import type { SentRequest } from '../../../../shared/edge/judge-request.ts';
import { keepOpened } from '../../../../shared/edge/open-token.ts';
import { BASE, get, NOW, stageWith, tokenised, tokenWith } from './stages.ts';

const nobody: AskOrigin = async () => {
  throw new Error('the origin was asked');
};

/** An edge before the clip, by the clock of the tests. */
const start = (askOrigin = nobody) => createEdge({ askOrigin, now: () => NOW });

const answer = (request: SentRequest, settings: Partial<EdgeSettings> = {}, more: Partial<EdgeStage> = {}) =>
  start().answer(request, stageWith(settings, more));

describe('the edge', () => {
  it('serves the clip to a token that passes', async () => {
    const got = await answer(get(tokenised(tokenWith())));
    expect(got).toMatchObject({ status: 200, by: 'edge', hidden: false, kind: 'master' });
    expect(got.judgement).toMatchObject({ decision: 'accept', judged: { copy: { channel: 'path' } } });
    expect(new TextDecoder().decode(got.body)).toMatch(/^#EXTM3U/);
    expect(Object.fromEntries(got.headers)).toMatchObject({ 'content-type': 'application/vnd.apple.mpegurl' });
  });

  it.each([
    ['path', (token: string) => get(tokenised(token))],
    ['query', (token: string) => get(`${BASE}playlist.m3u8?CAT=${token}`)],
    ['header', (token: string) => get(`${BASE}playlist.m3u8`, { 'CTA-Common-Access-Token': token })],
    ['cookie', (token: string) => get(`${BASE}playlist.m3u8`, { cookie: `a=b; CTA-Common-Access-Token=${token}` })],
  ] as const)('takes a token from the %s', async (channel, request) => {
    const got = await answer(request(tokenWith()));
    expect(got).toMatchObject({ status: 200, judgement: { judged: { copy: { channel } } } });
  });

  it.each<[string, SentRequest, Partial<EdgeSettings>, object]>([
    ['no token', get(`${BASE}playlist.m3u8`), {}, { cause: 'no-token' }],
    ['no text of a token', get(tokenised('!!!')), {}, { cause: 'unreadable' }],
    ['a token that expired', get(tokenised(tokenWith({ exp: NOW / 1000 - 1 }))), {}, { cause: 'time', claim: 'exp' }],
    ['a clock that is ahead', get(tokenised(tokenWith())), { clockOffset: 601_000 }, { cause: 'time', claim: 'exp' }],
    [
      'a clock that is behind',
      get(tokenised(tokenWith({ nbf: NOW / 1000 }))),
      { clockOffset: -1000 },
      { cause: 'time', claim: 'nbf' },
    ],
    ['expire now', get(tokenised(tokenWith())), { fault: { kind: 'expire' } }, { cause: 'time', claim: 'exp' }],
    [
      'a path that its rule misses',
      get(tokenised(tokenWith({ catu: { path: { prefix: '/other/' } } }))),
      {},
      { cause: 'claims', claim: 'catu.path' },
    ],
    [
      'another viewer’s country',
      get(tokenised(tokenWith({ catgeoiso3166: ['SE'] }))),
      { viewer: { ip: '192.0.2.7', country: 'NO' } },
      { cause: 'claims', claim: 'catgeoiso3166' },
    ],
    [
      'another viewer’s address',
      get(tokenised(tokenWith({ catnip: ['192.0.2.0/29'] }))),
      { viewer: { ip: '192.0.2.8', country: 'SE' } },
      { cause: 'claims', claim: 'catnip' },
    ],
  ])('refuses %s', async (_what, request, settings, expected) => {
    const got = await answer(request, settings);
    expect(got.status).toBeGreaterThanOrEqual(400);
    expect(got).toMatchObject({ ...expected, by: 'edge', hidden: false });
    expect(new TextDecoder().decode(got.body)).toBe(got.said);
  });

  it('lets in the viewer that the token names', async () => {
    const token = tokenWith({ catgeoiso3166: ['SE'], catnip: ['192.0.2.0/29'] });
    expect(await answer(get(tokenised(token)))).toMatchObject({ status: 200 });
  });

  it('refuses a token of a key that it does not know', async () => {
    const request = get(tokenised(tokenWith()));
    expect(await answer(request, {}, { tokens: keepOpened([], nodeCrypto) })).toMatchObject({ cause: 'integrity' });
  });

  it('lets everything through that it does not enforce, and says all the same what it would have done', async () => {
    const got = await answer(get(tokenised(tokenWith({ exp: 1 }))), { enforce: false });
    expect(got).toMatchObject({ status: 200, judgement: { decision: 'reject', cause: 'time' } });
    expect(got.cause).toBeUndefined();
  });

  it('waits when it is to be slow, for refusals as well', async () => {
    const waited: number[] = [];
    const edge = createEdge({ askOrigin: nobody, now: () => NOW, wait: async (millis) => void waited.push(millis) });
    const stage = stageWith({ fault: { kind: 'slow', millis: 1500 } });
    expect(await edge.answer(get(tokenised(tokenWith())), stage)).toMatchObject({ status: 200 });
    expect(await edge.answer(get(`${BASE}playlist.m3u8`), stage)).toMatchObject({ cause: 'no-token' });
    expect(waited).toEqual([1500, 1500]);
  });

  it('answers what it was told to, and keeps the CORS header back', async () => {
    const request = get(tokenised(tokenWith()));
    expect(await answer(request, { fault: { kind: 'status', status: 503 } })).toMatchObject({
      ...{ status: 503, cause: 'fault', judgement: { decision: 'accept' } },
    });
    const hidden = await answer(request, { fault: { kind: 'no-cors' } });
    expect(hidden).toMatchObject({ status: 200, hidden: true, cause: 'cors' });
    expect(hidden.headers.map(([name]) => name)).not.toContain('access-control-allow-origin');
  });

  it('gives a part of a file where one is asked for', async () => {
    const url = tokenised(tokenWith(), '360p/seg_0001.m4s');
    const whole = await answer(get(url));
    const part = await answer(get(url, { range: 'bytes=10-19' }));
    expect(part.status).toBe(206);
    expect([...part.body]).toEqual([...whole.body.subarray(10, 20)]);
    expect((await answer(get(url, { range: 'bytes=10-' }))).body).toHaveLength(whole.body.length - 10);
    expect((await answer(get(url, { range: 'bytes=-5' }))).status).toBe(200);
  });

  it('counts a token that may be used once, and only when it let it through', async () => {
    const edge = start();
    const token = tokenWith({ catreplay: 1, cti: { hex: '0b71' } });
    const ask = (name: string, settings: Partial<EdgeSettings> = {}) =>
      edge.answer(get(tokenised(token, name)), stageWith(settings));
    expect(await ask('playlist.m3u8', { fault: { kind: 'status', status: 500 } })).toMatchObject({ cause: 'fault' });
    expect(await ask('playlist.m3u8', { fault: { kind: 'expire' } })).toMatchObject({ cause: 'time' });
    expect(edge.rehearse().rule(get(tokenised(token)), stageWith()).refusal).toBeUndefined();
    expect(await ask('playlist.m3u8')).toMatchObject({ status: 200 });
    expect(await ask('360p/index.m3u8')).toMatchObject({ cause: 'claims', claim: 'catreplay' });
    edge.forget();
    expect(await ask('360p/index.m3u8')).toMatchObject({ status: 200 });
  });

  it('knows how the playlist named what came without its token', async () => {
    for (const [addresses, lost] of [
      ['absolute', 'absolute'],
      ['root-relative', 'root-relative'],
      ['relative', 'elsewhere'],
    ] as const) {
      const edge = start();
      await edge.answer(get(tokenised(tokenWith())), stageWith({ addresses }));
      const got = await edge.answer(get(`${BASE}360p/index.m3u8`), stageWith({ addresses }));
      expect(got).toMatchObject({ cause: 'lost-token', lost, kind: 'playlist' });
    }
  });

  it('answers by the habits of the verifier that it is', async () => {
    const bare = get(`${BASE}playlist.m3u8`);
    const statuses = new Set<number>();
    for (const verifier of ['cta-5007', 'fastly', 'akamai', 'cloudfront', 'node-cat', 'cat-token', 'zig']) {
      const got = await answer(bare, { verifier });
      expect(got.cause).toBe('no-token');
      statuses.add(got.status);
    }
    expect([...statuses].every((status) => status >= 400 && status < 500)).toBe(true);
  });
});

describe('the edge before an origin', () => {
  const CORS = [['Access-Control-Allow-Origin', '*']] as const;
  function origin(given: Partial<OriginAnswer> = {}) {
    const asked: SentRequest[] = [];
    const edge = start(async (request) => {
      asked.push(request);
      return { ok: true, value: { status: 200, headers: CORS, body: new Uint8Array([1]), ...given } };
    });
    const stage = (enforce: boolean) => stageWith({ passOn: true, enforce }, { mount: undefined });
    return { asked, edge, stage };
  }

  it('keeps every copy of a token to itself where it enforces', async () => {
    const token = tokenWith();
    const { asked, edge, stage } = origin();
    const url = `${tokenised(token, 'a.ts')}?x=1&CAT=${token}&y=2`;
    const headers = {
      ...{ accept: '*/*', cookie: `CTA-Common-Access-Token=${token}`, authorization: `Bearer ${token}` },
      'cta-common-access-token': token,
    };
    expect(await edge.answer(get(url, headers), stage(true))).toMatchObject({ status: 200, by: 'origin' });
    expect(asked).toEqual([get(`${BASE}a.ts?x=1&y=2`, { accept: '*/*' })]);
  });

  it('passes a request on as it is where the origin is to judge', async () => {
    const { asked, edge, stage } = origin();
    const request = get(tokenised(tokenWith({ exp: 1 }), 'a.ts'), { accept: '*/*' });
    expect(await edge.answer(request, stage(false))).toMatchObject({ status: 200, by: 'origin' });
    expect(asked).toEqual([request]);
  });

  it('asks nothing for a request that it refuses', async () => {
    const { asked, edge, stage } = origin();
    expect(await edge.answer(get(`${BASE}a.ts`), stage(true))).toMatchObject({ cause: 'lost-token', by: 'edge' });
    expect(asked).toEqual([]);
  });

  it.each([
    ['a refusal', { status: 403, body: new TextEncoder().encode('expired') }, { cause: 'origin', said: 'expired' }],
    ['an answer that the page may not read', { headers: [] }, { cause: 'cors', hidden: true }],
    [
      'one for another page',
      { headers: [['access-control-allow-origin', 'https://other.example']] as const },
      { cause: 'cors', hidden: true },
    ],
  ])('tells of %s', async (_what, given, expected) => {
    const { edge, stage } = origin(given);
    expect(await edge.answer(get(tokenised(tokenWith(), 'a.ts')), stage(true))).toMatchObject(expected);
  });

  it('answers 502 with a sentence when nobody is there', async () => {
    const edge = start(async () => ({
      ok: false,
      error: { message: 'The origin did not answer: no route.', sent: true },
    }));
    const got = await edge.answer(get(tokenised(tokenWith())), stageWith({ passOn: true }, { mount: undefined }));
    expect(got).toMatchObject({
      status: 502,
      cause: 'no-answer',
      said: 'The origin did not answer: no route.',
      sent: true,
    });
  });
});
