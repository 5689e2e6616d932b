import fs from 'node:fs';
import type { CandidateKey, CryptoPort } from '../../shared/cose/crypto-port.ts';
import { type AppError, createError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { keyFingerprint, tableFingerprint } from './fingerprint.ts';
import { type Checkpoint, createJournal, journalOf, readJournal, reopenJournal, START } from './journal.ts';
import { openRows } from './open-rows.ts';
import { openPartFile, partOf } from './part-file.ts';
import type { BatchPlan } from './plan.ts';
import { TableError } from './row-stream.ts';
import { type LocatedFault, prepareRows } from './run-rows.ts';
import { createRowWriter, csvCell } from './write-rows.ts';

/** How far a run is. Rows are tokens and errors together, always. */
export interface BatchProgress {
  readonly rows: number;
  readonly tokens: number;
  readonly errors: number;
  readonly share: number;
  readonly took: number;
  readonly firstErrors: readonly (LocatedFault & { readonly row: number })[];
}

export interface BatchCall {
  readonly id: string;
  readonly plan: BatchPlan;
  /** where the tokens go; beside it lie its part, its journal and `<out>.errors.csv` */
  readonly out: string;
  readonly material: CandidateKey['material'];
  readonly crypto: CryptoPort;
  /** goes on in the run whose journal is there */
  readonly resume: boolean;
  /** asked after every few hundred rows */
  readonly isCancelled: () => boolean;
  readonly progress: (progress: BatchProgress) => void;
}

export const errorsOf = (out: string): string => `${out}.errors.csv`;

/** Rows between two checkpoints: what a crash may cost, against what a checkpoint costs. */
const CHECKPOINT_ROWS = 5000;
const PROGRESS_MILLIS = 250;
const SHOWN_ERRORS = 20;

/**
 * Makes a token of every row and writes them down. The output has its name only when it is whole; until then the journal
 * tells how far it surely is, so that a run that was killed goes on without losing or repeating a row. Cancelling removes
 * everything.
 */
export async function issueMany(call: BatchCall): Promise<Result<BatchProgress, AppError>> {
  try {
    return await run(call);
  } catch (cause) {
    if (cause instanceof TableError) return err(createError('ERR_BATCH_TABLE', { message: cause.message }));
    return err(fileError(cause));
  }
}

async function run({ id, plan, out, material, crypto, resume, isCancelled, progress }: BatchCall) {
  const head = {
    ...{ version: 1 as const, id, startedAt: Date.now(), plan: withoutText(plan) },
    ...{ table: tableFingerprint(plan.origin), keyCheck: keyFingerprint(material) },
  };
  const before = resume ? readJournal(out) : undefined;
  if (resume && before === undefined) return err(createError('ERR_BATCH_GONE'));
  if (before !== undefined && (before.head.table !== head.table || before.head.keyCheck !== head.keyCheck))
    return err(createError('ERR_BATCH_CHANGED'));
  const last = before?.last ?? START;
  if (last.done) return ok(finishNames(out, last));

  const rows = openRows(plan.origin);
  const prepared = prepareRows(plan, rows, material, crypto);
  if (!prepared.ok) return prepared;
  const writer = createRowWriter(plan.output, rows);
  const journal = before === undefined ? createJournal(out, head) : reopenJournal(out);
  // without a checkpoint nothing that was written counts
  const tokensFile = openPartFile(out, last.row === 0 ? undefined : last.out);
  const errorsFile = openPartFile(errorsOf(out), last.row === 0 ? undefined : last.err);
  if (last.row === 0) {
    tokensFile.write(writer.head);
    errorsFile.write('row,column,claim,message\n');
  }

  const started = performance.now();
  const firstErrors: (LocatedFault & { row: number })[] = [];
  const count = { row: last.row, tokens: last.tokens, errors: last.errors };
  let checkpointAt = last.row + CHECKPOINT_ROWS;
  let told = started;
  const took = (): number => last.took + performance.now() - started;
  const state = (): BatchProgress => ({
    ...{ rows: count.row, tokens: count.tokens, errors: count.errors },
    ...{ share: rows.share(), took: took(), firstErrors },
  });
  const fail = (row: number, faults: readonly LocatedFault[]): void => {
    count.errors++;
    for (const fault of faults) {
      if (firstErrors.length < SHOWN_ERRORS) firstErrors.push({ ...fault, row });
      const cells = [String(row), fault.column ?? '', fault.claim ?? '', fault.message];
      errorsFile.write(`${cells.map((cell) => csvCell(cell, ',')).join(',')}\n`);
    }
  };
  const checkpoint = (done: boolean): Checkpoint => {
    const point = {
      ...{ ...count, out: tokensFile.checkpoint(), err: errorsFile.checkpoint() },
      ...{ took: Math.round(took()), done },
    };
    journal.add(point);
    return point;
  };

  let cancelled = false;
  try {
    await prepared.value.run(
      {
        token: (row, raw, issued) => {
          count.row = row;
          const line = writer.row(raw, toText(issued.bytes), count.tokens, row);
          if (!line.ok) return fail(row, [line.error]);
          tokensFile.write(line.value);
          count.tokens++;
        },
        faults: (row, _cells, faults) => {
          count.row = row;
          fail(row, faults);
        },
        pause: (row) => {
          if (row >= checkpointAt) {
            checkpoint(false);
            checkpointAt = row + CHECKPOINT_ROWS;
          }
          if (performance.now() - told >= PROGRESS_MILLIS) {
            told = performance.now();
            progress(state());
          }
          cancelled = isCancelled();
          return !cancelled;
        },
      },
      last.row,
    );
  } catch (cause) {
    // what is written stays for another try
    for (const open of [tokensFile, errorsFile, journal]) open.close();
    throw cause;
  }
  if (cancelled || isCancelled()) {
    for (const open of [tokensFile, errorsFile, journal]) open.discard();
    return err(createError('ERR_BATCH_CANCELLED'));
  }
  tokensFile.write(writer.tail);
  checkpoint(true);
  const end = { ...state(), share: 1 };
  if (count.errors > 0) errorsFile.finish();
  else {
    errorsFile.discard();
    // of an earlier run under the same name: it would be taken for this one's
    fs.rmSync(errorsOf(out), { force: true });
  }
  tokensFile.finish();
  journal.discard();
  return ok(end);
}

/** Pasted rows may name people: the journal has their fingerprint only. */
const withoutText = (plan: BatchPlan): BatchPlan =>
  plan.origin.kind === 'text' ? { ...plan, origin: { ...plan.origin, text: '' } } : plan;

/** Copied into one Buffer: making a view for each token costs more. */
let room = Buffer.alloc(4096);
function toText(bytes: Uint8Array): string {
  if (bytes.length > room.length) room = Buffer.alloc(bytes.length);
  room.set(bytes);
  return room.toString('base64url', 0, bytes.length);
}

/** All rows are written and the app ended before their files had their names. */
function finishNames(out: string, last: Checkpoint): BatchProgress {
  for (const file of [errorsOf(out), out]) {
    if (file !== out && last.errors === 0) fs.rmSync(partOf(file), { force: true });
    else if (fs.existsSync(partOf(file))) openPartFile(file, file === out ? last.out : last.err).finish();
  }
  fs.rmSync(journalOf(out), { force: true });
  return { rows: last.row, tokens: last.tokens, errors: last.errors, share: 1, took: last.took, firstErrors: [] };
}

/** Removes what an unfinished run left behind. */
export function forgetRun(out: string): void {
  for (const file of [partOf(out), partOf(errorsOf(out)), journalOf(out)]) fs.rmSync(file, { force: true });
}

function fileError(cause: unknown): AppError {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 'ENOENT') return createError('ERR_FILE_NOT_FOUND');
  if (code === 'EACCES' || code === 'EPERM') return createError('ERR_FILE_PERMISSION');
  const message = code === 'ENOSPC' ? 'The disk is full.' : undefined;
  if (code !== undefined) return createError('ERR_BATCH_FAILED', message === undefined ? {} : { message });
  throw cause;
}
