// Drives the packaged application. Playwright reaches the main process through Node's inspector, which a fuse of the release
// switches off, so this is a copy of the release that differs in that one fuse.
import fs from 'node:fs';
import path from 'node:path';
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';
import { expect, test } from '../e2e/fixtures.ts';

const release = path.resolve(import.meta.dirname, '../../release/linux-unpacked');
const copy = path.resolve(import.meta.dirname, '../../release/testable');
const executable = path.join(copy, 'catwalk');
test.use({ executable });

test.beforeAll(async () => {
  fs.rmSync(copy, { recursive: true, force: true });
  fs.cpSync(release, copy, { recursive: true, mode: fs.constants.COPYFILE_FICLONE });
  await flipFuses(executable, { version: FuseVersion.V1, [FuseV1Options.EnableNodeCliInspectArguments]: true });
  expect(differingBytes(executable, path.join(release, 'catwalk'))).toBe(1);
});

test('the window opens out of the archive', async ({ app, page }) => {
  expect(await app.evaluate(({ app: electron }) => electron.isPackaged)).toBe(true);
  expect(page.url()).toMatch(/^app:/);
  await expect(page).toHaveTitle(/Catwalk/);
});

test('keytar loads out of the package', async ({ app, page }) => {
  await expect(page).toHaveTitle(/Catwalk/);
  const found = await app.evaluate(async ({ app: electron }) => {
    const { createRequire } = process.getBuiltinModule('node:module');
    const keytar = createRequire(`${electron.getAppPath()}/package.json`)('keytar');
    await keytar.setPassword('Catwalk package test', 'account', 'secret');
    const read = await keytar.getPassword('Catwalk package test', 'account');
    await keytar.deletePassword('Catwalk package test', 'account');
    return read;
  });
  expect(found).toBe('secret');
});

function differingBytes(one: string, other: string): number {
  const [a, b] = [fs.readFileSync(one), fs.readFileSync(other)];
  if (a.length !== b.length) return Math.abs(a.length - b.length);
  let count = 0;
  for (let at = 0; at < a.length; at += 1 << 16) {
    const [left, right] = [a.subarray(at, at + (1 << 16)), b.subarray(at, at + (1 << 16))];
    if (!left.equals(right)) for (const [index, byte] of left.entries()) if (byte !== right[index]) count++;
  }
  return count;
}
