import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SecretBytes } from '../../../main/secrets/secret.ts';
import type { SecretPlace } from '../../../main/secrets/secret-holder.ts';
import { createError } from '../../../shared/errors.ts';
import { err } from '../../../shared/result.ts';
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

beforeEach(async () => {
  const clock = createQuickClock();
  scene = await createScene(clock);
  ovp = await startOvp(clock);
  app = await scene.start();
});
afterEach(async () => {
  await scene.end();
  await ovp.stop();
});

const save = (name: string, address = 'https://api.flowplayer.com', id?: string) =>
  app.ask('ovp.saveWorkspace', { name, address, tier: 'standard', ...(id === undefined ? {} : { id }) });

describe('a workspace', () => {
  it('goes to the vendor’s host, or to one that was named', async () => {
    expect(value(await save('a'))).toMatchObject({ host: 'api.flowplayer.com', isVendor: true, apiKey: 'missing' });
    expect(value(await save('b', 'https://api.flowplayer.com/platform/v3/'))).toMatchObject({
      address: 'https://api.flowplayer.com',
    });
    expect(value(await save('c', ovp.url))).toMatchObject({ isVendor: false });
    expect(failure(await save('d', 'http://api.flowplayer.com'))).toMatchObject({
      code: 'ERR_OVP_ADDRESS',
      message: expect.stringContaining('this machine only'),
    });
  });

  it('has a name of its own', async () => {
    const first = value(await save('Nordlys'));
    expect(failure(await save('nordlys')).code).toBe('ERR_OVP_WORKSPACE_NAME');
    expect(value(await save('NORDLYS', first.address, first.id)).name).toBe('NORDLYS');
  });

  it('is there after a restart, with its API key', async () => {
    const workspace = await connect(app, ovp);
    expect(workspace).toMatchObject({ apiKey: 'stored', apiKeyStore: 'keychain', apiKeyItem: 'ovp/Nordlys' });
    app = await scene.start();
    expect(value(await app.ask('ovp.workspaces', undefined))).toEqual([workspace]);
    expect(value(await app.ask('ovp.test', { workspace: workspace.id }))).toEqual({ videos: 57 });
  });

  it('takes its API key along under a new name', async () => {
    const { id, address } = await connect(app, ovp);
    expect(value(await save('Polaris', address, id))).toMatchObject({ apiKeyItem: 'ovp/Polaris', apiKey: 'stored' });
    expect(await stored(scene, 'ovp/Nordlys')).toBeUndefined();
    expect(await stored(scene, 'ovp/Polaris')).toBe(API_KEY);
  });

  it('keeps its name while the keychain cannot be asked', async () => {
    const { id, address } = await connect(app, ovp);
    scene.broken.set = async () => err(createError('ERR_SECRETS_LOCKED'));
    expect(failure(await save('Polaris', address, id)).code).toBe('ERR_SECRETS_LOCKED');
    expect(value(await app.ask('ovp.workspaces', undefined))).toMatchObject([{ name: 'Nordlys', apiKey: 'stored' }]);
  });

  it('never overwrites an API key of another installation', async () => {
    await connect(app, ovp);
    const other = await createScene(scene.clock);
    try {
      const second = await other.start();
      await other.keychain.set('ovp/Nordlys', (await scene.keychain.get('ovp/Nordlys').then(value)) as never);
      expect(await connect(second, ovp)).toMatchObject({ apiKeyItem: 'ovp/Nordlys (2)' });
    } finally {
      await other.end();
    }
  });

  it('loses a key of the session with the session, and says so', async () => {
    const { id } = value(await save('Nordlys', ovp.url));
    const entered = value(await app.ask('ovp.setApiKey', { workspace: id, apiKey: API_KEY, store: 'session' }));
    expect(entered).toMatchObject({ apiKey: 'stored', apiKeyStore: 'session' });
    expect(value(await app.ask('ovp.test', { workspace: id })).videos).toBe(57);
    app = await scene.start();
    expect(value(await app.ask('ovp.workspaces', undefined))).toMatchObject([{ apiKey: 'missing' }]);
    expect(failure(await app.ask('ovp.test', { workspace: id })).code).toBe('ERR_OVP_API_KEY');
  });

  it('moves its API key to the store that was chosen, and leaves none behind', async () => {
    const { id } = await connect(app, ovp);
    value(await app.ask('ovp.setApiKey', { workspace: id, apiKey: API_KEY, store: 'session' }));
    expect(await stored(scene, 'ovp/Nordlys')).toBeUndefined();
  });

  it('forgets its API key when asked to, and everything when it is deleted', async () => {
    const { id } = await connect(app, ovp);
    value(await app.ask('ovp.assets', { workspace: id, kind: 'video', page: 0, refresh: true }));
    expect(value(await app.ask('ovp.forgetApiKey', { workspace: id }))).toMatchObject({ apiKey: 'missing' });
    expect(await stored(scene, 'ovp/Nordlys')).toBeUndefined();
    value(await app.ask('ovp.setApiKey', { workspace: id, apiKey: API_KEY, store: 'keychain' }));
    value(await app.ask('ovp.deleteWorkspace', { id }));
    expect(await stored(scene, 'ovp/Nordlys')).toBeUndefined();
    expect(value(await app.ask('ovp.workspaces', undefined))).toEqual([]);
    expect(failure(await app.ask('ovp.test', { workspace: id })).code).toBe('ERR_OVP_WORKSPACE_GONE');
    expect(await scene.profileText()).not.toContain('Fjord ferry');
  });

  it('stays when its API key cannot be deleted', async () => {
    const { id } = await connect(app, ovp);
    scene.broken.probe = async () => ({ state: 'locked', name: 'a keychain', reason: 'locked' });
    app = await scene.start();
    expect(failure(await app.ask('ovp.deleteWorkspace', { id })).code).toBe('ERR_SECRETS_LOCKED');
    expect(value(await app.ask('ovp.workspaces', undefined))).toHaveLength(1);
  });

  it('tells where its API key is, for a move between stores, and asks anew afterwards', async () => {
    const { id } = await connect(app, ovp);
    value(await app.ask('ovp.test', { workspace: id }));
    const { holder } = app.ovp;
    const place = { store: 'keychain', item: 'ovp/Nordlys' } as const;
    expect(holder.secrets()).toEqual([{ id, label: 'API key of Nordlys', ...place, isMissing: false }]);
    await holder.exclusively(async () => {
      await scene.keychain.set('moved', value(await scene.keychain.get('ovp/Nordlys')) as SecretBytes);
      await scene.keychain.delete('ovp/Nordlys');
      const places = new Map<string, SecretPlace>([
        [id, { store: 'keychain', item: 'moved' }],
        ['unknown', place],
      ]);
      value(await holder.point(places));
    });
    await holder.reload();
    expect(value(await app.ask('ovp.test', { workspace: id })).videos).toBe(57);
    expect(value(await app.ask('ovp.workspaces', undefined))).toMatchObject([
      { apiKeyItem: 'moved', apiKey: 'stored' },
    ]);

    await scene.keychain.delete('moved');
    await holder.reload();
    expect(failure(await app.ask('ovp.test', { workspace: id })).code).toBe('ERR_SECRETS_MISSING');
    expect(holder.secrets()).toMatchObject([{ isMissing: true }]);
  });

  it('goes on with the API key it has read when the keychain went away', async () => {
    const { id } = await connect(app, ovp);
    value(await app.ask('ovp.test', { workspace: id }));
    scene.broken.get = async () => err(createError('ERR_SECRETS_UNAVAILABLE'));
    await app.ovp.holder.reload();
    expect(value(await app.ask('ovp.test', { workspace: id })).videos).toBe(57);
    scene.broken.get = async () => err(createError('ERR_SECRETS_LOCKED'));
    await app.ovp.holder.reload();
    expect(failure(await app.ask('ovp.test', { workspace: id })).code).toBe('ERR_SECRETS_LOCKED');
  });

  it('is exported without secrets', async () => {
    await connect(app, ovp);
    const { json, fileName } = value(await app.ask('ovp.exportWorkspaces', undefined));
    expect(fileName).toBe('catwalk-ovp-workspaces.json');
    expect(JSON.parse(json)).toEqual({
      format: 'catwalk-ovp-workspaces',
      version: 1,
      workspaces: [{ name: 'Nordlys', address: ovp.url, tier: 'standard' }],
    });
  });
});

describe('assets', () => {
  it('come by page and by name, and are there offline afterwards', async () => {
    const { id: workspace } = await connect(app, ovp);
    const ask = (more: { page?: number; search?: string; refresh?: boolean }) =>
      app.ask('ovp.assets', { workspace, kind: 'video', page: 0, refresh: true, ...more }).then(value);
    expect(await ask({ refresh: false })).toEqual({ assets: [], total: 0, page: 0, pageSize: 50, source: 'cache' });
    const first = await ask({});
    expect(first).toMatchObject({ total: 57, page: 0, source: 'ovp' });
    expect(first.assets).toHaveLength(50);
    expect(first.assets[0]).toEqual({
      kind: 'video',
      id: '6f0a1c00-4b2e-4d7a-9c31-000000000001',
      name: 'Fjord ferry, episode 1',
      tokenMode: 'advanced',
      createdAt: Date.parse('2026-02-01T12:39:30Z'),
      duration: 300,
      state: 'FINISHED',
      streamUrl: expect.stringMatching(/^https:\/\/cdn\.flowplayer\.com\/.*\/6f0a1c00.*\/playlist\.m3u8$/),
    });
    expect((await ask({ page: 1 })).assets).toHaveLength(7);
    expect(await ask({ search: 'kelp' })).toMatchObject({ total: 11 });
    expect([...new Set(first.assets.map(({ tokenMode }) => tokenMode))].sort()).toEqual(
      ['advanced', 'basic', 'default', 'none', 'unknown'].sort(),
    );

    await ovp.stop();
    app = await scene.start();
    const cached = await ask({ refresh: false, search: 'KELP' });
    expect(cached).toMatchObject({ total: 11, source: 'cache', fetchedAt: expect.any(Number) });
    expect((await ask({ refresh: false, page: 1 })).assets).toHaveLength(7);
    expect(failure(await app.ask('ovp.assets', { workspace, kind: 'video', page: 0, refresh: true })).code).toBe(
      'ERR_OVP_UNREACHABLE',
    );
  });

  it('that are all on one page replace what was known', async () => {
    const [, polaris] = ovp.platform.workspaces;
    if (polaris === undefined) throw new Error('there is no second workspace');
    const { id: workspace } = await connect(app, ovp, polaris.apiKey, 'Polaris');
    const ask = (refresh: boolean) => app.ask('ovp.assets', { workspace, kind: 'video', page: 0, refresh }).then(value);
    expect((await ask(true)).total).toBe(4);
    (polaris.videos as unknown[]).pop();
    expect((await ask(true)).total).toBe(3);
    expect((await ask(false)).assets).toHaveLength(3);
  });

  it('are looked at one by one, and dropped when they are gone', async () => {
    const { id: workspace } = await connect(app, ovp);
    const [nordlys] = ovp.platform.workspaces;
    const id = nordlys?.livestreams[0]?.id ?? '';
    const asset = value(await app.ask('ovp.asset', { workspace, kind: 'livestream', id }));
    expect(asset).toMatchObject({ kind: 'livestream', tokenMode: 'advanced', name: 'Parliament live' });
    expect(asset.streamUrl).not.toContain(id);
    const cached = () => app.ask('ovp.assets', { workspace, kind: 'livestream', page: 0, refresh: false }).then(value);
    expect((await cached()).assets).toEqual([asset]);
    ovp.fail({ kind: '410' });
    expect(failure(await app.ask('ovp.asset', { workspace, kind: 'livestream', id })).code).toBe('ERR_OVP_DELETED');
    expect((await cached()).assets).toEqual([]);
  });
});

describe('the keys of a workspace', () => {
  it('are listed, with the local key of the same kid', async () => {
    const { id: workspace } = await connect(app, ovp);
    const outcome = value(
      await app.ask('ovp.createKey', { workspace, name: 'a', environment: 'dev', store: 'keychain' }),
    );
    if (outcome.kind !== 'stored') throw new Error(outcome.unfinished.reason);
    const empty = value(await app.ask('ovp.keys', { workspace, refresh: false }));
    expect(empty).toEqual({ keys: [], offered: 'unknown' });
    const list = value(await app.ask('ovp.keys', { workspace, refresh: true }));
    expect(list).toMatchObject({
      total: 1,
      offered: 'yes',
      keys: [{ name: 'a', kid: outcome.key.kid, local: outcome.key.id }],
    });
    value(await app.ask('ovp.deleteKey', { workspace, kid: outcome.key.kid ?? '' }));
    expect(value(await app.ask('ovp.keys', { workspace, refresh: false })).keys).toEqual([]);
    // the local key is another matter
    expect(await app.keys.list()).toHaveLength(1);
    // a second later the OVP says the same
    expect(value(await app.ask('ovp.keys', { workspace, refresh: true })).keys).toEqual([]);
  });
});

describe('asking for a token', () => {
  it('sends the claims in the API’s own form, and says what it left out', async () => {
    const { id: workspace } = await connect(app, ovp);
    const outcome = value(
      await app.ask('ovp.createKey', { workspace, name: 'a', environment: 'dev', store: 'keychain' }),
    );
    if (outcome.kind !== 'stored') throw new Error(outcome.unfinished.reason);
    const kid = outcome.key.kid ?? '';
    const claims = {
      exp: 2_000_000_000,
      catu: { path: { contains: 'video-1' } },
      catnip: ['10.0.0.0/8'],
      catgeoiso3166: ['SE'],
      catm: ['GET'],
    };
    const asked = value(await app.ask('ovp.requestToken', { workspace, kid, claims }));
    expect(JSON.parse(ovp.calls.at(-1)?.body ?? '')).toEqual({
      key_id: kid,
      exp: 2_000_000_000,
      catu: { '3': [3, 'video-1'] },
      catnip: [{ tag: 52, value: [8, { '0': 10 }] }],
      catgeoiso3166: ['SE'],
    });
    expect(asked.notes).toContainEqual(expect.objectContaining({ kind: 'left-out', claim: 'catm' }));
    expect(value(await app.keys.verify(asked.token)).state).toBe('verified');
  });

  it('sends nothing that the API would refuse', async () => {
    const { id: workspace } = await connect(app, ovp);
    const before = ovp.calls.length;
    for (const claims of [{}, { exp: 'soon' }, { exp: 1, catu: { path: { regex: 'a' } } }, { exp: 1.5 }, { nope: 1 }]) {
      const error = failure(await app.ask('ovp.requestToken', { workspace, kid: 'k', claims }));
      expect(error.code).toBe('ERR_OVP_CLAIMS');
      expect(error.problems?.length).toBeGreaterThan(0);
    }
    expect(ovp.calls).toHaveLength(before);
  });
});

describe('the guide', () => {
  it('shows which steps are done, from nothing to the embed', async () => {
    const { id: workspace } = value(await save('Nordlys', ovp.url));
    const [nordlys] = ovp.platform.workspaces;
    const id = nordlys?.videos[1]?.id ?? '';
    const asset = { kind: 'video', id } as const;
    const states = async () =>
      Object.fromEntries(
        value(await app.ask('ovp.setUp', { workspace, asset })).map(({ step, state }) => [step, state]),
      );
    const open = { 'api-key': 'open', asset: 'unknown', key: 'open', token: 'open', embed: 'unknown' };
    expect(await states()).toEqual(open);
    value(await app.ask('ovp.setApiKey', { workspace, apiKey: API_KEY, store: 'keychain' }));
    value(await app.ask('ovp.asset', { workspace, ...asset }));
    // Basic, as the OVP tells
    expect(await states()).toEqual({ ...open, 'api-key': 'done', asset: 'open' });
    ovp.platform.setBehavior(id, 'ADVANCED_TOKEN');
    value(await app.ask('ovp.asset', { workspace, ...asset }));
    const outcome = value(
      await app.ask('ovp.createKey', { workspace, name: 'a', environment: 'dev', store: 'keychain' }),
    );
    if (outcome.kind !== 'stored') throw new Error(outcome.unfinished.reason);
    expect(await states()).toEqual({ ...open, 'api-key': 'done', asset: 'done', key: 'done' });
    value(await app.ask('ovp.requestToken', { workspace, kid: outcome.key.kid ?? '', claims: { exp: 2_000_000_000 } }));
    value(await app.ask('ovp.tellSetUp', { workspace, asset, step: 'embed', done: true }));
    const all = { 'api-key': 'done', asset: 'done', key: 'done', token: 'done', embed: 'done' };
    expect(await states()).toEqual(all);
    await app.close();
    app = await scene.start();
    await app.keys.list();
    expect(await states()).toEqual(all);
    value(await app.ask('ovp.tellSetUp', { workspace, asset, step: 'embed', done: false }));
    expect(await states()).toEqual({ ...all, embed: 'unknown' });
  });
});
