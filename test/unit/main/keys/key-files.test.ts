import { generateKeyPairSync, randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createKeyFiles } from '../../../../main/keys/key-files.ts';

let folder: string;
beforeAll(async () => {
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'catwalk-files-'));
});
afterAll(() => fs.rm(folder, { recursive: true }));

const write = async (content: string | Uint8Array, name = 'my.key') => {
  const file = path.join(folder, name);
  await fs.writeFile(file, content);
  return file;
};
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });

describe('a chosen key file', () => {
  it.each<[string, string | Uint8Array, object]>([
    ['pem', privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), {}],
    ['jwk', JSON.stringify({ ...privateKey.export({ format: 'jwk' }), kid: 'k1' }), { kid: 'k1' }],
    ['hex', `${'0a'.repeat(32)}\n`, {}],
    ['base64url', 'A-_bcdefghijklmnopqrstuvwxyz0123456789ABCDE\r\n', {}],
    ['base64', 'A+/bcdefghijklmnopqrstuvwxyz0123456789ABCDE=\n', {}],
    ['text', 'correct horse battery staple', {}],
    ['text', '{"no":"jwk"}', {}],
    ['text', '{', {}],
    ['binary', Uint8Array.from([0xff, 0xfe]), {}],
    ['binary', Uint8Array.from([1, 2, 3, 4]), {}],
  ])('looks like %s', async (looksLike, content, more) => {
    const held = await createKeyFiles().hold(await write(content));
    expect(held).toMatchObject({ ok: true, value: { looksLike, fileName: 'my.key', ...more } });
  });

  it('is described without a piece of its content or its folder', async () => {
    const secret = randomBytes(32).toString('hex');
    const held = await createKeyFiles().hold(await write(secret));
    expect(JSON.stringify(held)).not.toMatch(new RegExp(`${secret.slice(0, 8)}|${folder}`));
  });

  it('is held for ten minutes, and wiped when it is released', async () => {
    let now = 0;
    const files = createKeyFiles(() => now);
    const hold = async () => {
      const held = await files.hold(await write('secret'));
      if (!held.ok) throw new Error(held.error.message);
      return held.value.handle;
    };
    const handle = await hold();
    now = 10 * 60_000;
    const content = files.get(handle);
    if (!content.ok) throw new Error('not held');
    expect(Buffer.from(content.value.reveal()).toString()).toBe('secret');
    files.release(handle);
    expect(content.value.reveal()).toEqual(new Uint8Array(6));
    expect(files.get(handle)).toMatchObject({ error: { code: 'ERR_KEY_FILE_GONE' } });
    const second = await hold();
    now += 10 * 60_000 + 1;
    expect(files.get(second)).toMatchObject({ error: { code: 'ERR_KEY_FILE_GONE' } });
  });

  it('is refused when it is empty, too large, or not there', async () => {
    const files = createKeyFiles();
    expect(await files.hold(await write(''))).toMatchObject({ error: { code: 'ERR_KEY_EMPTY' } });
    expect(await files.hold(await write(new Uint8Array(16 * 1024 + 1)))).toMatchObject({
      error: { code: 'ERR_KEY_TOO_LARGE' },
    });
    expect(await files.hold(path.join(folder, 'none'))).toMatchObject({ error: { code: 'ERR_FILE_NOT_FOUND' } });
  });

  it('is dropped when too many are held', async () => {
    const files = createKeyFiles();
    const handles: string[] = [];
    for (let number = 0; number < 20; number += 1) {
      const held = await files.hold(await write('x'));
      if (held.ok) handles.push(held.value.handle);
    }
    expect(handles.filter((handle) => files.get(handle).ok).length).toBeLessThanOrEqual(16);
  });
});
