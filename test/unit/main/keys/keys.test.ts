import { generateKeyPairSync, randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nodeCrypto } from '../../../../main/crypto/node-crypto.ts';
import { createKeyFiles } from '../../../../main/keys/key-files.ts';
import { loadKeyRecords } from '../../../../main/keys/key-records.ts';
import { createKeys, type Keys } from '../../../../main/keys/keys.ts';
import { Secret } from '../../../../main/secrets/secret.ts';
import type { Probe, SecretStore } from '../../../../main/secrets/secret-store.ts';
import { createSecrets, type Secrets } from '../../../../main/secrets/secrets.ts';
import { createSessionStore } from '../../../../main/secrets/session-store.ts';
import type { ParsedInput } from '../../../../shared/contract/contract.ts';
import { type KeyImport, type KeyRecord, keyImport } from '../../../../shared/contract/keys.ts';
import { createError } from '../../../../shared/errors.ts';
import { err } from '../../../../shared/result.ts';
import { keyId } from '../../../../shared/units.ts';
import vectors from '../../../vectors/tokens.json' with { type: 'json' };

const vector = vectors.vectors.find((entry) => entry.id === 'nodecat-akamai-iss-jonas');
if (!vector?.key) throw new Error('the vector is gone');
const TOKEN = Buffer.from(vector.token, 'base64').toString('base64url');
const HEX = vector.key.value ?? '';

let folder: string;
let probe: Probe;
let keychain: SecretStore;
let now: number;
/** set to fail one method of the keychain */
let broken: Partial<SecretStore>;

beforeEach(async () => {
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'catwalk-keys-'));
  probe = { state: 'unlocked', name: 'a keychain' };
  broken = {};
  now = 1_700_000_000_000;
  const memory = createSessionStore();
  keychain = {
    kind: 'keychain',
    probe: async () => probe,
    get: (item) => (broken.get ?? memory.get)(item),
    set: (item, secret) => (broken.set ?? memory.set)(item, secret),
    delete: (item) => (broken.delete ?? memory.delete)(item),
  };
});
// “last used” may still be on its way to the disk
afterEach(() => fs.rm(folder, { recursive: true, force: true, maxRetries: 5 }));

/** The app started once more on the same profile and keychain. */
async function start(): Promise<{ keys: Keys; secrets: Secrets; changes: (readonly KeyRecord[])[] }> {
  const changes: (readonly KeyRecord[])[] = [];
  const secrets = createSecrets({ keychain, session: createSessionStore() });
  const { records } = await loadKeyRecords(path.join(folder, 'profile/keys.json'));
  const keys = createKeys({
    records,
    secrets,
    files: createKeyFiles(() => now),
    crypto: nodeCrypto,
    changed: (list) => changes.push(list),
    now: () => now,
  });
  return { keys, secrets, changes };
}

const input = (over: Partial<KeyImport> & { text?: string } = {}): ParsedInput<'keys.import'> => {
  const { text = HEX, ...rest } = over;
  return keyImport.parse({
    name: 'akamai-live',
    environment: 'prod',
    encoding: 'hex',
    source: { kind: 'text', text },
    ...rest,
  });
};

async function imported(keys: Keys, over?: Parameters<typeof input>[0]): Promise<KeyRecord> {
  const result = await keys.import(input(over));
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

const profileText = async () => {
  const names = await fs.readdir(path.join(folder, 'profile')).catch(() => []);
  return Promise.all(names.map((name) => fs.readFile(path.join(folder, 'profile', name), 'latin1'))).then((all) =>
    all.join(),
  );
};
const stored = async (item: string) => {
  const found = await keychain.get(item);
  return found.ok && found.value ? Buffer.from(found.value.reveal()).toString() : undefined;
};

describe('importing a key', () => {
  it('puts the secret into the keychain under a name its owner knows, and a row without it into the list', async () => {
    const { keys, changes } = await start();
    const record = await imported(keys, { kid: 'k1', notes: 'from the CDN team' });
    expect(record).toMatchObject({
      name: 'akamai-live',
      environment: 'prod',
      kid: 'k1',
      family: 'hmac',
      part: 'secret',
      encoding: 'hex',
      size: 32,
      origin: 'imported',
      store: 'keychain',
      item: 'prod/akamai-live',
      secret: 'ready',
      createdAt: now,
    });
    expect(await stored('prod/akamai-live')).toBe(HEX);
    expect(changes).toEqual([[record]]);
    const files = await profileText();
    expect(files).toContain('akamai-live');
    for (const form of [HEX, Buffer.from(HEX, 'hex').toString('base64'), Buffer.from(HEX).toString('base64url')])
      expect(files + JSON.stringify(changes)).not.toContain(form.slice(0, 20));
  });

  it('verifies with it, also after a restart, and not any more once it is deleted', async () => {
    const first = await start();
    expect(await first.keys.verify(TOKEN)).toMatchObject({ ok: true, value: { state: 'not-checked', tried: 0 } });
    const record = await imported(first.keys);
    await first.keys.settled();

    const second = await start();
    expect(await second.keys.verify(TOKEN)).toMatchObject({
      ok: true,
      value: { state: 'verified', key: { id: record.id, name: 'akamai-live', environment: 'prod' }, encoding: 'hex' },
    });
    expect(await second.keys.delete(record.id)).toEqual({ ok: true, value: null });
    expect(await stored('prod/akamai-live')).toBeUndefined();
    expect(await second.keys.verify(TOKEN)).toMatchObject({ value: { state: 'not-checked' } });
    expect(await (await start()).keys.list()).toEqual([]);
  });

  it('with the encoding left open finds the reading that verifies', async () => {
    const { keys } = await start();
    await imported(keys, { encoding: 'auto', text: `${HEX}\n` });
    expect(await keys.verify(TOKEN)).toMatchObject({
      value: { state: 'verified', encoding: 'hex', withNewline: false },
    });
  });

  it('takes a private key as PEM and its public part as JWK, with one fingerprint', async () => {
    const { keys } = await start();
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const jwk = JSON.stringify({ ...publicKey.export({ format: 'jwk' }), kid: 'edge-1' });
    const first = await imported(keys, { name: 'a', encoding: 'auto', text: pem });
    const second = await imported(keys, { name: 'b', encoding: 'jwk', text: jwk });
    expect(first).toMatchObject({ family: 'ec-p256', part: 'private', alg: 'ES256', encoding: 'pem', size: 256 });
    expect(second).toMatchObject({ family: 'ec-p256', part: 'public', alg: 'ES256', encoding: 'jwk', kid: 'edge-1' });
    expect(second.fingerprint).toBe(first.fingerprint);
  });

  it.each([
    ['hex that is none', { encoding: 'hex', text: 'zz' }, 'ERR_KEY_BAD_ENCODING'],
    ['nothing', { text: '   \n' }, 'ERR_KEY_EMPTY'],
    ['a broken JWK', { encoding: 'jwk', text: '{"kty":"EC"}' }, 'ERR_KEY_BAD_JWK'],
    ['a broken PEM', { encoding: 'pem', text: '-----BEGIN PRIVATE KEY-----' }, 'ERR_KEY_BAD_PEM'],
    [
      'a file that is not held',
      { source: { kind: 'file', handle: '8b9f8d3e-7c44-4d1e-9b0a-111111111111' } },
      'ERR_KEY_FILE_GONE',
    ],
  ] as const)('refuses %s and keeps nothing', async (_what, over, code) => {
    const { keys, changes } = await start();
    expect(await keys.import(input(over as Partial<KeyImport>))).toMatchObject({ ok: false, error: { code } });
    expect(await keys.list()).toEqual([]);
    expect(changes).toEqual([]);
    expect(await stored('prod/akamai-live')).toBeUndefined();
  });

  it('refuses a second key of the same name in an environment, whatever its case', async () => {
    const { keys } = await start();
    await imported(keys);
    const again = await keys.import(input({ name: 'AKAMAI-live', text: '00112233' }));
    expect(again).toMatchObject({ ok: false, error: { code: 'ERR_KEY_DUPLICATE' } });
    expect(await stored('prod/akamai-live')).toBe(HEX);
    await imported(keys, { environment: 'dev' });
    expect(await keys.list()).toHaveLength(2);
  });

  it('never overwrites an item that it does not know', async () => {
    await keychain.set('prod/akamai-live', new Secret(new TextEncoder().encode('another profile’s')));
    const { keys } = await start();
    expect(await imported(keys)).toMatchObject({ item: 'prod/akamai-live (2)' });
    expect(await stored('prod/akamai-live')).toBe('another profile’s');
  });

  it('keeps no row when the keychain fails, and no secret when the list cannot be saved', async () => {
    const { keys } = await start();
    broken.set = async () => err(createError('ERR_SECRETS_DENIED'));
    expect(await keys.import(input())).toMatchObject({ ok: false, error: { code: 'ERR_SECRETS_DENIED' } });
    broken = {};
    await fs.writeFile(path.join(folder, 'profile'), 'a file where the folder should be');
    expect(await keys.import(input())).toMatchObject({ ok: false, error: { code: 'ERR_STORE_WRITE' } });
    expect(await keys.list()).toEqual([]);
    expect(await stored('prod/akamai-live')).toBeUndefined();
  });

  it('does not trust a keychain that gives back something else', async () => {
    const { keys } = await start();
    const get = keychain.get;
    broken.get = async (item) => {
      const found = await createSessionStore().get(item);
      return item === 'probe' ? get(item) : found;
    };
    expect(await keys.import(input())).toMatchObject({ ok: false, error: { code: 'ERR_SECRETS_CORRUPT' } });
    expect(await keys.list()).toEqual([]);
  });

  it('of ten keys at once keeps all', async () => {
    const { keys } = await start();
    await Promise.all(
      Array.from({ length: 10 }, (_, number) =>
        imported(keys, { name: `k${number}`, text: randomBytes(16).toString('hex') }),
      ),
    );
    expect((await (await start()).keys.list()).map((key) => key.name)).toEqual(
      Array.from({ length: 10 }, (_, number) => `k${number}`),
    );
  });
});

describe('a session without a keychain', () => {
  beforeEach(() => {
    probe = { state: 'unavailable', name: 'Secret Service', reason: 'There is no D-Bus session.' };
  });

  it('works in memory, says so in the row, and writes nothing', async () => {
    const { keys } = await start();
    expect(await imported(keys)).toMatchObject({ store: 'session', secret: 'ready' });
    expect(await keys.verify(TOKEN)).toMatchObject({ value: { state: 'verified' } });
    await keys.settled();
    await expect(fs.readdir(path.join(folder, 'profile'))).rejects.toThrow('ENOENT');
    expect(await stored('prod/akamai-live')).toBeUndefined();
    expect(await (await start()).keys.list()).toEqual([]);
  });

  it('shows the keychain’s keys as unavailable, keeps their rows, and gets them back', async () => {
    probe = { state: 'unlocked', name: 'a keychain' };
    const record = await imported((await start()).keys);
    probe = { state: 'unavailable', name: 'Secret Service', reason: 'There is no D-Bus session.' };
    const { keys, secrets } = await start();
    expect(await keys.list()).toMatchObject([{ id: record.id, secret: 'unavailable' }]);
    expect(await keys.verify(TOKEN)).toMatchObject({ value: { state: 'not-checked' } });
    expect(await keys.delete(record.id)).toMatchObject({ ok: false, error: { code: 'ERR_SECRETS_UNAVAILABLE' } });
    expect(await keys.list()).toHaveLength(1);
    probe = { state: 'unlocked', name: 'a keychain' };
    await secrets.recheck();
    await keys.holder.reload();
    expect(await keys.list()).toMatchObject([{ id: record.id, secret: 'ready' }]);
  });
});

describe('a keychain that fails later', () => {
  it('that went away leaves what was read in this session usable, also when the stores are looked at anew', async () => {
    const { keys, secrets } = await start();
    await imported(keys);
    probe = { state: 'unavailable', name: 'a keychain', reason: 'It is gone.' };
    await secrets.recheck();
    await keys.holder.reload();
    expect(await keys.list()).toMatchObject([{ secret: 'ready' }]);
    expect(await keys.verify(TOKEN)).toMatchObject({ value: { state: 'verified' } });
    probe = { state: 'locked', name: 'a keychain', reason: 'The keyring is locked.' };
    await secrets.recheck();
    await keys.holder.reload();
    expect(await keys.list()).toMatchObject([{ secret: 'locked' }]);
  });

  it('that is locked keeps every row and says so', async () => {
    const record = await imported((await start()).keys);
    probe = { state: 'locked', name: 'a keychain', reason: 'The keyring is locked.' };
    const { keys } = await start();
    expect(await keys.list()).toMatchObject([{ secret: 'locked' }]);
    expect(await keys.verify(TOKEN)).toMatchObject({
      value: { state: 'not-checked', reason: expect.stringContaining('locked') },
    });
    expect(await keys.delete(record.id)).toMatchObject({ ok: false, error: { code: 'ERR_SECRETS_LOCKED' } });
    expect(await stored('prod/akamai-live')).toBe(HEX);
  });

  it('that lost an item keeps the row, and takes the secret again', async () => {
    const record = await imported((await start()).keys, { kid: 'k1' });
    await keychain.delete('prod/akamai-live');
    const { keys } = await start();
    expect(await keys.list()).toMatchObject([{ secret: 'missing' }]);
    const again = await imported(keys, { name: 'ignored', environment: 'dev', replaces: record.id });
    expect(again).toMatchObject({
      id: record.id,
      name: 'akamai-live',
      environment: 'prod',
      kid: 'k1',
      secret: 'ready',
    });
    expect(await keys.list()).toHaveLength(1);
    expect(await keys.verify(TOKEN)).toMatchObject({ value: { state: 'verified' } });
  });

  it('that holds something unreadable keeps the row too', async () => {
    await imported((await start()).keys);
    await keychain.set('prod/akamai-live', new Secret(new TextEncoder().encode('no hex')));
    expect(await (await start()).keys.list()).toMatchObject([{ secret: 'unreadable' }]);
  });

  it('that refuses to delete keeps the row', async () => {
    const { keys } = await start();
    const record = await imported(keys);
    broken.delete = async () => err(createError('ERR_SECRETS_DENIED'));
    expect(await keys.delete(record.id)).toMatchObject({ ok: false, error: { code: 'ERR_SECRETS_DENIED' } });
    expect(await keys.list()).toHaveLength(1);
  });
});

describe('changing a key', () => {
  it('renames its item with it', async () => {
    const { keys } = await start();
    const record = await imported(keys);
    const renamed = await keys.update({ id: record.id, name: 'akamai', environment: 'stage' });
    expect(renamed).toMatchObject({ ok: true, value: { item: 'stage/akamai', secret: 'ready' } });
    expect(await stored('prod/akamai-live')).toBeUndefined();
    expect(await stored('stage/akamai')).toBe(HEX);
    expect(await keys.verify(TOKEN)).toMatchObject({ value: { key: { name: 'akamai', environment: 'stage' } } });
  });

  it('takes notes, a kid and the kid away', async () => {
    const { keys } = await start();
    const record = await imported(keys);
    expect(await keys.update({ id: record.id, notes: 'n', kid: 'x' })).toMatchObject({
      value: { notes: 'n', kid: 'x' },
    });
    const without = await keys.update({ id: record.id, kid: null });
    expect(without.ok && 'kid' in without.value).toBe(false);
    expect(without).toMatchObject({ value: { notes: 'n' } });
  });

  it('reads the secret in another encoding, if it can be', async () => {
    const { keys } = await start();
    const record = await imported(keys, { encoding: 'utf8' });
    expect(record.size).toBe(64);
    expect(await keys.verify(TOKEN)).toMatchObject({ value: { state: 'failed' } });
    expect(await keys.update({ id: record.id, encoding: 'jwk' })).toMatchObject({ error: { code: 'ERR_KEY_BAD_JWK' } });
    expect(await keys.update({ id: record.id, encoding: 'hex' })).toMatchObject({
      value: { size: 32, encoding: 'hex' },
    });
    expect(await keys.verify(TOKEN)).toMatchObject({ value: { state: 'verified' } });
  });

  it('refuses a name that is taken, and leaves both keys as they are', async () => {
    const { keys } = await start();
    await imported(keys);
    const other = await imported(keys, { name: 'other', text: '0011' });
    expect(await keys.update({ id: other.id, name: 'akamai-live' })).toMatchObject({
      error: { code: 'ERR_KEY_DUPLICATE' },
    });
    expect(await stored('prod/other')).toBe('0011');
    expect(await stored('prod/akamai-live')).toBe(HEX);
  });

  it('of an unknown id changes nothing', async () => {
    const { keys } = await start();
    const id = keyId('8b9f8d3e-7c44-4d1e-9b0a-111111111111');
    for (const result of [
      await keys.update({ id, name: 'x' }),
      await keys.delete(id),
      await keys.import(input({ replaces: id })),
    ])
      expect(result).toMatchObject({ ok: false, error: { code: 'ERR_KEY_NOT_FOUND' } });
  });

  it('says when it was last used, at most once a minute', async () => {
    const { keys, changes } = await start();
    await imported(keys);
    for (let time = 0; time < 3; time += 1) {
      await keys.verify(TOKEN);
      await keys.settled();
    }
    expect(await keys.list()).toMatchObject([{ lastUsedAt: now }]);
    expect(changes).toHaveLength(2);
    now += 61_000;
    await keys.verify(TOKEN);
    await keys.settled();
    expect(await keys.list()).toMatchObject([{ lastUsedAt: now }]);
  });
});

describe('verifying', () => {
  it('says which key would have made it under another reading, and takes that reading on', async () => {
    const { keys } = await start();
    const imported = await keys.import(input({ encoding: 'utf8' }));
    expect(imported).toMatchObject({ ok: true });
    expect(await keys.verify(TOKEN)).toMatchObject({
      ok: true,
      value: { state: 'failed', wouldVerify: { key: { name: 'akamai-live' }, encoding: 'hex', withNewline: false } },
    });
    if (!imported.ok) throw new Error(imported.error.code);
    await keys.update({ id: imported.value.id, encoding: 'hex' });
    expect(await keys.verify(TOKEN)).toMatchObject({ ok: true, value: { state: 'verified', encoding: 'hex' } });
  });

  it('says nothing of other readings of a secret that none of them made it with', async () => {
    const { keys } = await start();
    await keys.import(input({ encoding: 'utf8', text: 'ab'.repeat(32) }));
    const verified = await keys.verify(TOKEN);
    expect(verified).toMatchObject({ ok: true, value: { state: 'failed' } });
    expect(verified.ok && 'wouldVerify' in verified.value).toBe(false);
  });

  it('says that a key of that id failed', async () => {
    const { keys } = await start();
    await imported(keys, { text: '00'.repeat(32), kid: 'akamai_key_hs256' });
    expect(await keys.verify(TOKEN)).toMatchObject({ value: { state: 'failed', kidMatches: true } });
  });

  it('calls keys by their names, not by ids, in what it says', async () => {
    const { keys } = await start();
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const text = publicKey.export({ type: 'spki', format: 'pem' }).toString();
    const record = await imported(keys, { encoding: 'pem', text });
    const answer = await keys.verify(TOKEN);
    expect(answer).toMatchObject({ value: { state: 'cannot-check', alarm: true } });
    expect(JSON.stringify(answer)).toContain('prod/akamai-live');
    expect(JSON.stringify(answer)).not.toContain(record.id);
  });

  it.each(['!', 'a', 'not base64 at all', `${TOKEN}=`])('says of %j that it is no token text', async (text) => {
    const { keys } = await start();
    expect(await keys.verify(text)).toMatchObject({ ok: false, error: { code: 'ERR_TOKEN_TEXT' } });
  });

  it.each(['AA', '', '.', '..', 'a.b.c', TOKEN.slice(0, 40)])('does not throw on %j', async (text) => {
    const { keys } = await start();
    await imported(keys);
    expect(await keys.verify(text)).toMatchObject({ ok: true });
  });
});
