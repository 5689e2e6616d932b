import fs from 'node:fs';
import { Readable } from 'node:stream';
import { csvRows, type Delimiter, guessDelimiter, readColumns } from './csv-rows.ts';
import { jsonColumns, jsonRows } from './json-rows.ts';
import { matrixRows } from './matrix-rows.ts';
import type { RowOrigin } from './plan.ts';
import { type RowStream, TableError } from './row-stream.ts';

/** What the beginning of a table tells. */
export interface TableLook {
  readonly format: 'csv' | 'json' | 'ndjson';
  readonly delimiter?: Delimiter;
  readonly columns: readonly string[];
}

const START_BYTES = 256 * 1024;

/** Looks at a table's beginning; the error is a sentence. */
export function lookAtTable(start: string): TableLook | string {
  const first = start.trimStart().charAt(0);
  const isJson = first === '[' || first === '{';
  const delimiter = isJson ? undefined : guessDelimiter(start);
  const columns = delimiter === undefined ? jsonColumns(start) : readColumns(start, delimiter);
  if (columns.length === 0) return 'There are no rows in it.';
  const format = delimiter !== undefined ? 'csv' : first === '[' ? 'json' : 'ndjson';
  return { format, ...(delimiter !== undefined && { delimiter }), columns };
}

/** The first part of a file as text, without its byte order mark. */
export function readStart(path: string): string {
  const descriptor = fs.openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(START_BYTES);
    const length = fs.readSync(descriptor, bytes, 0, START_BYTES, 0);
    const { encoding, skip } = readMark(bytes);
    // a character that was cut in two is none yet
    return bytes
      .subarray(skip, length)
      .toString(encoding)
      .replace(/\ufffd+$/, '');
  } finally {
    fs.closeSync(descriptor);
  }
}

/** Opens what rows come from. Throws a `TableError` when it is no table, and what the file system throws. */
export function openRows(origin: RowOrigin): RowStream {
  if (origin.kind === 'matrix') return matrixRows(origin.axes);
  const start = origin.kind === 'file' ? readStart(origin.path) : withoutMark(origin.text);
  const look = lookAtTable(start);
  if (typeof look === 'string') throw new TableError(look);
  const { stream, share } = origin.kind === 'file' ? openFile(origin.path) : openText(origin.text);
  return look.format === 'csv'
    ? csvRows(stream, look.columns, origin.delimiter ?? look.delimiter ?? ',', share)
    : jsonRows(stream, look.columns, share);
}

function openFile(path: string) {
  const { size } = fs.statSync(path);
  const descriptor = fs.openSync(path, 'r');
  const head = Buffer.alloc(4);
  fs.readSync(descriptor, head, 0, 4, 0);
  const { encoding, skip } = readMark(head);
  const stream = fs.createReadStream(path, { fd: descriptor, start: skip, highWaterMark: 128 * 1024 });
  stream.setEncoding(encoding);
  return { stream, share: () => (size === 0 ? 1 : Math.min(1, stream.bytesRead / size)) };
}

const TEXT_PART = 64 * 1024;

function openText(whole: string) {
  const text = withoutMark(whole);
  let at = 0;
  function* parts() {
    for (; at < text.length; at += TEXT_PART) yield text.slice(at, at + TEXT_PART);
  }
  return { stream: Readable.from(parts()), share: () => (text.length === 0 ? 1 : Math.min(1, at / text.length)) };
}

const withoutMark = (text: string): string => text.replace(/^\ufeff/, '');

/** UTF-8 with or without its mark, or UTF-16 as Windows writes it; anything else is read as UTF-8, and found out there. */
function readMark(bytes: Uint8Array): { readonly encoding: 'utf8' | 'utf16le'; readonly skip: number } {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { encoding: 'utf16le', skip: 2 };
  return { encoding: 'utf8', skip: bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0 };
}
