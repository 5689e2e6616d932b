import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { redact } from './redact.ts';

export interface Log {
  info(area: string, message: string): void;
  warn(area: string, message: string, cause?: unknown): void;
  /** gives the id under which a person can find the line again */
  error(area: string, message: string, cause?: unknown): string;
}

export interface LogOptions {
  /** the file; absent: nothing is kept */
  readonly file?: string;
  readonly echo?: (line: string) => void;
  /** folders that are written as a name, since they hold the name of the person */
  readonly places?: readonly (readonly [path: string, name: string])[];
}

const MAX_BYTES = 1024 * 1024;
const MAX_LINE = 8 * 1024;

/** Every line goes through `redact`. Writing is synchronous: there is little of it, and a crash must not swallow it. */
export function createLog({ file, echo, places = [] }: LogOptions): Log {
  function write(level: string, area: string, message: string, cause: unknown, id?: string): void {
    const parts = [level, area, id ?? '', message, describe(cause)].filter((part) => part !== '');
    const line = redact(parts.join(' ').slice(0, MAX_LINE), places).replaceAll(/\r?\n/g, '\n    ');
    const stamped = `${new Date().toISOString()} ${line}\n`;
    echo?.(stamped);
    if (file !== undefined) append(file, stamped);
  }
  return {
    info: (area, message) => write('info', area, message, undefined),
    warn: (area, message, cause) => write('warn', area, message, cause),
    error: (area, message, cause) => {
      const id = randomBytes(4).toString('hex');
      write('error', area, message, cause, id);
      return id;
    },
  };
}

function describe(cause: unknown): string {
  if (cause === undefined) return '';
  if (cause instanceof Error) return cause.stack ?? cause.message;
  return typeof cause === 'string' ? cause : Object.prototype.toString.call(cause);
}

function append(file: string, line: string): void {
  try {
    fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 });
    if ((fs.statSync(file, { throwIfNoEntry: false })?.size ?? 0) > MAX_BYTES) fs.renameSync(file, `${file}.1`);
    fs.appendFileSync(file, line, { mode: 0o600 });
  } catch {
    // a full disk must not stop the app; the line was echoed where somebody could see it
  }
}
