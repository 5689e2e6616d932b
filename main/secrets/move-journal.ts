import { secretStoreKind } from '../../shared/contract/secrets.ts';
import { z } from '../../shared/contract/zod.ts';
import type { AppError } from '../../shared/errors.ts';
import { ok, type Result } from '../../shared/result.ts';
import { createJsonFile, type Loaded } from '../store/json-file.ts';

const place = z.object({ store: secretStoreKind, item: z.string() });

/**
 * One secret on its way: whose it is, where it was, where it will be. `copying`: no record names the new item yet, so after a
 * crash it goes. `switching`: every secret is written, so the record follows. `deleting`: it has followed, so the old item goes.
 */
const step = z.object({
  phase: z.enum(['copying', 'switching', 'deleting']),
  holder: z.string(),
  id: z.string(),
  label: z.string(),
  from: place,
  to: place,
});
export type MoveStep = z.output<typeof step>;

const documentSchema = z.object({ steps: z.array(step) });

/** A move under way, so that a start after a crash knows what to do. */
export interface MoveJournal {
  steps(): readonly MoveStep[];
  write(steps: readonly MoveStep[]): Promise<Result<void, AppError>>;
  settled(): Promise<void>;
}

export interface LoadedJournal {
  readonly journal: MoveJournal;
  readonly notice?: Loaded<unknown>['notice'];
  readonly error?: AppError;
}

export async function loadMoveJournal(file: string): Promise<LoadedJournal> {
  const document = createJsonFile({ path: file, version: 1, schema: documentSchema, initial: () => ({ steps: [] }) });
  const loaded = await document.load();
  let steps: readonly MoveStep[] = loaded.ok ? loaded.value.value.steps : [];
  return {
    journal: {
      steps: () => steps,
      write: async (next) => {
        if (steps.length === 0 && next.length === 0) return ok(undefined);
        const saved = await document.save({ steps: [...next] });
        if (saved.ok) steps = next;
        return saved;
      },
      settled: () => document.settled(),
    },
    ...(loaded.ok && loaded.value.notice ? { notice: loaded.value.notice } : {}),
    ...(loaded.ok ? {} : { error: loaded.error }),
  };
}
