import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { nodeCrypto } from '../../../main/crypto/node-crypto.ts';
import { createLedger, type Ledger } from '../../../main/egress/ledger.ts';
import type { Send } from '../../../main/ipc/events.ts';
import { createKeyFiles } from '../../../main/keys/key-files.ts';
import { loadKeyRecords } from '../../../main/keys/key-records.ts';
import { createKeys, type Keys } from '../../../main/keys/keys.ts';
import type { Clock } from '../../../main/ovp/clock.ts';
import type { Fetch } from '../../../main/ovp/exchange.ts';
import { createOvp, type Ovp, type OvpHandlers } from '../../../main/ovp/ovp.ts';
import type { SecretBytes } from '../../../main/secrets/secret.ts';
import type { SecretStore } from '../../../main/secrets/secret-store.ts';
import { createSecrets } from '../../../main/secrets/secrets.ts';
import { createSessionStore } from '../../../main/secrets/session-store.ts';
import { COMMANDS, type CommandInput, type CommandOutput, EVENTS } from '../../../shared/contract/contract.ts';
import type { EventName } from '../../../shared/contract/names.ts';
import type { OvpWorkspace } from '../../../shared/contract/ovp.ts';
import type { AppError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { type LocalOvp, type LocalOvpOptions, startLocalOvp } from '../../ovp/local-ovp.ts';
import { sampleWorkspaces } from '../../ovp/sample-workspaces.ts';

/** A clock that runs only when somebody sleeps: the whole wait has passed at the next turn. */
export function createQuickClock(): Clock & { readonly slept: number[] } {
  let now = Date.parse('2026-11-24T13:00:00Z');
  const slept: number[] = [];
  return {
    slept,
    now: () => now,
    sleep: async (millis, signal) => {
      await nextTurn();
      if (signal.aborted) return;
      now += millis;
      slept.push(Math.round(millis));
    },
  };
}

/** A clock that stands still until it is moved. */
export function createHeldClock(): Clock & { advance(millis: number): Promise<void> } {
  let now = Date.parse('2026-11-24T13:00:00Z');
  const sleepers = new Set<{ readonly until: number; wake(): void }>();
  return {
    now: () => now,
    sleep: (millis, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve();
        const sleeper = { until: now + millis, wake: resolve };
        sleepers.add(sleeper);
        signal.addEventListener('abort', () => resolve(), { once: true });
      }),
    advance: async (millis) => {
      now += millis;
      for (const sleeper of [...sleepers]) {
        if (sleeper.until > now) continue;
        sleepers.delete(sleeper);
        sleeper.wake();
      }
      await nextTurn();
    },
  };
}

type OvpCommand = keyof OvpHandlers;

/** The app's part of the OVP on a profile folder and a keychain in memory, asked as the window asks it. */
export interface App {
  readonly ovp: Ovp;
  readonly keys: Keys;
  readonly ledger: Ledger;
  readonly events: { readonly name: EventName; readonly payload: unknown }[];
  /** input and output go through the contract's schemas, as over IPC */
  ask<Name extends OvpCommand>(name: Name, input: CommandInput<Name>): Promise<Result<CommandOutput<Name>, AppError>>;
  close(): Promise<void>;
}

export interface Scene {
  readonly folder: string;
  readonly clock: Clock;
  /** the keychain’s own content, and what is broken of it */
  readonly keychain: SecretStore;
  readonly broken: { get?: SecretStore['get']; set?: SecretStore['set']; probe?: SecretStore['probe'] };
  start(more?: { readonly fetch?: Fetch; readonly timeoutMillis?: number }): Promise<App>;
  /** every file of the profile, as text */
  profileText(): Promise<string>;
  end(): Promise<void>;
}

/** A folder and a keychain, in memory unless another is given, that outlive a start of the app. */
export async function createScene(clock: Clock, given?: SecretStore): Promise<Scene> {
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'catwalk-ovp-'));
  const memory: SecretStore = given ?? createSessionStore();
  const broken: Scene['broken'] = {};
  const keychain: SecretStore = {
    kind: 'keychain',
    probe: () => (broken.probe ?? memory.probe)(),
    get: (item) => (broken.get ?? memory.get)(item),
    set: (item, secret) => (broken.set ?? memory.set)(item, secret),
    delete: (item) => memory.delete(item),
  };
  const apps: App[] = [];
  return {
    folder,
    clock,
    keychain: { ...memory, kind: 'keychain' },
    broken,
    start: async ({ fetch = globalThis.fetch, timeoutMillis = 5000 } = {}) => {
      const app = await startApp({ folder, clock, keychain, fetch, timeoutMillis });
      apps.push(app);
      return app;
    },
    profileText: async () => {
      const names = await fs.readdir(folder, { recursive: true, withFileTypes: true });
      const files = names.filter((entry) => entry.isFile());
      const texts = await Promise.all(
        files.map((entry) => fs.readFile(path.join(entry.parentPath, entry.name), 'latin1')),
      );
      return texts.join('\n');
    },
    end: async () => {
      for (const app of apps) await app.close();
      await fs.rm(folder, { recursive: true, force: true, maxRetries: 3 });
    },
  };
}

async function startApp(options: {
  readonly folder: string;
  readonly clock: Clock;
  readonly keychain: SecretStore;
  readonly fetch: Fetch;
  readonly timeoutMillis: number;
}): Promise<App> {
  const { folder, clock, keychain, fetch, timeoutMillis } = options;
  const events: App['events'] = [];
  const send: Send = (name, payload) => void events.push({ name, payload: EVENTS[name].parse(payload) });
  const secrets = createSecrets({ keychain, session: createSessionStore() });
  const { records } = await loadKeyRecords(path.join(folder, 'keys.json'));
  const keys = createKeys({ records, secrets, files: createKeyFiles(), crypto: nodeCrypto, now: clock.now });
  const ledger = createLedger({ offline: false, changed: () => undefined, now: clock.now });
  const ovp = await createOvp({
    profile: folder,
    fetch,
    ledger,
    secrets,
    keys,
    crypto: nodeCrypto,
    send,
    note: () => undefined,
    clock,
    timeoutMillis,
  });
  return {
    ovp,
    keys,
    ledger,
    events,
    ask: async (name, input) => {
      const command = COMMANDS[name];
      const handler = ovp.handlers[name] as (input: unknown) => Promise<Result<unknown, AppError>>;
      const outcome = await handler(command.input.parse(input));
      return outcome.ok ? ok(command.output.parse(outcome.value) as never) : err(outcome.error);
    },
    close: async () => {
      await ovp.close();
      await keys.settled();
    },
  };
}

/** An OVP on the same clock, so that its rate limit needs no waiting. */
export const startOvp = (clock: Clock, more: Partial<LocalOvpOptions> = {}): Promise<LocalOvp> =>
  startLocalOvp({ workspaces: sampleWorkspaces(), now: clock.now, ...more });

export const API_KEY = sampleWorkspaces()[0]?.apiKey ?? '';

/** A workspace with its API key stored. */
export async function connect(app: App, ovp: LocalOvp, apiKey = API_KEY, name = 'Nordlys'): Promise<OvpWorkspace> {
  const saved = value(await app.ask('ovp.saveWorkspace', { name, address: ovp.url, tier: 'standard' }));
  return value(await app.ask('ovp.setApiKey', { workspace: saved.id, apiKey, store: 'keychain' }));
}

export function value<T>(result: Result<T, AppError>): T {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.value;
}

export function failure(result: Result<unknown, AppError>): AppError {
  if (result.ok) throw new Error(`it went well: ${JSON.stringify(result.value)}`);
  return result.error;
}

export const textOf = (secret: SecretBytes): string => Buffer.from(secret.reveal()).toString();

/** What an item of the keychain holds; `undefined`: there is none. */
export async function stored(scene: Scene, item: string): Promise<string | undefined> {
  const found = await scene.keychain.get(item);
  return found.ok && found.value ? textOf(found.value) : undefined;
}
