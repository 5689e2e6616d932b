import { defaultGuard, environment, keyRecord } from '../../shared/contract/keys.ts';
import { z } from '../../shared/contract/zod.ts';
import { type AppError, createError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { KeyId } from '../../shared/units.ts';
import { createJsonFile, type Loaded, type OlderVersion } from '../store/json-file.ts';

/** What is written down of a key: everything but the secret, and but what is only known at run time. */
export const storedKey = keyRecord.omit({ secret: true });
export type StoredKey = z.output<typeof storedKey>;

const documentSchema = z.object({ keys: z.array(storedKey) });

/** Of an older version only what its step reads; all the rest is checked when the last step is done. */
const version1 = z.object({ keys: z.array(z.looseObject({ environment })) });
const OLDER: Readonly<Record<number, OlderVersion>> = {
  1: {
    schema: version1,
    up: (data) => ({
      keys: version1.parse(data).keys.map((key) => ({ ...key, guard: defaultGuard(key.environment) })),
    }),
  },
};

/** The list of keys. Keys of the session stay in memory: a file that named them would promise what is gone. */
export interface KeyRecords {
  all(): readonly StoredKey[];
  find(id: KeyId): StoredKey | undefined;
  /** new ones and changed ones, all in one write or none */
  put(...keys: readonly StoredKey[]): Promise<Result<void, AppError>>;
  /** in the same write with those that change because of it */
  remove(id: KeyId, ...changed: readonly StoredKey[]): Promise<Result<void, AppError>>;
  settled(): Promise<void>;
}

export interface LoadedRecords {
  readonly records: KeyRecords;
  readonly notice?: Loaded<unknown>['notice'];
  readonly error?: AppError;
}

export async function loadKeyRecords(file: string): Promise<LoadedRecords> {
  const document = createJsonFile({
    path: file,
    version: 2,
    schema: documentSchema,
    older: OLDER,
    initial: () => ({ keys: [] }),
  });
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
    put: async (...changed) => {
      const next = merge(keys, changed);
      const twice = changed.find((key) => next.some((other) => other.id !== key.id && isSameName(other, key)));
      return twice ? err(duplicate(twice)) : change(next);
    },
    remove: (id, ...changed) =>
      change(
        merge(
          keys.filter((key) => key.id !== id),
          changed,
        ),
      ),
    settled: () => document.settled(),
  };
  return {
    records,
    ...(loaded.ok && loaded.value.notice ? { notice: loaded.value.notice } : {}),
    ...(loaded.ok ? {} : { error: loaded.error }),
  };
}

function merge(keys: readonly StoredKey[], changed: readonly StoredKey[]): readonly StoredKey[] {
  const byId = new Map(changed.map((key) => [key.id, key]));
  const added = changed.filter(({ id }) => !keys.some((key) => key.id === id));
  return [...keys.map((key) => byId.get(key.id) ?? key), ...added];
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
