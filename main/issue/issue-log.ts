import { type IssueLogEntry, issueLogEntry } from '../../shared/contract/issue.ts';
import { z } from '../../shared/contract/zod.ts';
import type { AppError } from '../../shared/errors.ts';
import type { Result } from '../../shared/result.ts';
import { createJsonFile, type Loaded } from '../store/json-file.ts';

/** What was issued here, newest first: enough to find a token again, nothing to use one. */
export interface IssueLog {
  list(): readonly IssueLogEntry[];
  add(entry: IssueLogEntry): Promise<Result<void, AppError>>;
  clear(): Promise<Result<void, AppError>>;
  settled(): Promise<void>;
}

export interface LoadedIssueLog {
  readonly log: IssueLog;
  readonly notice: Loaded<unknown>['notice'];
  readonly error?: AppError;
}

/** Older entries go: it is a memory aid, no archive. */
const MOST_ENTRIES = 1000;
const documentSchema = z.object({ entries: z.array(issueLogEntry) });

export async function loadIssueLog(
  file: string,
  changed: (entry: IssueLogEntry | null) => void,
): Promise<LoadedIssueLog> {
  const document = createJsonFile({ path: file, version: 1, schema: documentSchema, initial: () => ({ entries: [] }) });
  const loaded = await document.load();
  let entries: readonly IssueLogEntry[] = loaded.ok ? loaded.value.value.entries : [];
  const save = () => document.save({ entries: [...entries] });
  return {
    log: {
      list: () => entries,
      add: (entry) => {
        entries = [entry, ...entries].slice(0, MOST_ENTRIES);
        changed(entry);
        return save();
      },
      clear: () => {
        entries = [];
        changed(null);
        return save();
      },
      settled: () => document.settled(),
    },
    notice: loaded.ok ? loaded.value.notice : undefined,
    ...(loaded.ok ? {} : { error: loaded.error }),
  };
}
