import type { ParsedInput } from '../../shared/contract/contract.ts';
import { defaultGuard, type KeyRecord } from '../../shared/contract/keys.ts';
import { type AppError, createError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { keepSecret } from '../secrets/keep-secret.ts';
import { Secret, type SecretBytes } from '../secrets/secret.ts';
import { findItem, findKey, type KeyDesk, storeNew, viewKey } from './key-desk.ts';
import type { KeyFiles } from './key-files.ts';
import type { StoredKey } from './key-records.ts';
import { readKey } from './read-key.ts';

type KeyInput = ParsedInput<'keys.import'>;

/** One key under a name of its own, or the secret of a row entered again. */
export async function importKey(desk: KeyDesk, files: KeyFiles, input: KeyInput): Promise<Result<KeyRecord, AppError>> {
  const content = readSource(files, input.source);
  if (!content.ok) return content;
  const done =
    input.replaces === undefined
      ? await addKey(desk, input, content.value)
      : await enterAgain(desk, input, input.replaces, content.value);
  if (done.ok && input.source.kind === 'file') files.release(input.source.handle);
  return done;
}

export function readSource(files: KeyFiles, source: KeyInput['source']): Result<SecretBytes, AppError> {
  if (source.kind === 'text') {
    return source.text.trim() === ''
      ? err(createError('ERR_KEY_EMPTY'))
      : ok(new Secret(new TextEncoder().encode(source.text)));
  }
  const held = files.get(source.handle);
  // a copy, since the file's content is wiped when it is released
  return held.ok ? ok(new Secret(Uint8Array.from(held.value.reveal()))) : held;
}

function addKey(desk: KeyDesk, input: KeyInput, content: SecretBytes): Promise<Result<KeyRecord, AppError>> {
  const { name, environment, kid, notes = '', encoding } = input;
  const guard = defaultGuard(environment);
  const record = { name, environment, notes, guard, origin: 'imported' as const };
  return storeNew(desk, { ...record, ...(kid === undefined ? {} : { kid }) }, content, encoding);
}

async function enterAgain(
  desk: KeyDesk,
  input: KeyInput,
  id: StoredKey['id'],
  content: SecretBytes,
): Promise<Result<KeyRecord, AppError>> {
  const found = findKey(desk, id);
  if (!found.ok) return found;
  const read = readKey(content.reveal(), input.encoding);
  if (!read.ok) return read;
  const { alg: _alg, calibration, ...previous } = found.value;
  const store = await desk.secrets.active();
  const item = previous.store === store.kind ? ok(previous.item) : await findItem(desk, store, previous);
  if (!item.ok) return item;
  const kid = input.kid ?? read.value.kid ?? previous.kid;
  const key: StoredKey = {
    ...previous,
    ...(kid === undefined ? {} : { kid }),
    ...read.value.facts,
    // what was learnt of a secret holds for that secret only
    ...(calibration !== undefined && previous.fingerprint === read.value.facts.fingerprint ? { calibration } : {}),
    notes: input.notes ?? previous.notes,
    store: store.kind,
    item: item.value,
  };
  const before = previous.item === key.item ? await store.get(key.item) : undefined;
  const kept = await keepSecret(store, key.item, content);
  if (!kept.ok) return kept;
  const saved = await desk.records.put(key);
  if (!saved.ok) {
    // as it was: the list names the old secret, or none
    if (before?.ok && before.value) await store.set(key.item, before.value);
    else await store.delete(key.item);
    return saved;
  }
  if (previous.store !== store.kind) await forgetOld(desk, previous);
  desk.ring.put(key, content);
  return ok(viewKey(desk, key));
}

/** What lay in another store is not needed any more; if that cannot be reached, it stays where its owner finds it. */
async function forgetOld(
  { secrets }: KeyDesk,
  { store: kind, item }: Pick<StoredKey, 'store' | 'item'>,
): Promise<void> {
  const store = await secrets.open(kind);
  if (store.ok) await store.value.delete(item);
}
