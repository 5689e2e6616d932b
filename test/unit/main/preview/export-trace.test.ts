import { describe, expect, it } from 'vitest';
import { traceToHar } from '../../../../main/preview/export-trace.ts';
import { writeRefusal } from '../../../../shared/preview/write-refusal.ts';
import { BASE, stageWith, tokenised, tokenWith } from '../edge/stages.ts';
import { startRequests } from './requests.ts';

const CREATOR = { name: 'Catwalk', version: '0.1.0' };
const SUBJECT = 'viewer-4711@example.com';

/** The members that HAR 1.2 demands, by the object they stand in. */
const MEMBERS = {
  entry: ['startedDateTime', 'time', 'request', 'response', 'cache', 'timings'],
  request: ['method', 'url', 'httpVersion', 'cookies', 'headers', 'queryString', 'headersSize', 'bodySize'],
  response: [
    ...['status', 'statusText', 'httpVersion', 'cookies', 'headers', 'content', 'redirectURL'],
    ...['headersSize', 'bodySize'],
  ],
};

interface Named {
  readonly name: string;
  readonly value: string;
}
interface Entry {
  readonly startedDateTime: string;
  readonly request: {
    readonly url: string;
    readonly headers: Named[];
    readonly cookies: Named[];
    readonly queryString: Named[];
  };
  readonly response: {
    readonly status: number;
    readonly headers: Named[];
    readonly content: { readonly mimeType: string; readonly size: number };
  };
  readonly [own: `_${string}`]: unknown;
}

async function play(token: string) {
  const played = startRequests(() => stageWith(), { token });
  await played.ask(tokenised(token));
  await played.ask(tokenised(token, '360p/seg_0001.m4s'));
  await played.ask(`${BASE}720p/index.m3u8?x=1&CAT=${token}&api_key=hunter2`);
  await played.ask(`${BASE}720p/index.m3u8`, { 'CTA-Common-Access-Token': token });
  await played.ask(`${BASE}720p/index.m3u8`, { Cookie: `session=s3cr3t; CTA-Common-Access-Token=${token}` });
  await played.ask(`${BASE}720p/index.m3u8`, { Authorization: `Bearer ${token}` });
  return played;
}

const harOf = ({ trace, requests }: Awaited<ReturnType<typeof play>>) =>
  traceToHar(trace.rows(), requests.facts, CREATOR);

describe('the trace as HAR', () => {
  it('has every member that HAR 1.2 demands', async () => {
    const { log } = JSON.parse(harOf(await play(tokenWith()))) as {
      log: { version: string; creator: unknown; entries: Entry[] };
    };
    expect(log).toMatchObject({ version: '1.2', creator: CREATOR });
    expect(log.entries).toHaveLength(6);
    for (const entry of log.entries) {
      expect(Object.keys(entry)).toEqual(expect.arrayContaining(MEMBERS.entry));
      expect(Object.keys(entry.request)).toEqual(expect.arrayContaining(MEMBERS.request));
      expect(Object.keys(entry.response)).toEqual(expect.arrayContaining(MEMBERS.response));
      expect(new Date(entry.startedDateTime).toISOString()).toBe(entry.startedDateTime);
    }
    expect(log.entries[0]).toMatchObject({ _verdict: 'pass', _token: { carrier: 'path', slot: 'A' } });
    expect(log.entries[1]?.response).toMatchObject({ status: 200, content: { mimeType: 'video/iso.segment' } });
  });

  it.each([
    ['one that passes', {}],
    ['one that is refused', { exp: 1 }],
  ])('holds no token and no other credential, with %s', async (_what, claims) => {
    const token = tokenWith({ sub: SUBJECT, ...claims });
    const text = harOf(await play(token));
    expect(text).not.toContain(token);
    for (let at = 0; at + 24 < token.length; at += 8) expect(text).not.toContain(token.slice(at, at + 24));
    for (const secret of ['hunter2', 's3cr3t', SUBJECT]) expect(text).not.toContain(secret);
    const { log } = JSON.parse(text) as { log: { entries: Entry[] } };
    const [first, , third, , fifth] = log.entries;
    expect(first?.request.url).toMatch(/^https:\/\/cdn\.example\.com\/pt:A\/hls\//);
    expect(third?.request.queryString.map(({ name }) => name)).toEqual(['x', 'CAT', 'api_key']);
    expect(fifth?.request.cookies.map(({ name }) => name)).toEqual(['session', 'CTA-Common-Access-Token']);
  });

  it('takes the token out of where a server sends it back', async () => {
    const token = tokenWith();
    const played = startRequests(() => stageWith({ passOn: true, enforce: false }, { mount: undefined }), {
      token,
      askOrigin: async () => ({
        ok: true,
        value: {
          status: 302,
          headers: [
            ['access-control-allow-origin', '*'],
            ['location', `https://other.example/pt:${token}/a?CAT=${token}`],
            ['set-cookie', `CTA-Common-Access-Token=${token}; Secure`],
            ['x-echo', `you sent ${encodeURIComponent(token)}`],
          ],
          body: new Uint8Array(0),
        },
      }),
    });
    await played.ask(tokenised(token));
    const text = harOf(played);
    expect(text).not.toContain(token);
    expect(text).toContain('https://other.example/');
  });

  it('gives a hidden answer the status that the page saw, and keeps rows whose facts are gone', async () => {
    const token = tokenWith();
    const played = startRequests(() => stageWith({ fault: { kind: 'no-cors' } }), { token });
    await played.ask(tokenised(token));
    const { log } = JSON.parse(traceToHar(played.trace.rows(), () => undefined, CREATOR)) as {
      log: { entries: Entry[] };
    };
    expect(log.entries).toMatchObject([{ response: { status: 0 }, _hiddenStatus: 200, _cause: 'cors' }]);
  });
});

describe('the report of a request', () => {
  const UUID = '7c9e2b41-5f0d-4a83-9b1e-2f6c8d03a517';

  it('says why, names what parts by equal names, and holds no token, viewer or id', async () => {
    const token = tokenWith({ sub: SUBJECT, catu: { path: { prefix: `/vod/${UUID}/` } }, catnip: ['192.0.2.0/29'] });
    const played = startRequests(() => stageWith(), { token });
    await played.ask(tokenised(token));
    const [row] = played.ended;
    if (row === undefined) throw new Error('no row');
    const text = writeRefusal(played.explain(row), 'the standard');
    expect(text).toContain('## Request 1 was answered with 403');
    expect(text).toMatch(/Path does not start with|path does not start with/);
    expect(text).toContain('| fail | catu.path |');
    expect(text).toMatch(/Smallest fix/);
    for (const secret of [token, token.slice(0, 40), SUBJECT, UUID, '192.0.2.']) expect(text).not.toContain(secret);
    expect(text).toContain('https:\u200b//cdn.example.com/pt:A/hls/‹id 1›/playlist.m3u8');
  });

  it('of a request that passed says so', async () => {
    const played = startRequests(() => stageWith());
    await played.ask(tokenised(tokenWith()));
    const [row] = played.ended;
    if (row === undefined) throw new Error('no row');
    const text = writeRefusal(played.explain(row), 'the standard');
    expect(text).toContain('It was let through.');
    expect(text).not.toContain('Smallest');
  });
});
