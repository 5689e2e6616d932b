import { randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { type AppError, createError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { removeLeftovers, writeAtomically } from '../store/json-file.ts';
import { readSmallFile } from '../store/read-file.ts';
import { Secret } from './secret.ts';
import type { SecretStore } from './secret-store.ts';
import { DEFAULT_KDF, deriveKeys, type Kdf, type Keys } from './vault-crypto.ts';
import {
  createHeader,
  formatVault,
  opensWith,
  parseVault,
  sealCheck,
  sealItem,
  unsealItem,
  type VaultBody,
  type VaultFile,
  type VaultHeader,
} from './vault-file.ts';

/** `unlocked` with a reason: the file was changed from outside, and what is whole in it can be read. */
export type VaultState =
  | { readonly state: 'none' }
  | { readonly state: 'unlocked' | 'locked'; readonly reason?: string }
  | { readonly state: 'unavailable'; readonly reason: string };

/** Secrets in one file of the profile, under a passphrase that is written down nowhere. */
export interface Vault extends SecretStore {
  state(): Promise<VaultState>;
  /** makes the file; afterwards it is unlocked */
  create(passphrase: Secret<string>): Promise<Result<void, AppError>>;
  unlock(passphrase: Secret<string>): Promise<Result<void, AppError>>;
  /** wipes the keys; nothing can be read until the passphrase is given again */
  lock(): void;
  /** whether this is the passphrase, for something that asks again */
  check(passphrase: Secret<string>): Promise<Result<void, AppError>>;
  /** seals everything anew: a copy of the old file opens with the old passphrase only, the new one with the new only */
  changePassphrase(before: Secret<string>, next: Secret<string>): Promise<Result<void, AppError>>;
  /** renames the file and answers its new name; nothing is deleted */
  putAside(): Promise<Result<string, AppError>>;
}

export interface VaultOptions {
  readonly file: string;
  /** for a vault that is made or gets another passphrase; one that exists has its own */
  readonly kdf?: Kdf;
}

export const VAULT_NAME = 'Passphrase vault';

/** A thousand RSA keys are four megabytes. */
const MAX_BYTES = 16 * 1024 * 1024;

type Opened = Extract<VaultFile, { kind: 'vault' }>;

/**
 * The file is the truth: it is read and checked for every call, and memory holds nothing but the keys of a vault that is
 * unlocked. Changes run one after the other, each as a whole new file.
 */
export function createVaultStore({ file, kdf = DEFAULT_KDF }: VaultOptions): Vault {
  let unlocked: { readonly keys: Keys; readonly salt: string } | undefined;
  let tail: Promise<unknown> = Promise.resolve();

  function change<T>(work: () => Promise<Result<T, AppError>>): Promise<Result<T, AppError>> {
    const run = tail.then(work);
    tail = run.catch(() => undefined);
    return run;
  }

  /** The file as it is now; `undefined`: there is none. */
  async function read(): Promise<Result<Opened | undefined, AppError>> {
    const content = await readSmallFile(file, MAX_BYTES);
    if (!content.ok) {
      if (content.error.code === 'ERR_FILE_NOT_FOUND') return ok(undefined);
      if (content.error.code === 'ERR_FILE_TOO_LARGE') return err(createError('ERR_VAULT_DAMAGED'));
      return err(createError('ERR_SECRETS_UNAVAILABLE', { message: `The vault’s file: ${content.error.message}` }));
    }
    const parsed = parseVault(content.value);
    if (parsed.kind === 'newer') return err(createError('ERR_STORE_NEWER'));
    return parsed.kind === 'vault' ? ok(parsed) : err(createError('ERR_VAULT_DAMAGED'));
  }

  async function find(): Promise<Result<Opened, AppError>> {
    const found = await read();
    if (!found.ok) return found;
    return found.value ? ok(found.value) : err(createError('ERR_VAULT_NONE'));
  }

  /** The file with the keys that open it. The keys are looked up last: waiting for the file leaves time to lock. */
  async function open(): Promise<Result<{ readonly vault: Opened; readonly keys: Keys }, AppError>> {
    const found = await read();
    if (!found.ok) return found;
    const vault = found.value;
    if (!vault) return err(unlocked ? gone() : createError('ERR_VAULT_NONE'));
    if (!unlocked) return err(locked());
    if (vault.body.salt === unlocked.salt) return ok({ vault, keys: unlocked.keys });
    lock();
    return err(locked(CHANGED_ELSEWHERE));
  }

  async function write(content: Uint8Array): Promise<Result<void, AppError>> {
    try {
      await writeAtomically(file, content);
      return ok(undefined);
    } catch {
      return err(createError('ERR_STORE_WRITE'));
    }
  }

  /** Other items in the place of those that are there; `undefined` for no change. Answers whether there was one. */
  async function replace(next: (body: VaultBody, keys: Keys) => VaultBody['items'] | undefined) {
    const opened = await open();
    if (!opened.ok) return opened;
    const { vault, keys } = opened.value;
    const items = next(vault.body, keys);
    if (!items) return ok(false);
    // sealed and signed before anything is waited for: locking wipes the keys at any time
    const content = formatVault({ ...vault.body, items }, keys);
    if (!isSound(vault, keys) && !(await keepCopy(file))) return err(createError('ERR_STORE_WRITE'));
    const written = await write(content);
    return written.ok ? ok(true) : written;
  }

  function lock(): void {
    unlocked?.keys.wipe();
    unlocked = undefined;
  }

  /** Keys that open this file, or why there are none. */
  async function tryPassphrase(vault: Opened, passphrase: Secret<string>): Promise<Result<Keys, AppError>> {
    const { kdf: made, salt } = vault.body;
    const keys = await deriveKeys(passphrase, salt, made);
    if (opensWith(headerOf(vault.body), keys)) return ok(keys);
    keys.wipe();
    // of a file that is damaged nobody can say that the passphrase is wrong
    return err(vault.isWhole ? createError('ERR_VAULT_PASSPHRASE') : createError('ERR_VAULT_DAMAGED'));
  }

  return {
    kind: 'vault',

    state: async () => {
      const found = await read();
      if (!found.ok) return { state: 'unavailable', reason: found.error.message };
      if (!found.value) return unlocked ? { state: 'unavailable', reason: GONE } : { state: 'none' };
      if (!unlocked) return { state: 'locked', reason: found.value.isWhole ? LOCKED : DAMAGED };
      if (found.value.body.salt !== unlocked.salt) return { state: 'locked', reason: CHANGED_ELSEWHERE };
      return isSound(found.value, unlocked.keys) ? { state: 'unlocked' } : { state: 'unlocked', reason: DAMAGED };
    },

    create: (passphrase) =>
      change(async () => {
        const found = await read();
        if (!found.ok) return found;
        if (found.value) return err(createError('ERR_VAULT_EXISTS'));
        const { header, keys } = await makeHeader(passphrase, kdf);
        const written = await write(formatVault({ ...header, items: [] }, keys));
        if (!written.ok) {
          keys.wipe();
          return written;
        }
        lock();
        unlocked = { keys, salt: header.salt };
        return ok(undefined);
      }),

    unlock: (passphrase) =>
      change(async () => {
        await removeLeftovers(file).catch(() => undefined);
        const found = await find();
        if (!found.ok) return found;
        const keys = await tryPassphrase(found.value, passphrase);
        if (!keys.ok) return keys;
        lock();
        unlocked = { keys: keys.value, salt: found.value.body.salt };
        return ok(undefined);
      }),

    lock,

    check: (passphrase) =>
      change(async () => {
        const found = await find();
        if (!found.ok) return found;
        const keys = await tryPassphrase(found.value, passphrase);
        if (!keys.ok) return keys;
        keys.value.wipe();
        return ok(undefined);
      }),

    changePassphrase: (before, next) =>
      change(async () => {
        const found = await find();
        if (!found.ok) return found;
        const old = await tryPassphrase(found.value, before);
        if (!old.ok) return old;
        const made = await makeHeader(next, kdf);
        const items = resealAll(found.value.body, old.value, made.header, made.keys);
        const isWhole = items !== undefined && isSound(found.value, old.value);
        old.value.wipe();
        // what cannot be read cannot be sealed anew, and must not be lost for a passphrase
        const written = isWhole
          ? await write(formatVault({ ...made.header, items }, made.keys))
          : err(createError('ERR_VAULT_DAMAGED'));
        if (!written.ok) {
          made.keys.wipe();
          return written;
        }
        lock();
        unlocked = { keys: made.keys, salt: made.header.salt };
        return ok(undefined);
      }),

    putAside: () =>
      change(async () => {
        const keptAs = withTime(file, 'aside');
        try {
          await fs.rename(file, keptAs);
        } catch (cause) {
          const isGone = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
          return err(createError(isGone ? 'ERR_VAULT_NONE' : 'ERR_STORE_WRITE'));
        }
        lock();
        return ok(path.basename(keptAs));
      }),

    async probe() {
      const item = `probe/${randomBytes(8).toString('hex')}`;
      const value = new Secret(new Uint8Array(randomBytes(16)));
      const kept = await this.set(item, value);
      const read = kept.ok ? await this.get(item) : kept;
      const gone = kept.ok ? await this.delete(item) : kept;
      const failed = [kept, read, gone].find((result) => !result.ok);
      if (failed && !failed.ok) {
        const state = failed.error.code === 'ERR_SECRETS_LOCKED' ? 'locked' : 'unavailable';
        return { state, name: VAULT_NAME, reason: failed.error.message };
      }
      return { state: 'unlocked', name: VAULT_NAME };
    },

    get: async (item) => {
      const opened = await open();
      if (!opened.ok) return opened;
      const { vault, keys } = opened.value;
      const sealed = vault.body.items.find((one) => one.item === item);
      // out of a file that was tampered with an item may have been taken
      if (!sealed) return isSound(vault, keys) ? ok(undefined) : err(createError('ERR_SECRETS_CORRUPT'));
      const plain = unsealItem(headerOf(vault.body), keys, sealed);
      return plain ? ok(new Secret(plain)) : err(createError('ERR_SECRETS_CORRUPT'));
    },

    set: (item, secret) => {
      // the caller may wipe its copy while others are written
      const plain = Uint8Array.from(secret.reveal());
      return change(async () => {
        const done = await replace((body, keys) => [
          ...body.items.filter((one) => one.item !== item),
          sealItem(headerOf(body), keys, item, plain),
        ]);
        plain.fill(0);
        return done.ok ? ok(undefined) : done;
      });
    },

    delete: (item) =>
      change(() =>
        replace(({ items }) => {
          const others = items.filter((one) => one.item !== item);
          return others.length < items.length ? others : undefined;
        }),
      ),
  };
}

const headerOf = ({ items: _items, ...header }: VaultBody): VaultHeader => header;

const isSound = (vault: Opened, keys: Keys): boolean => vault.isWhole && vault.isSigned(keys);

async function makeHeader(passphrase: Secret<string>, kdf: Kdf): Promise<{ header: VaultHeader; keys: Keys }> {
  const bare = createHeader(kdf);
  const keys = await deriveKeys(passphrase, bare.salt, kdf);
  return { header: sealCheck(bare, keys), keys };
}

/** `undefined`: one of them cannot be read. */
function resealAll(body: VaultBody, old: Keys, header: VaultHeader, next: Keys): VaultBody['items'] | undefined {
  const items: VaultBody['items'] = [];
  for (const sealed of body.items) {
    const plain = unsealItem(headerOf(body), old, sealed);
    if (!plain) return undefined;
    items.push(sealItem(header, next, sealed.item, plain));
    plain.fill(0);
  }
  return items;
}

/** A file that was tampered with stays beside the one that takes its place. */
const keepCopy = (file: string): Promise<boolean> =>
  fs.copyFile(file, withTime(file, 'damaged'), fs.constants.COPYFILE_EXCL).then(
    () => true,
    () => false,
  );

const withTime = (file: string, why: string): string =>
  `${file}.${new Date().toISOString().replaceAll(/[:.]/g, '-')}.${why}`;

const LOCKED = 'The passphrase vault is locked.';
const CHANGED_ELSEWHERE = 'The passphrase vault was replaced by another file, so it is locked.';
const GONE = 'The file of the passphrase vault is gone.';
const PUT_BACK = 'Put it back into the profile folder, or enter the secrets again.';
const DAMAGED =
  'The file of the passphrase vault was changed or damaged outside Catwalk. What is whole in it can still be read.';

const gone = (): AppError => createError('ERR_SECRETS_UNAVAILABLE', { message: GONE, hint: PUT_BACK });

const locked = (message = LOCKED): AppError =>
  createError('ERR_SECRETS_LOCKED', { message, hint: 'Enter its passphrase and try again.' });
