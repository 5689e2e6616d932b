import { randomUUID } from 'node:crypto';
import type { ParsedInput } from '../../shared/contract/contract.ts';
import type { KeyRecord } from '../../shared/contract/keys.ts';
import { type AppError, createError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { keyId } from '../../shared/units.ts';
import { chooseKid, type MadeAlgorithm, makeKey } from './generate-key.ts';
import { findKey, type KeyDesk, storeNew, viewKey } from './key-desk.ts';
import type { StoredKey } from './key-records.ts';

/** A second live key: both verify, the new one signs. The two rows change in one write. */
export async function rotateKey(
  desk: KeyDesk,
  input: ParsedInput<'keys.rotate'>,
): Promise<Result<KeyRecord, AppError>> {
  const found = findKey(desk, input.id);
  if (!found.ok) return found;
  const old = found.value;
  if (old.replacedBy !== undefined) return refuse('This key was replaced already: rotate the key that took its place.');
  if (old.part === 'public') return refuse('A public key signs nothing, so nothing can sign in its place.');
  return input.by.kind === 'generate' ? byNewKey(desk, old, input.by) : byExistingKey(desk, old, input.by.id);
}

const ALGORITHMS: Readonly<Record<StoredKey['family'], MadeAlgorithm>> = {
  hmac: 'HS256',
  'ec-p256': 'ES256',
  rsa: 'PS256',
};

async function byNewKey(
  desk: KeyDesk,
  old: StoredKey,
  { name, kid }: { readonly name: string; readonly kid?: string | null },
): Promise<Result<KeyRecord, AppError>> {
  if (old.origin === 'ovp')
    return refuse('The OVP knows only keys that it made itself: create the new key there, then rotate to it.');
  const alg = ALGORITHMS[old.family];
  if (old.alg !== undefined && old.alg !== alg)
    return refuse(`Keys for ${old.alg} are not made here: import the new one.`);
  const { content, encoding } = await makeKey(alg);
  const { environment, guard } = old;
  const id = keyId(randomUUID());
  const record = { id, name, environment, guard, alg, notes: '', origin: 'generated' as const, replaces: old.id };
  return storeNew(desk, { ...record, ...chooseKid(kid) }, content, encoding, [{ ...old, replacedBy: id }]);
}

async function byExistingKey(desk: KeyDesk, old: StoredKey, id: StoredKey['id']): Promise<Result<KeyRecord, AppError>> {
  const found = findKey(desk, id);
  if (!found.ok) return found;
  const next = found.value;
  if (next.id === old.id) return refuse('A key does not replace itself.');
  if (next.part === 'public') return refuse(`“${next.name}” is a public key: it cannot sign.`);
  if (next.family !== old.family) return refuse(`“${next.name}” is a key of another kind.`);
  if (next.replaces !== undefined || next.replacedBy !== undefined)
    return refuse(`“${next.name}” belongs to another rotation.`);
  const replaced = { ...next, replaces: old.id };
  const saved = await desk.records.put({ ...old, replacedBy: next.id }, replaced);
  return saved.ok ? ok(viewKey(desk, replaced)) : saved;
}

/** The rows before and after a key that goes: they are joined, and the one before signs again if nothing is after it. */
export function unlink(desk: KeyDesk, gone: StoredKey): readonly StoredKey[] {
  const { records } = desk;
  const before = gone.replaces && records.find(gone.replaces);
  const after = gone.replacedBy && records.find(gone.replacedBy);
  const changed: StoredKey[] = [];
  if (before) {
    const { replacedBy: _gone, ...rest } = before;
    changed.push({ ...rest, ...(after ? { replacedBy: after.id } : {}) });
  }
  if (after) {
    const { replaces: _gone, ...rest } = after;
    changed.push({ ...rest, ...(before ? { replaces: before.id } : {}) });
  }
  return changed;
}

const refuse = (message: string): Result<never, AppError> => err(createError('ERR_KEY_ROTATE', { message }));
