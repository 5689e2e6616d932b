import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nodeCrypto } from '../../../../main/crypto/node-crypto.ts';
import { createKeyFiles } from '../../../../main/keys/key-files.ts';
import { loadKeyRecords } from '../../../../main/keys/key-records.ts';
import { createKeys, type Keys } from '../../../../main/keys/keys.ts';
import { loadMoveJournal } from '../../../../main/secrets/move-journal.ts';
import type { Probe, SecretStore } from '../../../../main/secrets/secret-store.ts';
import { createSecretStores, type SecretsHandlers } from '../../../../main/secrets/secret-stores.ts';
import { createSecrets } from '../../../../main/secrets/secrets.ts';
import { createSessionStore } from '../../../../main/secrets/session-store.ts';
import { loadStoreChoice } from '../../../../main/secrets/store-choice.ts';
import { createVaultStore, type Vault } from '../../../../main/secrets/vault-store.ts';
import { COMMANDS, type CommandInput, type CommandOutput } from '../../../../shared/contract/contract.ts';
import { type KeyRecord, keyImport } from '../../../../shared/contract/keys.ts';
import type { SecretStores } from '../../../../shared/contract/secrets.ts';
import { type AppError, createError } from '../../../../shared/errors.ts';
import { err, type Result } from '../../../../shared/result.ts';

const PASSPHRASE = 'a passphrase of mine';
const KDF = { N: 2, r: 1, p: 1 };

let folder: string;
let probe: Probe;
let probes: number;
let keychain: SecretStore;
let memory: SecretStore;
beforeEach(async () => {
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'catwalk-stores-'));
  probe = { state: 'unlocked', name: 'gnome-keyring' };
  probes = 0;
  memory = createSessionStore();
  keychain = {
    ...memory,
    kind: 'keychain',
    probe: async () => {
      probes += 1;
      return probe;
    },
  };
});
afterEach(() => fs.rm(folder, { recursive: true, force: true, maxRetries: 3 }));

interface App {
  readonly keys: Keys;
  readonly vault: Vault;
  readonly told: SecretStores[];
  readonly locked: () => number;
  ask<Name extends keyof SecretsHandlers>(
    ...args: undefined extends CommandInput<Name> ? [name: Name] : [name: Name, input: CommandInput<Name>]
  ): Promise<Result<CommandOutput<Name>, AppError>>;
}

/** The app started once more on the same profile and keychain, asked as the window asks it. */
async function start(): Promise<App> {
  const at = (name: string) => path.join(folder, name);
  const vault = createVaultStore({ file: at('vault.catwalk'), kdf: KDF });
  const { choice } = await loadStoreChoice(at('secrets.json'));
  const { journal } = await loadMoveJournal(at('secrets-move.json'));
  const secrets = createSecrets({ keychain, session: createSessionStore(), vault, choice: () => choice.choice() });
  const { records } = await loadKeyRecords(at('keys.json'));
  const keys = createKeys({ records, secrets, files: createKeyFiles(), crypto: nodeCrypto, kdf: KDF });
  const told: SecretStores[] = [];
  let locked = 0;
  const control = createSecretStores({
    ...{ secrets, vault, choice, journal, holders: [keys.holder] },
    changed: (stores) => told.push(stores),
    locked: () => {
      locked += 1;
    },
  });
  await control.resume();
  await keys.list();
  return {
    keys,
    vault,
    told,
    locked: () => locked,
    ask: async (name, input?: unknown) => {
      const handler = control.handlers[name] as (input: unknown) => Promise<Result<unknown, AppError>>;
      const answer = await handler(COMMANDS[name].input.parse(input));
      if (answer.ok) COMMANDS[name].output.parse(answer.value);
      return answer as never;
    },
  };
}

async function addKey(app: App, name: string, environment: 'dev' | 'prod' = 'dev'): Promise<KeyRecord> {
  const text = `the secret of ${name}`;
  const key = await app.keys.import(
    keyImport.parse({ name, environment, encoding: 'utf8', source: { kind: 'text', text } }),
  );
  if (!key.ok) throw new Error(key.error.message);
  return key.value;
}
const states = async (app: App) => Object.fromEntries((await app.keys.list()).map((key) => [key.name, key.secret]));
async function store(app: App, kind: string) {
  const stores = await app.ask('secrets.stores');
  return stores.ok ? stores.value.stores.find((one) => one.kind === kind) : undefined;
}
const vaultFirst = { preferred: 'vault', ifMissing: 'session' } as const;

describe('where secrets go', () => {
  it('is asked once: nothing is chosen until somebody does, and it stays chosen', async () => {
    const first = await start();
    expect(await first.ask('secrets.stores')).not.toHaveProperty('value.choice');
    expect(await first.ask('secrets.status')).toMatchObject({ value: { kind: 'keychain', name: 'gnome-keyring' } });
    const chosen = { preferred: 'session', ifMissing: 'vault' } as const;
    expect(await first.ask('secrets.chooseStore', chosen)).toMatchObject({ value: { choice: chosen } });
    expect(first.told.at(-1)).toMatchObject({ choice: chosen });
    const second = await start();
    expect(await second.ask('secrets.stores')).toMatchObject({ value: { choice: chosen } });
    expect(await addKey(second, 'a')).toMatchObject({ store: 'session' });
  });

  it('is the vault when that was chosen, after it was made, and nowhere until then', async () => {
    const app = await start();
    await app.ask('secrets.chooseStore', vaultFirst);
    const none = createError('ERR_VAULT_NONE').message;
    expect(await app.ask('secrets.status')).toMatchObject({
      value: { kind: 'vault', name: 'Passphrase vault', state: 'unavailable', reason: none },
    });
    await expect(addKey(app, 'a')).rejects.toThrow(none);
    expect(await app.ask('secrets.createVault', { passphrase: PASSPHRASE })).toMatchObject({ ok: true });
    expect(await addKey(app, 'a')).toMatchObject({ store: 'vault', secret: 'ready' });
    expect(await app.ask('secrets.status')).toMatchObject({ value: { kind: 'vault', state: 'unlocked', count: 1 } });
    expect(await store(app, 'vault')).toEqual({ kind: 'vault', name: 'Passphrase vault', state: 'unlocked', count: 1 });
  });

  it('is the vault where there is no keychain, if that was chosen, and the reason is said', async () => {
    probe = { state: 'unavailable', name: 'Secret Service', reason: 'There is no D-Bus session.' };
    const app = await start();
    expect(await app.ask('secrets.status')).toMatchObject({ value: { kind: 'session', reason: probe.reason } });
    await app.ask('secrets.chooseStore', { preferred: 'keychain', ifMissing: 'vault' });
    await app.ask('secrets.createVault', { passphrase: PASSPHRASE });
    expect(await app.ask('secrets.status')).toMatchObject({
      value: { kind: 'vault', state: 'unlocked', reason: probe.reason },
    });
    expect(await addKey(app, 'a')).toMatchObject({ store: 'vault' });
    expect(await store(app, 'keychain')).toMatchObject({
      state: 'unavailable',
      reason: probe.reason,
      hint: expect.stringContaining('passphrase vault'),
    });
    // once there is a keychain again, new secrets go there, and the vault's key stays
    probe = { state: 'unlocked', name: 'KWallet' };
    expect(await app.ask('secrets.recheck')).toMatchObject({ value: { kind: 'keychain', name: 'KWallet', count: 0 } });
    expect(await addKey(app, 'b')).toMatchObject({ store: 'keychain' });
  });

  it('is never around a keychain that is locked or refuses', async () => {
    await (await start()).ask('secrets.chooseStore', { preferred: 'keychain', ifMissing: 'vault' });
    for (const reason of ['The keyring is locked.', 'The keychain did not let Catwalk in.']) {
      probe = { state: 'locked', name: 'gnome-keyring', reason };
      keychain.get = async () => err(createError('ERR_SECRETS_LOCKED', { message: reason }));
      const app = await start();
      expect(await app.ask('secrets.status')).toMatchObject({ value: { kind: 'keychain', state: 'locked', reason } });
      expect(await store(app, 'keychain')).toMatchObject({ state: 'locked', reason, hint: expect.any(String) });
      await expect(addKey(app, 'a')).rejects.toThrow(reason);
    }
  });

  it('leaves a keychain alone that nothing has to do with, until it is asked for', async () => {
    const app = await start();
    await app.ask('secrets.chooseStore', { preferred: 'session', ifMissing: 'session' });
    probes = 0;
    const again = await start();
    expect(await store(again, 'keychain')).toMatchObject({ state: 'not-asked', count: 0 });
    await again.ask('secrets.status');
    expect(probes).toBe(0);
    await again.ask('secrets.recheck');
    expect(await store(again, 'keychain')).toMatchObject({ state: 'unlocked', name: 'gnome-keyring' });
  });
});

describe('the vault', () => {
  async function withVault(): Promise<App> {
    const app = await start();
    await app.ask('secrets.chooseStore', vaultFirst);
    await app.ask('secrets.createVault', { passphrase: PASSPHRASE });
    return app;
  }

  it('locks its keys at once, and gives them back for the passphrase', async () => {
    const app = await withVault();
    await addKey(app, 'a');
    expect(await app.ask('secrets.lock')).toMatchObject({ ok: true });
    expect(app.locked()).toBe(1);
    expect(await states(app)).toEqual({ a: 'locked' });
    expect(await app.ask('secrets.status')).toMatchObject({ value: { state: 'locked', count: 1 } });
    expect(await store(app, 'vault')).toMatchObject({ state: 'locked', hint: expect.stringContaining('passphrase') });
    await expect(addKey(app, 'b')).rejects.toThrow('The passphrase vault is locked.');
    expect(await app.ask('secrets.unlock', { passphrase: 'not that one' })).toMatchObject({
      error: { code: 'ERR_VAULT_PASSPHRASE' },
    });
    expect(await states(app)).toEqual({ a: 'locked' });
    expect(await app.ask('secrets.unlock', { passphrase: PASSPHRASE })).toMatchObject({ ok: true });
    expect(await states(app)).toEqual({ a: 'ready' });
    expect(await states(await start())).toEqual({ a: 'locked' });
  });

  it('takes another passphrase', async () => {
    const app = await withVault();
    await addKey(app, 'a');
    const next = 'another passphrase';
    expect(await app.ask('secrets.changePassphrase', { passphrase: next, next: PASSPHRASE })).toMatchObject({
      error: { code: 'ERR_VAULT_PASSPHRASE' },
    });
    expect(await app.ask('secrets.changePassphrase', { passphrase: PASSPHRASE, next })).toMatchObject({ ok: true });
    const again = await start();
    expect(await again.ask('secrets.unlock', { passphrase: next })).toMatchObject({ ok: true });
    expect(await states(again)).toEqual({ a: 'ready' });
  });

  it('that is put aside keeps the rows, which take their secrets again or go', async () => {
    const app = await withVault();
    const [a, b] = [await addKey(app, 'a'), await addKey(app, 'b')];
    expect(await app.ask('secrets.putVaultAside')).toMatchObject({
      ok: true,
      value: { keptAs: expect.stringMatching(/\.aside$/) },
    });
    expect(await states(app)).toEqual({ a: 'missing', b: 'missing' });
    expect(await app.keys.delete(b.id)).toEqual({ ok: true, value: null });
    await app.ask('secrets.createVault', { passphrase: 'a new passphrase' });
    const source = { kind: 'text', text: 'the secret of a' } as const;
    const input = { name: 'x', environment: 'dev', encoding: 'utf8', source, replaces: a.id } as const;
    expect(await app.keys.import(keyImport.parse(input))).toMatchObject({ ok: true, value: { secret: 'ready' } });
    expect(await states(app)).toEqual({ a: 'ready' });
  });

  it('refuses a passphrase that is short, before anything is made', async () => {
    expect(COMMANDS['secrets.createVault'].input.safeParse({ passphrase: '1234567' }).success).toBe(false);
    expect(COMMANDS['secrets.unlock'].input.safeParse({ passphrase: '1' }).success).toBe(true);
  });
});

describe('another keychain than before', () => {
  it('is noticed while secrets are missing in it, and forgotten when all are there', async () => {
    const first = await start();
    await addKey(first, 'a');
    await first.ask('secrets.stores');
    probe = { state: 'unlocked', name: 'KWallet' };
    const before = memory;
    keychain = { ...createSessionStore(), kind: 'keychain', probe: async () => probe };
    const second = await start();
    expect(await states(second)).toEqual({ a: 'missing' });
    expect(await second.ask('secrets.stores')).toMatchObject({
      value: { notices: [expect.stringMatching(/gnome-keyring.*KWallet.*1 of them is not in it/)] },
    });
    const found = await before.get('dev/a');
    if (!found.ok || !found.value) throw new Error('it was there');
    await keychain.set('dev/a', found.value);
    await second.ask('secrets.recheck');
    expect(await second.ask('secrets.stores')).toMatchObject({ value: { notices: [] } });
    expect(await (await start()).ask('secrets.stores')).toMatchObject({ value: { notices: [] } });
  });
});

describe('moving', () => {
  it('takes keys from the keychain into the vault, and they work from there', async () => {
    const app = await start();
    for (const name of ['a', 'b']) await addKey(app, name);
    expect(await app.ask('secrets.move', { to: 'vault' })).toMatchObject({
      error: { code: 'ERR_SECRETS_MOVE', message: expect.stringContaining(createError('ERR_VAULT_NONE').message) },
    });
    await app.ask('secrets.createVault', { passphrase: PASSPHRASE });
    const moved = await app.ask('secrets.move', { to: 'vault' });
    expect(moved).toMatchObject({ ok: true, value: { moved: 2, leftBehind: 0 } });
    expect(await memory.get('dev/a')).toEqual({ ok: true, value: undefined });
    probe = { state: 'unavailable', name: 'x', reason: 'gone' };
    const again = await start();
    expect(await states(again)).toEqual({ a: 'locked', b: 'locked' });
    await again.ask('secrets.unlock', { passphrase: PASSPHRASE });
    expect(await states(again)).toEqual({ a: 'ready', b: 'ready' });
    expect((await again.keys.list()).every((key) => key.store === 'vault')).toBe(true);
  });

  it('back from a vault that is locked says so, and changes nothing', async () => {
    const app = await start();
    await app.ask('secrets.createVault', { passphrase: PASSPHRASE });
    await addKey(app, 'a');
    await app.ask('secrets.move', { to: 'vault' });
    await app.ask('secrets.lock');
    expect(await app.ask('secrets.move', { to: 'keychain' })).toMatchObject({
      error: {
        code: 'ERR_SECRETS_MOVE',
        problems: [{ path: ['a (dev)'], message: 'The passphrase vault is locked.' }],
      },
    });
    expect((await app.keys.list())[0]).toMatchObject({ store: 'vault' });
  });

  it('into memory takes the rows out of the file', async () => {
    const app = await start();
    await addKey(app, 'a');
    expect(await app.ask('secrets.move', { to: 'session' })).toMatchObject({ ok: true, value: { moved: 1 } });
    expect(await states(app)).toEqual({ a: 'ready' });
    expect(await states(await start())).toEqual({});
    expect(await memory.get('dev/a')).toEqual({ ok: true, value: undefined });
  });
});
