import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { joinItem, namesOfParts, splitItem } from '../../../../main/secrets/item-parts.ts';
import { describeKeytarError } from '../../../../main/secrets/keytar-error.ts';
import { createKeytarStore, type Keytar } from '../../../../main/secrets/keytar-store.ts';
import { Secret } from '../../../../main/secrets/secret.ts';
import type { Probe, SecretStore } from '../../../../main/secrets/secret-store.ts';
import { createSecrets } from '../../../../main/secrets/secrets.ts';
import { createSessionStore } from '../../../../main/secrets/session-store.ts';
import { describeSecretStore } from './contract.ts';

/** A keychain in memory that behaves like keytar: items by service and account, Windows' size limit. */
function createFakeKeytar() {
  const items = new Map<string, string>();
  const fake = {
    items,
    fail: undefined as (() => Error | undefined) | undefined,
    /** as libsecret behaves when its keyring is locked */
    locked: false,
    calls: 0,
  };
  const step = async () => {
    fake.calls += 1;
    await new Promise((resolve) => setImmediate(resolve));
    const error = fake.fail?.();
    if (error) throw error;
  };
  const key = (service: string, account: string) => `${service}/${account}`;
  const keytar: Keytar = {
    getPassword: async (service, account) => {
      await step();
      return fake.locked ? null : (items.get(key(service, account)) ?? null);
    },
    setPassword: async (service, account, password) => {
      await step();
      if (fake.locked) throw new Error('Cannot create an item in a locked collection');
      if (Buffer.byteLength(password) > 2560) throw new Error('The stub received bad data.');
      items.set(key(service, account), password);
    },
    deletePassword: async (service, account) => {
      await step();
      return fake.locked ? false : items.delete(key(service, account));
    },
  };
  return { ...fake, keytar, state: fake };
}

const open = (fake: ReturnType<typeof createFakeKeytar>, timeoutMillis?: number) =>
  createKeytarStore({
    load: async () => fake.keytar,
    findName: async () => 'a keychain',
    ...(timeoutMillis === undefined ? {} : { timeoutMillis }),
  });
const bytes = (text: string) => new Secret(new TextEncoder().encode(text));

describeSecretStore('memory', createSessionStore);
const shared = createFakeKeytar();
describeSecretStore('keytar over a keychain with the limits of Windows', () => open(shared));

describe('keytar store', () => {
  it('leaves no item behind, not of a probe and not of parts', async () => {
    const fake = createFakeKeytar();
    const store = open(fake);
    await store.probe();
    await store.set('dev/a', new Secret(new Uint8Array(9000)));
    expect(fake.items.size).toBeGreaterThan(4);
    await store.set('dev/a', bytes('short'));
    expect([...fake.items.keys()]).toEqual(['Catwalk/dev/a']);
    await store.set('dev/a', new Secret(new Uint8Array(9000)));
    await store.delete('dev/a');
    expect(fake.items.size).toBe(0);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])(
    'has the old or the new value when it dies at step %i of a replacement',
    async (step) => {
      const fake = createFakeKeytar();
      const [before, after] = [new Uint8Array(5000).fill(1), new Uint8Array(5000).fill(2)];
      await open(fake).set('dev/a', new Secret(before));
      const start = fake.state.calls;
      fake.state.fail = () => (fake.state.calls - start >= step ? new Error('connection is closed') : undefined);
      await open(fake).set('dev/a', new Secret(after));
      fake.state.fail = undefined;
      const read = await open(fake).get('dev/a');
      const value = read.ok ? read.value?.reveal() : undefined;
      expect(value).toHaveLength(5000);
      expect(new Set(value).size).toBe(1);
    },
  );

  it('says that a value is damaged, not that it is missing', async () => {
    const fake = createFakeKeytar();
    const store = open(fake);
    await store.set('dev/a', new Secret(new Uint8Array(9000)));
    const part = [...fake.items.keys()].find((name) => name.includes('(3 of'));
    fake.items.delete(part ?? '');
    expect(await store.get('dev/a')).toMatchObject({ ok: false, error: { code: 'ERR_SECRETS_CORRUPT' } });
    fake.items.set('Catwalk/dev/b', 'put there by hand');
    expect(await store.get('dev/b')).toMatchObject({ ok: false, error: { code: 'ERR_SECRETS_CORRUPT' } });
  });

  it('does not believe a locked keyring that says an item is not there', async () => {
    const fake = createFakeKeytar();
    const store = open(fake);
    await store.set('dev/a', bytes('one'));
    fake.state.locked = true;
    expect(await store.get('dev/a')).toMatchObject({ ok: false, error: { code: 'ERR_SECRETS_LOCKED' } });
    expect(await store.delete('dev/a')).toMatchObject({ ok: false, error: { code: 'ERR_SECRETS_LOCKED' } });
    expect(await store.probe()).toMatchObject({ state: 'locked', reason: 'The keyring is locked.' });
    fake.state.locked = false;
    expect(await store.get('dev/a')).toMatchObject({ ok: true });
  });

  it.each([
    ['Cannot autolaunch D-Bus without X11 $DISPLAY', 'ERR_SECRETS_UNAVAILABLE'],
    ['Could not connect: No such file or directory', 'ERR_SECRETS_UNAVAILABLE'],
    ['The name org.freedesktop.secrets was not provided by any .service files', 'ERR_SECRETS_UNAVAILABLE'],
    ['Object does not exist at path “/org/freedesktop/secrets/collection/login”', 'ERR_SECRETS_UNAVAILABLE'],
    ['The session wrapping the secret does not exist', 'ERR_SECRETS_UNAVAILABLE'],
    ['The given address is empty', 'ERR_SECRETS_UNAVAILABLE'],
    ['libsecret-1.so.0: cannot open shared object file: No such file or directory', 'ERR_SECRETS_UNAVAILABLE'],
    ['something nobody has met', 'ERR_SECRETS_UNAVAILABLE'],
    ['Cannot create an item in a locked collection', 'ERR_SECRETS_LOCKED'],
    ['User interaction is not allowed.', 'ERR_SECRETS_LOCKED'],
    ['The prompt was dismissed', 'ERR_SECRETS_DENIED'],
    ['User canceled the operation.', 'ERR_SECRETS_DENIED'],
  ])('answers “%s” with %s', async (message, code) => {
    const fake = createFakeKeytar();
    fake.state.fail = () => new Error(message);
    const store = open(fake);
    expect(await store.set('dev/a', bytes('x'))).toMatchObject({ ok: false, error: { code } });
    expect(await store.get('dev/a')).toMatchObject({ ok: false, error: { code } });
    expect(await store.delete('dev/a')).toMatchObject({ ok: false, error: { code } });
    const probe = await store.probe();
    expect(probe.state).toBe(code === 'ERR_SECRETS_UNAVAILABLE' ? 'unavailable' : 'locked');
    expect(probe).toHaveProperty('reason', describeKeytarError(new Error(message)).message);
  });

  it('is unavailable where keytar cannot be loaded, with the reason', async () => {
    const store = createKeytarStore({
      load: () => Promise.reject(new Error("Cannot find module '../build/Release/keytar.node'")),
      findName: async () => 'a keychain',
    });
    expect(await store.probe()).toMatchObject({ state: 'unavailable', reason: expect.stringContaining('libsecret') });
  });

  it('is unavailable when the keychain forgets', async () => {
    const fake = createFakeKeytar();
    const store = createKeytarStore({
      load: async () => ({ ...fake.keytar, getPassword: async () => null }),
      findName: async () => 'a keychain',
    });
    expect(await store.probe()).toMatchObject({ state: 'unavailable' });
  });

  it('does not wait for ever for a keychain that waits for a person', async () => {
    const store = createKeytarStore({
      load: async () => ({ ...createFakeKeytar().keytar, setPassword: () => new Promise(() => undefined) }),
      findName: async () => 'a keychain',
      timeoutMillis: 20,
    });
    expect(await store.probe()).toMatchObject({ state: 'locked', reason: expect.stringContaining('dialog') });
  });

  it('lets a call under way end when it is closed, and begins no other', async () => {
    const fake = createFakeKeytar();
    const store = open(fake);
    const set = store.set('dev/a', bytes('secret'));
    await new Promise((resolve) => setImmediate(resolve));
    await store.close();
    expect(await set).toHaveProperty('ok', true);
    expect(fake.items.size).toBe(1);
    const calls = fake.state.calls;
    expect(await store.get('dev/a')).toMatchObject({ ok: false, error: { code: 'ERR_SECRETS_UNAVAILABLE' } });
    expect(fake.state.calls).toBe(calls);
  });

  it('asks one thing at a time', async () => {
    let running = 0;
    let most = 0;
    const fake = createFakeKeytar();
    const store = createKeytarStore({
      load: async () => ({
        ...fake.keytar,
        setPassword: async (...args) => {
          running += 1;
          most = Math.max(most, running);
          await fake.keytar.setPassword(...args);
          running -= 1;
        },
      }),
      findName: async () => 'a keychain',
    });
    await Promise.all(['a', 'b', 'c', 'd'].map((item) => store.set(item, bytes(item))));
    expect(most).toBe(1);
  });
});

describe('items of the keychain', () => {
  it('fit into 2,000 bytes each, and are told apart by the write they belong to', () => {
    for (const length of [0, 1, 1490, 1500, 4000, 16384]) {
      const content = new Uint8Array(length).map((_, index) => index);
      const { head, more } = splitItem('dev/a', content);
      for (const text of [head, ...more.values()]) expect(text.length).toBeLessThanOrEqual(2000);
      expect(namesOfParts('dev/a', head)).toEqual([...more.keys()]);
      expect(joinItem(head, [...more.values()])).toEqual(content);
      if (more.size > 0) expect(splitItem('dev/a', content).head).not.toBe(head);
    }
  });

  it.each(['', 'hello', 'catwalk1', 'catwalk1:not base64', 'catwalk1/2/zz:abc', 'catwalk2:abc', 'catwalk1/2/0011:a'])(
    'reads nothing out of %j',
    (head) => {
      expect(joinItem(head, [])).toBeUndefined();
      expect(namesOfParts('dev/a', head)).toEqual([]);
    },
  );
});

describe('secrets', () => {
  const keychain = (probes: Probe[]): SecretStore => ({
    ...createSessionStore(),
    kind: 'keychain',
    probe: async () => probes.shift() ?? { state: 'unavailable', name: '-', reason: 'no more' },
  });

  it('go to the keychain when that works', async () => {
    const store = keychain([{ state: 'unlocked', name: 'gnome-keyring' }]);
    const secrets = createSecrets({ keychain: store, session: createSessionStore() });
    expect(await secrets.status()).toEqual({ kind: 'keychain', name: 'gnome-keyring', state: 'unlocked' });
    expect(await secrets.active()).toBe(store);
  });

  it('are not led around a locked keychain', async () => {
    const store = keychain([{ state: 'locked', name: 'KWallet', reason: 'The keyring is locked.' }]);
    const secrets = createSecrets({ keychain: store, session: createSessionStore() });
    expect(await secrets.status()).toMatchObject({
      kind: 'keychain',
      state: 'locked',
      reason: 'The keyring is locked.',
    });
    expect(await secrets.active()).toBe(store);
  });

  it('stay in memory when there is none, with the reason, until a recheck finds one', async () => {
    const session = createSessionStore();
    const changes: unknown[] = [];
    const store = keychain([
      { state: 'unavailable', name: 'Secret Service', reason: 'No D-Bus.' },
      { state: 'unlocked', name: 'KWallet' },
      { state: 'unlocked', name: 'KWallet' },
    ]);
    const secrets = createSecrets({ keychain: store, session, changed: (status) => changes.push(status) });
    expect(await secrets.status()).toEqual({
      kind: 'session',
      name: 'This session only',
      state: 'unlocked',
      reason: 'No D-Bus.',
    });
    expect(await secrets.active()).toBe(session);
    expect(await secrets.recheck()).toMatchObject({ kind: 'keychain', name: 'KWallet' });
    await secrets.recheck();
    expect(changes).toHaveLength(1);
    expect(await secrets.active()).toBe(store);
  });
});

describe('Secret', () => {
  it('shows nothing of itself', () => {
    const secret = new Secret('hunter2');
    const shown = [
      String(secret),
      JSON.stringify({ secret }),
      inspect(secret, { showHidden: true, depth: 9 }),
      inspect({ deep: [secret] }, { depth: 9 }),
      JSON.stringify(Object.entries(secret)),
      JSON.stringify(structuredClone(secret)),
      ['with', secret].join(' '),
    ];
    expect(shown.join()).not.toContain('hunter2');
    expect(secret.reveal()).toBe('hunter2');
  });
});
