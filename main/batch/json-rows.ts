import type { Readable } from 'node:stream';
import { isJsonObject, type Json } from '../../shared/json.ts';
import { type RawRow, type RowStream, TableError } from './row-stream.ts';

const LONGEST_ROW = 1024 * 1024;
const FIRST_ROWS = 100;

/** Members of the first objects, in the order they are met. */
export function jsonColumns(start: string): readonly string[] {
  const columns = new Set<string>();
  const splitter = createSplitter();
  for (const text of splitter.push(start).slice(0, FIRST_ROWS)) {
    const row = parse(text);
    if (isJsonObject(row)) for (const member of Object.keys(row)) columns.add(member);
  }
  return [...columns];
}

/** A JSON array of objects, or one object a line: objects that follow each other, whatever stands between them. */
export function jsonRows(input: Readable, columns: readonly string[], share: () => number): RowStream {
  return {
    columns,
    share,
    read: async (take) => {
      const splitter = createSplitter();
      for await (const chunk of input) {
        const rows = splitter.push(String(chunk)).map((text) => readRow(text, columns));
        if (splitter.waiting() > LONGEST_ROW)
          throw new TableError('A row is longer than 1 MiB: a bracket or quote may never be closed.');
        if (rows.length > 0 && !take(rows)) return;
      }
      const rest = splitter.end();
      if (rest !== undefined) take([readRow(rest, columns)]);
    },
  };
}

/** Cuts text into its outermost objects, and what is no object into lines of its own. */
function createSplitter() {
  let held = '';
  /** positions in `held`: where the piece in hand begins, how far was looked */
  let at = 0;
  let depth = 0;
  let quoted = false;
  let escaped = false;
  let start = -1;

  function push(chunk: string): string[] {
    held += chunk;
    const pieces: string[] = [];
    for (; at < held.length; at++) {
      const code = held.charCodeAt(at);
      if (quoted) {
        if (escaped) escaped = false;
        else if (code === BACKSLASH) escaped = true;
        else if (code === QUOTE) quoted = false;
        // no text of JSON goes over a line: what is broken ends here, and the next line has its chance
        else if (code === NEWLINE) cut(pieces);
      } else if (depth > 0) {
        if (code === QUOTE) quoted = true;
        else if (code === OPEN) depth++;
        else if (code === CLOSE && --depth === 0) cut(pieces);
      } else if (code === OPEN) {
        if (start >= 0) cut(pieces, at);
        start = at;
        depth = 1;
      } else if (start >= 0) {
        if (code === NEWLINE) cut(pieces, at);
      } else if (!isBetween(code)) start = at;
    }
    if (start < 0) {
      held = '';
      at = 0;
    } else {
      held = held.slice(start);
      at -= start;
      start = 0;
    }
    return pieces;
  }

  function cut(pieces: string[], end = at + 1): void {
    pieces.push(held.slice(start, end));
    start = -1;
    depth = 0;
    quoted = false;
    escaped = false;
  }

  return { push, waiting: () => held.length, end: () => (start >= 0 && held.trim() !== '' ? held : undefined) };
}

const [QUOTE, BACKSLASH, NEWLINE, OPEN, CLOSE] = [0x22, 0x5c, 0x0a, 0x7b, 0x7d];
/** Blanks, and the brackets and commas of an array. */
const isBetween = (code: number): boolean => code <= 0x20 || code === 0x2c || code === 0x5b || code === 0x5d;

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readRow(text: string, columns: readonly string[]): RawRow {
  const row = parse(text);
  if (!isJsonObject(row)) return { cells: [], fault: 'It is no JSON object.' };
  let fault: string | undefined;
  const cells = columns.map((column) => {
    const cell = readCell(row[column]);
    if (cell === undefined) fault ??= `“${column}” is an object; a text, a number or a list is needed.`;
    return cell ?? '';
  });
  return fault === undefined ? { cells } : { cells, fault };
}

/** As it would stand in CSV; lists as their items with commas between. */
function readCell(value: Json | undefined): string | undefined {
  if (value === undefined || value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (!Array.isArray(value)) return undefined;
  const items = value.map((item: Json) => readCell(item));
  return items.some((item) => item === undefined) ? undefined : items.join(',');
}
