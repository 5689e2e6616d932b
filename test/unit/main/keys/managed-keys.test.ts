import { createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nodeCrypto } from '../../../../main/crypto/node-crypto.ts';
import { createIssuing } from '../../../../main/issue/issuing.ts';
import { createKeyFiles, type KeyFiles } from '../../../../main/keys/key-files.ts';
import { loadKeyRecords } from '../../../../main/keys/key-records.ts';
import { createKeys, type Keys } from '../../../../main/keys/keys.ts';
import type { SecretStore } from '../../../../main/secrets/secret-store.ts';
import { createSecrets } from '../../../../main/secrets/secrets.ts';
import { createSessionStore } from '../../../../main/secrets/session-store.ts';
import { COMMANDS, type CommandInput } from '../../../../shared/contract/contract.ts';
import { type KeyGenerate, type KeyRecord, keyImport } from '../../../../shared/contract/keys.ts';
import { type AppError, createError } from '../../../../shared/errors.ts';
import { err, type Result } from '../../../../shared/result.ts';
import { keyId } from '../../../../shared/units.ts';

const KDF = { N: 2, r: 1, p: 1 };
const PASSPHRASE = 'a passphrase of mine';

let folder: string;
let keychain: SecretStore;
beforeEach(async () => {
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'catwalk-managed-'));
  keychain = {
    ...createSessionStore(),
    kind: 'keychain',
    probe: async () => ({ state: 'unlocked', name: 'a keychain' }),
  };
});
afterEach(() => fs.rm(folder, { recursive: true, force: true, maxRetries: 5 }));

async function start(profile = 'profile', store = keychain): Promise<{ keys: Keys; files: KeyFiles }> {
  const secrets = createSecrets({ keychain: store, session: createSessionStore() });
  const { records, notice } = await loadKeyRecords(path.join(folder, profile, 'keys.json'));
  expect(notice?.kind).not.toBe('put-aside');
  const files = createKeyFiles();
  return { keys: createKeys({ records, secrets, files, crypto: nodeCrypto, kdf: KDF }), files };
}

const value = <T>(result: Result<T, AppError>): T => {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.value;
};
const parse = <Name extends 'keys.generate' | 'keys.rotate' | 'keys.importSet'>(
  name: Name,
  input: CommandInput<Name>,
) => COMMANDS[name].input.parse(input) as never;
const generate = async (keys: Keys, more: Partial<KeyGenerate> = {}): Promise<KeyRecord> =>
  value(await keys.generate(parse('keys.generate', { name: 'made', environment: 'dev', alg: 'HS256', ...more })));
const importText = (keys: Keys, name: string, text: string, more: Partial<CommandInput<'keys.import'>> = {}) =>
  keys.import(keyImport.parse({ name, environment: 'dev', encoding: 'auto', source: { kind: 'text', text }, ...more }));
const importSet = (keys: Keys, text: string, passphrase?: string) =>
  keys.importSet(
    parse('keys.importSet', {
      ...{ environment: 'stage', source: { kind: 'text', text } },
      ...(passphrase === undefined ? {} : { passphrase }),
    }),
  );

/** Signs as the window does it: main encodes the draft and signs it with the key of this id. */
function sign(keys: Keys, key: Pick<KeyRecord, 'id' | 'name'>, confirmName?: string) {
  const log = { list: () => [], add: async () => ({ ok: true, value: undefined }) as const } as never;
  const issuing = createIssuing({ keys, log, crypto: nodeCrypto });
  return issuing.sign({
    draft: { claims: { iss: 'here', exp: 4_000_000_000 }, kept: [], envelope: {} },
    target: 'cta-5007-b',
    keyId: key.id,
    zone: 'UTC',
    ...(confirmName === undefined ? {} : { confirmName }),
  } as never);
}

describe('a key that is made here', () => {
  it.each([
    ['HS256', 'hmac', 'secret', 32],
    ['ES256', 'ec-p256', 'private', 256],
    ['PS256', 'rsa', 'private', 2048],
  ] as const)('for %s signs, and verifies what it signed, also after a restart', async (alg, family, part, size) => {
    const { keys } = await start();
    const key = await generate(keys, { alg });
    expect(key).toMatchObject({ alg, family, part, size, origin: 'generated', secret: 'ready', guard: 'none' });
    expect(key.kid).toMatch(/^[0-9a-f]{16}$/);
    const signed = value(await sign(keys, key));
    await keys.settled();
    const again = await start();
    expect(await again.keys.verify(signed.token)).toMatchObject({
      value: { state: 'verified', key: { id: key.id }, kidMatches: true },
    });
    const other = await start('another', { ...createSessionStore(), kind: 'keychain', probe: keychain.probe });
    await generate(other.keys, { alg });
    expect(await other.keys.verify(signed.token)).toMatchObject({ value: { state: 'failed' } });
  });

  it('is another one every time, and only the store has it', async () => {
    const { keys } = await start();
    const made = [];
    for (const alg of ['HS256', 'ES256'] as const)
      for (const number of [1, 2]) made.push(await generate(keys, { alg, name: `${alg}-${number}` }));
    expect(new Set(made.map(({ fingerprint }) => fingerprint)).size).toBe(4);
    expect(new Set(made.map(({ kid }) => kid)).size).toBe(4);
    const shown =
      JSON.stringify([made, await keys.list()]) + (await fs.readFile(path.join(folder, 'profile/keys.json')));
    for (const { item } of made) {
      const secret = value(await keychain.get(item))?.reveal() ?? new Uint8Array();
      for (const form of ['latin1', 'hex', 'base64', 'base64url'] as const)
        expect(shown).not.toContain(Buffer.from(secret).toString(form).slice(30, 60));
    }
  });

  it('has the kid that was given, or none, and is guarded if it is for production', async () => {
    const { keys } = await start();
    expect(await generate(keys, { name: 'a', kid: 'mine' })).toMatchObject({ kid: 'mine' });
    expect(await generate(keys, { name: 'b', kid: null })).not.toHaveProperty('kid');
    expect(await generate(keys, { name: 'c', environment: 'prod' })).toMatchObject({ guard: 'type-the-name' });
    expect(await generate(keys, { name: 'd', environment: 'prod', guard: 'none' })).toMatchObject({ guard: 'none' });
    expect(await keys.generate(parse('keys.generate', { name: 'A', environment: 'dev', alg: 'HS256' }))).toMatchObject({
      error: { code: 'ERR_KEY_DUPLICATE' },
    });
  });

  it('is not there when the store or the list does not take it', async () => {
    const { keys } = await start();
    const set = keychain.set;
    keychain.set = async () => err(createError('ERR_SECRETS_DENIED'));
    const input = parse('keys.generate', { name: 'made', environment: 'dev', alg: 'HS256' });
    expect(await keys.generate(input)).toMatchObject({ error: { code: 'ERR_SECRETS_DENIED' } });
    keychain.set = set;
    await fs.writeFile(path.join(folder, 'profile'), 'a file where the folder should be');
    expect(await keys.generate(input)).toMatchObject({ error: { code: 'ERR_STORE_WRITE' } });
    expect(await keys.list()).toEqual([]);
    expect(await keychain.get('dev/made')).toEqual({ ok: true, value: undefined });
  });
});

describe('the guard', () => {
  it('asks for the name, of any key that has it', async () => {
    const { keys } = await start();
    const key = await generate(keys, { environment: 'prod' });
    for (const typed of [undefined, '', 'MADE', 'made2'])
      expect(await sign(keys, key, typed)).toMatchObject({ error: { code: 'ERR_ISSUE_CONFIRM' } });
    expect(await sign(keys, key, ' made ')).toMatchObject({ ok: true });
    const dev = await generate(keys, { name: 'dev', guard: 'type-the-name' });
    expect(await sign(keys, dev)).toMatchObject({ error: { code: 'ERR_ISSUE_CONFIRM' } });
    value(await keys.update({ id: dev.id, guard: 'none' }));
    expect(await sign(keys, dev)).toMatchObject({ ok: true });
  });

  it('comes with production', async () => {
    const { keys } = await start();
    const key = await generate(keys);
    expect(await keys.update({ id: key.id, environment: 'prod' })).toMatchObject({ value: { guard: 'type-the-name' } });
    expect(await keys.update({ id: key.id, guard: 'none' })).toMatchObject({ value: { guard: 'none' } });
    expect(await keys.update({ id: key.id, notes: 'n' })).toMatchObject({ value: { guard: 'none' } });
  });

  it('is on for production keys of an older list, and everything else of it stays', async () => {
    const { keys } = await start();
    const made = [await generate(keys, { name: 'p', environment: 'prod' }), await generate(keys, { name: 'd' })];
    await keys.settled();
    const file = path.join(folder, 'profile/keys.json');
    const rows = JSON.parse(await fs.readFile(file, 'utf8')).data.keys.map(
      ({ guard: _guard, ...row }: KeyRecord) => row,
    );
    await fs.writeFile(file, JSON.stringify({ version: 1, data: { keys: rows } }));
    expect(await (await start()).keys.list()).toEqual(made);
    expect(JSON.parse(await fs.readFile(file, 'utf8')).version).toBe(2);
    expect(JSON.parse(await fs.readFile(`${file}.v1.bak`, 'utf8')).data.keys).toEqual(rows);
  });
});

describe('rotation', () => {
  const rotate = (keys: Keys, id: KeyRecord['id'], name = 'next') =>
    keys.rotate(parse('keys.rotate', { id, by: { kind: 'generate', name } }));

  it.each(['HS256', 'ES256'] as const)('of a key for %s leaves two that verify, and the new one signs', async (alg) => {
    const { keys } = await start();
    const old = await generate(keys, { alg, environment: 'prod' });
    const before = value(await sign(keys, old, 'made'));
    const next = value(await rotate(keys, old.id));
    expect(next).toMatchObject({ alg, environment: 'prod', guard: 'type-the-name', replaces: old.id, name: 'next' });
    expect(next.kid).not.toBe(old.kid);
    expect((await keys.list()).find(({ id }) => id === old.id)).toMatchObject({ replacedBy: next.id, secret: 'ready' });
    expect(await sign(keys, old, 'made')).toMatchObject({
      error: { code: 'ERR_KEY_REPLACED', message: expect.stringContaining('next') },
    });
    const after = value(await sign(keys, next, 'next'));
    const again = (await start()).keys;
    expect(await again.verify(before.token)).toMatchObject({ value: { state: 'verified', key: { id: old.id } } });
    expect(await again.verify(after.token)).toMatchObject({ value: { state: 'verified', key: { id: next.id } } });
  });

  it('is said when somebody asks who would miss a key', async () => {
    const { keys } = await start();
    const old = await generate(keys);
    const next = value(await rotate(keys, old.id));
    keys.addUseFinder(async ({ name }) => [{ kind: 'run', name: `the run with ${name}` }]);
    expect(await keys.uses(old.id)).toEqual({
      ok: true,
      value: [
        { kind: 'replacement', name: 'next' },
        { kind: 'run', name: 'the run with made' },
      ],
    });
    expect(await keys.uses(next.id)).toMatchObject({ value: [{ kind: 'replaced', name: 'made' }, { kind: 'run' }] });
  });

  it('is undone by deleting the new key, and closes over one that goes from the middle', async () => {
    const { keys } = await start();
    const first = await generate(keys);
    const second = value(await rotate(keys, first.id, 'second'));
    const third = value(await rotate(keys, second.id, 'third'));
    value(await keys.delete(second.id));
    expect(await (await start()).keys.list()).toMatchObject([
      { id: first.id, replacedBy: third.id },
      { id: third.id, replaces: first.id },
    ]);
    value(await keys.delete(third.id));
    const [left] = await (await start()).keys.list();
    expect(left).not.toHaveProperty('replacedBy');
    expect(await sign(keys, first)).toMatchObject({ ok: true });
  });

  it('to a key that exists wants one of the same kind that can sign and stands alone', async () => {
    const { keys } = await start();
    const [old, next, third] = [
      await generate(keys, { name: 'old' }),
      await generate(keys, { name: 'next' }),
      await generate(keys, { name: 'third' }),
    ];
    const pair = await generate(keys, { name: 'pair', alg: 'ES256' });
    const pem = value(await keys.publicPart(pair.id, 'pem')).publicKey;
    const open = value(await importText(keys, 'open', pem));
    const to = (id: KeyRecord['id'], by: KeyRecord['id']) =>
      keys.rotate(parse('keys.rotate', { id, by: { kind: 'key', id: by } }));
    for (const [id, by] of [
      [old.id, old.id],
      [old.id, pair.id],
      [pair.id, open.id],
      [open.id, pair.id],
    ] as const)
      expect(await to(id, by)).toMatchObject({ error: { code: 'ERR_KEY_ROTATE' } });
    expect(await to(old.id, keyId('8b9f8d3e-7c44-4d1e-9b0a-111111111111'))).toMatchObject({
      error: { code: 'ERR_KEY_NOT_FOUND' },
    });
    expect(await to(old.id, next.id)).toMatchObject({ ok: true, value: { id: next.id, replaces: old.id } });
    for (const [id, by] of [
      [old.id, third.id],
      [next.id, old.id],
      [third.id, next.id],
    ] as const)
      expect(await to(id, by)).toMatchObject({ error: { code: 'ERR_KEY_ROTATE' } });
  });

  it('leaves both rows as they were when it cannot be written down', async () => {
    const { keys } = await start();
    const old = await generate(keys);
    await fs.rm(path.join(folder, 'profile'), { recursive: true });
    await fs.writeFile(path.join(folder, 'profile'), 'a file where the folder should be');
    expect(await rotate(keys, old.id)).toMatchObject({ error: { code: 'ERR_STORE_WRITE' } });
    expect(await keys.list()).toEqual([old]);
    expect(await keychain.get('dev/next')).toEqual({ ok: true, value: undefined });
  });
});

describe('an export', () => {
  it('brings keys to another installation, encrypted on the way', async () => {
    const { keys } = await start();
    const hmac = await generate(keys, { name: 'a', environment: 'prod', notes: 'from the CDN team' });
    const pair = await generate(keys, { name: 'b', alg: 'ES256' });
    const text = value(await importText(keys, 'c', `${'0f'.repeat(16)}\n`, { encoding: 'hex', kid: 'k' }));
    const exported = value(await keys.export([hmac.id, pair.id, text.id], PASSPHRASE));
    expect(exported.names).toEqual(['a (prod)', 'b (dev)', 'c (dev)']);
    for (const { item } of [hmac, pair, text]) {
      const secret = value(await keychain.get(item))?.reveal() ?? new Uint8Array();
      for (const form of ['latin1', 'hex', 'base64', 'base64url'] as const)
        expect(exported.json).not.toContain(Buffer.from(secret).toString(form).slice(0, 16));
    }
    const other = await start('another', { ...createSessionStore(), kind: 'keychain', probe: keychain.probe });
    for (const wrong of [undefined, 'another passphrase'])
      expect(await importSet(other.keys, exported.json, wrong)).toMatchObject({
        error: { code: 'ERR_CONTAINER_PASSPHRASE' },
      });
    const { keys: rows, refused } = value(await importSet(other.keys, exported.json, PASSPHRASE));
    expect(refused).toEqual([]);
    expect(rows).toMatchObject(
      [hmac, pair, text].map(({ name, environment, kid, fingerprint, encoding, notes, guard, alg, size }) => ({
        ...{ name, environment, kid, fingerprint, encoding, notes, guard, size },
        ...(alg === undefined ? {} : { alg }),
        ...{ origin: 'imported', secret: 'ready' },
      })),
    );
    const signed = value(await sign(keys, pair));
    expect(await other.keys.verify(signed.token)).toMatchObject({ value: { state: 'verified', key: { name: 'b' } } });
  });

  it('that was changed anywhere gives no key', async () => {
    const { keys } = await start();
    const key = await generate(keys);
    const { json } = value(await keys.export([key.id], PASSPHRASE));
    const bytes = Buffer.from(json);
    const other = await start('another', { ...createSessionStore(), kind: 'keychain', probe: keychain.probe });
    const codes = new Set<string>();
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ (1 << (at % 7));
      const answer = await importSet(other.keys, changed.toString('latin1'), PASSPHRASE);
      // white space between its members means nothing
      if (answer.ok) expect(JSON.parse(changed.toString()), `byte ${at}`).toEqual(JSON.parse(json));
      else codes.add(answer.error.code);
    }
    expect([...codes].sort()).toEqual([
      'ERR_CONTAINER_DAMAGED',
      'ERR_CONTAINER_PASSPHRASE',
      'ERR_KEY_NOT_A_SET',
      // a version of one digit more or another one
      'ERR_STORE_NEWER',
    ]);
    expect(new Set((await other.keys.list()).map(({ fingerprint }) => fingerprint)).size).toBeLessThanOrEqual(1);
  });

  it('of a key whose secret cannot be read is none at all, and names it', async () => {
    const { keys } = await start();
    const [a, b] = [await generate(keys, { name: 'a' }), await generate(keys, { name: 'b' })];
    await keychain.delete(b.item);
    expect(await keys.export([a.id, b.id], PASSPHRASE)).toMatchObject({
      error: { code: 'ERR_SECRETS_MISSING', message: expect.stringContaining('b: ') },
    });
  });

  it.each(['ES256', 'PS256'] as const)(
    'of the public part of a key for %s verifies, and has nothing private',
    async (alg) => {
      const { keys } = await start();
      const key = await generate(keys, { alg, name: 'Nordlys: edge/1' });
      const signed = value(await sign(keys, key));
      const jwk = value(await keys.publicPart(key.id, 'jwk'));
      const pem = value(await keys.publicPart(key.id, 'pem'));
      expect(jwk.fileName).toBe('Nordlys-edge-1.pub.jwk');
      expect(JSON.parse(jwk.publicKey)).toMatchObject({ kid: key.kid, alg, use: 'sig' });
      for (const member of ['d', 'p', 'q', 'dp', 'dq', 'qi'])
        expect(JSON.parse(jwk.publicKey)).not.toHaveProperty(member);
      expect(pem.publicKey).toMatch(/^-----BEGIN PUBLIC KEY-----/);
      for (const { publicKey } of [jwk, pem]) {
        const other = await start(randomBytes(4).toString('hex'), {
          ...createSessionStore(),
          kind: 'keychain',
          probe: keychain.probe,
        });
        const open = value(await importText(other.keys, 'open', publicKey));
        expect(open).toMatchObject({ part: 'public', fingerprint: key.fingerprint, alg });
        expect(await other.keys.verify(signed.token)).toMatchObject({ value: { state: 'verified' } });
      }
    },
  );

  it('of the public part of a secret is refused', async () => {
    const { keys } = await start();
    const key = await generate(keys);
    for (const format of ['jwk', 'pem'] as const)
      expect(await keys.publicPart(key.id, format)).toMatchObject({ error: { code: 'ERR_KEY_NO_PUBLIC_PART' } });
  });
});

describe('a set of keys', () => {
  const pair = () => generateKeyPairSync('ec', { namedCurve: 'P-256' });

  it('becomes a row for each key, and one that cannot be used keeps no other out', async () => {
    const { keys } = await start();
    const { privateKey } = pair();
    const jwks = {
      keys: [
        { ...privateKey.export({ format: 'jwk' }), kid: 'edge-1', alg: 'ES256' },
        { ...createPublicKey(pair().privateKey).export({ format: 'jwk' }) },
        { kty: 'oct', k: randomBytes(32).toString('base64url'), kid: 'edge-1' },
        { kty: 'OKP', crv: 'Ed25519', x: 'AAAA', kid: 'ed' },
        { kty: 'oct', k: randomBytes(32).toString('base64url'), kid: 'a\u202eb' },
        'nonsense',
      ],
    };
    const imported = value(await importSet(keys, JSON.stringify(jwks)));
    expect(imported.keys).toMatchObject([
      { name: 'edge-1', kid: 'edge-1', part: 'private', environment: 'stage', encoding: 'jwk', secret: 'ready' },
      { name: 'key 2', part: 'public' },
      { name: 'edge-1 (2)', kid: 'edge-1', family: 'hmac' },
      { name: 'key 5', kid: 'a\u202eb' },
    ]);
    expect(imported.refused.map(({ name }) => name)).toEqual(['ed', 'key 6']);
    expect(await (await start()).keys.list()).toHaveLength(4);
  });

  it.each(['', '{', '[]', '{"keys":[]}', '{"keys":{}}', '{"kty":"oct","k":"AAAA"}', 'not JSON'])(
    'is not what %j is',
    async (text) => {
      const { keys } = await start();
      expect(await importSet(keys, text)).toMatchObject({
        error: { code: text === '' ? 'ERR_KEY_EMPTY' : 'ERR_KEY_NOT_A_SET' },
      });
    },
  );

  it('that no store takes is an error, not a list of refused keys', async () => {
    const { keys } = await start();
    keychain.set = async () => err(createError('ERR_SECRETS_DENIED'));
    const jwks = JSON.stringify({ keys: [{ kty: 'oct', k: 'AAAAAAAAAAAAAAAAAAAAAA' }] });
    expect(await importSet(keys, jwks)).toMatchObject({ error: { code: 'ERR_SECRETS_DENIED' } });
  });

  it('comes out of a file that is larger than a key, and is let go of afterwards', async () => {
    const { keys, files } = await start();
    const file = path.join(folder, 'keys.jwks');
    const many = Array.from({ length: 200 }, () => ({ kty: 'oct', k: randomBytes(64).toString('base64url') }));
    await fs.writeFile(file, JSON.stringify({ keys: many }));
    const held = value(await files.hold(file));
    expect(held).toMatchObject({ looksLike: 'jwks' });
    expect(held.bytes).toBeGreaterThan(16 * 1024);
    const source = { kind: 'file', handle: held.handle } as const;
    const imported = value(await keys.importSet(parse('keys.importSet', { environment: 'dev', source })));
    expect(imported.keys).toHaveLength(200);
    expect(files.get(held.handle)).toMatchObject({ ok: false });
  });
});

describe('a COSE key', () => {
  /** RFC 9053 §7.1: kty EC2, kid “c”, crv P-256, x, y */
  const coseKey = (x: Buffer, y: Buffer) =>
    Buffer.concat([Buffer.from('a50102024163200121' + '5820', 'hex'), x, Buffer.from('225820', 'hex'), y]);

  it('is recognised as bytes, hex and base64, and imported', async () => {
    const { keys, files } = await start();
    const { x = '', y = '' } = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' });
    const bytes = coseKey(Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url'));
    const forms = {
      bytes,
      hex: bytes.toString('hex'),
      base64url: bytes.toString('base64url'),
      base64: bytes.toString('base64'),
    };
    for (const [form, content] of Object.entries(forms)) {
      const file = path.join(folder, `key.${form}`);
      await fs.writeFile(file, content);
      const held = value(await files.hold(file));
      expect(held.looksLike, form).toBe('cose-key');
      const source = { kind: 'file', handle: held.handle } as const;
      const key = value(await importText(keys, form, '', { source }));
      expect(key, form).toMatchObject({ family: 'ec-p256', part: 'public', kid: 'c', secret: 'ready' });
    }
    expect((await (await start()).keys.list()).map(({ secret }) => secret)).toEqual([
      'ready',
      'ready',
      'ready',
      'ready',
    ]);
  });
});
