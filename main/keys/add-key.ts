import { randomUUID } from 'node:crypto';
import { defaultGuard, type KeyRecord } from '../../shared/contract/keys.ts';
import type { SecretStoreKind } from '../../shared/contract/secrets.ts';
import { type AppError, createError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { keyId, millis } from '../../shared/units.ts';
import { keepSecret } from '../secrets/keep-secret.ts';
import type { SecretBytes } from '../secrets/secret.ts';
import { findItem, isTaken, type KeyDesk, viewKey } from './key-desk.ts';
import { duplicate, type StoredKey } from './key-records.ts';
import { readKey } from './read-key.ts';

/** Where a key will be: everything of it that is known before its secret is. */
export type KeyPlace = Pick<StoredKey, 'id' | 'name' | 'environment' | 'store' | 'item'>;

/** A key as it comes from elsewhere than an import. */
export type NewKey = KeyPlace & Pick<StoredKey, 'kid' | 'encoding' | 'origin' | 'notes' | 'workspace'>;

export async function reserveKey(
  desk: KeyDesk,
  named: Pick<KeyPlace, 'name' | 'environment'>,
  kind: SecretStoreKind,
): Promise<Result<KeyPlace, AppError>> {
  const { name, environment } = named;
  if (isTaken(desk, named)) return err(duplicate(named));
  const store = await desk.secrets.open(kind);
  if (!store.ok) return store;
  const probe = await store.value.probe();
  if (probe.state !== 'unlocked')
    return err(
      createError(probe.state === 'locked' ? 'ERR_SECRETS_LOCKED' : 'ERR_SECRETS_UNAVAILABLE', {
        message: probe.reason,
      }),
    );
  const item = await findItem(desk, store.value, named);
  return item.ok ? ok({ id: keyId(randomUUID()), name, environment, store: kind, item: item.value }) : item;
}

export async function addKey(desk: KeyDesk, key: NewKey, secret: SecretBytes): Promise<Result<KeyRecord, AppError>> {
  const store = await desk.secrets.open(key.store);
  if (!store.ok) return store;
  const kept = await keepSecret(store.value, key.item, secret);
  return kept.ok ? listKey(desk, key, secret) : kept;
}

export async function recoverKey(desk: KeyDesk, key: NewKey): Promise<Result<KeyRecord | undefined, AppError>> {
  const listed = desk.records.find(key.id);
  if (listed) return ok(viewKey(desk, listed));
  const store = await desk.secrets.open(key.store);
  if (!store.ok) return store;
  const found = await store.value.get(key.item);
  if (!found.ok) return found;
  return found.value ? listKey(desk, key, found.value) : ok(undefined);
}

async function listKey(desk: KeyDesk, key: NewKey, secret: SecretBytes): Promise<Result<KeyRecord, AppError>> {
  const read = readKey(secret.reveal(), key.encoding);
  if (!read.ok) return read;
  const { facts } = read.value;
  const listed = { ...key, ...facts, createdAt: millis(desk.now()), guard: defaultGuard(key.environment) };
  const saved = await desk.records.put(listed);
  if (!saved.ok) return saved;
  desk.ring.put(listed, secret);
  return ok(viewKey(desk, listed));
}
