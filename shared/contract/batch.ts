import { millis } from '../units.ts';
import { command, DONE, NOTHING } from './command.ts';
import { issueNote, targetId, zoneName } from './issue.ts';
import { environment, keyIdSchema } from './keys.ts';
import { templateSchema } from './templates.ts';
import { z } from './zod.ts';

/**
 * Issue many: rows × template → tokens, in a thread of main. Files are chosen in the system's own dialogs and known to the
 * window by handles and names; no path crosses in either direction.
 */
const time = z.number().int().min(0).transform(millis);
const count = z.number().int().min(0);
const cell = z.string().max(10_000);

/** What a chosen table looks like. */
export const rowTable = z.object({
  /** names the table, until another one takes its place or the app closes */
  handle: z.uuid(),
  fileName: z.string(),
  size: count,
  format: z.enum(['csv', 'json', 'ndjson']),
  /** of CSV: what stands between two cells */
  delimiter: z.enum([',', ';', '\t', '|']).exactOptional(),
  /** from the first line, or the members met in the first rows */
  columns: z.array(z.string()),
  /** the first rows, in the columns' order */
  rows: z.array(z.array(z.string())),
});
export type RowTable = z.output<typeof rowTable>;

/** Where a variable of the template, or a member of the output, gets its value. */
export const columnSource = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('column'), column: z.string().max(500) }),
  z.strictObject({ kind: z.literal('constant'), constant: cell }),
]);

/** Rows are those of a table, or all combinations of values: videos × durations × regions. */
export const rowSource = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('table'), handle: z.uuid() }),
  z.strictObject({
    kind: z.literal('matrix'),
    axes: z
      .array(z.strictObject({ column: z.string().min(1).max(500), cells: z.array(cell).min(1).max(100_000) }))
      .min(1)
      .max(8),
  }),
]);

/**
 * A cell of a column that is read as another text, in every row that has it so, blanks around it left out of account. Only
 * the template's variables are read so: what is written of the row stays as the table has it.
 */
export const cellReplacement = z.strictObject({ column: z.string().max(500), cell, use: cell });

const issueManyJob = z.strictObject({
  source: rowSource,
  template: templateSchema,
  /** by the variable's name; one that is left out gets the template's `otherwise` */
  mapping: z.record(z.string().max(100), columnSource),
  replacements: z.array(cellReplacement).max(10_000).exactOptional(),
  target: targetId,
  zone: zoneName,
});

/** What is written. `csv` and `ndjson` keep the columns of the row and add `token` and what else is chosen. */
const issueManyOutput = z.strictObject({
  format: z.enum(['csv', 'json', 'ndjson', 'embeds']),
  /** a column with the tokenised address of this stream */
  url: columnSource.exactOptional(),
  /** for `embeds`, and for the column `embed` of the others */
  embed: z.strictObject({ playerId: columnSource, mediaId: columnSource }).exactOptional(),
});

/** Why a row makes no token, or what is worth knowing about it. Rows count from 1, the line of names left out. */
export const rowProblem = z.object({
  row: count,
  /** of the table; absent: it is about the token as a whole, or about a constant */
  column: z.string().exactOptional(),
  /** the claim and the place in it: `catu.path.contains` */
  claim: z.string().exactOptional(),
  message: z.string(),
});

export const previewRow = z.object({
  row: count,
  cells: z.array(z.string()),
  state: z.enum(['ready', 'warning', 'error']),
  /** bytes of the token; absent for an error */
  size: count.exactOptional(),
  /** NumericDate */
  expires: z.number().exactOptional(),
  problems: z.array(rowProblem),
});
export type PreviewRow = z.output<typeof previewRow>;

/** A job as it stands, looked at before it is begun: what is written, and by which key, changes sizes and what may fail. */
const issueManyPlan = issueManyJob.extend({
  output: issueManyOutput.exactOptional(),
  keyId: keyIdSchema.exactOptional(),
});

/** A replacement with the number of rows that it is about. */
export const countedReplacement = cellReplacement.extend({ rows: count });
export type CountedReplacement = z.output<typeof countedReplacement>;

/** A dry run over all rows: nothing is signed with a real key, nothing is written. */
export const issueManyPreview = z.object({
  rows: count,
  ready: count,
  warnings: count,
  errors: count,
  /** columns that no variable reads */
  unused: z.array(z.string()),
  /** the first rows with errors or warnings, errors first */
  problems: z.array(previewRow),
  /** the first rows that are ready */
  first: z.array(previewRow),
  /** cells that make no token and could be read in the right spelling, in the order they are met; the first thousand */
  fixes: z.array(countedReplacement),
  /** the job's own replacements */
  replaced: z.array(countedReplacement),
  /** about the template, once for all rows */
  notes: z.array(issueNote),
});
export type IssueManyPreview = z.output<typeof issueManyPreview>;

export const issueManyRun = z.object({
  id: z.uuid(),
  /** `interrupted`: the app ended while it ran; it can be resumed or forgotten */
  state: z.enum(['running', 'done', 'cancelled', 'failed', 'interrupted']),
  /** rows read so far; tokens and errors add up to it */
  rows: count,
  tokens: count,
  errors: count,
  /** share of the input that was read, 0 to 1 */
  share: z.number().min(0).max(1),
  startedAt: time,
  /** milliseconds of work, pauses left out */
  took: z.number().min(0),
  title: z.string(),
  fileName: z.string(),
  /** written only when there were errors */
  errorsFileName: z.string().exactOptional(),
  keyName: z.string(),
  environment,
  target: targetId,
  /** the first few; all are in the errors file */
  firstErrors: z.array(rowProblem),
  /** why it failed, in a sentence */
  reason: z.string().exactOptional(),
});
export type IssueManyRun = z.output<typeof issueManyRun>;

const MAX_JOB = 4 * 1024 * 1024;
const MAX_ROWS_TEXT = 8 * 1024 * 1024;
const confirmName = z.string().max(200).exactOptional();
const run = z.strictObject({ id: z.uuid() });

export const batchCommands = {
  /** the system's dialog for CSV, JSON and NDJSON; `null` when it was closed without a choice */
  'issueMany.openFile': command(NOTHING, rowTable.nullable()),
  /** rows that were pasted or dropped; a run over them cannot be resumed after a crash. `fileName` is what they are called */
  'issueMany.openRows': command(
    z.strictObject({ rows: z.string().max(MAX_ROWS_TEXT), fileName: z.string().max(500).exactOptional() }),
    rowTable,
    2 * MAX_ROWS_TEXT + 4096,
  ),
  /** one at a time: a new one ends the old one, which answers `ERR_BATCH_CANCELLED` */
  'issueMany.preview': command(issueManyPlan, issueManyPreview, MAX_JOB),
  /**
   * The system's dialog asks where to write; `null` when it was closed. Otherwise the run has begun, and `issueMany.progress`
   * tells of it until it is `done`, `cancelled` or `failed`. Production keys need their name, as in `issue.sign`.
   */
  'issueMany.start': command(
    z.strictObject({ job: issueManyJob, output: issueManyOutput, keyId: keyIdSchema, confirmName }),
    issueManyRun.nullable(),
    MAX_JOB,
  ),
  /** what was written so far is removed */
  'issueMany.cancel': command(run, DONE),
  /** running, finished in this session, and interrupted ones; newest first */
  'issueMany.runs': command(NOTHING, z.array(issueManyRun)),
  /** goes on after the last row that was surely written, with the moments of the first start */
  'issueMany.resume': command(z.strictObject({ id: z.uuid(), confirmName }), issueManyRun),
  /** removes what an interrupted run left behind */
  'issueMany.forget': command(run, DONE),
  /** shows a finished file in the system's file manager */
  'issueMany.reveal': command(run, DONE),
};

export const batchEvents = {
  /** when it begins, about four times a second while it runs, and at its end */
  'issueMany.progress': issueManyRun,
};
