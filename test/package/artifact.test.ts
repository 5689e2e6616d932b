// Reads back what `npm run package` made: what is written in electron-builder.yml is a wish, the artifact is the fact.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { extractFile, listPackage, statFile } from '@electron/asar';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { expect, test } from '@playwright/test';

const folder = path.resolve(import.meta.dirname, '../../release/linux-unpacked');
const executable = path.join(folder, 'catwalk');
const archive = path.join(folder, 'resources/app.asar');
const NATIVE = `node_modules/keytar/prebuilds/linux-${process.arch}/keytar.node`;

test('fuses are set', async () => {
  const wire = await getCurrentFuseWire(executable);
  const state = (fuse: FuseV1Options) => String.fromCharCode(wire[fuse] ?? 0) === '1';
  expect({
    runAsNode: state(FuseV1Options.RunAsNode),
    cookieEncryption: state(FuseV1Options.EnableCookieEncryption),
    nodeOptions: state(FuseV1Options.EnableNodeOptionsEnvironmentVariable),
    inspect: state(FuseV1Options.EnableNodeCliInspectArguments),
    asarIntegrity: state(FuseV1Options.EnableEmbeddedAsarIntegrityValidation),
    onlyAsar: state(FuseV1Options.OnlyLoadAppFromAsar),
    browserSnapshot: state(FuseV1Options.LoadBrowserProcessSpecificV8Snapshot),
    fileProtocol: state(FuseV1Options.GrantFileProtocolExtraPrivileges),
  }).toEqual({
    runAsNode: false,
    cookieEncryption: true,
    nodeOptions: false,
    inspect: false,
    asarIntegrity: true,
    onlyAsar: true,
    browserSnapshot: false,
    fileProtocol: false,
  });
});

test('the archive holds the build, the loader of keytar, and nothing else', () => {
  const files = listPackage(archive, { isPack: false })
    .map((name) => name.replace(/^[\\/]/, ''))
    .filter((name) => !('files' in statFile(archive, name)));
  const built = fs
    .readdirSync('dist', { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.map'))
    .map((entry) => path.posix.join(entry.parentPath, entry.name));
  const keytar = ['LICENSE.md', 'lib/keytar.js', 'package.json'].map((name) => `node_modules/keytar/${name}`);
  expect(files.sort()).toEqual([...built, ...keytar, NATIVE, 'package.json'].sort());
});

test('every file of the renderer is in the manifest that app:// serves from', () => {
  const manifest: unknown = JSON.parse(extractFile(archive, 'dist/renderer-manifest.json').toString());
  const packed = listPackage(archive, { isPack: false })
    .filter((name) => name.startsWith('/dist/renderer/') && !('files' in statFile(archive, name.slice(1))))
    .map((name) => name.slice('/dist/renderer'.length));
  expect(Object.keys((manifest as { files: object }).files).sort()).toEqual(packed.sort());
});

test('the native module lies outside the archive, and no foreign one with it', () => {
  expect(fs.existsSync(path.join(folder, 'resources/app.asar.unpacked', NATIVE))).toBe(true);
  const natives = fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.node'));
  expect(natives).toEqual([path.join('resources/app.asar.unpacked', NATIVE)]);
});

test('no second application and no second language came along', () => {
  expect(fs.readdirSync(path.join(folder, 'resources')).sort()).toEqual(['app.asar', 'app.asar.unpacked']);
  expect(fs.readdirSync(path.join(folder, 'locales'))).toEqual(['en-US.pak']);
});

test('it starts, and nobody turns it into Node or into a debugger', () => {
  const result = spawnSync(
    executable,
    [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--inspect=0',
      `--user-data-dir=${test.info().outputPath('profile')}`,
      '--check',
    ],
    {
      encoding: 'utf8',
      timeout: 50_000,
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', NODE_OPTIONS: '--require=/does/not/exist' },
    },
  );
  expect(result.stdout).toMatch(/^window ready in \d+ ms$/m);
  expect(result.stderr).not.toContain('Debugger listening');
  expect({ status: result.status, signal: result.signal }, result.stderr).toEqual({ status: 0, signal: null });
});
