import { type StoreChoice, storeChoice } from '../../shared/contract/secrets.ts';
import { z } from '../../shared/contract/zod.ts';
import type { AppError } from '../../shared/errors.ts';
import { ok, type Result } from '../../shared/result.ts';
import { createJsonFile, type Loaded } from '../store/json-file.ts';

const documentSchema = z.object({
  choice: storeChoice.exactOptional(),
  /** the keychain that had all secrets when it was last looked at */
  keychainName: z.string().exactOptional(),
});

/** What the owner chose about secrets, and what is remembered to notice that the keychain is another one. */
export interface ChoiceFile {
  /** `undefined`: nobody was asked yet */
  choice(): StoreChoice | undefined;
  choose(choice: StoreChoice): Promise<Result<void, AppError>>;
  keychainName(): string | undefined;
  rememberKeychain(name: string): Promise<Result<void, AppError>>;
  settled(): Promise<void>;
}

export interface LoadedChoice {
  readonly choice: ChoiceFile;
  readonly notice?: Loaded<unknown>['notice'];
  readonly error?: AppError;
}

export async function loadStoreChoice(file: string): Promise<LoadedChoice> {
  const document = createJsonFile({ path: file, version: 1, schema: documentSchema, initial: () => ({}) });
  const loaded = await document.load();
  let current = loaded.ok ? loaded.value.value : {};

  async function change(patch: typeof current): Promise<Result<void, AppError>> {
    const saved = await document.save({ ...current, ...patch });
    if (!saved.ok) return saved;
    current = { ...current, ...patch };
    return ok(undefined);
  }
  return {
    choice: {
      choice: () => current.choice,
      choose: (choice) => change({ choice }),
      keychainName: () => current.keychainName,
      rememberKeychain: (keychainName) => change({ keychainName }),
      settled: () => document.settled(),
    },
    ...(loaded.ok && loaded.value.notice ? { notice: loaded.value.notice } : {}),
    ...(loaded.ok ? {} : { error: loaded.error }),
  };
}
