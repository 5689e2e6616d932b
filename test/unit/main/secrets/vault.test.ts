import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Secret } from '../../../../main/secrets/secret.ts';
import { type Kdf, unseal } from '../../../../main/secrets/vault-crypto.ts';
import { parseVault } from '../../../../main/secrets/vault-file.ts';
import { createVaultStore, type Vault } from '../../../../main/secrets/vault-store.ts';
import { buildProgram, killAfter } from '../child-program.ts';
import { describeSecretStore } from './contract.ts';

/** so weak that a test can open a vault a thousand times */
const KDF: Kdf = { N: 2, r: 1, p: 1 };
const PASSPHRASE = new Secret('correct horse battery staple');
const OTHER = new Secret('correct horse battery stapled');

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'catwalk-vault-'));
  file = path.join(folder, 'vault.catwalk');
});
afterEach(() => fs.rm(folder, { recursive: true, force: true, maxRetries: 3 }));

const start = () => createVaultStore({ file, kdf: KDF });
const bytes = (text: string) => new Secret(new TextEncoder().encode(text));
async function created(): Promise<Vault> {
  const vault = start();
  expect(await vault.create(PASSPHRASE)).toEqual({ ok: true, value: undefined });
  return vault;
}
async function unlocked(): Promise<Vault> {
  const vault = start();
  expect(await vault.unlock(PASSPHRASE)).toEqual({ ok: true, value: undefined });
  return vault;
}
async function read(vault: Vault, item: string): Promise<string | undefined> {
  const found = await vault.get(item);
  if (!found.ok) return found.error.code;
  return found.value && Buffer.from(found.value.reveal()).toString();
}

describe('the suite of every store', () => {
  let shared: string;
  let vault: Vault | undefined;
  beforeAll(async () => {
    shared = await fs.mkdtemp(path.join(os.tmpdir(), 'catwalk-vault-'));
  });
  afterAll(() => fs.rm(shared, { recursive: true, force: true, maxRetries: 3 }));

  describeSecretStore('vault', async () => {
    const isFirst = vault === undefined;
    vault = createVaultStore({ file: path.join(shared, 'vault.catwalk'), kdf: KDF });
    const opened = await (isFirst ? vault.create(PASSPHRASE) : vault.unlock(PASSPHRASE));
    if (!opened.ok) throw new Error(opened.error.message);
    return vault;
  });
});

describe('passphrase', () => {
  it('is wanted after every start, and only the right one opens', async () => {
    await (await created()).set('dev/a', bytes('one'));
    const vault = start();
    expect(await vault.state()).toMatchObject({ state: 'locked' });
    expect(await read(vault, 'dev/a')).toBe('ERR_SECRETS_LOCKED');
    expect(await vault.set('dev/a', bytes('two'))).toMatchObject({ error: { code: 'ERR_SECRETS_LOCKED' } });
    expect(await vault.delete('dev/a')).toMatchObject({ error: { code: 'ERR_SECRETS_LOCKED' } });
    expect(await vault.probe()).toMatchObject({ state: 'locked', reason: expect.stringContaining('locked') });
    for (const wrong of ['', ' ', 'correct', `${PASSPHRASE.reveal()} `, PASSPHRASE.reveal().toUpperCase()]) {
      const answer = await vault.unlock(new Secret(wrong));
      expect(answer, wrong).toMatchObject({ ok: false, error: { code: 'ERR_VAULT_PASSPHRASE' } });
      expect(await read(vault, 'dev/a')).toBe('ERR_SECRETS_LOCKED');
    }
    expect(await vault.unlock(PASSPHRASE)).toMatchObject({ ok: true });
    expect(await vault.state()).toEqual({ state: 'unlocked' });
    expect(await read(vault, 'dev/a')).toBe('one');
  });

  it('is the same however a keyboard composes it', async () => {
    const vault = start();
    await vault.create(new Secret('crème brûlée'.normalize('NFC')));
    expect(await vault.check(new Secret('crème brûlée'.normalize('NFD')))).toMatchObject({ ok: true });
  });

  it('that is wrong does not lock what is open', async () => {
    const vault = await created();
    await vault.set('dev/a', bytes('one'));
    expect(await vault.unlock(OTHER)).toMatchObject({ error: { code: 'ERR_VAULT_PASSPHRASE' } });
    expect(await vault.check(OTHER)).toMatchObject({ error: { code: 'ERR_VAULT_PASSPHRASE' } });
    expect(await vault.check(PASSPHRASE)).toMatchObject({ ok: true });
    expect(await read(vault, 'dev/a')).toBe('one');
  });

  it('can be changed, after which the old one opens nothing but the old file', async () => {
    const vault = await created();
    for (const item of ['dev/a', 'dev/b']) await vault.set(item, bytes(item));
    const before = await fs.readFile(file);
    expect(await vault.changePassphrase(OTHER, PASSPHRASE)).toMatchObject({ error: { code: 'ERR_VAULT_PASSPHRASE' } });
    expect(await fs.readFile(file)).toEqual(before);
    expect(await vault.changePassphrase(PASSPHRASE, OTHER)).toMatchObject({ ok: true });
    expect(await read(vault, 'dev/a')).toBe('dev/a');
    const after = await fs.readFile(file, 'utf8');
    for (const part of before.toString().match(/"(?:data|nonce|salt)":"[^"]{16,}"/g) ?? [])
      expect(after).not.toContain(part);

    const again = start();
    expect(await again.unlock(PASSPHRASE)).toMatchObject({ error: { code: 'ERR_VAULT_PASSPHRASE' } });
    expect(await again.unlock(OTHER)).toMatchObject({ ok: true });
    expect([await read(again, 'dev/a'), await read(again, 'dev/b')]).toEqual(['dev/a', 'dev/b']);
    await fs.writeFile(file, before);
    expect(await read(again, 'dev/a')).toBe('ERR_SECRETS_LOCKED');
    expect(await again.state()).toMatchObject({ state: 'locked' });
    expect(await again.unlock(PASSPHRASE)).toMatchObject({ ok: true });
  });

  it('is nowhere in the folder, and neither is a secret', async () => {
    const vault = await created();
    const secret = 'a secret that would be recognised';
    await vault.set('dev/a', bytes(secret));
    await vault.changePassphrase(PASSPHRASE, OTHER);
    const files = await fs.readdir(folder);
    expect(files).toEqual(['vault.catwalk']);
    expect((await fs.stat(file)).mode & 0o777).toBe(0o600);
    const text = await fs.readFile(file, 'latin1');
    for (const plain of [secret, PASSPHRASE.reveal(), OTHER.reveal()])
      for (const form of ['utf8', 'hex', 'base64', 'base64url'] as const)
        expect(text).not.toContain(Buffer.from(plain).toString(form).slice(0, 20));
  });
});

describe('locking', () => {
  it('forgets the keys at once', async () => {
    const vault = await created();
    await vault.set('dev/a', bytes('one'));
    vault.lock();
    expect(await vault.state()).toMatchObject({ state: 'locked' });
    expect(await read(vault, 'dev/a')).toBe('ERR_SECRETS_LOCKED');
  });

  it('in the middle of work leaves it done or not done, and never damaged', async () => {
    const vault = await created();
    await vault.set('dev/a', bytes('one'));
    const work = [vault.set('dev/b', bytes('two')), vault.get('dev/a'), vault.set('dev/a', bytes('three'))];
    await Promise.resolve();
    vault.lock();
    for (const result of await Promise.all(work))
      expect(result.ok ? 'done' : result.error.code).toMatch(/^(?:done|ERR_SECRETS_LOCKED)$/);
    expect(['one', 'three']).toContain(await read(await unlocked(), 'dev/a'));
    expect(await (await unlocked()).state()).toEqual({ state: 'unlocked' });
  });
});

describe('there is', () => {
  it('no vault until one is made, and it is made once', async () => {
    const vault = start();
    expect(await vault.state()).toEqual({ state: 'none' });
    expect(await vault.probe()).toMatchObject({ state: 'unavailable' });
    for (const answer of [
      await vault.get('dev/a'),
      await vault.set('dev/a', bytes('one')),
      await vault.unlock(PASSPHRASE),
      await vault.changePassphrase(PASSPHRASE, OTHER),
      await vault.putAside(),
    ])
      expect(answer).toMatchObject({ ok: false, error: { code: 'ERR_VAULT_NONE' } });
    expect(await vault.create(PASSPHRASE)).toMatchObject({ ok: true });
    await vault.set('dev/a', bytes('one'));
    for (const other of [vault, start()])
      expect(await other.create(OTHER)).toMatchObject({ error: { code: 'ERR_VAULT_EXISTS' } });
    expect(await read(await unlocked(), 'dev/a')).toBe('one');
  });

  it('a way on when the passphrase is lost, which deletes nothing', async () => {
    await (await created()).set('dev/a', bytes('one'));
    const before = await fs.readFile(file);
    const vault = start();
    const aside = await vault.putAside();
    expect(await vault.state()).toEqual({ state: 'none' });
    expect(aside.ok && (await fs.readFile(path.join(folder, aside.value)))).toEqual(before);
    expect(await vault.create(OTHER)).toMatchObject({ ok: true });
  });

  it('no vault that anybody writes over when its file went away', async () => {
    const vault = await created();
    await vault.set('dev/a', bytes('one'));
    await fs.rename(file, `${file}.moved`);
    expect(await vault.state()).toMatchObject({ state: 'unavailable', reason: expect.stringContaining('gone') });
    expect(await vault.set('dev/b', bytes('two'))).toMatchObject({ error: { code: 'ERR_SECRETS_UNAVAILABLE' } });
    expect(await vault.get('dev/a')).toMatchObject({ error: { code: 'ERR_SECRETS_UNAVAILABLE' } });
    await fs.rename(`${file}.moved`, file);
    expect(await read(vault, 'dev/a')).toBe('one');
  });

  it('a sentence when the file cannot be written, and the old one stays', async () => {
    const vault = await created();
    await vault.set('dev/a', bytes('one'));
    const content = await fs.readFile(file);
    await fs.rm(folder, { recursive: true });
    await fs.writeFile(folder, 'a file where the folder was');
    expect(await vault.set('dev/a', bytes('two'))).toMatchObject({ ok: false });
    await fs.rm(folder);
    await fs.mkdir(folder);
    await fs.writeFile(file, content);
    expect(await read(vault, 'dev/a')).toBe('one');
  });
});

describe('tampering', () => {
  /** What the vault says of a file with this content. */
  async function judge(content: Uint8Array) {
    await fs.writeFile(file, content);
    const vault = start();
    const before = await vault.state();
    const opened = await vault.unlock(PASSPHRASE);
    return { vault, before, opened, after: await vault.state() };
  }

  it('with any single byte is noticed, before and after the passphrase, and no value comes out changed', async () => {
    const vault = await created();
    const contents = { 'dev/a': 'one', 'prod/鍵': 'two' };
    for (const [item, content] of Object.entries(contents)) await vault.set(item, bytes(content));
    const whole = new Uint8Array(await fs.readFile(file));
    const answers = new Set<string>();
    for (let at = 0; at < whole.length; at += 1) {
      const content = Uint8Array.from(whole);
      content[at] = (content[at] ?? 0) ^ (1 << (at % 8));
      const { vault: found, before, opened, after } = await judge(content);
      const where = `byte ${at}`;
      expect(before.state === 'none' || before.state === 'unlocked', where).toBe(false);
      expect('reason' in before && before.reason, where).toMatch(/damaged|not as Catwalk wrote it/);
      if (opened.ok)
        expect(after, where).toMatchObject({ state: 'unlocked', reason: expect.stringMatching(/damaged/) });
      else expect(opened.error.code, where).toBe('ERR_VAULT_DAMAGED');
      answers.add(opened.ok ? 'opened' : opened.error.code);
      for (const [item, wanted] of Object.entries(contents))
        expect([wanted, 'ERR_SECRETS_CORRUPT', 'ERR_SECRETS_LOCKED', 'ERR_VAULT_DAMAGED'], where).toContain(
          await read(found, item),
        );
    }
    expect([...answers].sort()).toEqual(['ERR_VAULT_DAMAGED', 'opened']);
  }, 60_000);

  it('with more than a byte is noticed too: cut, longer, swapped, repeated', async () => {
    const vault = await created();
    for (const item of ['dev/a', 'dev/b']) await vault.set(item, bytes(item));
    const whole = new Uint8Array(await fs.readFile(file));
    await fc.assert(
      fc.asyncProperty(
        fc.nat(whole.length),
        fc.nat(whole.length),
        fc.uint8Array({ maxLength: 40 }),
        async (from, to, put) => {
          const content = Buffer.concat([whole.subarray(0, from), put, whole.subarray(to)]);
          fc.pre(!content.equals(whole));
          const { before, opened, after } = await judge(content);
          expect(before).toHaveProperty('reason', expect.stringMatching(/damaged|not as Catwalk wrote it/));
          if (opened.ok) expect(after).toHaveProperty('reason', expect.stringMatching(/damaged/));
          else expect(opened.error.code).toBe('ERR_VAULT_DAMAGED');
        },
      ),
      { seed: 20261124, numRuns: 200 },
    );
  });

  /** Somebody who knows the format and not the passphrase: the digest is right again. */
  async function rewrite(edit: (body: { items: Record<string, string>[] } & Record<string, unknown>) => void) {
    const { createHash } = await import('node:crypto');
    const [line = '', mac = ''] = (await fs.readFile(file, 'utf8')).split('\n');
    const body = JSON.parse(line) as { items: Record<string, string>[] };
    edit(body);
    const next = JSON.stringify(body);
    const digest = createHash('sha256').update(`${next}\n${mac}\n`).digest('hex');
    await fs.writeFile(file, `${next}\n${mac}\nsha256 ${digest}\n`);
  }

  it('by somebody who knows the format is noticed as well', async () => {
    const vault = await created();
    await vault.set('dev/a', bytes('one'));
    await vault.set('prod/b', bytes('two'));
    const before = await fs.readFile(file);
    const edits: [string, Parameters<typeof rewrite>[0]][] = [
      ['an item taken out', (body) => void body.items.pop()],
      ['all taken out', (body) => void body.items.splice(0)],
      ['two names exchanged', ({ items: [a, b] }) => swapNames(a, b)],
      ['an item under another name', (body) => void body.items.push({ ...body.items[0], item: 'prod/c' })],
      ['an item twice', (body) => void body.items.push({ ...body.items[0] })],
    ];
    for (const [what, edit] of edits) {
      await fs.writeFile(file, before);
      await rewrite(edit);
      const found = await unlocked();
      expect(await found.state(), what).toMatchObject({ state: 'unlocked', reason: expect.stringMatching(/damaged/) });
      for (const item of ['dev/a', 'prod/b', 'prod/c']) {
        const value = await read(found, item);
        expect([{ 'dev/a': 'one', 'prod/b': 'two' }[item], 'ERR_SECRETS_CORRUPT'], `${what}: ${item}`).toContain(value);
      }
    }
  });

  it('with the cost of the passphrase opens nothing, and does not make the app work for hours', async () => {
    await created();
    const before = await fs.readFile(file);
    for (const kdf of [
      { name: 'scrypt', N: 4, r: 1, p: 1 },
      { name: 'scrypt', N: 3, r: 1, p: 1 },
      { name: 'scrypt', N: 2 ** 40, r: 8, p: 1 },
      { name: 'scrypt', N: 2 ** 20, r: 32, p: 16 },
      { name: 'none', N: 2, r: 1, p: 1 },
    ]) {
      await fs.writeFile(file, before);
      await rewrite((body) => void Object.assign(body, { kdf }));
      expect(await start().unlock(PASSPHRASE)).toMatchObject({ ok: false });
    }
  });

  it('is kept beside what takes its place, and what is whole goes on', async () => {
    const vault = await created();
    for (const item of ['dev/a', 'dev/b']) await vault.set(item, bytes(item));
    await rewrite(({ items: [first] }) => {
      if (first) first['data'] = 'A'.repeat(40);
    });
    const damaged = await fs.readFile(file);
    const found = await unlocked();
    expect(await read(found, 'dev/a')).toBe('ERR_SECRETS_CORRUPT');
    expect(await read(found, 'dev/b')).toBe('dev/b');
    expect(await found.changePassphrase(PASSPHRASE, OTHER)).toMatchObject({ error: { code: 'ERR_VAULT_DAMAGED' } });
    expect(await fs.readFile(file)).toEqual(damaged);
    expect(await found.set('dev/a', bytes('entered again'))).toMatchObject({ ok: true });
    expect([await read(found, 'dev/a'), await read(found, 'dev/b')]).toEqual(['entered again', 'dev/b']);
    expect(await found.state()).toEqual({ state: 'unlocked' });
    const kept = (await fs.readdir(folder)).filter((name) => name.endsWith('.damaged'));
    expect(kept).toHaveLength(1);
    expect(await fs.readFile(path.join(folder, kept[0] ?? ''))).toEqual(damaged);
  });

  it('is not mistaken for a newer version, which is left alone', async () => {
    await created();
    await rewrite((body) => void Object.assign(body, { version: 2 }));
    const content = await fs.readFile(file);
    expect(await start().unlock(PASSPHRASE)).toMatchObject({ error: { code: 'ERR_STORE_NEWER' } });
    expect(await start().create(PASSPHRASE)).toMatchObject({ error: { code: 'ERR_STORE_NEWER' } });
    expect(await fs.readFile(file)).toEqual(content);
  });

  const swapNames = (a?: Record<string, string>, b?: Record<string, string>) => {
    if (a && b) [a['item'], b['item']] = [b['item'] ?? '', a['item'] ?? ''];
  };
});

describe('ciphertexts', () => {
  it('of one value never repeat, and other items stay as they are', async () => {
    const vault = await created();
    await vault.set('dev/a', bytes('one'));
    const seen = new Set<string>();
    for (let round = 0; round < 20; round += 1) {
      await vault.set('dev/b', bytes('the same'));
      const parsed = parseVault(await fs.readFile(file));
      if (parsed.kind !== 'vault') throw new Error(parsed.kind);
      for (const { nonce, data } of parsed.body.items) seen.add(`${nonce} ${data}`);
      expect(parsed.body.items).toHaveLength(2);
    }
    expect(seen.size).toBe(21);
  });

  it('do not open without their tag, and with a key of another vault', async () => {
    const key = new Uint8Array(32);
    expect(unseal(key, 'x', { nonce: '', data: '' })).toBeUndefined();
    expect(unseal(key, 'x', { nonce: 'AAAAAAAAAAAAAAAA', data: 'AAAA' })).toBeUndefined();
  });
});

describe('many at once', () => {
  it('are all there afterwards', async () => {
    const vault = await created();
    const items = Array.from({ length: 10 }, (_, number) => `dev/${number}`);
    const done = await Promise.all(
      items.flatMap((item) => [vault.set(item, bytes('before')), vault.set(item, bytes(item))]),
    );
    expect(done.every((result) => result.ok)).toBe(true);
    const again = await unlocked();
    for (const item of items) expect(await read(again, item)).toBe(item);
    expect(await fs.readdir(folder)).toEqual(['vault.catwalk']);
  });

  /** ten writers that never stop, each on its own item; a line for each value that is confirmed */
  const WRITER = `
    import { createVaultStore } from ${JSON.stringify(path.resolve('main/secrets/vault-store.ts'))};
    import { Secret } from ${JSON.stringify(path.resolve('main/secrets/secret.ts'))};
    const vault = createVaultStore({ file: process.argv[2], kdf: ${JSON.stringify(KDF)} });
    const opened = await vault.unlock(new Secret(process.argv[3]));
    if (!opened.ok) throw new Error(opened.error.code);
    const first = Number(process.argv[4]);
    await Promise.all(Array.from({ length: 10 }, async (_, item) => {
      for (let number = first; ; number += 1) {
        const secret = new Secret(new TextEncoder().encode(String(number).repeat(200)));
        const written = await vault.set('dev/' + item, secret);
        if (!written.ok) throw new Error(written.error.code);
        process.stdout.write(item + ' ' + number + '\\n');
      }
    }));`;

  it('killed in the middle leave a whole vault with everything that was confirmed', { timeout: 120_000 }, async () => {
    const program = await buildProgram(folder, WRITER);
    file = path.join(folder, 'profile/vault.catwalk');
    await created();
    let interrupted = 0;
    // further rounds until one was hit in the middle of a write, which is chance
    for (let round = 0; round < 8 || (interrupted === 0 && round < 80); round += 1) {
      const first = 1000 * (round + 1);
      const said = await killAfter(
        program,
        [file, PASSPHRASE.reveal(), String(first)],
        5 + 7 * (round % 4),
        (round % 8) * 2,
      );
      interrupted += (await fs.readdir(path.dirname(file))).length - 1;
      const vault = await unlocked();
      expect(await vault.state()).toEqual({ state: 'unlocked' });
      const confirmed = new Map(said.map((line) => line.split(' ').map(Number) as [number, number]));
      expect(confirmed.size).toBeGreaterThan(0);
      for (const [item, number] of confirmed) {
        const value = (await read(vault, `dev/${item}`)) ?? '';
        expect([number, number + 1].map((one) => String(one).repeat(200))).toContain(value);
      }
      expect(await fs.readdir(path.dirname(file))).toEqual(['vault.catwalk']);
    }
    // else this test would prove nothing
    expect(interrupted).toBeGreaterThan(0);
  });
});
