import { keyRecord } from '../../shared/contract/keys.ts';
import { z } from '../../shared/contract/zod.ts';
import { type AppError, createError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { KeyId } from '../../shared/units.ts';
import { createJsonFile, type Loaded } from '../store/json-file.ts';

/** What is written down of a key: everything but the secret, and but what is only known at run time. */
export const storedKey = keyRecord.omit({ secret: true });
export type StoredKey = z.output<typeof storedKey>;

const documentSchema = z.object({ keys: z.array(storedKey) });

/** The list of keys. Keys of the session stay in memory: a file that named them would promise what is gone. */
export interface KeyRecords {
  all(): readonly StoredKey[];
  find(id: KeyId): StoredKey | undefined;
  put(key: StoredKey): Promise<Result<void, AppError>>;
  remove(id: KeyId): Promise<Result<void, AppError>>;
  settled(): Promise<void>;
}

export interface LoadedRecords {
  readonly records: KeyRecords;
  readonly notice?: Loaded<unknown>['notice'];
  readonly error?: AppError;
}

export async function loadKeyRecords(file: string): Promise<LoadedRecords> {
  const document = createJsonFile({ path: file, version: 1, schema: documentSchema, initial: () => ({ keys: [] }) });
  const loaded = await document.load();
  let keys: readonly StoredKey[] = loaded.ok ? loaded.value.value.keys : [];

  /** The list in memory changes only when the file did. */
  async function change(next: readonly StoredKey[]): Promise<Result<void, AppError>> {
    const kept = next.filter(isKept);
    if (!isSame(kept, keys.filter(isKept))) {
      const saved = await document.save({ keys: kept });
      if (!saved.ok) return saved;
    }
    keys = next;
    return ok(undefined);
  }

  const records: KeyRecords = {
    all: () => keys,
    find: (id) => keys.find((key) => key.id === id),
    put: (key) => {
      const others = keys.filter((other) => other.id !== key.id);
      if (others.some((other) => isSameName(other, key))) return Promise.resolve(err(duplicate(key)));
      const exists = others.length < keys.length;
      return change(exists ? keys.map((other) => (other.id === key.id ? key : other)) : [...keys, key]);
    },
    remove: (id) => change(keys.filter((key) => key.id !== id)),
    settled: () => document.settled(),
  };
  return {
    records,
    ...(loaded.ok && loaded.value.notice ? { notice: loaded.value.notice } : {}),
    ...(loaded.ok ? {} : { error: loaded.error }),
  };
}

const isKept = (key: StoredKey) => key.store !== 'session';
const isSame = (a: readonly StoredKey[], b: readonly StoredKey[]) =>
  a.length === b.length && a.every((key, index) => key === b[index]);

type Named = Pick<StoredKey, 'name' | 'environment'>;
/** names differ by more than case: an item of the keychain is found by it */
export const isSameName = (a: Named, b: Named): boolean =>
  a.environment === b.environment && a.name.toLowerCase() === b.name.toLowerCase();
export const duplicate = ({ name, environment: place }: Named): AppError =>
  createError('ERR_KEY_DUPLICATE', { message: `A key named “${name}” already exists in ${place}.` });
