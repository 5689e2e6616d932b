import type { AppError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { KeyId } from '../../shared/units.ts';
import { findKey, type KeyDesk } from './key-desk.ts';
import { unlink } from './rotate-key.ts';

/** The secret first: a row without a secret can be seen and deleted again, a secret without a row cannot. */
export async function deleteKey(desk: KeyDesk, id: KeyId): Promise<Result<null, AppError>> {
  const found = findKey(desk, id);
  if (!found.ok) return found;
  const key = found.value;
  const store = await desk.secrets.open(key.store);
  // of a vault that was put aside nothing is left to delete
  if (!store.ok && store.error.code !== 'ERR_VAULT_NONE')
    return err(store.error.code === 'ERR_SECRETS_UNAVAILABLE' ? { ...store.error, hint: KEPT_ROW } : store.error);
  if (store.ok) {
    const deleted = await store.value.delete(key.item);
    if (!deleted.ok) return deleted;
  }
  desk.ring.remove(id);
  const removed = await desk.records.remove(id, ...unlink(desk, key));
  return removed.ok ? ok(null) : removed;
}

const KEPT_ROW = 'The row stays until its store can be reached, so that its secret is not left behind.';
