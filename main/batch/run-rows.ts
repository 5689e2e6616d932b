import type { CandidateKey, CryptoPort } from '../../shared/cose/crypto-port.ts';
import { type AppError, createError, type ErrorProblem } from '../../shared/errors.ts';
import type { FillProblem } from '../../shared/issue/fill-template.ts';
import type { IssueNote } from '../../shared/issue/issue-note.ts';
import type { IssueError } from '../../shared/issue/issue-token.ts';
import { createRowIssuer, type IssuedRow, type RowFault } from '../../shared/issue/row-issuer.ts';
import { findTarget } from '../../shared/issue/targets.ts';
import { isZone } from '../../shared/issue/time-zone.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { seconds } from '../../shared/units.ts';
import { issueError } from '../issue/issue-error.ts';
import { replacingReader } from './column-reader.ts';
import type { BatchPlan, ColumnSource } from './plan.ts';
import type { RawRow, RowStream } from './row-stream.ts';

/** What becomes of each row. `row` counts from 1. */
export interface RowSink {
  token(row: number, raw: RawRow, issued: IssuedRow): void;
  faults(row: number, cells: readonly string[], faults: readonly LocatedFault[]): void;
  /** after some rows: whether to go on */
  pause(row: number): boolean;
}

/** Why a row makes no token, with the column that is to blame. */
export interface LocatedFault extends Omit<RowFault, 'variable'> {
  readonly column?: string;
}

/** Turns a table's rows into tokens, one after the other; `skip` are those that are done already. */
export interface RowRun {
  readonly notes: readonly IssueNote[];
  /** columns that nothing reads */
  readonly unused: readonly string[];
  run(sink: RowSink, skip: number): Promise<void>;
}

export function prepareRows(
  plan: BatchPlan,
  rows: RowStream,
  material: CandidateKey['material'],
  crypto: CryptoPort,
): Result<RowRun, AppError> {
  const target = findTarget(plan.target);
  if (target === undefined || !isZone(plan.zone)) return err(createError('ERR_BATCH_JOB'));
  const clock = { now: seconds(plan.now), zone: plan.zone };
  const { template, mapping } = plan;
  const problems = checkMapping(plan, rows.columns);
  if (problems.length > 0) return err(createError('ERR_BATCH_JOB', { problems }));
  const issuer = createRowIssuer({ template, target, key: { ...plan.key, material }, clock }, crypto);
  if (!issuer.ok) return err(jobError(issuer.error));
  const sources = template.variables.map(({ name }) => mapping[name]);
  const readers = sources.map((source) =>
    source === undefined ? () => '' : replacingReader(source, rows.columns, plan.replacements),
  );
  const columnOf = new Map(
    template.variables.flatMap(({ name }, index) => {
      const source = sources[index];
      return source?.kind === 'column' ? [[name, source.column] as const] : [];
    }),
  );
  const read = new Set(columnOf.values());
  for (const source of [plan.output.url, plan.output.embed?.playerId, plan.output.embed?.mediaId])
    if (source?.kind === 'column') read.add(source.column);

  return ok({
    notes: issuer.value.notes,
    unused: rows.columns.filter((column) => !read.has(column)),
    run: (sink, skip) => {
      let row = 0;
      const filled: string[] = new Array<string>(readers.length).fill('');
      return rows.read((some) => {
        for (const raw of some) {
          const { cells, fault } = raw;
          row++;
          if (row <= skip) continue;
          if (fault !== undefined) {
            sink.faults(row, cells, [{ message: fault }]);
            continue;
          }
          for (let i = 0; i < readers.length; i++) filled[i] = readers[i]?.(cells) ?? '';
          const issued = issuer.value.issue(filled);
          if (issued.ok) sink.token(row, raw, issued.value);
          else
            sink.faults(
              row,
              cells,
              issued.error.map((one) => locate(one, columnOf)),
            );
        }
        return row <= skip || sink.pause(row);
      });
    },
  });
}

export function locate({ variable, ...fault }: RowFault, columnOf: ReadonlyMap<string, string>): LocatedFault {
  const column = variable === undefined ? undefined : columnOf.get(variable);
  return column === undefined ? fault : { ...fault, column };
}

/** Columns that are named and not there, and variables that nothing fills. */
function checkMapping({ template, mapping, output }: BatchPlan, columns: readonly string[]): readonly ErrorProblem[] {
  const problems: ErrorProblem[] = [];
  const check = (source: ColumnSource | undefined, path: ErrorProblem['path']): void => {
    if (source?.kind === 'column' && !columns.includes(source.column))
      problems.push({ path, message: `There is no column “${source.column}”.` });
  };
  for (const { name, label, otherwise } of template.variables) {
    if (mapping[name] === undefined && otherwise === undefined)
      problems.push({ path: ['mapping', name], message: `${label} needs a column or a value.` });
    check(mapping[name], ['mapping', name]);
  }
  check(output.url, ['output', 'url']);
  check(output.embed?.playerId, ['output', 'embed', 'playerId']);
  check(output.embed?.mediaId, ['output', 'embed', 'mediaId']);
  if (output.format === 'embeds' && output.embed === undefined)
    problems.push({ path: ['output', 'embed'], message: 'Embeds need a player and a video.' });
  return problems;
}

/** About the template or the key, before any row is looked at. */
function jobError(error: readonly FillProblem[] | IssueError): AppError {
  if ('code' in error) return issueError(error);
  return createError('ERR_BATCH_JOB', { problems: error.map(({ path = [], message }) => ({ path, message })) });
}
