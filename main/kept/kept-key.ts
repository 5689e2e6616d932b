import { randomBytes } from 'node:crypto';
import type { KeptState } from '../../shared/contract/kept.ts';
import { secretStoreKind } from '../../shared/contract/secrets.ts';
import { z } from '../../shared/contract/zod.ts';
import { type AppError, createError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { keepSecret } from '../secrets/keep-secret.ts';
import { Secret, type SecretBytes } from '../secrets/secret.ts';
import type { SecretHolder } from '../secrets/secret-holder.ts';
import type { Secrets } from '../secrets/secrets.ts';
import { createJsonFile, type Loaded } from '../store/json-file.ts';

const recordSchema = z.object({ id: z.string(), store: secretStoreKind, item: z.string() });
type KeyRecord = z.output<typeof recordSchema>;
const documentSchema = z.object({ key: recordSchema.exactOptional() });

/** The item as its owner sees it in the keychain. */
const LABEL = 'tabs, drafts and history';

/** A random key with the name that files sealed with it carry. */
export interface NamedKey {
  readonly id: string;
  readonly bytes: SecretBytes;
}

/** The key of everything that is kept. Its record says where it lies; the key itself is in a secret store, never in a file. */
export interface KeptKey {
  state(): Promise<KeptState>;
  /** `undefined`: there is none yet */
  read(): Promise<Result<NamedKey | undefined, AppError>>;
  /** the one there is, or a new one in the store where secrets go now */
  readOrMake(): Promise<Result<NamedKey, AppError>>;
  readonly holder: SecretHolder;
  settled(): Promise<void>;
}

export interface LoadedKeptKey {
  readonly key: KeptKey;
  readonly notice?: Loaded<unknown>['notice'];
  readonly error?: AppError;
}

export async function loadKeptKey(file: string, secrets: Secrets): Promise<LoadedKeptKey> {
  const document = createJsonFile({ path: file, version: 1, schema: documentSchema, initial: () => ({}) });
  const loaded = await document.load();
  let record: KeyRecord | undefined = loaded.ok ? loaded.value.value.key : undefined;
  let cached: NamedKey | undefined;
  let isMissing = false;
  let tail: Promise<unknown> = Promise.resolve();

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const run = tail.then(work);
    tail = run.catch(() => undefined);
    return run;
  }

  async function save(next: KeyRecord | undefined): Promise<Result<void, AppError>> {
    const saved = await document.save(next === undefined ? {} : { key: next });
    if (saved.ok) record = next;
    return saved;
  }

  async function state(): Promise<KeptState> {
    const active = await secrets.status();
    // whoever chose memory for secrets gets no file, wherever an older key may lie
    if (active.kind === 'session' || record?.store === 'session')
      return { isKept: false, isLocked: false, reason: MEMORY_ONLY };
    const kind = record?.store ?? active.kind;
    const store = await secrets.open(kind);
    if (!store.ok) return { isKept: false, isLocked: true, reason: store.error.message };
    return { isKept: true, isLocked: false, where: kind === active.kind ? active.name : STORE_NAMES[kind] };
  }

  async function find(): Promise<Result<NamedKey | undefined, AppError>> {
    if (cached !== undefined || record === undefined) return ok(cached);
    const store = await secrets.open(record.store);
    if (!store.ok) return store;
    const found = await store.value.get(record.item);
    if (!found.ok) return found;
    isMissing = found.value === undefined;
    cached = found.value && { id: record.id, bytes: found.value };
    return ok(cached);
  }

  async function make(): Promise<Result<NamedKey, AppError>> {
    const store = await secrets.active();
    if (store.kind === 'session') return err(createError('ERR_SECRETS_UNAVAILABLE', { message: MEMORY_ONLY }));
    const key = { id: randomBytes(8).toString('hex'), bytes: new Secret(new Uint8Array(randomBytes(32))) };
    // with its id: another profile has a key of its own in the same keychain
    const item = `${LABEL} ${key.id}`;
    const kept = await keepSecret(store, item, key.bytes);
    if (!kept.ok) return kept;
    const saved = await save({ id: key.id, store: store.kind, item });
    if (!saved.ok) {
      await store.delete(item);
      return saved;
    }
    cached = key;
    isMissing = false;
    return ok(key);
  }

  const holder: SecretHolder = {
    name: 'kept',
    secrets: () =>
      record === undefined
        ? []
        : [{ id: record.id, label: LABEL, store: record.store, item: record.item, isMissing, isOwn: true }],
    point: async (places) => {
      const place = record && places.get(record.id);
      return record && place ? save({ ...record, ...place }) : ok(undefined);
    },
    exclusively: inTurn,
    reload: async () => {
      cached = undefined;
    },
  };

  return {
    key: {
      state,
      read: () => inTurn(find),
      readOrMake: () =>
        inTurn(async () => {
          const found = await find();
          if (!found.ok) return found;
          return found.value ? ok(found.value) : make();
        }),
      holder,
      settled: async () => {
        await tail;
        await document.settled();
      },
    },
    ...(loaded.ok && loaded.value.notice ? { notice: loaded.value.notice } : {}),
    ...(loaded.ok ? {} : { error: loaded.error }),
  };
}

const STORE_NAMES = { keychain: 'the OS keychain', vault: 'the passphrase vault' } as const;

const MEMORY_ONLY = 'Secrets are in memory only, so there is no key to encrypt it with.';
