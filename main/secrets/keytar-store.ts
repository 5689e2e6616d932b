import { randomBytes } from 'node:crypto';
import { type AppError, createError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { joinItem, namesOfParts, splitItem } from './item-parts.ts';
import { findKeychainName } from './keychain-name.ts';
import { describeKeytarError } from './keytar-error.ts';
import { Secret } from './secret.ts';
import type { SecretStore } from './secret-store.ts';

/** The part of keytar that is used. */
export interface Keytar {
  getPassword(service: string, account: string): Promise<string | null>;
  setPassword(service: string, account: string, password: string): Promise<void>;
  deletePassword(service: string, account: string): Promise<boolean>;
}

export interface KeytarStoreOptions {
  /** what the owner sees in front of every item */
  readonly service?: string;
  readonly load?: () => Promise<Keytar>;
  readonly findName?: () => Promise<string>;
  /** how long the keychain may take; its own password dialog counts in */
  readonly timeoutMillis?: number;
}

export interface KeytarStore extends SecretStore {
  /**
   * Lets the call under way end, for at most three seconds, and begins no other. A process that ends while a native call
   * is on its way back is aborted: its answer finds no JavaScript left.
   */
  close(): Promise<void>;
}

export const KEYCHAIN_SERVICE = 'Catwalk';

const CLOSE_MILLIS = 3_000;

/** The operating system's keychain. Loaded when it is first asked for; that it cannot be loaded is an answer like others. */
export function createKeytarStore(options: KeytarStoreOptions = {}): KeytarStore {
  const {
    service = KEYCHAIN_SERVICE,
    load = loadKeytar,
    findName = findKeychainName,
    timeoutMillis = 30_000,
  } = options;
  let loaded: Promise<Keytar> | undefined;
  let tail: Promise<unknown> = Promise.resolve();
  let closed = false;

  /**
   * One call at a time: each blocks a thread of the pool that the file system uses too, and a keychain that waits for its
   * dialog would soon hold them all.
   */
  function use<T>(work: (keytar: Keytar) => Promise<Result<T, AppError>>): Promise<Result<T, AppError>> {
    const run = tail.then(async (): Promise<Result<T, AppError>> => {
      if (closed) return err(createError('ERR_SECRETS_UNAVAILABLE'));
      try {
        loaded ??= load();
        return await work(await loaded);
      } catch (cause) {
        return err(describeKeytarError(cause));
      }
    });
    tail = run;
    return withTimeout(run, timeoutMillis);
  }

  /** libsecret says of a locked keyring that an item is not in it, so absence is believed only after a write. */
  async function confirmAbsence(keytar: Keytar): Promise<void> {
    const account = `probe/${randomBytes(8).toString('hex')}`;
    await keytar.setPassword(service, account, 'probe');
    await keytar.deletePassword(service, account);
  }

  async function readParts(keytar: Keytar, item: string, head: string): Promise<(string | null)[]> {
    const parts: (string | null)[] = [];
    for (const name of namesOfParts(item, head)) parts.push(await keytar.getPassword(service, name));
    return parts;
  }

  async function deleteParts(keytar: Keytar, names: readonly string[]): Promise<void> {
    for (const name of names) await keytar.deletePassword(service, name);
  }

  return {
    kind: 'keychain',

    async probe() {
      const account = `probe/${randomBytes(8).toString('hex')}`;
      const value = randomBytes(16).toString('hex');
      const result = await use(async (keytar) => {
        await keytar.setPassword(service, account, value);
        const read = await keytar.getPassword(service, account);
        const gone = await keytar.deletePassword(service, account);
        const works = read === value && gone;
        return works ? ok(undefined) : err(createError('ERR_SECRETS_UNAVAILABLE', { message: FORGETFUL }));
      });
      const name = await findName();
      if (result.ok) return { state: 'unlocked', name };
      const reason = result.error.message;
      return { state: result.error.code === 'ERR_SECRETS_UNAVAILABLE' ? 'unavailable' : 'locked', name, reason };
    },

    get: (item) =>
      use(async (keytar) => {
        const head = await keytar.getPassword(service, item);
        if (head === null) {
          await confirmAbsence(keytar);
          return ok(undefined);
        }
        const bytes = joinItem(head, await readParts(keytar, item, head));
        return bytes === undefined ? err(createError('ERR_SECRETS_CORRUPT')) : ok(new Secret(bytes));
      }),

    set: (item, secret) =>
      use(async (keytar) => {
        const before = await keytar.getPassword(service, item);
        const { head, more } = splitItem(item, secret.reveal());
        // the head comes last: until it stands, the item is what it was
        for (const [name, text] of more) await keytar.setPassword(service, name, text);
        await keytar.setPassword(service, item, head);
        if (before !== null) await deleteParts(keytar, namesOfParts(item, before));
        return ok(undefined);
      }),

    delete: (item) =>
      use(async (keytar) => {
        const head = await keytar.getPassword(service, item);
        if (head === null) {
          await confirmAbsence(keytar);
          return ok(false);
        }
        if (!(await keytar.deletePassword(service, item))) return err(createError('ERR_SECRETS_LOCKED'));
        await deleteParts(keytar, namesOfParts(item, head));
        return ok(true);
      }),

    async close() {
      closed = true;
      await Promise.race([tail, new Promise((resolve) => setTimeout(resolve, CLOSE_MILLIS).unref())]);
    },
  };
}

const FORGETFUL = 'The keychain took a value and did not give it back.';

function withTimeout<T>(work: Promise<Result<T, AppError>>, millis: number): Promise<Result<T, AppError>> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Result<T, AppError>>((resolve) => {
    timer = setTimeout(() => resolve(err(createError('ERR_SECRETS_LOCKED', { message: SLOW }))), millis);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

const SLOW = 'The keychain does not answer; it may be waiting in its own password dialog.';

async function loadKeytar(): Promise<Keytar> {
  // a CommonJS package: its functions are on `default`
  const module: { readonly default?: unknown } = await import('keytar');
  if (!isKeytar(module.default)) throw new Error('No native build of keytar');
  return module.default;
}

const isKeytar = (value: unknown): value is Keytar =>
  typeof value === 'object' &&
  value !== null &&
  ['getPassword', 'setPassword', 'deletePassword'].every(
    (name) => typeof (value as Record<string, unknown>)[name] === 'function',
  );
