import { tokenisedUrl } from '../../shared/flowplayer/tokenised-url.ts';
import type { EmbedProblem } from '../../shared/flowplayer/write-embed.ts';
import { writeEmbed } from '../../shared/flowplayer/write-embed.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { columnReader } from './column-reader.ts';
import { MUST_BE_QUOTED } from './csv-rows.ts';
import type { ColumnSource, OutputChoice } from './plan.ts';
import type { RawRow, RowStream } from './row-stream.ts';
import type { LocatedFault } from './run-rows.ts';

/** How tokens are written down: what stands before the first row, for each row, and after the last. */
export interface RowWriter {
  readonly head: string;
  /** `index` counts the rows that were written; the error is why this one cannot be */
  row(raw: RawRow, token: string, index: number, rowNumber: number): Result<string, LocatedFault>;
  readonly tail: string;
}

export function createRowWriter(output: OutputChoice, { columns, delimiter = ',' }: RowStream): RowWriter {
  const extras = readExtras(output, columns);
  const names = [...columns, ...['token', ...extras.names].map((name) => freeName(name, columns))];
  switch (output.format) {
    case 'csv':
      return {
        head: `${names.map((name) => csvCell(name, delimiter)).join(delimiter)}\n`,
        row: (raw, token) => {
          const line = csvLine(raw, delimiter) + delimiter + token;
          if (extras.names.length === 0) return ok(`${line}\n`);
          const more = extras.values(raw.cells, token);
          if (!more.ok) return more;
          return ok(`${line}${more.value.map((value) => delimiter + csvCell(value, delimiter)).join('')}\n`);
        },
        tail: '',
      };
    case 'ndjson':
    case 'json': {
      const isArray = output.format === 'json';
      return {
        head: isArray ? '[' : '',
        row: ({ cells }, token, index) => {
          const more = extras.values(cells, token);
          if (!more.ok) return more;
          const values = [...columns.map((_, i) => cells[i] ?? ''), token, ...more.value];
          const object = JSON.stringify(Object.fromEntries(names.map((name, i) => [name, values[i] ?? ''])));
          if (!isArray) return ok(`${object}\n`);
          return ok(`${index === 0 ? '' : ','}\n${object}`);
        },
        tail: isArray ? '\n]\n' : '',
      };
    }
    case 'embeds':
      return {
        head: '',
        row: ({ cells }, token, _index, rowNumber) => {
          const embed = extras.embed(cells, token);
          return embed.ok ? ok(`<!-- row ${rowNumber} -->\n${embed.value}\n\n`) : embed;
        },
        tail: '',
      };
  }
}

/** Quoted where it must be (RFC 4180 §2). */
export const csvCell = (cell: string, delimiter: string): string =>
  MUST_BE_QUOTED.test(cell) || cell.includes(delimiter) ? `"${cell.replaceAll('"', '""')}"` : cell;

const csvLine = ({ cells, line }: RawRow, delimiter: string): string =>
  line ?? cells.map((cell) => csvCell(cell, delimiter)).join(delimiter);

/** A column of the table that is called so already keeps its name. */
function freeName(name: string, columns: readonly string[]): string {
  let free = name;
  for (let number = 2; columns.includes(free); number++) free = `${name}_${number}`;
  return free;
}

type Values = (cells: readonly string[], token: string) => Result<readonly string[], LocatedFault>;

function readExtras(output: OutputChoice, columns: readonly string[]) {
  const url = output.url && columnReader(output.url, columns);
  const player = output.embed && columnReader(output.embed.playerId, columns);
  const media = output.embed && columnReader(output.embed.mediaId, columns);
  const address = (cells: readonly string[], token: string): Result<string, LocatedFault> => {
    const made = tokenisedUrl(url?.(cells) ?? '', token);
    return made.ok ? ok(made.value.url) : err(faultAt(output.url, made.error.message));
  };
  const embed = (cells: readonly string[], token: string): Result<string, LocatedFault> => {
    const made = writeEmbed('es-module', { token, playerId: player?.(cells) ?? '', mediaId: media?.(cells) ?? '' });
    return made.ok ? ok(made.value.code) : err(embedFault(made.error, output));
  };
  const hasEmbed = output.embed !== undefined && output.format !== 'embeds';
  const values: Values = (cells, token) => {
    const all: string[] = [];
    for (const write of [...(url ? [address] : []), ...(hasEmbed ? [embed] : [])]) {
      const value = write(cells, token);
      if (!value.ok) return value;
      all.push(value.value);
    }
    return ok(all);
  };
  return { names: [...(url ? ['url'] : []), ...(hasEmbed ? ['embed'] : [])], values, embed };
}

const embedFault = ({ member, message }: EmbedProblem, { embed }: OutputChoice): LocatedFault =>
  faultAt(member === 'playerId' || member === 'mediaId' ? embed?.[member] : undefined, message);

const faultAt = (source: ColumnSource | undefined, message: string): LocatedFault =>
  source?.kind === 'column' ? { column: source.column, message } : { message };
