import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FaultKind } from '../../ovp/faults.ts';
import type { LocalOvp } from '../../ovp/local-ovp.ts';
import {
  API_KEY,
  type App,
  connect,
  createQuickClock,
  createScene,
  failure,
  type Scene,
  startOvp,
  value,
} from './harness.ts';

let scene: Scene;
let ovp: LocalOvp;
let app: App;
let workspace: string;

beforeEach(async () => {
  const clock = createQuickClock();
  scene = await createScene(clock);
  ovp = await startOvp(clock);
  app = await scene.start();
  workspace = (await connect(app, ovp)).id;
});
afterEach(async () => {
  await scene.end();
  await ovp.stop();
});

/** Waiting is real where an answer does not come, so it is short there and there only. */
async function play(kind: FaultKind): Promise<void> {
  app = await scene.start(kind === 'time-out' ? { timeoutMillis: 150 } : {});
  ovp.fail({ kind, times: 20 });
}

const listVideos = () => app.ask('ovp.assets', { workspace, kind: 'video', page: 0, refresh: true });

/** Faults that last longer than any repetition. */
const FAULTS: readonly (readonly [kind: FaultKind, code: string, message: RegExp])[] = [
  ['401', 'ERR_OVP_KEY_REFUSED', /answered 401, and this API key may not even list videos: it is not accepted/],
  ['403', 'ERR_OVP_KEY_REFUSED', /answered 403: it does not accept this API key\. It said: “Forbidden”/],
  ['404', 'ERR_OVP_NOT_FOUND', /answered 404: it has not found the list of videos/],
  ['410', 'ERR_OVP_DELETED', /answered 410: the list of videos was deleted/],
  ['422', 'ERR_OVP_REFUSED', /answered 422: it did not accept what was sent\. It said: “.*can't be blank”/],
  ['429', 'ERR_OVP_TOO_MANY', /answered 429: more requests came than it takes/],
  ['429-retry-after', 'ERR_OVP_TOO_MANY', /answered 429/],
  ['429-retry-date', 'ERR_OVP_TOO_MANY', /answered 429/],
  ['500', 'ERR_OVP_FAULT', /answered 500: something failed on its side\. It said: “Internal Server Error”/],
  ['502-html', 'ERR_OVP_FAULT', /server in front of the OVP answered 502 with a web page titled “502 Bad Gateway”/],
  ['time-out', 'ERR_OVP_TIMEOUT', /^No answer came from 127\.0\.0\.1:\d+ in \d s\.$/],
  ['reset', 'ERR_OVP_UNREACHABLE', /^The connection to 127\.0\.0\.1:\d+ broke off before an answer came\.$/],
  ['truncated-json', 'ERR_OVP_UNREADABLE', /answered 200, but the answer is no whole JSON/],
  ['cut-off', 'ERR_OVP_UNREADABLE', /answered 200, but the answer is no whole JSON/],
  ['wrong-content-type', 'ERR_OVP_UNREADABLE', /200 with a web page titled “Sign in to the guest network” where JSON/],
  ['redirect', 'ERR_OVP_REDIRECT', /redirect/],
];

describe('a fault of the OVP', () => {
  it.each(FAULTS)('%s has a sentence of its own, and the next call works', async (kind, code, message) => {
    await play(kind);
    const error = failure(await listVideos());
    expect(error.code).toBe(code);
    expect(error.message).toMatch(message);
    expect(error.hint).toMatch(/\.$/);
    expect(JSON.stringify(error)).not.toContain(API_KEY);

    ovp.clearFaults();
    if (kind === 'time-out') app = await scene.start();
    expect(value(await app.ask('ovp.queue', undefined))).toEqual({ entries: [], waiting: 0 });
    expect(value(await listVideos()).total).toBe(57);
  });

  it('says each in words that no other has', async () => {
    const sentences = new Set<string>();
    for (const [kind] of FAULTS) {
      await play(kind);
      const { message, hint } = failure(await listVideos());
      sentences.add(`${message} ${hint}`.replace(/\d{5}/, ''));
      ovp.clearFaults();
    }
    // the two kinds of Retry-After are told apart by the wait they ask for; a cut connection and cut JSON read the same
    expect(sentences.size).toBe(FAULTS.length - 1);
  });

  it('keeps status and raw answer for whoever wants to see them', async () => {
    ovp.fail({ kind: '502-html', times: 20 });
    const { answer } = failure(await listVideos());
    expect(answer).toEqual({ status: 502, raw: expect.stringContaining('<h1>502 Bad Gateway</h1>') });
  });

  it.each([
    ['500', 3],
    ['502-html', 3],
    ['reset', 3],
    ['429', 6],
    ['422', 1],
    ['404', 1],
    ['time-out', 1],
    ['truncated-json', 1],
  ] as const)('%s: a list is asked for %i times', async (kind, times) => {
    await play(kind);
    await listVideos();
    expect(ovp.calls).toHaveLength(times);
  });

  it.each([
    ['500', 1],
    ['502-html', 1],
    ['reset', 1],
    ['time-out', 1],
    ['429', 6],
  ] as const)('%s: a token is asked for %i times', async (kind, times) => {
    await play(kind);
    await app.ask('ovp.requestToken', { workspace, kid: 'k', claims: { exp: 2_000_000_000 } });
    expect(ovp.calls).toHaveLength(times);
  });

  it.each(['500', '502-html', 'reset', '429', '429-retry-after', '429-retry-date'] as const)(
    '%s that passes is not noticed',
    async (kind) => {
      ovp.fail({ kind, times: 2 });
      expect(value(await listVideos()).assets).toHaveLength(50);
      expect(ovp.calls.at(-1)?.status).toBe(200);
    },
  );

  it('waits as long as it was asked to, in seconds or until a date', async () => {
    ovp.fail({ kind: '429-retry-after' });
    ovp.fail({ kind: '429-retry-date' });
    await listVideos();
    const [first = 0, second = 0, third = 0] = ovp.calls.map(({ at }) => at);
    expect(second - first).toBeGreaterThanOrEqual(2000);
    expect(third - second).toBeGreaterThanOrEqual(2000);
    expect(third - second).toBeLessThanOrEqual(3000);
  });

  it('JSON under another content type is read all the same', async () => {
    ovp.fail({ kind: 'mislabelled' });
    expect(value(await listVideos()).total).toBe(57);
  });
});

describe('401 and 403', () => {
  it('to the list of videos, which every key may read, are the key’s fault without a question', async () => {
    for (const kind of ['401', '403'] as const) {
      ovp.fail({ kind });
      expect(failure(await listVideos()).code).toBe('ERR_OVP_KEY_REFUSED');
    }
    expect(ovp.calls).toHaveLength(2);
  });

  it('are told apart by asking for what every key may read, once', async () => {
    ovp.fail({ kind: '401', on: 'GET /videos/' });
    const error = failure(await app.ask('ovp.asset', { workspace, kind: 'video', id: 'x' }));
    expect(error.code).toBe('ERR_OVP_NO_ACCESS');
    expect(error.message).toContain('the API key is known, but the video is not open to it');
    expect(ovp.calls.map(({ path }) => path)).toEqual(['/platform/v3/videos/x', '/platform/v3/videos?page_size=3']);

    ovp.fail({ kind: '403', on: 'GET /videos/' });
    const other = failure(await app.ask('ovp.asset', { workspace, kind: 'video', id: 'y' }));
    expect(other.code).toBe('ERR_OVP_NO_ACCESS');
    expect(other.message).toContain('yet it accepts the API key for listing videos');
    expect(ovp.calls).toHaveLength(3);
  });

  it('an asset of another workspace is not the key’s fault', async () => {
    const [, polaris] = ovp.platform.workspaces;
    const id = polaris?.videos[0]?.id ?? '';
    const error = failure(await app.ask('ovp.asset', { workspace, kind: 'video', id }));
    expect(error).toMatchObject({ code: 'ERR_OVP_NO_ACCESS', hint: expect.stringContaining('own workspace only') });
  });

  it('a wrong key is the key’s fault, wherever it is noticed', async () => {
    await app.ask('ovp.setApiKey', { workspace, apiKey: 'not-a-key', store: 'keychain' });
    for (const result of [
      await app.ask('ovp.test', { workspace }),
      await app.ask('ovp.asset', { workspace, kind: 'video', id: 'x' }),
      await app.ask('ovp.keys', { workspace, refresh: true }),
    ])
      expect(failure(result)).toMatchObject({
        code: 'ERR_OVP_KEY_REFUSED',
        hint: expect.stringContaining('Workspace settings'),
      });
    // the key’s own test needs no further question
    expect(ovp.calls.filter(({ path }) => path.endsWith('page_size=3'))).toHaveLength(2);
  });
});

describe('calls that v3 may not have', () => {
  it.each(['404', '405', '403'] as const)('%s to listing and deleting keys is “not offered”', async (keyCalls) => {
    ovp.setHabits({ keyCalls });
    const error = failure(await app.ask('ovp.keys', { workspace, refresh: true }));
    expect(error).toMatchObject({ code: 'ERR_OVP_NOT_OFFERED', message: expect.stringContaining('listing playback') });
    expect(value(await app.ask('ovp.keys', { workspace, refresh: false })).offered).toBe('no');
    const other = failure(await app.ask('ovp.deleteKey', { workspace, kid: 'k' }));
    expect(other).toMatchObject({ code: 'ERR_OVP_NOT_OFFERED', message: expect.stringContaining('deleting playback') });
  });

  it('a 404 that names its record is about that record', async () => {
    const error = failure(await app.ask('ovp.deleteKey', { workspace, kid: 'gone' }));
    expect(error).toMatchObject({ code: 'ERR_OVP_NOT_FOUND', message: expect.stringContaining("couldn't be found") });
  });
});

describe('offline', () => {
  it('refuses everything in main, and says so', async () => {
    app.ledger.setOffline(true);
    for (const result of [
      await listVideos(),
      await app.ask('ovp.test', { workspace }),
      await app.ask('ovp.createKey', { workspace, name: 'a', environment: 'dev', store: 'keychain' }),
      await app.ask('ovp.requestToken', { workspace, kid: 'k', claims: { exp: 2_000_000_000 } }),
    ])
      expect(failure(result).code).toBe('ERR_OFFLINE');
    expect(ovp.calls).toHaveLength(0);
    expect(app.ledger.summary()).toEqual({ offline: true, sent: 0, refused: 4 });
    // nothing may have been made, so nothing is left to be remembered
    expect(value(await app.ask('ovp.unfinishedKeys', undefined))).toEqual([]);
    expect(await app.keys.list()).toEqual([]);
  });
});
