import { randomUUID } from 'node:crypto';
import type { ImportEncoding, KeyRecord } from '../../shared/contract/keys.ts';
import { type AppError, createError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { type KeyId, keyId, millis } from '../../shared/units.ts';
import { findFreeItem, keepSecret } from '../secrets/keep-secret.ts';
import type { SecretBytes } from '../secrets/secret.ts';
import type { SecretStore } from '../secrets/secret-store.ts';
import type { Secrets } from '../secrets/secrets.ts';
import { duplicate, isSameName, type KeyRecords, type StoredKey } from './key-records.ts';
import { type KeyRing, refOf } from './key-ring.ts';
import { readKey } from './read-key.ts';

/** What every work on keys needs: the list, the stores, the secrets at hand, the clock. */
export interface KeyDesk {
  readonly records: KeyRecords;
  readonly secrets: Secrets;
  readonly ring: KeyRing;
  readonly now: () => number;
}

export const viewKey = ({ ring }: KeyDesk, key: StoredKey): KeyRecord => ({
  ...key,
  secret: ring.availability(key.id),
});

export function findKey({ records }: KeyDesk, id: KeyId): Result<StoredKey, AppError> {
  const key = records.find(id);
  return key ? ok(key) : err(createError('ERR_KEY_NOT_FOUND'));
}

/** A key's secret out of its store, and that store. */
export async function fetchSecret(
  { secrets }: KeyDesk,
  key: StoredKey,
): Promise<Result<{ readonly store: SecretStore; readonly bytes: SecretBytes }, AppError>> {
  const store = await secrets.open(key.store);
  if (!store.ok) return store;
  const found = await store.value.get(key.item);
  if (!found.ok) return found;
  return found.value ? ok({ store: store.value, bytes: found.value }) : err(createError('ERR_SECRETS_MISSING'));
}

type Named = Pick<StoredKey, 'name' | 'environment'>;

export const isTaken = ({ records }: KeyDesk, named: Named): boolean =>
  records.all().some((key) => isSameName(key, named));

/** A name of its own for the item: the key's, or with a number behind it. */
export const findItem = ({ records }: KeyDesk, store: SecretStore, named: Named): Promise<Result<string, AppError>> =>
  findFreeItem(store, refOf(named), (item) =>
    records.all().some((key) => key.store === store.kind && key.item === item),
  );

/** A key that is new here, without what is found out about it or decided when it is stored. */
export type NewRecord = Named &
  Pick<StoredKey, 'origin' | 'notes' | 'guard'> &
  Partial<Pick<StoredKey, 'id' | 'kid' | 'alg' | 'calibration' | 'replaces' | 'workspace'>>;

/** Stores a secret where secrets go now, then lists its key; `changed` are rows that change in the same write. */
export async function storeNew(
  desk: KeyDesk,
  record: NewRecord,
  content: SecretBytes,
  encoding: ImportEncoding,
  changed: readonly StoredKey[] = [],
): Promise<Result<KeyRecord, AppError>> {
  const read = readKey(content.reveal(), encoding);
  if (!read.ok) return read;
  if (isTaken(desk, record)) return err(duplicate(record));
  const store = await desk.secrets.active();
  const item = await findItem(desk, store, record);
  if (!item.ok) return item;
  const kid = record.kid ?? read.value.kid;
  const alg = record.alg ?? read.value.facts.alg;
  const key: StoredKey = {
    id: keyId(randomUUID()),
    ...record,
    ...read.value.facts,
    ...(kid === undefined ? {} : { kid }),
    ...(alg === undefined ? {} : { alg }),
    createdAt: millis(desk.now()),
    store: store.kind,
    item: item.value,
  };
  const kept = await keepSecret(store, key.item, content);
  if (!kept.ok) return kept;
  const saved = await desk.records.put(key, ...changed);
  if (!saved.ok) {
    // as it was: a secret without a row would be forgotten in the store
    await store.delete(key.item);
    return saved;
  }
  desk.ring.put(key, content);
  return ok(viewKey(desk, key));
}
