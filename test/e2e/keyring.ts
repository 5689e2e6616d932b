import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { test as base } from './fixtures.ts';

const PASSWORD = 'test';
const [BUS, KEYRING, ASK] = ['dbus-daemon', 'gnome-keyring-daemon', 'dbus-send'] as const;

/** A bus and a gnome-keyring of one test's own, which may be locked or killed without a loss for the others. */
export interface Keyring {
  /** what a program needs to find it */
  readonly env: Readonly<Record<string, string>>;
  /** items of Catwalk, as their owner would find them: the accounts and the secrets */
  find(): { readonly accounts: readonly string[]; readonly text: string };
  /** the secret of an account, as `secret-tool` finds it; its text is base64url behind a mark */
  secret(account: string): string;
  /** takes an item away, as its owner may */
  clear(account: string): void;
  start(unlocked: boolean): Promise<void>;
  kill(): Promise<void>;
  close(): Promise<void>;
}

/** No other program can be started over this bus, so a keyring that would ask for its password fails instead. */
const BUS_CONFIG = `<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen><auth>EXTERNAL</auth>
<policy context="default"><allow user="*"/><allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy>
</busconfig>`;

async function createKeyring(): Promise<Keyring> {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'catwalk-keyring-'));
  const folder = (name: string) => {
    const full = path.join(home, name);
    fs.mkdirSync(full, { mode: 0o700 });
    return full;
  };
  const config = path.join(home, 'bus.conf');
  fs.writeFileSync(config, BUS_CONFIG);
  const bus = spawn(BUS, [`--config-file=${config}`, '--nofork', '--print-address'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const address = await new Promise<string>((resolve, reject) => {
    bus.stdout.once('data', (line: Buffer) => resolve(line.toString().trim()));
    bus.once('error', reject);
  });
  const env = {
    DBUS_SESSION_BUS_ADDRESS: address,
    XDG_DATA_HOME: folder('data'),
    XDG_RUNTIME_DIR: folder('run'),
  };
  let daemon: ChildProcess | undefined;

  const kill = async () => {
    if (!daemon) return;
    const ended = new Promise((resolve) => daemon?.once('exit', resolve));
    daemon.kill('SIGKILL');
    await ended;
    daemon = undefined;
  };
  return {
    env,
    find: () => {
      let text = '';
      try {
        const options = { encoding: 'utf8', stdio: 'pipe', env: { ...process.env, ...env } } as const;
        const command = 'secret-tool search --all service Catwalk 2>&1';
        text = execFileSync('sh', ['-c', command], options);
      } catch {
        // it exits with 1 when it found nothing
      }
      return { accounts: [...text.matchAll(/^attribute\.account = (.*)$/gm)].map((found) => found[1] ?? ''), text };
    },
    secret: (account) => {
      const found = execFileSync('secret-tool', ['lookup', 'service', 'Catwalk', 'account', account], {
        encoding: 'utf8',
        env: { ...process.env, ...env },
      });
      return Buffer.from(found.replace(/^catwalk1:/, ''), 'base64url').toString();
    },
    clear: (account) => {
      execFileSync('secret-tool', ['clear', 'service', 'Catwalk', 'account', account], {
        env: { ...process.env, ...env },
      });
    },
    start: async (unlocked) => {
      await kill();
      const args = ['--foreground', '--components=secrets', ...(unlocked ? ['--unlock'] : [])];
      daemon = spawn(KEYRING, args, {
        stdio: ['pipe', 'pipe', 'ignore'],
        env: { ...process.env, ...env },
      });
      daemon.stdin?.end(unlocked ? PASSWORD : '');
      await waitForOwner(env);
    },
    kill,
    close: async () => {
      await kill();
      bus.kill();
      fs.rmSync(home, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Tests whose app, if it is started with `keyring.env`, has a keyring to itself. */
export const test = base.extend<{ keyring: Keyring }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern
  keyring: async ({}, use) => {
    const keyring = await createKeyring();
    await use(keyring);
    await keyring.close();
  },
  // the app ends before its bus does: GLib ends a program whose session bus goes away
  profile: async ({ keyring: _bus, profile }, use) => {
    await use(profile);
  },
});

/** The daemon is there when it owns the name that libsecret asks for. */
async function waitForOwner(env: Readonly<Record<string, string>>): Promise<void> {
  const ask = ['--session', '--print-reply=literal', '--dest=org.freedesktop.DBus', '/org/freedesktop/DBus'];
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const reply = execFileSync(ASK, [...ask, 'org.freedesktop.DBus.NameHasOwner', 'string:org.freedesktop.secrets'], {
      encoding: 'utf8',
      env: { ...process.env, ...env },
    });
    if (reply.includes('true')) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('gnome-keyring-daemon did not come up');
}
