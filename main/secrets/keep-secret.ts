import { type AppError, createError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { SecretBytes } from './secret.ts';
import type { SecretStore } from './secret-store.ts';

/** Written, read back and equal: only then is a secret kept. */
export async function keepSecret(
  store: SecretStore,
  item: string,
  secret: SecretBytes,
): Promise<Result<void, AppError>> {
  const written = await store.set(item, secret);
  if (!written.ok) return written;
  const read = await store.get(item);
  if (!read.ok) return read;
  const same = read.value !== undefined && Buffer.compare(read.value.reveal(), secret.reveal()) === 0;
  return same ? ok(undefined) : err(createError('ERR_SECRETS_CORRUPT', { hint: 'Nothing was stored. Try again.' }));
}

const MAX_ITEMS = 100;

/**
 * The wanted name, or with a number behind it. An item that another profile or an older installation left in the store is
 * never overwritten; `isTaken` knows the items of this profile, which may be missing from the store.
 */
export async function findFreeItem(
  store: SecretStore,
  wanted: string,
  isTaken: (item: string) => boolean,
): Promise<Result<string, AppError>> {
  for (let number = 1; number <= MAX_ITEMS; number += 1) {
    const item = number === 1 ? wanted : `${wanted} (${number})`;
    if (isTaken(item)) continue;
    const found = await store.get(item);
    if (!found.ok && found.error.code !== 'ERR_SECRETS_CORRUPT') return found;
    if (found.ok && found.value === undefined) return ok(item);
  }
  return err(createError('ERR_KEY_DUPLICATE'));
}
