import { describe, expect, it } from 'vitest';
import { describeUrl } from '../../../../main/preview/describe-request.ts';
import { BASE, stageWith, tokenised, tokenWith } from '../edge/stages.ts';
import { startRequests } from './requests.ts';

describe('a request of the player', () => {
  it('becomes a row without its token, and an answer with the file', async () => {
    const token = tokenWith();
    const { ask, ended, requests } = startRequests(() => stageWith(), { token });
    const response = await ask(`${tokenised(token, '360p/seg_0001.m4s')}?x=1`);
    expect(response.status).toBe(200);
    const body = await response.arrayBuffer();
    expect(ended).toMatchObject([
      {
        ...{ id: 1, method: 'GET', host: 'cdn.example.com', kind: 'segment', status: 200, by: 'edge', verdict: 'pass' },
        ...{ copy: { channel: 'path', slot: 'A' }, copies: 1, size: body.byteLength, hidden: false },
        path: `${new URL(BASE).pathname}360p/seg_0001.m4s?x=1`,
        url: `${BASE.replace('/hls/', '/pt:A/hls/')}360p/seg_0001.m4s?x=1`,
      },
    ]);
    expect(JSON.stringify(ended)).not.toContain(token);
    expect(requests.counts()).toEqual({ answered: 1, sent: 0, blocked: 0 });
  });

  it('that is hidden is an error to the page, and a row with the true status', async () => {
    const { ask, ended } = startRequests(() => stageWith({ fault: { kind: 'no-cors' } }));
    expect((await ask(tokenised(tokenWith()))).type).toBe('error');
    expect(ended).toMatchObject([{ status: 200, hidden: true, cause: 'cors' }]);
  });

  it.each([
    ['to a host of nobody’s', 'https://other.example/x.m3u8', 'no host of the stream'],
    ['to where the player’s maker measures', 'https://ihi.flowplayer.com/x', 'telemetry of the player'],
  ])('%s is blocked and written down', async (_where, url, reason) => {
    const { ask, ledger, requests, trace } = startRequests(() => stageWith());
    expect((await ask(url)).type).toBe('error');
    expect(requests.counts().blocked).toBe(1);
    expect(trace.rows()).toEqual([]);
    expect(ledger.list().entries).toMatchObject([{ host: new URL(url).host, outcome: { kind: 'blocked', reason } }]);
    expect(ledger.summary().sent).toBe(0);
  });

  it('is blocked as long as nothing is loaded', async () => {
    const { ask, requests } = startRequests(() => undefined);
    expect((await ask(tokenised(tokenWith()))).type).toBe('error');
    expect(requests.counts().blocked).toBe(1);
  });

  it.each([true, false])('that no origin answers is counted as sent only where it left (%s)', async (sent) => {
    const { ask, requests } = startRequests(() => stageWith({ passOn: true }, { mount: undefined }), {
      askOrigin: async () => ({ ok: false, error: { message: 'Nobody is there.', sent } }),
    });
    expect((await ask(tokenised(tokenWith()))).status).toBe(502);
    expect(requests.counts()).toEqual({ answered: sent ? 0 : 1, sent: sent ? 1 : 0, blocked: 0 });
  });

  it('that has several tokens counts the copies, and names the one that was judged', async () => {
    const token = tokenWith();
    const { ask, ended } = startRequests(() => stageWith(), { token });
    await ask(`${tokenised(tokenWith({ exp: 1 }))}?CAT=${token}`);
    expect(ended).toMatchObject([{ copies: 2, verdict: 'pass', copy: { channel: 'query', slot: 'A' } }]);
  });
});

it.each([
  ['https://h/pt:TOK/a/b?x=1', 'https://h/pt:A/a/b?x=1'],
  ['https://h/pt%3aTOK/a', 'https://h/pt%3aA/a'],
  ['https://h/pt:%zz/a', 'https://h/pt:…/a'],
  ['https://h/pt:TOK/pt:OTHER/a', 'https://h/pt:A/pt:…/a'],
  ['https://h/a?CAT=TOK&y=2', 'https://h/a?CAT=A&y=2'],
  ['https://h/a?cat=OTHER', 'https://h/a?cat=…'],
  ['https://h/a?CTA-Common-Access-Token=TOK#x', 'https://h/a?CTA-Common-Access-Token=A#x'],
  ['https://h/a?x=1', 'https://h/a?x=1'],
])('the address %s is shown as %s', (url, shown) => {
  expect(describeUrl(url, (text) => (text === 'TOK' ? 'A' : null)).url).toBe(shown);
});
