import fs from 'node:fs';
import { z } from '../../shared/contract/zod.ts';
import { syncFolder } from './part-file.ts';
import type { BatchPlan } from './plan.ts';

/** How far a run has surely come: everything up to `row` is written, at these positions. */
const checkpoint = z.object({
  row: z.number().int().min(0),
  tokens: z.number().int().min(0),
  errors: z.number().int().min(0),
  /** bytes of the output and of the errors */
  out: z.number().int().min(0),
  err: z.number().int().min(0),
  /** milliseconds of work until here */
  took: z.number().min(0),
  /** all rows are written; only names are missing */
  done: z.boolean(),
});
export type Checkpoint = z.output<typeof checkpoint>;
export const START: Checkpoint = { row: 0, tokens: 0, errors: 0, out: 0, err: 0, took: 0, done: false };

export interface JournalHead {
  readonly version: 1;
  readonly id: string;
  readonly startedAt: number;
  /** fingerprint of the table: a resumed run goes on in the same rows */
  readonly table: string;
  /** fingerprint of the key: its tokens fit those that are there */
  readonly keyCheck: string;
  readonly plan: BatchPlan;
}

export const journalOf = (file: string): string => `${file}.journal`;

/** One line for the run, then one for each checkpoint; only whole lines count. No token and no secret is in it. */
export function createJournal(file: string, head: JournalHead) {
  const descriptor = fs.openSync(journalOf(file), 'w', 0o600);
  append(descriptor, head);
  syncFolder(file);
  return journalOn(descriptor, file);
}

/** Goes on in a journal that is there; a line that was cut off is closed first. */
export function reopenJournal(file: string) {
  const path = journalOf(file);
  const text = fs.readFileSync(path, 'utf8');
  const descriptor = fs.openSync(path, 'r+');
  fs.ftruncateSync(descriptor, Buffer.byteLength(text.slice(0, text.lastIndexOf('\n') + 1)));
  fs.closeSync(descriptor);
  return journalOn(fs.openSync(path, 'a'), file);
}

function journalOn(descriptor: number, file: string) {
  let isOpen = true;
  const close = (): void => {
    if (isOpen) fs.closeSync(descriptor);
    isOpen = false;
  };
  return {
    add: (point: Checkpoint) => append(descriptor, point),
    close,
    discard: () => {
      close();
      fs.rmSync(journalOf(file), { force: true });
    },
  };
}

function append(descriptor: number, line: unknown): void {
  fs.writeSync(descriptor, `${JSON.stringify(line)}\n`);
  fs.fdatasyncSync(descriptor);
}

/** What a journal tells of an unfinished run; `undefined` = there is none that can be read. */
export function readJournal(file: string): { readonly head: JournalHead; readonly last: Checkpoint } | undefined {
  let text: string;
  try {
    text = fs.readFileSync(journalOf(file), 'utf8');
  } catch {
    return undefined;
  }
  const lines = text.slice(0, text.lastIndexOf('\n') + 1).split('\n');
  const head = parse(lines[0] ?? '');
  if (!isHead(head)) return undefined;
  let last = START;
  for (const line of lines.slice(1)) {
    const point = checkpoint.safeParse(parse(line));
    if (point.success) last = point.data;
  }
  return { head, last };
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Written by this program only; whoever else wrote it is told by what the plan then cannot do. */
const isHead = (value: unknown): value is JournalHead =>
  typeof value === 'object' && value !== null && 'version' in value && value.version === 1 && 'plan' in value;
