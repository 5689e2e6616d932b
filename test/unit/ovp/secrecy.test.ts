import fs from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLog } from '../../../main/log.ts';
import type { Fetch } from '../../../main/ovp/exchange.ts';
import { API_KEY_HEADER } from '../../../shared/flowplayer/api/base-url.ts';
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
  stored,
  value,
} from './harness.ts';

let scene: Scene;
let ovp: LocalOvp;
let app: App;
let workspace: string;
/** what left the app: address and headers of every request */
let sent: { readonly url: string; readonly init: RequestInit }[];
/** what a server answers instead of the OVP */
let instead: (() => Response | Promise<Response>) | undefined;

beforeEach(async () => {
  const clock = createQuickClock();
  scene = await createScene(clock);
  ovp = await startOvp(clock);
  sent = [];
  instead = undefined;
  const fetch: Fetch = async (url, init) => {
    sent.push({ url, init });
    return instead ? instead() : globalThis.fetch(url, init);
  };
  app = await scene.start({ fetch });
  workspace = (await connect(app, ovp)).id;
});
afterEach(async () => {
  await scene.end();
  await ovp.stop();
});

const create = (name = 'k') => app.ask('ovp.createKey', { workspace, name, environment: 'prod', store: 'keychain' });
const headerOf = (init: RequestInit): string | null => new Headers(init.headers).get(API_KEY_HEADER);

describe('the API key', () => {
  it('goes into the header of requests to its address, and nowhere else', async () => {
    value(await create());
    value(await app.ask('ovp.test', { workspace }));
    expect(sent.map(({ init }) => headerOf(init))).toEqual([API_KEY, API_KEY]);
    for (const { url, init } of sent) {
      expect(new URL(url).origin).toBe(ovp.url);
      expect(JSON.stringify([url, init.body])).not.toContain(API_KEY);
      expect(init).toMatchObject({ credentials: 'omit', cache: 'no-store', redirect: 'error' });
    }
  });

  it('is in the keychain and in no file, event, answer or ledger', async () => {
    value(await create());
    expect(await stored(scene, 'ovp/Nordlys')).toBe(API_KEY);
    const workspaces = value(await app.ask('ovp.workspaces', undefined));
    const seen = `${await scene.profileText()}${JSON.stringify([app.events, app.ledger.list(), workspaces])}`;
    expect(seen).toContain('Nordlys');
    expect(seen).not.toContain(API_KEY);
  });

  it('is not sent to another host: it has to be entered again there', async () => {
    const moved = value(
      await app.ask('ovp.saveWorkspace', {
        id: workspace,
        name: 'Nordlys',
        address: 'https://api.flowplayer.com',
        tier: 'standard',
      }),
    );
    expect(moved).toMatchObject({ apiKey: 'other-host', host: 'api.flowplayer.com', isVendor: true });
    const error = failure(await app.ask('ovp.test', { workspace }));
    expect(error).toMatchObject({ code: 'ERR_OVP_API_KEY', message: expect.stringContaining('is not sent to') });
    expect(sent).toEqual([]);
  });

  it('does not follow a redirect', async () => {
    ovp.fail({ kind: 'redirect', times: 3 });
    expect(failure(await app.ask('ovp.test', { workspace })).code).toBe('ERR_OVP_REDIRECT');
    expect(ovp.calls.map(({ path: called }) => called)).toEqual(['/platform/v3/videos?page_size=3']);
  });

  it('is taken out of an answer that gives it back', async () => {
    instead = () => Response.json({ message: `the key ${API_KEY} is unknown` }, { status: 422 });
    const error = failure(await app.ask('ovp.test', { workspace }));
    expect(error.message).toContain('the key [API key] is unknown');
    expect(JSON.stringify(error)).not.toContain(API_KEY);
  });

  it('is not in the words of a connection that fails', async () => {
    instead = () => Promise.reject(new TypeError(`fetch failed for ${API_KEY}`));
    expect(JSON.stringify(await app.ask('ovp.test', { workspace }))).not.toContain(API_KEY);
    expect(JSON.stringify(app.ledger.list())).not.toContain(API_KEY);
  });

  it('is hidden from the log, whoever writes it there', async () => {
    const lines: string[] = [];
    const log = createLog({ echo: (line) => lines.push(line) });
    log.warn('ovp', `x-flowplayer-api-key: ${API_KEY}`);
    log.error('ovp', 'a fault', new Error(`with ${JSON.stringify({ [API_KEY_HEADER]: API_KEY })}`));
    expect(lines.join('')).not.toContain(API_KEY);
  });

  it('that was copied wrong is refused before it is stored', async () => {
    for (const apiKey of ['two words', 'line\nbreak', 'schlüssel'])
      expect(failure(await app.ask('ovp.setApiKey', { workspace, apiKey, store: 'keychain' })).code).toBe(
        'ERR_OVP_API_KEY',
      );
    expect(await stored(scene, 'ovp/Nordlys')).toBe(API_KEY);
  });
});

describe('a key’s secret', () => {
  const SECRET = 'f3a91b7c5d2e8064f3a91b7c5d2e8064f3a91b7c5d2e8064f3a91b7c5d2e8064';

  it.each([
    ['broken JSON', 200, `{"value":"${SECRET}`],
    ['JSON of another shape', 200, JSON.stringify({ result: { secret: SECRET, hmac: SECRET } })],
    ['a fault that quotes it', 500, JSON.stringify({ error: `stored ${SECRET} twice` })],
    ['text', 200, SECRET],
  ])('is in no error about %s', async (_what, status, body) => {
    instead = () => new Response(body, { status });
    const result = JSON.stringify(await create());
    expect(result).not.toContain(SECRET.slice(0, 12));
    expect(await scene.profileText()).not.toContain(SECRET.slice(0, 12));
    expect(JSON.stringify(app.events)).not.toContain(SECRET.slice(0, 12));
  });
});

describe('the ledger', () => {
  it('has every request before it is sent, with why, and how it ended', async () => {
    let whenSent: unknown;
    instead = () => {
      whenSent = app.ledger.list().entries[0]?.outcome;
      instead = undefined;
      return Response.json({ assets: [], total_count: 0 });
    };
    value(await app.ask('ovp.test', { workspace }));
    expect(whenSent).toEqual({ kind: 'pending' });
    value(await create());
    ovp.fail({ kind: 'reset', times: 9 });
    await app.ask('ovp.requestToken', { workspace, kid: 'k', claims: { exp: 1 } });
    const { entries, sent: count } = app.ledger.list();
    expect(count).toBe(3);
    const host = new URL(ovp.url).host;
    expect(entries.map(({ method, path: where, purpose, outcome }) => ({ method, where, purpose, outcome }))).toEqual([
      {
        method: 'POST',
        where: '/platform/v3/playback_tokens',
        purpose: 'Ask for a token',
        outcome: { kind: 'failed', reason: expect.stringContaining('broke off') },
      },
      {
        method: 'POST',
        where: '/platform/v3/playback_tokens/keys',
        purpose: 'Create a playback token key',
        outcome: { kind: 'answered', status: 201 },
      },
      {
        method: 'GET',
        where: '/platform/v3/videos',
        purpose: 'Find out whether the API key works',
        outcome: { kind: 'answered', status: 200 },
      },
    ]);
    for (const entry of entries) expect(entry.host).toBe(host);
    expect(entries[1]).toMatchObject({ bytesSent: '{"name":"k"}'.length });
    expect(entries[1]?.bytesReceived).toBeGreaterThan(100);
  });

  it('counts each repetition', async () => {
    ovp.fail({ kind: '500', times: 2 });
    value(await app.ask('ovp.test', { workspace }));
    expect(app.ledger.summary().sent).toBe(3);
  });

  it('is empty until somebody acts, whatever is looked at', async () => {
    value(await app.ask('ovp.workspaces', undefined));
    value(await app.ask('ovp.keys', { workspace, refresh: false }));
    value(await app.ask('ovp.assets', { workspace, kind: 'video', page: 0, refresh: false }));
    value(await app.ask('ovp.setUp', { workspace }));
    value(await app.ask('ovp.unfinishedKeys', undefined));
    expect(app.ledger.summary().sent).toBe(0);
  });
});

describe('files', () => {
  it('are for their owner only', async () => {
    value(await app.ask('ovp.assets', { workspace, kind: 'video', page: 0, refresh: true }));
    value(await create());
    await app.close();
    for (const file of ['ovp-workspaces.json', 'ovp-unfinished.json', 'keys.json', `ovp/${workspace}.json`]) {
      const { mode } = await fs.stat(path.join(scene.folder, file));
      expect(mode & 0o077, file).toBe(0);
    }
  });
});
