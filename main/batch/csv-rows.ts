import type { Readable } from 'node:stream';
import Papa from 'papaparse';
import { type RawRow, type RowStream, TableError } from './row-stream.ts';

export const DELIMITERS = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/** A quote that is never closed makes one cell of all that follows. */
const LONGEST_ROW = 1024 * 1024;

/** What stands between the cells, guessed from the beginning of a table. */
export function guessDelimiter(start: string): Delimiter {
  const { meta } = Papa.parse(start, { preview: 20, delimitersToGuess: [...DELIMITERS] });
  return DELIMITERS.find((delimiter) => delimiter === meta.delimiter) ?? ',';
}

/** The names in the first line: blank ones get their number, repeated ones a number of their own. */
export function readColumns(start: string, delimiter: string): readonly string[] {
  const { data } = Papa.parse<string[]>(start, { preview: 1, delimiter });
  const seen = new Map<string, number>();
  return (data[0] ?? []).map((cell, index) => {
    const name = cell.trim() === '' ? `column ${index + 1}` : cell.trim();
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return times === 1 ? name : `${name} (${times})`;
  });
}

/** CSV as RFC 4180 has it, and with other delimiters; the first line has the names. `input` gives text without its BOM. */
export function csvRows(
  input: Readable,
  columns: readonly string[],
  delimiter: string,
  share: () => number,
): RowStream {
  return {
    columns,
    delimiter,
    share,
    read: (take) =>
      new Promise((resolve, reject) => {
        let isFirst = true;
        let unread = 0;
        input.on('data', (chunk: string) => {
          unread += chunk.length;
        });
        Papa.parse<string[]>(input, {
          delimiter,
          chunk: (results, parser) => {
            if (results.data.length > 1) unread = 0;
            if (unread > LONGEST_ROW) {
              // first, since aborting completes
              reject(new TableError('A row is longer than 1 MiB: a quote may never be closed.'));
              parser.abort();
              return;
            }
            const faults = new Map(results.errors.map(({ row, message }) => [row, message]));
            const rows: RawRow[] = [];
            for (const [index, cells] of results.data.entries()) {
              if (isFirst) isFirst = false;
              else if (!isBlank(cells)) rows.push(readRow(cells, columns.length, faults.get(index)));
            }
            if (rows.length > 0 && !take(rows)) parser.abort();
          },
          complete: () => {
            input.destroy();
            resolve();
          },
          error: (cause: Error) => reject(cause),
        });
      }),
  };
}

/** A line without a word, as editors and spreadsheets leave them at the end. */
const isBlank = (cells: readonly string[]): boolean => cells[0] === '' && cells.every((cell) => cell.trim() === '');

function readRow(cells: readonly string[], columns: number, fault: string | undefined): RawRow {
  if (fault !== undefined) return { cells, fault: `${fault}.` };
  if (cells.length === columns) return { cells };
  if (cells.length > columns && cells.slice(columns).every((cell) => cell.trim() === ''))
    return { cells: cells.slice(0, columns) };
  return { cells, fault: `It has ${cells.length} cells, and there are ${columns} columns.` };
}
