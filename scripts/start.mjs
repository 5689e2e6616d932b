// `npm start`: builds what is out of date and opens the window.
//   npm start -- --check    leave again when the first window is ready
//   npm start -- FILE       arguments go to the application
import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '..');
const CHECK_MILLIS = 60_000;
const args = process.argv.slice(2);
const check = args.includes('--check');

if (
  newest(['main', 'renderer', 'shared', 'package-lock.json', 'vite.config.ts']) >
  newest(['dist/renderer-manifest.json'])
) {
  console.log('Building.');
  const vite = path.join(root, 'node_modules/vite/bin/vite.js');
  const build = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], { cwd: root, stdio: 'inherit' });
  if (build.status !== 0) process.exit(1);
}

const command = [createRequire(import.meta.url)('electron')];
if (process.getuid?.() === 0) {
  console.log("Running as root: Chromium's sandbox cannot work, so it is switched off (--no-sandbox).");
  command.push('--no-sandbox');
}
command.push('.');

let scratch;
if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
  console.log('There is no display: running under Xvfb, with a profile and a keyring that are thrown away afterwards.');
  command.unshift(process.execPath, path.join(root, 'scripts/headless.mjs'));
} else if (check) {
  // a check neither meets a window that is open already nor leaves anything in the person's profile
  scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'catwalk-check-'));
  command.push(`--user-data-dir=${scratch}`);
}

const env = { ...process.env };
delete env.ELECTRON_RUN_AS_NODE; // set by some editors' terminals; Electron would start as plain Node
const child = spawn(command[0], [...command.slice(1), ...args], { cwd: root, stdio: 'inherit', env });
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM'])) process.on(signal, () => child.kill(signal));
const timer = check
  ? setTimeout(() => {
      console.error(`After ${CHECK_MILLIS / 1000} s no window was ready, or the application did not leave.`);
      child.kill();
    }, CHECK_MILLIS)
  : undefined;
child.on('exit', (code) => {
  clearTimeout(timer);
  if (scratch) fs.rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  process.exit(code ?? 1);
});

/** The latest change below these paths; a folder changes when something in it is added, renamed or deleted. */
function newest(paths) {
  let latest = 0;
  for (const start of paths.map((name) => path.join(root, name))) {
    if (!fs.existsSync(start)) continue;
    const inside = fs.statSync(start).isDirectory() ? fs.readdirSync(start, { recursive: true, encoding: 'utf8' }) : [];
    for (const name of ['', ...inside]) latest = Math.max(latest, fs.statSync(path.join(start, name)).mtimeMs);
  }
  return latest;
}
