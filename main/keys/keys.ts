import { randomUUID } from 'node:crypto';
import type { ParsedInput } from '../../shared/contract/contract.ts';
import type { KeyRecord, KeyVerification } from '../../shared/contract/keys.ts';
import type { CryptoPort } from '../../shared/cose/crypto-port.ts';
import { type AppError, createError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { type KeyId, keyId, millis } from '../../shared/units.ts';
import { Secret, type SecretBytes } from '../secrets/secret.ts';
import type { SecretStore } from '../secrets/secret-store.ts';
import type { Secrets } from '../secrets/secrets.ts';
import type { KeyFiles } from './key-files.ts';
import { duplicate, isSameName, type KeyRecords, type StoredKey } from './key-records.ts';
import { createKeyRing, refOf, usableStore } from './key-ring.ts';
import { readKey } from './read-key.ts';
import { verifyToken } from './verify-token.ts';

/** The keys of this installation. What goes out are records; secrets go in and stay. */
export interface Keys {
  list(): Promise<readonly KeyRecord[]>;
  import(input: ParsedInput<'keys.import'>): Promise<Result<KeyRecord, AppError>>;
  update(input: ParsedInput<'keys.update'>): Promise<Result<KeyRecord, AppError>>;
  delete(id: KeyId): Promise<Result<null, AppError>>;
  verify(token: string): Promise<Result<KeyVerification, AppError>>;
  /** reads the secrets again, after the store was unlocked */
  reload(): Promise<void>;
  /** how many keys can be used now */
  ready(): number;
  /** resolves when no change is under way */
  settled(): Promise<void>;
}

export interface KeysOptions {
  readonly records: KeyRecords;
  readonly secrets: Secrets;
  readonly files: KeyFiles;
  readonly crypto: CryptoPort;
  readonly changed?: (keys: readonly KeyRecord[]) => void;
  readonly now?: () => number;
}

/** how often "last used" is written down for a key that is in constant use */
const USE_MILLIS = 60_000;

export function createKeys(options: KeysOptions): Keys {
  const { records, secrets, files, crypto, changed = () => undefined, now = Date.now } = options;
  const ring = createKeyRing(secrets);
  let loading: Promise<void> | undefined;
  let tail: Promise<unknown> = Promise.resolve();

  const loaded = () => (loading ??= ring.load(records.all()));
  const view = (key: StoredKey): KeyRecord => ({ ...key, secret: ring.availability(key.id) });

  /** Changes run one after the other: each touches the store and the list, which must agree afterwards. */
  function change<T>(work: () => Promise<Result<T, AppError>>): Promise<Result<T, AppError>> {
    const run = tail.then(async () => {
      await loaded();
      const result = await work();
      if (result.ok) changed(records.all().map(view));
      // the keychain may have gone since it was last looked at
      else if (result.error.code.startsWith('ERR_SECRETS_')) await secrets.recheck();
      return result;
    });
    tail = run.catch(() => undefined);
    return run;
  }

  async function importKey(input: ParsedInput<'keys.import'>): Promise<Result<KeyRecord, AppError>> {
    const previous = input.replaces && records.find(input.replaces);
    if (input.replaces && !previous) return err(createError('ERR_KEY_NOT_FOUND'));
    const content = readSource(input.source);
    if (!content.ok) return content;
    const read = readKey(content.value.reveal(), input.encoding);
    if (!read.ok) return read;
    const named = previous ?? { name: input.name, environment: input.environment };
    if (!previous && records.all().some((key) => isSameName(key, named))) return err(duplicate(named));

    const store = await secrets.active();
    const item = await freeItem(store, named, records.all(), previous);
    if (!item.ok) return item;
    const kid = input.kid ?? read.value.kid ?? previous?.kid;
    const key: StoredKey = {
      id: previous?.id ?? keyId(randomUUID()),
      name: named.name,
      environment: named.environment,
      ...(kid === undefined ? {} : { kid }),
      ...read.value.facts,
      createdAt: previous?.createdAt ?? millis(now()),
      ...(previous?.lastUsedAt === undefined ? {} : { lastUsedAt: previous.lastUsedAt }),
      origin: previous?.origin ?? 'imported',
      notes: input.notes ?? previous?.notes ?? '',
      store: store.kind,
      item: item.value,
    };
    const before = previous?.item === key.item ? await store.get(key.item) : undefined;
    const kept = await keep(store, key.item, content.value);
    if (!kept.ok) return kept;
    const saved = await records.put(key);
    if (!saved.ok) {
      // as it was: the list names the old secret, or none
      if (before?.ok && before.value) await store.set(key.item, before.value);
      else await store.delete(key.item);
      return saved;
    }
    ring.put(key, content.value);
    if (input.source.kind === 'file') files.release(input.source.handle);
    return ok(view(key));
  }

  function readSource(source: ParsedInput<'keys.import'>['source']): Result<SecretBytes, AppError> {
    if (source.kind === 'text') {
      return source.text.trim() === ''
        ? err(createError('ERR_KEY_EMPTY'))
        : ok(new Secret(new TextEncoder().encode(source.text)));
    }
    const held = files.get(source.handle);
    // a copy, since the file's content is wiped when it is released
    return held.ok ? ok(new Secret(Uint8Array.from(held.value.reveal()))) : held;
  }

  async function updateKey(input: ParsedInput<'keys.update'>): Promise<Result<KeyRecord, AppError>> {
    const before = records.find(input.id);
    if (!before) return err(createError('ERR_KEY_NOT_FOUND'));
    const named = { name: input.name ?? before.name, environment: input.environment ?? before.environment };
    if (records.all().some((key) => key.id !== before.id && isSameName(key, named))) return err(duplicate(named));
    const { kid: _kid, ...rest } = before;
    const kid = input.kid === undefined ? before.kid : (input.kid ?? undefined);
    let key: StoredKey = {
      ...rest,
      ...named,
      ...(kid === undefined ? {} : { kid }),
      notes: input.notes ?? before.notes,
    };

    const isMoved = refOf(named) !== refOf(before);
    if (!isMoved && input.encoding === undefined && input.kid === undefined) {
      const saved = await records.put(key);
      return saved.ok ? ok(view(key)) : saved;
    }
    // anything else needs the secret: its item carries the name, and its reading the encoding
    const secret = await fetch(before);
    if (!secret.ok) return secret;
    const { store, bytes } = secret.value;
    if (input.encoding !== undefined) {
      const read = readKey(bytes.reveal(), input.encoding);
      if (!read.ok) return read;
      const { alg: _alg, ...others } = key;
      key = { ...others, ...read.value.facts };
    }
    if (isMoved) {
      const item = await freeItem(store, named, records.all(), undefined);
      if (!item.ok) return item;
      key = { ...key, item: item.value };
      const kept = await keep(store, key.item, bytes);
      if (!kept.ok) return kept;
    }
    const saved = await records.put(key);
    if (isMoved) await store.delete(saved.ok ? before.item : key.item);
    if (!saved.ok) return saved;
    ring.put(key, bytes);
    return ok(view(key));
  }

  async function fetch(
    key: StoredKey,
  ): Promise<Result<{ readonly store: SecretStore; readonly bytes: SecretBytes }, AppError>> {
    const store = await usableStore(secrets, key.store);
    if (store === 'locked') return err(createError('ERR_SECRETS_LOCKED'));
    if (store === 'unavailable') return err(createError('ERR_SECRETS_UNAVAILABLE'));
    const found = await store.get(key.item);
    if (!found.ok) return found;
    return found.value ? ok({ store, bytes: found.value }) : err(createError('ERR_SECRETS_MISSING'));
  }

  async function deleteKey(id: KeyId): Promise<Result<null, AppError>> {
    const key = records.find(id);
    if (!key) return err(createError('ERR_KEY_NOT_FOUND'));
    const store = await usableStore(secrets, key.store);
    if (store === 'locked') return err(createError('ERR_SECRETS_LOCKED'));
    if (store === 'unavailable') return err(createError('ERR_SECRETS_UNAVAILABLE', { hint: KEPT_ROW }));
    // the secret first: a row without a secret can be seen and deleted again, a secret without a row cannot
    const deleted = await store.delete(key.item);
    if (!deleted.ok) return deleted;
    ring.remove(id);
    const removed = await records.remove(id);
    return removed.ok ? ok(null) : removed;
  }

  async function noteUse(id: KeyId): Promise<void> {
    const key = records.find(id);
    if (!key || now() - (key.lastUsedAt ?? 0) < USE_MILLIS) return;
    await change(async () => {
      const current = records.find(id);
      return current ? records.put({ ...current, lastUsedAt: millis(now()) }) : ok(undefined);
    });
  }

  return {
    list: async () => {
      await loaded();
      return records.all().map(view);
    },
    import: (input) => change(() => importKey(input)),
    update: (input) => change(() => updateKey(input)),
    delete: (id) => change(() => deleteKey(id)),
    verify: async (token) => {
      await loaded();
      const verified = verifyToken(token, records.all().map(view), ring.candidates(records.all()), crypto);
      if (verified.ok && verified.value.state === 'verified') void noteUse(verified.value.key.id);
      return verified;
    },
    reload: async () => {
      loading = ring.load(records.all());
      await loading;
      changed(records.all().map(view));
    },
    ready: () => records.all().filter((key) => ring.availability(key.id) === 'ready').length,
    settled: async () => {
      await tail;
      await records.settled();
    },
  };
}

const KEPT_ROW = 'The row stays until the keychain can be reached, so that its secret is not left behind.';

/** Written, read back and equal: only then is a secret kept. */
async function keep(store: SecretStore, item: string, secret: SecretBytes): Promise<Result<void, AppError>> {
  const written = await store.set(item, secret);
  if (!written.ok) return written;
  const read = await store.get(item);
  if (!read.ok) return read;
  const same = read.value !== undefined && Buffer.compare(read.value.reveal(), secret.reveal()) === 0;
  return same ? ok(undefined) : err(createError('ERR_SECRETS_CORRUPT', { hint: 'Nothing was imported. Try again.' }));
}

const MAX_ITEMS = 100;

/** The item's name is the key's; one that another profile or an older installation left there is never overwritten. */
async function freeItem(
  store: SecretStore,
  named: Pick<StoredKey, 'name' | 'environment'>,
  keys: readonly StoredKey[],
  previous: StoredKey | undefined,
): Promise<Result<string, AppError>> {
  if (previous?.store === store.kind) return ok(previous.item);
  for (let number = 1; number <= MAX_ITEMS; number += 1) {
    const item = number === 1 ? refOf(named) : `${refOf(named)} (${number})`;
    if (keys.some((key) => key.store === store.kind && key.item === item)) continue;
    const found = await store.get(item);
    if (!found.ok && found.error.code !== 'ERR_SECRETS_CORRUPT') return found;
    if (found.ok && found.value === undefined) return ok(item);
  }
  return err(createError('ERR_KEY_DUPLICATE'));
}
