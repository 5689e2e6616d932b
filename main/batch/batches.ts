import { randomUUID } from 'node:crypto';
import path from 'node:path';
import type { IssueManyPreview, IssueManyRun, RowTable } from '../../shared/contract/batch.ts';
import type { ParsedInput } from '../../shared/contract/contract.ts';
import type { KeyRecord } from '../../shared/contract/keys.ts';
import type { CandidateKey } from '../../shared/cose/crypto-port.ts';
import { type AppError, createError } from '../../shared/errors.ts';
import type { KeyFacts } from '../../shared/issue/key-defaults.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { millis } from '../../shared/units.ts';
import type { IssueLog } from '../issue/issue-log.ts';
import { openSigningKey, type SigningKey } from '../issue/signing-key.ts';
import type { Keys } from '../keys/keys.ts';
import type { Log } from '../log.ts';
import { type BatchProgress, errorsOf, forgetRun } from './issue-many.ts';
import { readJournal } from './journal.ts';
import { logEntryOf } from './log-entry.ts';
import { matrixSize } from './matrix-rows.ts';
import type { BatchPlan, RowOrigin } from './plan.ts';
import type { RunList, StoredRun } from './run-list.ts';
import { copyKey, type RunningWorker, startWorker } from './start-worker.ts';
import { createTables } from './tables.ts';

type Job = ParsedInput<'issueMany.start'>['job'];

/** Issue many, as the window uses it: tables by handle, one run at a time, each in a thread of its own. */
export interface Batches {
  openFile(file: string): Promise<Result<RowTable, AppError>>;
  openRows(rows: string, fileName?: string): Promise<Result<RowTable, AppError>>;
  preview(input: ParsedInput<'issueMany.preview'>): Promise<Result<IssueManyPreview, AppError>>;
  /** `ask` tells where to write, or that nobody wants to */
  start(
    input: ParsedInput<'issueMany.start'>,
    ask: (suggestion: string) => Promise<string | undefined>,
  ): Promise<Result<IssueManyRun | null, AppError>>;
  cancel(id: string): Result<null, AppError>;
  runs(): readonly IssueManyRun[];
  resume(id: string, confirmName: string | undefined): Promise<Result<IssueManyRun, AppError>>;
  forget(id: string): Promise<Result<null, AppError>>;
  /** where a finished run's file lies */
  place(id: string): Result<string, AppError>;
  /** stops what runs, so that it can be resumed when the app is there again */
  close(): Promise<void>;
}

export interface BatchesOptions {
  readonly keys: Pick<Keys, 'list' | 'secret' | 'noteUse'>;
  readonly log: Log;
  readonly issueLog: IssueLog;
  readonly list: RunList;
  readonly changed: (run: IssueManyRun) => void;
  readonly now?: () => number;
  /** the worker's program, in tests another than the build's */
  readonly program?: string;
}

const EXTENSIONS = { csv: 'csv', json: 'json', ndjson: 'ndjson', embeds: 'html' } as const;
const NO_PROGRESS: BatchProgress = { rows: 0, tokens: 0, errors: 0, share: 0, took: 0, firstErrors: [] };

export function createBatches(options: BatchesOptions): Batches {
  const { keys, log, issueLog, list, changed, now = Date.now, program } = options;
  const tables = createTables();
  const runs = new Map<string, IssueManyRun>();
  /** paths of runs, which the window never learns */
  const outs = new Map<string, string>();
  let preview: RunningWorker | undefined;
  let active: { readonly id: string; readonly worker: RunningWorker } | undefined;
  let isClosing = false;

  for (const stored of list.all()) {
    const journal = readJournal(stored.out);
    runs.set(stored.id, {
      ...viewOf(stored, { ...NO_PROGRESS, ...(journal && countsOf(journal.last)) }),
      state: 'interrupted',
    });
  }

  function planOf(job: Job, output: BatchPlan['output'], key: KeyFacts): Result<BatchPlan, AppError> {
    const { source, template, mapping, replacements, target, zone } = job;
    if (source.kind === 'matrix' && matrixSize(source.axes) > MOST_COMBINATIONS)
      return err(createError('ERR_BATCH_JOB', { message: 'There are more than ten million combinations.' }));
    const origin: Result<RowOrigin, AppError> = source.kind === 'matrix' ? ok(source) : tables.origin(source.handle);
    if (!origin.ok) return origin;
    return ok({
      ...{ origin: origin.value, template, mapping, replacements, target, zone, output, key },
      now: Math.floor(now() / 1000),
    });
  }

  async function run(stored: StoredRun, plan: BatchPlan, key: SigningKey, resume: boolean): Promise<IssueManyRun> {
    const { id, out } = stored;
    let view: IssueManyRun = { ...viewOf(stored, NO_PROGRESS), state: 'running' };
    const tell = (next: Partial<IssueManyRun>) => {
      view = { ...view, ...next };
      runs.set(id, view);
      changed(view);
    };
    tell({});
    const request = { kind: 'issue' as const, id, plan, out, resume, key: copyKey(key.candidate.material) };
    const worker = startWorker(request, (progress) => tell(describe(progress, out)), program);
    active = { id, worker };
    void worker.answered
      .then(async (answer) => {
        if (answer.kind !== 'issued') return;
        // first: who is told that it ended may begin the next one at once
        if (active?.worker === worker) active = undefined;
        const { result } = answer;
        if (result.ok) {
          await list.remove(id);
          await keys.noteUse(key.record.id);
          tell({ ...describe(result.value, out), state: 'done' });
          if (result.value.tokens > 0)
            await issueLog.add({ ...logEntryOf(plan, key.record), at: millis(now()), count: result.value.tokens });
        } else if (result.error.code === 'ERR_BATCH_CANCELLED') {
          await list.remove(id);
          tell({ state: 'cancelled' });
        } else {
          // without a journal there is nothing to go on with
          if (readJournal(out) === undefined) await list.remove(id);
          tell({ state: 'failed', reason: sayError(result.error) });
        }
      })
      .catch((cause: unknown) => {
        if (isClosing) return;
        log.error('batch', 'the worker died', cause);
        tell({ state: 'interrupted', reason: 'The thread ended before its last row.' });
      })
      .finally(() => {
        if (active?.worker === worker) active = undefined;
      });
    return view;
  }

  return {
    openFile: (file) => tables.openFile(file),
    openRows: (rows, fileName) => tables.openRows(rows, fileName),
    preview: async ({ output = { format: 'csv' }, keyId, ...job }) => {
      preview?.stop();
      const record = keyId && (await keys.list()).find(({ id }) => id === keyId);
      const plan = planOf(job, output, record ? factsOf(record) : {});
      if (!plan.ok) return plan;
      const worker = startWorker({ kind: 'preview', plan: plan.value }, () => undefined, program);
      preview = worker;
      const answer = await worker.answered;
      if (preview === worker) preview = undefined;
      return answer.kind === 'previewed' ? answer.result : err(createError('ERR_INTERNAL'));
    },
    start: async ({ job, output, keyId, confirmName }, ask) => {
      if (active !== undefined) return err(createError('ERR_BATCH_BUSY'));
      const key = await openSigningKey(keys, keyId, confirmName);
      if (!key.ok) return key;
      const plan = planOf(job, output, factsOf(key.value.record, key.value.candidate));
      if (!plan.ok) return plan;
      const out = await ask(`tokens.${EXTENSIONS[output.format]}`);
      if (out === undefined) return ok(null);
      if (active !== undefined) return err(createError('ERR_BATCH_BUSY'));
      const { origin } = plan.value;
      if (origin.kind === 'file' && path.resolve(origin.path) === path.resolve(out))
        return err(createError('ERR_BATCH_JOB', { message: 'The tokens cannot take the place of the table.' }));
      const { name, environment } = key.value.record;
      const stored: StoredRun = {
        ...{ id: randomUUID(), out, startedAt: millis(now()), title: job.template.title },
        ...{ keyId, keyName: name, environment, target: job.target },
      };
      // pasted rows are not there any more when the app is
      if (origin.kind !== 'text') await list.add(stored);
      return ok(await run(stored, plan.value, key.value, false));
    },
    cancel: (id) => {
      if (active?.id !== id) return err(createError('ERR_BATCH_GONE'));
      active.worker.stop();
      return ok(null);
    },
    runs: () => [...runs.values()].sort((a, b) => b.startedAt - a.startedAt),
    resume: async (id, confirmName) => {
      if (active !== undefined) return err(createError('ERR_BATCH_BUSY'));
      const stored = list.all().find((one) => one.id === id);
      const journal = stored && readJournal(stored.out);
      if (stored === undefined || journal === undefined) return err(createError('ERR_BATCH_GONE'));
      const key = await openSigningKey(keys, stored.keyId, confirmName);
      if (!key.ok) return key;
      return ok(await run(stored, journal.head.plan, key.value, true));
    },
    forget: async (id) => {
      if (active?.id === id) return err(createError('ERR_BATCH_BUSY'));
      const stored = list.all().find((one) => one.id === id);
      if (stored !== undefined) {
        forgetRun(stored.out);
        const removed = await list.remove(id);
        if (!removed.ok) return removed;
      }
      return runs.delete(id) ? ok(null) : err(createError('ERR_BATCH_GONE'));
    },
    place: (id) => {
      const run = runs.get(id);
      const out = outs.get(id);
      return run?.state === 'done' && out !== undefined ? ok(out) : err(createError('ERR_BATCH_GONE'));
    },
    close: async () => {
      isClosing = true;
      preview?.stop();
      await list.settled();
    },
  };

  function viewOf(stored: StoredRun, progress: BatchProgress): IssueManyRun {
    const { id, out, startedAt, title, keyName, environment, target } = stored;
    outs.set(id, out);
    return {
      ...{ id, state: 'running' as const, startedAt, title, keyName, environment, target },
      ...describe(progress, out),
    };
  }
}

const MOST_COMBINATIONS = 10_000_000;

function describe({ firstErrors, ...progress }: BatchProgress, out: string) {
  return {
    ...progress,
    fileName: path.basename(out),
    ...(progress.errors > 0 && { errorsFileName: path.basename(errorsOf(out)) }),
    firstErrors: firstErrors.map((one) => ({ ...one })),
  };
}

const countsOf = ({ row, tokens, errors, took }: { row: number; tokens: number; errors: number; took: number }) => ({
  ...{ rows: row, tokens, errors, took },
});

/** What a key tells of its tokens' envelopes; its secret may say more than its record. */
function factsOf(record: KeyRecord, candidate?: CandidateKey): KeyFacts {
  const alg = candidate?.alg ?? record.alg;
  const kid = record.kid ?? candidate?.kid;
  return {
    ...(alg !== undefined && { alg }),
    ...(kid !== undefined && { kid }),
    ...(record.calibration !== undefined && { calibration: { envelope: record.calibration.envelope } }),
  };
}

const sayError = ({ message, problems = [] }: AppError): string =>
  [message, ...problems.slice(0, 3).map((one) => [one.path.join('.'), one.message].filter(Boolean).join(': '))].join(
    ' ',
  );
