#!/usr/bin/env node
// Runs a command with a display, a D-Bus session and an unlocked keyring of its own:
//   node scripts/headless.mjs <command> [argument...]
// Home folder and keyring are thrown away afterwards; the person's own are never touched. A display that exists is used.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import readline from 'node:readline';

const SCREEN = '1600x1000x24'; // room for the 1360×860 window of the screenshots
/** What the bus says about itself, and what Chromium says about the system's bus, which a container does not have. */
const NOISE = /^dbus-daemon\[|system_bus_socket/;

const [program, ...args] = process.argv.slice(2);
if (!program) {
  console.error('usage: node scripts/headless.mjs <command> [argument...]');
  process.exit(2);
}

const home = fs.mkdtempSync(path.join(os.tmpdir(), 'catwalk-home-'));
const folder = (name) => {
  const full = path.join(home, name);
  fs.mkdirSync(full, { mode: 0o700 });
  return full;
};
/** @type {NodeJS.ProcessEnv} */
const env = {
  ...process.env,
  HOME: home,
  XDG_CONFIG_HOME: folder('config'),
  XDG_DATA_HOME: folder('data'),
  XDG_CACHE_HOME: folder('cache'),
  XDG_RUNTIME_DIR: folder('run'),
  XDG_CURRENT_DESKTOP: 'GNOME',
};
for (const name of ['DBUS_SESSION_BUS_ADDRESS', 'GNOME_KEYRING_CONTROL', 'ELECTRON_RUN_AS_NODE', 'NODE_OPTIONS'])
  delete env[name];

const unlockThenRun = 'printf test | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1; exec "$@"';
let command = ['dbus-run-session', '--', 'bash', '-c', unlockThenRun, 'headless', program, ...args];
if (!env.DISPLAY && !env.WAYLAND_DISPLAY) command = ['xvfb-run', '-a', '-s', `-screen 0 ${SCREEN}`, ...command];

// a process group of its own, so that stopping this script stops the display, the bus and everything on them
const child = spawn(command[0], command.slice(1), { stdio: ['inherit', 'inherit', 'pipe'], env, detached: true });
readline.createInterface({ input: child.stderr }).on('line', (line) => {
  if (!NOISE.test(line)) console.error(line);
});
const signalGroup = (signal) => {
  try {
    if (child.pid) process.kill(-child.pid, signal);
  } catch {
    // it has ended already
  }
};
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
  process.on(signal, () => {
    signalGroup(signal);
    setTimeout(() => signalGroup('SIGKILL'), 3000).unref();
  });
child.on('error', (error) => {
  console.error(`${command[0]}: ${error.message}. "node scripts/setup.mjs" installs what is missing.`);
  process.exit(1);
});
child.on('exit', (code) => {
  signalGroup('SIGTERM');
  try {
    fs.rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  } catch {
    // a process that is still closing wrote into it; the system empties its temporary folder anyway
  }
  process.exit(code ?? 1);
});
