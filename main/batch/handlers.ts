import { ok } from '../../shared/result.ts';
import type { Handlers } from '../ipc/register.ts';
import type { Batches } from './batches.ts';

export interface BatchHandlersOptions {
  readonly batches: Batches;
  /** the system's dialogs; `undefined`: closed without a choice */
  readonly chooseTable: () => Promise<string | undefined>;
  readonly chooseOutput: (suggestion: string) => Promise<string | undefined>;
  /** shows a file in the system's file manager */
  readonly reveal: (path: string) => void;
}

/** The commands of Issue many, joined to what carries them out. */
export function createBatchHandlers({ batches, chooseTable, chooseOutput, reveal }: BatchHandlersOptions) {
  return {
    'issueMany.openFile': async () => {
      const file = await chooseTable();
      return file === undefined ? ok(null) : batches.openFile(file);
    },
    'issueMany.openRows': ({ rows, fileName }) => batches.openRows(rows, fileName),
    'issueMany.preview': (job) => batches.preview(job),
    'issueMany.start': (input) => batches.start(input, chooseOutput),
    'issueMany.cancel': ({ id }) => batches.cancel(id),
    'issueMany.runs': () => ok([...batches.runs()]),
    'issueMany.resume': ({ id, confirmName }) => batches.resume(id, confirmName),
    'issueMany.forget': ({ id }) => batches.forget(id),
    'issueMany.reveal': ({ id }) => {
      const place = batches.place(id);
      if (!place.ok) return place;
      reveal(place.value);
      return ok(null);
    },
  } satisfies Partial<Handlers>;
}
