import { targetId } from '../../shared/contract/issue.ts';
import { environment, keyIdSchema } from '../../shared/contract/keys.ts';
import { z } from '../../shared/contract/zod.ts';
import type { AppError } from '../../shared/errors.ts';
import type { Result } from '../../shared/result.ts';
import { millis } from '../../shared/units.ts';
import { createJsonFile, type Loaded } from '../store/json-file.ts';

/** A run that was begun and did not end: where its journal lies, and whose it is. */
const storedRun = z.object({
  id: z.uuid(),
  out: z.string(),
  startedAt: z.number().transform(millis),
  title: z.string(),
  keyId: keyIdSchema,
  keyName: z.string(),
  environment,
  target: targetId,
});
export type StoredRun = z.output<typeof storedRun>;

/** Runs that may be resumed when the app starts again. */
export interface RunList {
  all(): readonly StoredRun[];
  add(run: StoredRun): Promise<Result<void, AppError>>;
  remove(id: string): Promise<Result<void, AppError>>;
  settled(): Promise<void>;
}

export async function loadRunList(
  file: string,
): Promise<{ readonly list: RunList; readonly notice: Loaded<unknown>['notice']; readonly error?: AppError }> {
  const document = createJsonFile({
    path: file,
    version: 1,
    schema: z.object({ runs: z.array(storedRun) }),
    initial: () => ({ runs: [] }),
  });
  const loaded = await document.load();
  let runs: readonly StoredRun[] = loaded.ok ? loaded.value.value.runs : [];
  const change = (next: readonly StoredRun[]) => {
    runs = next;
    return document.save({ runs: [...next] });
  };
  return {
    list: {
      all: () => runs,
      add: (run) => change([...runs, run]),
      remove: (id) => change(runs.filter((run) => run.id !== id)),
      settled: () => document.settled(),
    },
    notice: loaded.ok ? loaded.value.notice : undefined,
    ...(loaded.ok ? {} : { error: loaded.error }),
  };
}
