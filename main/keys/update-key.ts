import type { ParsedInput } from '../../shared/contract/contract.ts';
import { defaultGuard, type KeyCalibration, type KeyRecord } from '../../shared/contract/keys.ts';
import type { AppError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { KeyId } from '../../shared/units.ts';
import { keepSecret } from '../secrets/keep-secret.ts';
import { fetchSecret, findItem, findKey, type KeyDesk, viewKey } from './key-desk.ts';
import { duplicate, isSameName, type StoredKey } from './key-records.ts';
import { refOf } from './key-ring.ts';
import { readKey } from './read-key.ts';

/** Names, notes, guard and reading of a key. The item of its secret carries the name, so it moves with it. */
export async function updateKey(
  desk: KeyDesk,
  input: ParsedInput<'keys.update'>,
): Promise<Result<KeyRecord, AppError>> {
  const found = findKey(desk, input.id);
  if (!found.ok) return found;
  const { records, ring } = desk;
  const before = found.value;
  const named = { name: input.name ?? before.name, environment: input.environment ?? before.environment };
  if (records.all().some((key) => key.id !== before.id && isSameName(key, named))) return err(duplicate(named));
  const { kid: _kid, ...rest } = before;
  const kid = input.kid === undefined ? before.kid : (input.kid ?? undefined);
  let key: StoredKey = {
    ...rest,
    ...named,
    ...(kid === undefined ? {} : { kid }),
    notes: input.notes ?? before.notes,
    // a key that becomes a production key is guarded like one
    guard: input.guard ?? (named.environment === before.environment ? before.guard : defaultGuard(named.environment)),
  };

  const isMoved = refOf(named) !== refOf(before);
  if (!isMoved && input.encoding === undefined && kid === before.kid) {
    const saved = await records.put(key);
    return saved.ok ? ok(viewKey(desk, key)) : saved;
  }
  // anything else needs the secret: its item carries the name, and its reading the encoding
  const secret = await fetchSecret(desk, before);
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
    const item = await findItem(desk, store, named);
    if (!item.ok) return item;
    key = { ...key, item: item.value };
    const kept = await keepSecret(store, key.item, bytes);
    if (!kept.ok) return kept;
  }
  const saved = await records.put(key);
  if (isMoved) await store.delete(saved.ok ? before.item : key.item);
  if (!saved.ok) return saved;
  ring.put(key, bytes);
  return ok(viewKey(desk, key));
}

/** What one token of the issuer taught: the secret is read so from now on. */
export async function calibrateKey(
  desk: KeyDesk,
  id: KeyId,
  calibration: KeyCalibration,
): Promise<Result<KeyRecord, AppError>> {
  const found = findKey(desk, id);
  if (!found.ok) return found;
  const secret = await fetchSecret(desk, found.value);
  if (!secret.ok) return secret;
  const read = readKey(secret.value.bytes.reveal(), calibration.encoding);
  if (!read.ok) return read;
  const key: StoredKey = { ...found.value, ...read.value.facts, calibration };
  const saved = await desk.records.put(key);
  if (!saved.ok) return saved;
  desk.ring.put(key, secret.value.bytes);
  return ok(viewKey(desk, key));
}
