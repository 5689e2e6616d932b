import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createLog } from '../../../main/log.ts';
import { createKeytarStore } from '../../../main/secrets/keytar-store.ts';
import type { LocalOvp } from '../../ovp/local-ovp.ts';
import { API_KEY, type App, connect, createQuickClock, createScene, type Scene, startOvp, value } from './harness.ts';

const PROGRAMS = ['dbus-daemon', 'gnome-keyring-daemon', 'secret-tool'] as const;
const missing =
  process.platform === 'linux'
    ? PROGRAMS.filter((program) => spawnSync('which', [program]).status !== 0)
    : ['a Linux session'];

/** A bus that starts no services by itself: a keyring that was killed stays away, and brings no password dialog back. */
const BUS = `<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=/tmp</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>`;

/** The whole way with the real keytar on a real gnome-keyring, on a bus and in a home of their own. */
describe.skipIf(missing.length > 0)(
  `an OVP and gnome-keyring${missing.length > 0 ? ` (needs ${missing.join()})` : ''}`,
  () => {
    const NAMES = ['DBUS_SESSION_BUS_ADDRESS', 'HOME', 'XDG_DATA_HOME', 'XDG_RUNTIME_DIR'] as const;
    const before = new Map(NAMES.map((name) => [name, process.env[name]]));
    let home: string;
    let bus: ChildProcess;
    let daemon: ChildProcess;
    let ovp: LocalOvp;
    let scene: Scene;

    const ask = (item: string) =>
      spawnSync('secret-tool', ['lookup', 'service', 'Catwalk', 'account', item], { encoding: 'utf8' }).stdout;
    /** what the keychain holds under an item; its text is base64url behind a mark */
    const look = (item: string) => Buffer.from(ask(item).replace(/^catwalk1:/, ''), 'base64url').toString();

    beforeAll(async () => {
      home = fs.mkdtempSync(path.join(os.tmpdir(), 'catwalk-ovp-keyring-'));
      const config = path.join(home, 'bus.conf');
      fs.writeFileSync(config, BUS);
      bus = spawn('dbus-daemon', [`--config-file=${config}`, '--nofork', '--print-address'], {
        stdio: ['ignore', 'pipe', 'ignore'],
      });
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
      daemon = spawn('gnome-keyring-daemon', ['--foreground', '--unlock', '--components=secrets'], {
        stdio: ['pipe', 'ignore', 'ignore'],
      });
      daemon.stdin?.end('test');
      const unlocked = async () => expect((await createKeytarStore().probe()).state).toBe('unlocked');
      await vi.waitFor(unlocked, { timeout: 10_000, interval: 100 });
      const clock = createQuickClock();
      ovp = await startOvp(clock);
      scene = await createScene(clock, createKeytarStore());
    }, 20_000);

    afterAll(async () => {
      await scene.end();
      await ovp.stop();
      daemon.kill();
      bus.kill();
      for (const [name, text] of before) {
        if (text === undefined) delete process.env[name];
        else process.env[name] = text;
      }
      fs.rmSync(home, { recursive: true, force: true, maxRetries: 5 });
    });

    it('goes from the API key to a calibrated key, and only the keychain knows either secret', async () => {
      const app = await scene.start();
      const lines: string[] = [];
      const log = createLog({ echo: (line) => lines.push(line) });
      const { id: workspace } = await connect(app, ovp);
      const created = value(
        await app.ask('ovp.createKey', { workspace, name: 'prod-3', environment: 'prod', store: 'keychain' }),
      );
      if (created.kind !== 'stored') throw new Error(created.unfinished.reason);
      const kid = created.key.kid ?? '';
      const claims = { exp: 2_000_000_000, catu: { path: { contains: 'v' } } };
      const { token } = value(await app.ask('ovp.requestToken', { workspace, kid, claims }));
      const found = value(await app.ask('ovp.calibrate', { key: created.key.id }));
      expect(found).toMatchObject({ state: 'matched', key: { encoding: 'hex' } });
      expect(value(await app.keys.verify(token))).toMatchObject({
        state: 'verified',
        encoding: 'hex',
        kidMatches: true,
      });
      log.info(
        'ovp',
        JSON.stringify([created, found, app.ledger.list(), value(await app.ask('ovp.workspaces', undefined))]),
      );

      const secret = look('prod/prod-3');
      expect(secret).toMatch(/^[0-9a-f]{64}$/);
      expect(look('ovp/Nordlys')).toBe(API_KEY);
      const seen = [await scene.profileText(), lines.join(''), JSON.stringify(app.events)].join('\n');
      for (const text of [secret, API_KEY])
        for (const form of [text, Buffer.from(text).toString('base64url'), Buffer.from(text, 'hex').toString('base64')])
          if (form.length > 12) expect(seen).not.toContain(form.slice(0, 20));
    });

    it('loses no secret when the keyring is killed between the answer and the storing', async () => {
      let answers = 0;
      const app: App = await scene.start({
        fetch: async (url, init) => {
          const response = await fetch(url, init);
          if (response.status === 201) {
            answers += 1;
            const gone = new Promise((resolve) => daemon.once('exit', resolve));
            daemon.kill('SIGKILL');
            await gone;
          }
          return response;
        },
      });
      const [workspace] = value(await app.ask('ovp.workspaces', undefined));
      if (workspace === undefined) throw new Error('the workspace is gone');
      const outcome = value(
        await app.ask('ovp.createKey', {
          workspace: workspace.id,
          name: 'prod-4',
          environment: 'prod',
          store: 'keychain',
        }),
      );
      if (outcome.kind !== 'unfinished') throw new Error('it was stored in a keyring that is gone');
      const { unfinished } = outcome;
      expect(unfinished).toMatchObject({ state: 'held', name: 'prod-4' });
      expect(unfinished.reason).toMatch(/keychain.*in memory and is not lost/s);

      const again = value(await app.ask('ovp.storeUnfinishedKey', { id: unfinished.id, store: 'session' }));
      expect(again).toMatchObject({ kind: 'stored', key: { store: 'session', secret: 'ready' } });
      expect(answers).toBe(1);
    });
  },
);
