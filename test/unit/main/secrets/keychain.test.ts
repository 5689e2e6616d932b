import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { findKeychainName } from '../../../../main/secrets/keychain-name.ts';
import { createKeytarStore } from '../../../../main/secrets/keytar-store.ts';
import { Secret } from '../../../../main/secrets/secret.ts';
import { describeSecretStore } from './contract.ts';

const [DBUS, KEYRING, SECRET_TOOL] = ['dbus-daemon', 'gnome-keyring-daemon', 'secret-tool'] as const;
const missing =
  process.platform === 'linux'
    ? [DBUS, KEYRING, SECRET_TOOL].filter((program) => spawnSync('which', [program]).status !== 0)
    : ['a Linux session'];

/** The real keytar on a real gnome-keyring, both on a bus and in a home of their own. */
describe.skipIf(missing.length > 0)(
  `gnome-keyring${missing.length > 0 ? ` (needs ${missing.join(', ')})` : ''}`,
  () => {
    const running: ChildProcess[] = [];
    const before = { ...process.env };
    let home: string;

    beforeAll(async () => {
      home = fs.mkdtempSync(path.join(os.tmpdir(), 'catwalk-keyring-'));
      const bus = spawn(DBUS, ['--session', '--nofork', '--print-address'], {
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      running.push(bus);
      const address = await new Promise<string>((resolve, reject) => {
        bus.stdout?.once('data', (line: Buffer) => resolve(line.toString().trim()));
        bus.once('error', reject);
      });
      const run = path.join(home, 'run');
      fs.mkdirSync(run, { mode: 0o700 });
      Object.assign(process.env, {
        DBUS_SESSION_BUS_ADDRESS: address,
        HOME: home,
        XDG_DATA_HOME: path.join(home, 'data'),
        XDG_RUNTIME_DIR: run,
      });
      const daemon = spawn(KEYRING, ['--foreground', '--unlock', '--components=secrets'], {
        stdio: ['pipe', 'ignore', 'ignore'],
      });
      running.push(daemon);
      daemon.stdin?.end('test');
      await vi.waitFor(async () => expect((await createKeytarStore().probe()).state).toBe('unlocked'), {
        timeout: 10_000,
        interval: 100,
      });
    }, 20_000);

    afterAll(() => {
      for (const child of running.reverse()) child.kill();
      for (const name of ['DBUS_SESSION_BUS_ADDRESS', 'HOME', 'XDG_DATA_HOME', 'XDG_RUNTIME_DIR']) {
        const value = before[name];
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      }
      fs.rmSync(home, { recursive: true, force: true, maxRetries: 5 });
    });

    describeSecretStore('keytar', () => createKeytarStore());

    it('is called by its name', async () => {
      expect(await findKeychainName()).toBe('gnome-keyring');
      expect(await createKeytarStore().probe()).toEqual({ state: 'unlocked', name: 'gnome-keyring' });
    });

    it('shows an item to its owner under a name that says what it is', async () => {
      const store = createKeytarStore();
      await store.set('prod/akamai-live', new Secret(new TextEncoder().encode('s')));
      const search = () => spawnSync(SECRET_TOOL, ['search', '--all', 'service', 'Catwalk'], { encoding: 'utf8' });
      const found = search();
      expect(found.stdout + found.stderr).toContain('attribute.account = prod/akamai-live');
      expect(found.stdout).toContain('label = Catwalk/prod/akamai-live');
      await store.delete('prod/akamai-live');
      expect(search().stdout).toBe('');
    });

    it('that is gone is said to be gone', async () => {
      const store = createKeytarStore();
      const address = process.env['DBUS_SESSION_BUS_ADDRESS'];
      running.find((child) => child.spawnfile === KEYRING)?.kill('SIGKILL');
      const result = await store.set('dev/a', new Secret(Uint8Array.from([1])));
      expect(result).toMatchObject({ ok: false });
      expect(process.env['DBUS_SESSION_BUS_ADDRESS']).toBe(address);
    });
  },
);

describe('names of keychains', () => {
  it('of other systems are theirs', async () => {
    expect(await findKeychainName('darwin')).toBe('macOS Keychain');
    expect(await findKeychainName('win32')).toBe('Windows Credential Manager');
  });

  it.runIf(process.platform === 'linux')('without a bus is no name of a program', async () => {
    const address = process.env['DBUS_SESSION_BUS_ADDRESS'];
    process.env['DBUS_SESSION_BUS_ADDRESS'] = 'unix:path=/nonexistent';
    expect(await findKeychainName()).toBe('Secret Service');
    if (address === undefined) delete process.env['DBUS_SESSION_BUS_ADDRESS'];
    else process.env['DBUS_SESSION_BUS_ADDRESS'] = address;
  });
});
