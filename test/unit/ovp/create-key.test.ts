import fs from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Secret } from '../../../main/secrets/secret.ts';
import type { CommandInput } from '../../../shared/contract/contract.ts';
import type { OvpUnfinishedKey } from '../../../shared/contract/ovp.ts';
import { createError } from '../../../shared/errors.ts';
import { err } from '../../../shared/result.ts';
import type { Fault, FaultKind } from '../../ovp/faults.ts';
import type { LocalOvp } from '../../ovp/local-ovp.ts';
import {
  type App,
  connect,
  createQuickClock,
  createScene,
  failure,
  type Scene,
  startOvp,
  stored,
  textOf,
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

const create = (over: Partial<CommandInput<'ovp.createKey'>> = {}) =>
  app.ask('ovp.createKey', { workspace, name: 'prod-3', environment: 'prod', store: 'keychain', ...over });
const made = () => ovp.platform.keyNames();
const unfinished = async (): Promise<readonly OvpUnfinishedKey[]> =>
  value(await app.ask('ovp.unfinishedKeys', undefined));
const posts = () => ovp.calls.filter(({ method }) => method === 'POST').length;

/** The one unfinished key that creating left. */
async function left(result: Awaited<ReturnType<typeof create>>): Promise<OvpUnfinishedKey> {
  const outcome = value(result);
  if (outcome.kind !== 'unfinished') throw new Error('it was stored');
  expect(await unfinished()).toEqual([outcome.unfinished]);
  return outcome.unfinished;
}

describe('a key made in the OVP', () => {
  it('is in the store and in the list before it is told, and nowhere else', async () => {
    const outcome = value(await create({ notes: 'for the event' }));
    if (outcome.kind !== 'stored') throw new Error(outcome.unfinished.reason);
    const { key } = outcome;
    expect(key).toMatchObject({
      name: 'prod-3',
      environment: 'prod',
      origin: 'ovp',
      workspace,
      family: 'hmac',
      encoding: 'auto',
      store: 'keychain',
      item: 'prod/prod-3',
      secret: 'ready',
      notes: 'for the event',
    });
    expect(key.kid).toMatch(/^b7d5c4e2-.*-[0-9a-f]{5}$/);
    const secret = (await stored(scene, 'prod/prod-3')) ?? '';
    expect(secret).toMatch(/^[0-9a-f]{64}$/);
    expect(await app.keys.list()).toEqual([key]);
    expect(await unfinished()).toEqual([]);
    expect(await scene.profileText()).not.toContain(secret.slice(0, 12));
    expect(JSON.stringify([outcome, app.events, app.ledger.list()])).not.toContain(secret.slice(0, 12));
  });

  it('is asked for only when the store can be written and the name is free', async () => {
    value(await create());
    expect(failure(await create()).code).toBe('ERR_KEY_DUPLICATE');
    scene.broken.probe = async () => ({ state: 'locked', name: 'a keychain', reason: 'The keyring is locked.' });
    expect(failure(await create({ name: 'b' }))).toMatchObject({
      code: 'ERR_SECRETS_LOCKED',
      message: 'The keyring is locked.',
    });
    scene.broken.probe = async () => ({ state: 'unavailable', name: '', reason: 'There is no D-Bus session.' });
    expect(failure(await create({ name: 'b' }))).toMatchObject({ code: 'ERR_SECRETS_UNAVAILABLE' });
    expect(made()).toEqual(['prod-3']);
    expect(posts()).toBe(1);
  });

  it('is asked for only when the note about it is on the disk', async () => {
    await fs.mkdir(path.join(scene.folder, 'ovp-unfinished.json'));
    expect(failure(await create()).code).toBe('ERR_STORE_WRITE');
    expect(posts()).toBe(0);
  });

  it('has its own item, also where an older one of the name lies', async () => {
    await scene.keychain.set('prod/prod-3', new Secret(new TextEncoder().encode('older')));
    expect(value(await create())).toMatchObject({ kind: 'stored', key: { item: 'prod/prod-3 (2)' } });
    expect(await stored(scene, 'prod/prod-3')).toBe('older');
  });

  it.each(['wrapped', 'flat'] as const)('is read from a %s answer', async (keyAnswer) => {
    ovp.setHabits({ keyAnswer });
    expect(value(await create()).kind).toBe('stored');
  });

  it('is refused by the OVP without a trace here', async () => {
    for (const kind of ['401', '403', '404', '422'] as const) {
      ovp.fail({ kind, on: 'POST' });
      expect(failure(await create()).code).toMatch(/^ERR_OVP_/);
    }
    expect(await unfinished()).toEqual([]);
    expect(await scene.profileText()).not.toContain('prod-3');
  });
});

describe('the store that fails between the answer and the storing', () => {
  const lock = () => {
    scene.broken.set = async () => err(createError('ERR_SECRETS_LOCKED'));
  };

  it('loses nothing: the secret is held, said so, and stored at the next try', async () => {
    lock();
    const held = await left(await create());
    expect(held).toMatchObject({ state: 'held', name: 'prod-3', kid: expect.stringMatching(/-[0-9a-f]{5}$/) });
    expect(held.reason).toContain('The keychain is locked.');
    expect(held.reason).toContain('in memory and is not lost while Catwalk runs');
    expect(app.ovp.countHeld()).toBe(1);
    expect(app.events.findLast(({ name }) => name === 'ovp.unfinishedChanged')?.payload).toEqual([held]);
    const secret = app.ovp.heldSecret(held.id);
    expect(secret && textOf(secret)).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.stringify(held)).not.toContain(secret && textOf(secret).slice(0, 12));

    const again = value(await app.ask('ovp.storeUnfinishedKey', { id: held.id, store: 'keychain' }));
    expect(again).toMatchObject({ kind: 'unfinished', unfinished: { state: 'held' } });

    delete scene.broken.set;
    const outcome = value(await app.ask('ovp.storeUnfinishedKey', { id: held.id, store: 'keychain' }));
    expect(outcome).toMatchObject({ kind: 'stored', key: { id: held.id, kid: held.kid, secret: 'ready' } });
    expect(await stored(scene, 'prod/prod-3')).toBe(secret && textOf(secret));
    expect(await unfinished()).toEqual([]);
    expect(app.ovp.countHeld()).toBe(0);
    expect(posts()).toBe(1);
  });

  it('lets it be stored elsewhere', async () => {
    lock();
    const held = await left(await create());
    const outcome = value(await app.ask('ovp.storeUnfinishedKey', { id: held.id, store: 'session' }));
    expect(outcome).toMatchObject({ kind: 'stored', key: { store: 'session', secret: 'ready' } });
    expect(failure(await app.ask('ovp.storeUnfinishedKey', { id: held.id, store: 'session' })).code).toBe(
      'ERR_OVP_UNFINISHED_GONE',
    );
  });

  it('is found out also when the store takes a value and gives another back', async () => {
    scene.broken.get = async () => ({ ok: true, value: undefined });
    expect(await left(await create())).toMatchObject({ state: 'held' });
  });

  it('leaves a note when the app is killed, which says that the secret is lost', async () => {
    lock();
    const held = await left(await create());
    // not closed: killed
    app = await scene.start();
    const [note, ...more] = await unfinished();
    expect(more).toEqual([]);
    expect(note).toMatchObject({ id: held.id, state: 'lost', name: 'prod-3', kid: held.kid });
    expect(note?.reason).toContain('ended before its secret was stored');
    expect(value(await app.ask('ovp.forgetUnfinishedKey', { id: held.id }))).toEqual([]);
  });
});

describe('the app killed', () => {
  it('while it waited for the answer: says that the key may exist', async () => {
    ovp.fail({ kind: 'time-out', on: 'POST', after: true });
    void create();
    while (posts() === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    app = await scene.start();
    const [note] = await unfinished();
    expect(note).toMatchObject({ state: 'uncertain', name: 'prod-3', environment: 'prod', workspace });
    expect(note?.reason).toContain('A key of this name may exist there whose secret was never stored');
  });

  it('after the secret was stored and before the key was listed: lists it at the next start', async () => {
    const listing = path.join(scene.folder, 'keys.json');
    await fs.mkdir(listing);
    const held = await left(await create());
    expect(held.state).toBe('held');
    await fs.rmdir(listing);
    expect(await stored(scene, 'prod/prod-3')).toMatch(/^[0-9a-f]{64}$/);

    app = await scene.start();
    expect(await unfinished()).toEqual([]);
    expect(await app.keys.list()).toMatchObject([
      { id: held.id, kid: held.kid, secret: 'ready', origin: 'ovp', workspace },
    ]);
  });

  it('after the key was listed and before the note was removed: forgets the note', async () => {
    value(await create());
    const [key] = await app.keys.list();
    if (!key) throw new Error('there is no key');
    const note = { ...key, at: 1, state: 'answered' };
    const file = path.join(scene.folder, 'ovp-unfinished.json');
    await fs.writeFile(file, JSON.stringify({ version: 1, data: { keys: [note] } }));
    app = await scene.start();
    expect(await unfinished()).toEqual([]);
    expect(await app.keys.list()).toHaveLength(1);
  });

  it('with the keychain locked at the next start: does not call the secret lost, and finds it later', async () => {
    const listing = path.join(scene.folder, 'keys.json');
    await fs.mkdir(listing);
    const held = await left(await create());
    await fs.rmdir(listing);
    scene.broken.probe = async () => ({ state: 'locked', name: 'a keychain', reason: 'The keyring is locked.' });
    app = await scene.start();
    const [note] = await unfinished();
    expect(note).toMatchObject({ state: 'uncertain', kid: held.kid });
    expect(note?.reason).toContain('whether its secret was stored cannot be told');

    delete scene.broken.probe;
    app = await scene.start();
    expect(await unfinished()).toEqual([]);
    expect(await app.keys.list()).toMatchObject([{ id: held.id, secret: 'ready' }]);
  });
});

describe('no answer that could be read', () => {
  /** Waiting is real where an answer does not come, and long enough for a busy machine to answer the other calls. */
  const play = async (kind: FaultKind, more: Partial<Fault> = {}) => {
    if (kind === 'time-out') app = await scene.start({ timeoutMillis: 1000 });
    ovp.fail({ kind, on: 'POST', ...more });
  };

  it.each(['time-out', 'reset', '500', '502-html'] as const)(
    '%s after the key was made: the list of keys shows it, and nothing is asked for twice',
    async (kind) => {
      await play(kind, { after: true });
      const lost = await left(await create());
      expect(lost).toMatchObject({ state: 'lost', kid: expect.stringMatching(/-[0-9a-f]{5}$/) });
      expect(lost.reason).toContain('its secret was not received, and the OVP shows a secret once only');
      expect(posts()).toBe(1);
      expect(made()).toEqual(['prod-3']);

      // what the screen offers: delete it there, forget it here, create another
      value(await app.ask('ovp.deleteKey', { workspace, kid: lost.kid ?? '' }));
      value(await app.ask('ovp.forgetUnfinishedKey', { id: lost.id }));
      expect(value(await create()).kind).toBe('stored');
      expect(made()).toEqual(['prod-3']);
    },
  );

  it.each(['time-out', 'reset'] as const)('%s before it was made: says that none was made', async (kind) => {
    await play(kind);
    const error = failure(await create());
    expect(error.message).toContain('The list of keys has no new key of this name, so none was made.');
    expect(error.code).toBe(kind === 'reset' ? 'ERR_OVP_UNREACHABLE' : 'ERR_OVP_TIMEOUT');
    expect(await unfinished()).toEqual([]);
    expect(made()).toEqual([]);
  });

  it('an older key of the same name is not taken for the new one', async () => {
    const older = value(await create());
    if (older.kind !== 'stored') throw new Error(older.unfinished.reason);
    // known to the OVP only, and an hour old
    value(await app.keys.delete(older.key.id));
    await scene.clock.sleep(3_600_000, new AbortController().signal);
    ovp.fail({ kind: 'reset', on: 'POST' });
    expect(failure(await create()).message).toContain('none was made');
    ovp.fail({ kind: 'reset', on: 'POST', after: true });
    const lost = await left(await create());
    expect(lost.state).toBe('lost');
    expect(lost.kid).not.toBe(older.key.kid);
  });

  it('with a list that is not offered: it stays uncertain, and is remembered', async () => {
    ovp.setHabits({ keyCalls: '404' });
    ovp.fail({ kind: 'reset', on: 'POST', after: true });
    const uncertain = await left(await create());
    expect(uncertain).toMatchObject({ state: 'uncertain' });
    expect(uncertain.reason).toContain('could not be found out');
    app = await scene.start();
    expect(await unfinished()).toEqual([uncertain]);
  });

  it('cancelled once it was sent: it is finished, since its answer comes only once', async () => {
    app = await scene.start();
    const request = '5b0f3f0e-6f27-4a58-9d4c-6a4e1fbb6a11';
    const creating = create({ request });
    while (posts() === 0) await new Promise((resolve) => setImmediate(resolve));
    await app.ask('ovp.cancel', { requests: [request] });
    expect(value(await creating).kind).toBe('stored');
  });

  it('cancelled before it is sent: nothing is left', async () => {
    const request = '5b0f3f0e-6f27-4a58-9d4c-6a4e1fbb6a11';
    await play('time-out', { on: 'GET' });
    const busy = app.ask('ovp.test', { workspace });
    const creating = create({ request });
    const entries = async () => value(await app.ask('ovp.queue', undefined)).entries.map(({ id }) => id);
    while (!(await entries()).includes(request)) await new Promise((resolve) => setTimeout(resolve, 5));
    await app.ask('ovp.cancel', { requests: [request] });
    expect(failure(await creating).code).toBe('ERR_OVP_CANCELLED');
    await busy;
    expect(await unfinished()).toEqual([]);
    expect(made()).toEqual([]);
  });

  it('the app closed while it is under way: it is remembered', async () => {
    app = await scene.start();
    ovp.fail({ kind: 'time-out', on: 'POST', after: true });
    const creating = create();
    while (posts() === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await app.close();
    expect(value(await creating)).toMatchObject({ kind: 'unfinished', unfinished: { state: 'uncertain' } });
    app = await scene.start();
    expect(await unfinished()).toHaveLength(1);
  });
});

describe('an answer that came, but not as it should', () => {
  it.each(['cut-off', 'truncated-json'] as const)('%s with id and value whole: both are used', async (kind) => {
    ovp.fail({ kind, on: 'POST', keep: 0.75 });
    const outcome = value(await create());
    expect(outcome).toMatchObject({ kind: 'stored', key: { kid: expect.stringMatching(/-[0-9a-f]{5}$/) } });
    expect(await stored(scene, 'prod/prod-3')).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each(['cut-off', 'truncated-json'] as const)('%s within the value: half a secret is no secret', async (kind) => {
    ovp.fail({ kind, on: 'POST', keep: 0.45 });
    const lost = await left(await create());
    expect(lost).toMatchObject({ state: 'lost' });
    expect(lost.kid).toMatch(/-[0-9a-f]{5}$/);
    expect(await stored(scene, 'prod/prod-3')).toBeUndefined();
  });

  it('without its value: says that the key exists', async () => {
    ovp.setHabits({ withholdsValue: true });
    const lost = await left(await create());
    expect(lost).toMatchObject({ state: 'lost', reason: expect.stringContaining('its answer had no secret in it') });
  });

  it('a sign-in page: the list tells that nothing was made', async () => {
    ovp.fail({ kind: 'wrong-content-type', on: 'POST' });
    const error = failure(await create());
    expect(error).toMatchObject({ code: 'ERR_OVP_UNREADABLE', message: expect.stringContaining('none was made') });
  });

  it('JSON under another content type is read: the value comes once only', async () => {
    ovp.fail({ kind: 'mislabelled', on: 'POST' });
    expect(value(await create()).kind).toBe('stored');
  });
});
