import type { Readable } from 'node:stream';
import Papa from 'papaparse';
import { type RawRow, type RowStream, TableError } from './row-stream.ts';

export const DELIMITERS = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof DELIMITERS)[number];

/** What a cell cannot have without quotes around it (RFC 4180 §2), and a mark that would be taken for the file's own. */
export const MUST_BE_QUOTED = /["\r\n\ufeff]/;

/** A quote that is never closed makes one cell of all that follows. */
const LONGEST_ROW = 1024 * 1024;

/**
 * What stands between the cells, guessed from the beginning of a table: what divides the line of names, and most rows into
 * as many cells. A decimal comma and a list of countries are then no reason to take a comma for it.
 */
export function guessDelimiter(start: string): Delimiter {
  const guesses = DELIMITERS.map((delimiter) => {
    const { data } = Papa.parse<string[]>(start, { delimiter, preview: 20, skipEmptyLines: 'greedy' });
    const cells = data[0]?.length ?? 0;
    return { delimiter, cells, odd: data.filter(({ length }) => length !== cells).length };
  });
  const [best] = guesses.filter(({ cells }) => cells > 1).sort((a, b) => a.odd - b.odd || b.cells - a.cells);
  return best?.delimiter ?? ',';
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
    read: async (take) => {
      let rest = '';
      let newline: Marks['newline'] | undefined;
      let isFirst = true;
      const hand = ({ rows }: Part): boolean => {
        const whole: RawRow[] = [];
        for (const row of rows) {
          if (isFirst) isFirst = false;
          else if (!isBlank(row.cells)) whole.push(checkRow(row, columns.length));
        }
        return whole.length === 0 || take(whole);
      };
      for await (const part of input) {
        rest += part;
        newline ??= readNewline(rest);
        const read = splitLines(rest, { delimiter, newline, columns: columns.length }, false);
        rest = rest.slice(read.end);
        if (rest.length > LONGEST_ROW) throw new TableError('A row is longer than 1 MiB: a quote may never be closed.');
        if (!hand(read)) return;
      }
      if (rest !== '') hand(splitLines(rest, { delimiter, newline: newline ?? '\n', columns: columns.length }, true));
    },
  };
}

interface Part {
  readonly rows: readonly RawRow[];
  /** where the next part goes on */
  readonly end: number;
}

interface Marks {
  readonly delimiter: string;
  readonly newline: '\n' | '\r' | '\r\n';
  readonly columns: number;
}

/** The rows of a text; a line that may go on in the next part is left, unless this is the last. */
function splitLines(text: string, marks: Marks, isLast: boolean): Part {
  // only with quotes it takes a real parser
  if (text.includes('"')) return splitQuoted(text, marks, isLast);
  const { delimiter, newline, columns } = marks;
  const end = isLast ? text.length : text.lastIndexOf(newline);
  if (end < 0) return { rows: [], end: 0 };
  const rows: RawRow[] = [];
  // looked for once, where that is enough
  const isPlain = newline === '\n' && !text.includes('\r') && !text.includes('\ufeff');
  for (let at = 0; at <= end; ) {
    const next = text.indexOf(newline, at);
    const stop = next < 0 ? end : next;
    const line = text.slice(at, stop);
    const isWritten = isPlain || !MUST_BE_QUOTED.test(line);
    rows.push({ cells: cutLine(line, delimiter, columns), line: isWritten ? line : undefined });
    at = stop + newline.length;
  }
  return { rows, end: isLast ? end : end + newline.length };
}

/** As `split` does, in half the time; `columns` is how many cells there mostly are. */
function cutLine(line: string, delimiter: string, columns: number): string[] {
  const cells = new Array<string>(columns);
  let count = 0;
  let at = 0;
  for (let next = line.indexOf(delimiter); next >= 0; next = line.indexOf(delimiter, at)) {
    cells[count++] = line.slice(at, next);
    at = next + delimiter.length;
  }
  cells[count++] = line.slice(at);
  if (count !== columns) cells.length = count;
  return cells;
}

function splitQuoted(text: string, { delimiter, newline }: Marks, isLast: boolean): Part {
  const { data, errors, meta } = new Papa.Parser({ delimiter, newline }).parse(text, 0, !isLast) as Papa.ParseResult<
    string[]
  >;
  const faults = new Map(errors.map(({ row, message }) => [row, message]));
  const rows = data.map((cells, index): RawRow => {
    const fault = faults.get(index);
    return fault === undefined ? { cells } : { cells, fault: `${fault}.` };
  });
  return { rows, end: isLast ? text.length : meta.cursor };
}

/** What ends the lines, by the first of them. */
function readNewline(text: string): Marks['newline'] {
  const { linebreak } = Papa.parse(text, { preview: 1 }).meta;
  return linebreak === '\r' || linebreak === '\r\n' ? linebreak : '\n';
}

/** A line without a word, as editors and spreadsheets leave them at the end. */
const isBlank = (cells: readonly string[]): boolean => cells[0] === '' && cells.every((cell) => cell.trim() === '');

function checkRow(row: RawRow, columns: number): RawRow {
  const { cells, fault } = row;
  if (fault !== undefined || cells.length === columns) return row;
  if (cells.length > columns && cells.slice(columns).every((cell) => cell.trim() === ''))
    return { cells: cells.slice(0, columns) };
  return { cells, fault: `It has ${cells.length} cells, and there are ${columns} columns.` };
}
