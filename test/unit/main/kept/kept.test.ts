import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHistory, shorten } from '../../../../main/history/history.ts';
import { createKept } from '../../../../main/kept/kept.ts';
import { loadKeptKey } from '../../../../main/kept/kept-key.ts';
import { createLog } from '../../../../main/log.ts';
import type { Probe, SecretStore } from '../../../../main/secrets/secret-store.ts';
import { createSecrets } from '../../../../main/secrets/secrets.ts';
import { createSessionStore } from '../../../../main/secrets/session-store.ts';
import type { HistoryList } from '../../../../shared/contract/history.ts';
import { keptName } from '../../../../shared/contract/kept.ts';
import { type AppError, createError } from '../../../../shared/errors.ts';
import { err, type Result } from '../../../../shared/result.ts';

const TOKEN = '0YRDoQEFoQRYKjRiZTFhN2MwLTkyZDQtNGYzZS04YTU1LTBjNmQxZTdmOTJhYi0zZmE4MViouQALAW1ub3Jk';

let folder: string;
let probe: Probe;
/** what the keychain holds outlives the app, as a keychain does */
let items: SecretStore;
let settings: { startClean: boolean; keepHistory: boolean };
beforeEach(async () => {
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'catwalk-kept-'));
  probe = { state: 'unlocked', name: 'gnome-keyring' };
  items = createSessionStore();
  settings = { startClean: false, keepHistory: true };
});
afterEach(() => fs.rm(folder, { recursive: true, force: true, maxRetries: 3 }));

/** The part of the app that keeps things, started once more on the same profile and keychain. */
async function start() {
  const refused = () => err(createError('ERR_SECRETS_LOCKED'));
  const isOpen = () => probe.state === 'unlocked';
  const keychain: SecretStore = {
    kind: 'keychain',
    probe: async () => probe,
    get: async (item) => (isOpen() ? items.get(item) : refused()),
    set: async (item, secret) => (isOpen() ? items.set(item, secret) : refused()),
    delete: async (item) => (isOpen() ? items.delete(item) : refused()),
  };
  const secrets = createSecrets({ keychain, session: createSessionStore() });
  const { key, error } = await loadKeptKey(path.join(folder, 'kept-key.json'), secrets);
  expect(error).toBeUndefined();
  const told: HistoryList[] = [];
  const kept = createKept({
    ...{ folder: path.join(folder, 'kept'), key, log: createLog({}) },
    startClean: () => settings.startClean,
  });
  let clock = 0;
  const history = createHistory({
    ...{ file: path.join(folder, 'history.sealed'), key },
    isOn: () => settings.keepHistory,
    changed: (list) => told.push(list),
    now: () => (clock += 1000),
  });
  return { key, secrets, kept, history, told, ask: { ...kept.handlers, ...history.handlers } };
}

/** Every file of the profile, as it lies on the disk. */
async function onDisk(): Promise<string> {
  const names = await fs.readdir(folder, { recursive: true, withFileTypes: true });
  const texts = names
    .filter((entry) => entry.isFile())
    .map((entry) => fs.readFile(path.join(entry.parentPath, entry.name), 'latin1'));
  return (await Promise.all(texts)).join('\n');
}

async function given<T>(answer: Result<T, AppError> | Promise<Result<T, AppError>>): Promise<T> {
  const result = await answer;
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}
const load = async (app: Awaited<ReturnType<typeof start>>) => given(app.ask['kept.load'](undefined));
const list = async (app: Awaited<ReturnType<typeof start>>) => given(app.ask['history.list'](undefined));
const add = (app: Awaited<ReturnType<typeof start>>, text: string, title = 'seg_0017.ts') =>
  app.ask['history.add']({ title, detail: 'Expired', text });

describe('what the window keeps', () => {
  it('is there again after a start, and never lies on the disk in plain', async () => {
    const first = await start();
    expect(await load(first)).toEqual({ state: { isKept: true, isLocked: false, where: 'gnome-keyring' }, parts: {} });
    await first.ask['kept.save']({ name: 'inspect', text: JSON.stringify({ text: TOKEN }) });
    await first.ask['kept.save']({ name: 'issue', text: '{"my own":1}' });
    await first.ask['kept.save']({ name: 'issue', text: '{"my own":2}' });
    expect(await onDisk()).not.toContain(TOKEN.slice(0, 24));
    expect(await onDisk()).not.toContain('my own');

    const second = await start();
    expect((await load(second)).parts).toEqual({ inspect: JSON.stringify({ text: TOKEN }), issue: '{"my own":2}' });
    await second.ask['kept.save']({ name: 'inspect', text: null });
    expect((await load(await start())).parts).toEqual({ issue: '{"my own":2}' });
  });

  it('is one item of the keychain, which moves with the secrets and is not counted among them', async () => {
    const app = await start();
    expect(app.key.holder.secrets()).toEqual([]);
    await app.ask['kept.save']({ name: 'inspect', text: '1' });
    await app.ask['kept.save']({ name: 'issue', text: '1' });
    expect(app.key.holder.secrets()).toMatchObject([{ store: 'keychain', isOwn: true, isMissing: false }]);
  });

  it('is nothing where secrets are in memory only', async () => {
    probe = { state: 'unavailable', name: 'Secret Service', reason: 'No keychain service is running.' };
    const app = await start();
    const answer = await given(app.ask['kept.save']({ name: 'inspect', text: TOKEN }));
    expect(answer).toMatchObject({ isKept: false, isLocked: false });
    expect(answer.reason).toContain('memory only');
    await add(app, TOKEN);
    expect(await list(app)).toMatchObject({ isOn: false, entries: [] });
    expect(await fs.readdir(folder)).toEqual([]);
  });

  it('waits for a keychain that is locked, and is not overwritten meanwhile', async () => {
    const first = await start();
    await first.ask['kept.save']({ name: 'inspect', text: 'before' });
    probe = { state: 'locked', name: 'gnome-keyring', reason: 'The keyring is locked.' };
    const locked = await start();
    expect(await load(locked)).toEqual({
      state: { isKept: false, isLocked: true, reason: 'The keyring is locked.' },
      parts: {},
    });
    await locked.ask['kept.save']({ name: 'inspect', text: 'after' });
    probe = { state: 'unlocked', name: 'gnome-keyring' };
    await locked.secrets.recheck();
    expect((await load(locked)).parts).toEqual({ inspect: 'before' });
  });

  it('is nothing for whoever starts clean, and what was kept is gone', async () => {
    const first = await start();
    await first.ask['kept.save']({ name: 'inspect', text: TOKEN });
    settings.startClean = true;
    await first.kept.wipe();
    expect((await load(first)).state.isKept).toBe(false);
    await first.ask['kept.save']({ name: 'inspect', text: TOKEN });
    expect(await fs.readdir(folder)).toEqual(['kept-key.json']);
  });

  it('is put aside when it was changed, or is of another key', async () => {
    const first = await start();
    await first.ask['kept.save']({ name: 'inspect', text: 'mine' });
    await first.ask['kept.save']({ name: 'issue', text: 'mine too' });
    const at = (name: string) => path.join(folder, 'kept', name);
    // one part in the place of another
    await fs.copyFile(at('inspect.sealed'), at('issue.sealed'));
    expect((await load(await start())).parts).toEqual({ inspect: 'mine' });
    expect(await fs.readdir(path.join(folder, 'kept'))).toContainEqual(
      expect.stringMatching(/^issue\.sealed\..*\.unreadable$/),
    );
    // the keychain was emptied
    items = createSessionStore();
    const later = await start();
    expect((await load(later)).parts).toEqual({});
    expect(later.key.holder.secrets()).toMatchObject([{ isMissing: true }]);
    await later.ask['kept.save']({ name: 'inspect', text: 'new' });
    expect((await load(await start())).parts).toEqual({ inspect: 'new' });
  });

  it('names no file outside of its folder', () => {
    for (const name of ['../settings', 'a/b', '', 'A', '.', 'x'.repeat(40)])
      expect(keptName.safeParse(name).success, name).toBe(false);
  });
});

describe('the history', () => {
  it('is off until it is turned on', async () => {
    settings.keepHistory = false;
    const app = await start();
    await add(app, TOKEN);
    expect(await list(app)).toMatchObject({ isOn: false, entries: [] });
    expect(await fs.readdir(folder)).toEqual([]);
  });

  it('lists what was inspected, latest first, without the token, and gives it out one at a time', async () => {
    const app = await start();
    await add(app, TOKEN, 'one');
    await add(app, 'another', 'two');
    await add(app, TOKEN, 'one again');
    const { entries, isOn } = await list(await start());
    expect(isOn).toBe(true);
    expect(entries.map(({ title }) => title)).toEqual(['one again', 'two']);
    expect(JSON.stringify(entries)).not.toContain(TOKEN);
    expect(await onDisk()).not.toContain(TOKEN.slice(0, 24));
    const [first] = entries;
    expect(await given(app.ask['history.open']({ id: first?.id ?? '' }))).toEqual({ text: TOKEN });
    expect(await given(app.ask['history.open']({ id: 'nobody' }))).toBeNull();
    expect(app.told.at(-1)?.entries).toHaveLength(2);
  });

  it('forgets one entry, or all of them and the file', async () => {
    const app = await start();
    await add(app, 'a');
    await add(app, 'b');
    const [latest] = (await list(app)).entries;
    await app.ask['history.remove']({ id: latest?.id ?? '' });
    expect((await list(app)).entries).toHaveLength(1);
    await app.ask['history.wipe'](undefined);
    expect((await list(app)).entries).toEqual([]);
    expect(await fs.readdir(folder)).toEqual(['kept-key.json']);
  });

  it('is wiped also while it cannot be read', async () => {
    const first = await start();
    await add(first, TOKEN);
    probe = { state: 'locked', name: 'gnome-keyring', reason: 'The keyring is locked.' };
    const locked = await start();
    expect(await list(locked)).toMatchObject({ isOn: false, entries: [], state: { isLocked: true } });
    await locked.ask['history.wipe'](undefined);
    expect(await fs.readdir(folder)).toEqual(['kept-key.json']);
  });

  it('is bounded in number and size', () => {
    const entries = (count: number, length: number) =>
      Array.from({ length: count }, (_, index) => ({ text: `${index}`.padEnd(length) }));
    expect(shorten(entries(600, 10))).toEqual(entries(500, 10));
    expect(shorten(entries(40, 64 * 1024))).toEqual(entries(32, 64 * 1024));
  });
});
