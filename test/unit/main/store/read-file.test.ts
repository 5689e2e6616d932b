import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSmallFile, readTextFile } from '../../../../main/store/read-file.ts';

let folder: string;
beforeAll(async () => {
  folder = await fs.mkdtemp(path.join(os.tmpdir(), 'catwalk-read-'));
  await fs.writeFile(path.join(folder, 'text'), '\ufeffhé');
  await fs.writeFile(path.join(folder, 'binary'), new Uint8Array([0xc3, 0x28]));
});
afterAll(() => fs.rm(folder, { recursive: true }));

describe('reading a file a person chose', () => {
  it('gives its text without the byte order mark', async () => {
    expect(await readTextFile(path.join(folder, 'text'), 10)).toEqual({ ok: true, value: 'hé' });
  });

  it.each([
    ['a missing file', 'missing', 100, 'ERR_FILE_NOT_FOUND'],
    ['a path below a file', 'text/below', 100, 'ERR_FILE_NOT_FOUND'],
    ['a folder', '.', 100, 'ERR_FILE_UNREADABLE'],
    ['too large a file', 'text', 5, 'ERR_FILE_TOO_LARGE'],
    ['bytes that are no text', 'binary', 100, 'ERR_FILE_NOT_TEXT'],
  ])('refuses %s', async (_what, name, limit, code) => {
    expect(await readTextFile(path.join(folder, name), limit)).toMatchObject({ ok: false, error: { code } });
  });

  it.runIf(process.platform !== 'win32')('does not read a device that never ends', async () => {
    expect(await readSmallFile('/dev/zero', 100)).toMatchObject({ error: { code: 'ERR_FILE_UNREADABLE' } });
  });
});
