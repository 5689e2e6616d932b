#!/usr/bin/env node
// Makes a fresh clone runnable, and says within a second when nothing is missing. `npm start` and `npm test` run it first.
// Until node_modules is there it can use nothing but Node itself.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname ?? '.', '..');
const NODE_WANTED = [20, 19];

/** What Electron, its tests and keytar need from Debian or Ubuntu: what is looked for, and the package that brings it. */
const APT = {
  commands: {
    Xvfb: 'xvfb',
    xauth: 'xauth',
    'dbus-run-session': 'dbus',
    'gnome-keyring-daemon': 'gnome-keyring',
    'secret-tool': 'libsecret-tools',
    // the tests run the Python that Issue hands over
    python3: 'python3',
  },
  libraries: {
    'libgtk-3.so.0': 'libgtk-3-0',
    'libnss3.so': 'libnss3',
    'libasound.so.2': 'libasound2',
    'libgbm.so.1': 'libgbm1',
    'libatspi.so.0': 'libatspi2.0-0',
    'libsecret-1.so.0': 'libsecret-1-0',
    'libnotify.so.4': 'libnotify4',
    'libXss.so.1': 'libxss1',
    'libXtst.so.6': 'libxtst6',
  },
  // without fonts a virtual display shows boxes for letters
  files: {
    '/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf': 'fonts-dejavu-core',
    '/usr/share/doc/fonts-inter': 'fonts-inter',
  },
};

const started = performance.now();
const log = (message) => console.log(`[setup ${((performance.now() - started) / 1000).toFixed(1)}s] ${message}`);

function run(command, args, options = {}) {
  const result = spawnSync(command, args, { cwd: ROOT, stdio: 'inherit', ...options });
  if (result.error) throw new Error(`${command} could not be started: ${result.error.message}`);
  if (result.status === 0) return;
  const said = result.stderr ? `\n${String(result.stderr)}` : '';
  throw new Error(`"${command} ${args.join(' ')}" failed (exit ${result.status ?? result.signal})${said}`);
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [wantedMajor, wantedMinor] = NODE_WANTED;
  if (major > wantedMajor || (major === wantedMajor && minor >= wantedMinor)) return;
  throw new Error(`Node ${NODE_WANTED.join('.')} or newer is needed; this is ${process.versions.node}.`);
}

function missingSystemPackages() {
  const missing = new Set();
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter(Boolean);
  for (const [command, name] of Object.entries(APT.commands))
    if (!folders.some((folder) => fs.existsSync(path.join(folder, command)))) missing.add(name);
  const libraries = spawnSync('/sbin/ldconfig', ['-p'], { encoding: 'utf8' }).stdout ?? '';
  for (const [library, name] of Object.entries(APT.libraries))
    if (!libraries.includes(`${library} `)) missing.add(name);
  for (const [file, name] of Object.entries(APT.files)) if (!fs.existsSync(file)) missing.add(name);
  return [...missing];
}

function ensureSystemPackages() {
  if (process.platform !== 'linux') return;
  const missing = missingSystemPackages();
  if (missing.length === 0) return;
  if (!fs.existsSync('/usr/bin/apt-get'))
    throw new Error(`Missing: ${missing.join(' ')} (Debian's names). Install what your distribution calls them.`);
  if (process.getuid?.() !== 0)
    throw new Error(
      `Some Debian packages are missing. Run:\n    sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing.join(' ')}`,
    );
  log(`system packages: installing ${missing.join(' ')}`);
  const quiet = { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
  run('apt-get', ['update', '-qq'], quiet);
  // Debian 13 and Ubuntu 24.04 renamed some libraries for 64-bit time
  const names = missing.map((name) =>
    spawnSync('apt-cache', ['show', `${name}t64`], { stdio: 'ignore' }).status === 0 ? `${name}t64` : name,
  );
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names], quiet);
  const still = missingSystemPackages();
  if (still.length > 0) throw new Error(`apt-get ran, yet still missing: ${still.join(' ')}`);
}

/** Compares what npm installed with the lock file, entry by entry: a time stamp would say "old" after every `git checkout`. */
function modulesMatchLock() {
  const read = (file) => JSON.parse(fs.readFileSync(path.join(ROOT, file), 'utf8')).packages;
  let installed;
  try {
    installed = read('node_modules/.package-lock.json');
  } catch {
    return false;
  }
  return Object.entries(read('package-lock.json')).every(([name, wanted]) => {
    const version = installed[name]?.version;
    // packages for other platforms are optional and were left out
    return name === '' || version === wanted.version || (version === undefined && wanted.optional);
  });
}

function ensureModules() {
  if (modulesMatchLock()) return;
  log('node_modules: installing (npm ci)');
  // Nothing needs an install script: keytar brings its binaries, Electron's runtime is fetched below.
  run('npm', [
    'ci',
    '--ignore-scripts',
    '--include=dev',
    '--include=optional',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ]);
}

function checkKeytar() {
  const probe = spawnSync(process.execPath, ['-e', "require('keytar')"], { cwd: ROOT, encoding: 'utf8' });
  if (probe.status !== 0) throw new Error(`keytar does not load:\n${probe.stderr}`);
}

try {
  checkNode();
  ensureSystemPackages();
  ensureModules();
  const { ensureElectron } = await import('./electron-runtime.mjs');
  const electron = await ensureElectron(log);
  checkKeytar();
  log(`ready: ${electron}`);
} catch (error) {
  console.error(`\nSet-up failed: ${error.name === 'Error' ? error.message : error.stack}\n`);
  process.exit(1);
}
