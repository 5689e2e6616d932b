import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { AppError } from '../../shared/errors.ts';
import { guessMapping } from '../../shared/issue/guess-mapping.ts';
import type { Template } from '../../shared/issue/template.ts';
import { BUILT_IN_TEMPLATES } from '../../shared/issue/templates/built-in.ts';
import { batchCrypto } from '../batch/batch-crypto.ts';
import { type BatchProgress, errorsOf, issueMany } from '../batch/issue-many.ts';
import { readJournal } from '../batch/journal.ts';
import { lookAtTable, readStart } from '../batch/open-rows.ts';
import type { BatchPlan, ColumnSource, OutputChoice } from '../batch/plan.ts';
import { readTemplate } from '../issue/templates-folder.ts';
import type { Call, Output } from './command.ts';
import { CliError, EXIT, type ExitStatus } from './exit.ts';
import { isNodeError } from './is-node-error.ts';
import { algorithmOf, chooseTarget, loadSigningKey, readZone } from './issue-options.ts';
import { currentSeconds } from './now.ts';
import { readMoment } from './request-options.ts';

/** `issue --csv`: a token for each row of a table. */
export const BULK_USAGE =
  'catwalk issue --csv FILE --template FILE|NAME --key REF --out FILE [--map VARIABLE=COLUMN]… [--set VARIABLE=VALUE]… ' +
  '[--format csv|json|ndjson|embeds] [--url COLUMN] [--player ID] [--media COLUMN] [--resume]';

export const BULK_OPTIONS = {
  csv: { type: 'string' },
  template: { type: 'string' },
  out: { type: 'string' },
  map: { type: 'string', multiple: true },
  set: { type: 'string', multiple: true },
  format: { type: 'string' },
  url: { type: 'string' },
  player: { type: 'string' },
  media: { type: 'string' },
  resume: { type: 'boolean' },
} as const;

export async function issueRows(call: Call, output: Output): Promise<ExitStatus> {
  const table = call.one('csv') ?? '';
  const out = call.one('out');
  if (out === undefined) throw new CliError(EXIT.usage, 'The tokens of a table go to a file: --out FILE.');
  if (path.resolve(out) === path.resolve(table)) throw new CliError(EXIT.usage, '--out names the table itself.');
  const resume = call.choice('resume') === true;
  const journal = readJournal(out);
  if (!resume && journal !== undefined)
    throw new CliError(
      EXIT.usage,
      `A run to “${out}” was interrupted: --resume goes on, and removing “${out}.journal” forgets it.`,
    );
  if (resume && journal === undefined) throw new CliError(EXIT.notFound, `There is no interrupted run to “${out}”.`);

  const key = await loadSigningKey(call, output);
  // what a run was begun with stays, its moments above all; the table's place and the key are told anew
  const plan = journal?.head.plan ?? (await makePlan(call, output, table, algorithmOf(key), key.kid));
  const interval = progressLine();
  const ended = await issueMany({
    id: journal?.head.id ?? randomUUID(),
    plan: plan.origin.kind === 'file' ? { ...plan, origin: { ...plan.origin, path: table } } : plan,
    out,
    material: key.material,
    crypto: batchCrypto,
    resume,
    isCancelled: () => false,
    progress: interval.show,
  });
  interval.end();
  if (!ended.ok) throw new CliError(statusOf(ended.error), explain(ended.error));
  return report(ended.value, out, call, output);
}

async function makePlan(
  call: Call,
  output: Output,
  table: string,
  algOfKey: string | undefined,
  kidOfKey: string | undefined,
): Promise<BatchPlan> {
  const template = await loadTemplate(call.one('template'));
  const look = lookAtTable(readTableStart(table));
  if (typeof look === 'string') throw new CliError(EXIT.usage, `“${table}”: ${look}`);
  const mapping = readMapping(call, template, look.columns);
  for (const [variable, source] of Object.entries(mapping))
    output.note(
      source.kind === 'column' ? `${variable} is column “${source.column}”.` : `${variable} is “${source.constant}”.`,
    );
  const kid = call.one('kid') ?? kidOfKey;
  const alg = call.one('alg') ?? algOfKey;
  return {
    origin: {
      kind: 'file',
      path: table,
      format: look.format,
      ...(look.delimiter !== undefined && { delimiter: look.delimiter }),
    },
    template,
    mapping,
    target: chooseTarget(call.one('target') ?? template.target ?? 'cta-5007-b').id,
    zone: readZone(call.one('zone')),
    now: readMoment(call.one('at')) ?? currentSeconds(),
    output: readOutput(call),
    key: { ...(kid !== undefined && { kid }), ...(alg !== undefined && { alg }) },
  };
}

function readTableStart(file: string): string {
  try {
    return readStart(file);
  } catch (error) {
    throw new CliError(EXIT.notFound, `“${file}” cannot be read${isNodeError(error) ? ` (${error.code})` : ''}.`);
  }
}

async function loadTemplate(name: string | undefined): Promise<Template> {
  const names = BUILT_IN_TEMPLATES.map(({ id }) => id).join(', ');
  if (name === undefined) throw new CliError(EXIT.usage, `Which template? --template FILE, or one of ${names}.`);
  const builtIn = BUILT_IN_TEMPLATES.find(({ id }) => id === name);
  if (builtIn !== undefined && !fs.existsSync(name)) return builtIn.template;
  const read = await readTemplate(name);
  if (read.ok) return read.value;
  throw new CliError(
    read.error.code === 'ERR_FILE_NOT_FOUND' ? EXIT.notFound : EXIT.usage,
    `“${name}”: ${explain(read.error)}`,
  );
}

/** What is named, and for the rest the columns that are called like it. */
function readMapping(call: Call, template: Template, columns: readonly string[]): BatchPlan['mapping'] {
  const mapping: Record<string, ColumnSource> = {};
  for (const [variable, column] of Object.entries(guessMapping(columns, template.variables)))
    mapping[variable] = { kind: 'column', column };
  const known = new Set(template.variables.map(({ name }) => name));
  for (const option of ['map', 'set'] as const) {
    for (const pair of call.all(option)) {
      const [variable = '', value] = splitOnce(pair);
      if (value === undefined)
        throw new CliError(EXIT.usage, `--${option} takes VARIABLE=${option === 'map' ? 'COLUMN' : 'VALUE'}.`);
      if (!known.has(variable))
        throw new CliError(
          EXIT.usage,
          `The template has no variable “${variable}”. ${[...known].join(', ')} are there.`,
        );
      mapping[variable] = option === 'map' ? { kind: 'column', column: value } : { kind: 'constant', constant: value };
    }
  }
  return mapping;
}

function splitOnce(pair: string): readonly [string, string?] {
  const at = pair.indexOf('=');
  return at < 1 ? [pair] : [pair.slice(0, at), pair.slice(at + 1)];
}

const FORMATS = ['csv', 'json', 'ndjson', 'embeds'] as const;

function readOutput(call: Call): OutputChoice {
  const named = call.one('format') ?? 'csv';
  const format = FORMATS.find((known) => known === named);
  if (format === undefined) throw new CliError(EXIT.usage, `“${named}” is no format. ${FORMATS.join(', ')} are.`);
  const [url, player, media] = [call.one('url'), call.one('player'), call.one('media')];
  if ((player === undefined) !== (media === undefined))
    throw new CliError(EXIT.usage, '--player and --media go together.');
  return {
    format,
    ...(url !== undefined && { url: { kind: 'column', column: url } }),
    ...(player !== undefined &&
      media !== undefined && {
        embed: { playerId: { kind: 'constant', constant: player }, mediaId: { kind: 'column', column: media } },
      }),
  };
}

/** One line that is written over, on a terminal only: a log of it would be of no use. */
function progressLine() {
  const isTerminal = process.stderr.isTTY;
  return {
    show: ({ rows, errors, share }: BatchProgress) => {
      if (isTerminal) process.stderr.write(`\r${rows} rows, ${errors} errors, ${Math.floor(share * 100)} %  `);
    },
    end: () => {
      if (isTerminal) process.stderr.write('\r\x1b[K');
    },
  };
}

function report(end: BatchProgress, out: string, call: Call, output: Output): ExitStatus {
  const { rows, tokens, errors, took, firstErrors } = end;
  for (const { row, column, claim, message } of firstErrors)
    output.note(
      `row ${row}${column === undefined ? '' : `, ${column}`}${claim === undefined ? '' : `, ${claim}`}: ${message}`,
    );
  if (errors > firstErrors.length)
    output.note(`${errors - firstErrors.length} more rows with errors are in the file of errors.`);
  if (errors > 0) output.note(`Errors: ${errorsOf(out)}`);
  output.note(`${tokens} tokens of ${rows} rows in ${(took / 1000).toFixed(1)} s: ${out}`);
  if (call.json)
    output.json({
      rows,
      tokens,
      errors,
      out,
      ...(errors > 0 && { errorsFile: errorsOf(out) }),
      took: Math.round(took),
    });
  return errors > 0 ? EXIT.no : EXIT.ok;
}

function statusOf({ code }: AppError): ExitStatus {
  if (code === 'ERR_FILE_NOT_FOUND' || code === 'ERR_BATCH_GONE') return EXIT.notFound;
  return code === 'ERR_BATCH_JOB' || code === 'ERR_BATCH_TABLE' || code === 'ERR_BATCH_CHANGED' ? EXIT.usage : EXIT.no;
}

const explain = ({ message, problems = [] }: AppError): string =>
  [message, ...problems.map((one) => `  ${one.path.length === 0 ? '' : `${one.path.join('.')}: `}${one.message}`)].join(
    '\n',
  );
