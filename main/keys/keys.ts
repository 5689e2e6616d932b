import { randomUUID } from 'node:crypto';
import type { ParsedInput } from '../../shared/contract/contract.ts';
import type { KeyCalibration, KeyRecord, KeyVerification } from '../../shared/contract/keys.ts';
import type { SecretStoreKind } from '../../shared/contract/secrets.ts';
import type { CryptoPort } from '../../shared/cose/crypto-port.ts';
import { type AppError, createError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { type KeyId, keyId, millis } from '../../shared/units.ts';
import { findFreeItem, keepSecret } from '../secrets/keep-secret.ts';
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
  /** A place for a key that is still to be made: the store was tried and takes secrets, the item is free. */
  reserve(named: Pick<KeyPlace, 'name' | 'environment'>, store: SecretStoreKind): Promise<Result<KeyPlace, AppError>>;
  /** Stores a secret that exists nowhere else, then lists its key. If listing fails, the secret stays in the store. */
  add(key: NewKey, secret: SecretBytes): Promise<Result<KeyRecord, AppError>>;
  /** Lists a key whose secret was stored before the app ended; `undefined`: the store does not have it. */
  recover(key: NewKey): Promise<Result<KeyRecord | undefined, AppError>>;
  /** the secret, for work inside main */
  secret(id: KeyId): Promise<Result<SecretBytes, AppError>>;
  /** the key made a token: written down, but not every second */
  noteUse(id: KeyId): Promise<void>;
  /** remembers what was learnt of a key, and reads its secret so from now on */
  setCalibration(id: KeyId, calibration: KeyCalibration): Promise<Result<KeyRecord, AppError>>;
  /** reads the secrets again, after the store was unlocked */
  reload(): Promise<void>;
  /** how many keys can be used now */
  ready(): number;
  /** resolves when no change is under way */
  settled(): Promise<void>;
}

/** Where a key will be: everything of it that is known before its secret is. */
export type KeyPlace = Pick<StoredKey, 'id' | 'name' | 'environment' | 'store' | 'item'>;

/** A key as it comes from elsewhere than an import. */
export type NewKey = KeyPlace & Pick<StoredKey, 'kid' | 'encoding' | 'origin' | 'notes' | 'workspace'>;

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
      ...(previous?.workspace === undefined ? {} : { workspace: previous.workspace }),
      // what was learnt of a secret holds for that secret only
      ...(previous?.calibration !== undefined && previous.fingerprint === read.value.facts.fingerprint
        ? { calibration: previous.calibration }
        : {}),
      notes: input.notes ?? previous?.notes ?? '',
      store: store.kind,
      item: item.value,
    };
    const before = previous?.item === key.item ? await store.get(key.item) : undefined;
    const kept = await keepSecret(store, key.item, content.value);
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
      const { alg: _alg, calibration, ...others } = key;
      const holds = calibration?.encoding === input.encoding;
      key = { ...others, ...read.value.facts, ...(holds ? { calibration } : {}) };
    }
    if (isMoved) {
      const item = await freeItem(store, named, records.all(), undefined);
      if (!item.ok) return item;
      key = { ...key, item: item.value };
      const kept = await keepSecret(store, key.item, bytes);
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
    const store = await openStore(key.store);
    if (!store.ok) return store;
    const found = await store.value.get(key.item);
    if (!found.ok) return found;
    return found.value ? ok({ store: store.value, bytes: found.value }) : err(createError('ERR_SECRETS_MISSING'));
  }

  async function reserveKey(
    named: Pick<KeyPlace, 'name' | 'environment'>,
    kind: SecretStoreKind,
  ): Promise<Result<KeyPlace, AppError>> {
    const { name, environment } = named;
    if (records.all().some((key) => isSameName(key, named))) return err(duplicate(named));
    const store = await openStore(kind);
    if (!store.ok) return store;
    const probe = await store.value.probe();
    if (probe.state !== 'unlocked')
      return err(
        createError(probe.state === 'locked' ? 'ERR_SECRETS_LOCKED' : 'ERR_SECRETS_UNAVAILABLE', {
          message: probe.reason,
        }),
      );
    const item = await freeItem(store.value, named, records.all(), undefined);
    return item.ok ? ok({ id: keyId(randomUUID()), name, environment, store: kind, item: item.value }) : item;
  }

  async function listKey(key: NewKey, secret: SecretBytes): Promise<Result<KeyRecord, AppError>> {
    const read = readKey(secret.reveal(), key.encoding);
    if (!read.ok) return read;
    const listed: StoredKey = { ...key, ...read.value.facts, createdAt: millis(now()) };
    const saved = await records.put(listed);
    if (!saved.ok) return saved;
    ring.put(listed, secret);
    return ok(view(listed));
  }

  async function addKey(key: NewKey, secret: SecretBytes): Promise<Result<KeyRecord, AppError>> {
    const store = await openStore(key.store);
    if (!store.ok) return store;
    const kept = await keepSecret(store.value, key.item, secret);
    return kept.ok ? listKey(key, secret) : kept;
  }

  async function recoverKey(key: NewKey): Promise<Result<KeyRecord | undefined, AppError>> {
    const listed = records.find(key.id);
    if (listed) return ok(view(listed));
    const store = await openStore(key.store);
    if (!store.ok) return store;
    const found = await store.value.get(key.item);
    if (!found.ok) return found;
    return found.value ? listKey(key, found.value) : ok(undefined);
  }

  async function calibrateKey(id: KeyId, calibration: KeyCalibration): Promise<Result<KeyRecord, AppError>> {
    const before = records.find(id);
    if (!before) return err(createError('ERR_KEY_NOT_FOUND'));
    const secret = await fetch(before);
    if (!secret.ok) return secret;
    const read = readKey(secret.value.bytes.reveal(), calibration.encoding);
    if (!read.ok) return read;
    const key: StoredKey = { ...before, ...read.value.facts, calibration };
    const saved = await records.put(key);
    if (!saved.ok) return saved;
    ring.put(key, secret.value.bytes);
    return ok(view(key));
  }

  async function openStore(kind: SecretStoreKind): Promise<Result<SecretStore, AppError>> {
    const store = await usableStore(secrets, kind);
    if (store === 'locked') return err(createError('ERR_SECRETS_LOCKED'));
    return store === 'unavailable' ? err(createError('ERR_SECRETS_UNAVAILABLE')) : ok(store);
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
    reserve: async (named, store) => {
      await loaded();
      return reserveKey(named, store);
    },
    add: (key, secret) => change(() => addKey(key, secret)),
    recover: (key) => change(() => recoverKey(key)),
    secret: async (id) => {
      const key = records.find(id);
      if (!key) return err(createError('ERR_KEY_NOT_FOUND'));
      const secret = await fetch(key);
      return secret.ok ? ok(secret.value.bytes) : secret;
    },
    noteUse,
    setCalibration: (id, calibration) => change(() => calibrateKey(id, calibration)),
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

/** The item's name is the key's. */
async function freeItem(
  store: SecretStore,
  named: Pick<StoredKey, 'name' | 'environment'>,
  keys: readonly StoredKey[],
  previous: StoredKey | undefined,
): Promise<Result<string, AppError>> {
  if (previous?.store === store.kind) return ok(previous.item);
  return findFreeItem(store, refOf(named), (item) => keys.some((key) => key.store === store.kind && key.item === item));
}
