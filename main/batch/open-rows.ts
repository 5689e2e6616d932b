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
  const file = fs.createReadStream(path, { fd: descriptor, start: skip, highWaterMark: 32 * 1024 });
  const share = () => (size === 0 ? 1 : Math.min(1, file.bytesRead / size));
  if (encoding === 'utf16le') return { stream: file.setEncoding(encoding), share };
  return { stream: Readable.from(decodeParts(file)), share };
}

/** Text of parts that may end inside a character. Node's own decoder does the same at a sixth of the speed. */
async function* decodeParts(parts: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let rest: Uint8Array = new Uint8Array(0);
  for await (const part of parts) {
    const bytes = rest.length === 0 ? part : Buffer.concat([rest, part]);
    const end = bytes.length - unfinished(bytes);
    rest = bytes.subarray(end);
    yield bytes.toString('utf8', 0, end);
  }
  if (rest.length > 0) yield Buffer.from(rest).toString('utf8');
}

/** How many bytes at the end are the beginning of a character (RFC 3629 §3). */
function unfinished(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0;
  }
  return 0;
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
