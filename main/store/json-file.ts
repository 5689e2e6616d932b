import { randomBytes } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import type { z } from '../../shared/contract/zod.ts';
import { type AppError, createError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';

/** How a document looked before: its schema then, and the way to the next version. */
export interface OlderVersion {
  readonly schema: z.ZodType;
  readonly up: (data: unknown) => unknown;
}

export interface JsonFileOptions<Schema extends z.ZodType> {
  readonly path: string;
  readonly version: number;
  readonly schema: Schema;
  readonly older?: Readonly<Record<number, OlderVersion>>;
  readonly initial: () => z.output<Schema>;
}

export interface Loaded<T> {
  readonly value: T;
  /** said when the file was unreadable and put aside, or written by an older version and kept as a backup */
  readonly notice?: { readonly kind: 'put-aside' | 'migrated'; readonly keptAs: string };
}

/** A versioned document of the profile: one writer, whole or not at all, never reset without saying so. */
export interface JsonFile<T> {
  load(): Promise<Result<Loaded<T>, AppError>>;
  /** Saves run one after the other; the last one wins. */
  save(value: T): Promise<Result<void, AppError>>;
  /** resolves when nothing is being written any more */
  settled(): Promise<void>;
}

const MAX_BYTES = 16 * 1024 * 1024;

export function createJsonFile<Schema extends z.ZodType>(options: JsonFileOptions<Schema>): JsonFile<z.output<Schema>> {
  const { path: file, version, schema, older = {}, initial } = options;
  type T = z.output<Schema>;
  let tail: Promise<unknown> = Promise.resolve();
  /** A document that could not be read is not ours to overwrite. */
  let refusal: AppError | undefined;

  async function putAside(): Promise<Result<Loaded<T>, AppError>> {
    const keptAs = `${file}.${new Date().toISOString().replaceAll(/[:.]/g, '-')}.corrupt`;
    await fs.rename(file, keptAs);
    return ok({ value: initial(), notice: { kind: 'put-aside', keptAs } });
  }

  function migrate(data: unknown, from: number): { readonly data: unknown } | undefined {
    let current = data;
    for (let at = from; at < version; at += 1) {
      const step = older[at];
      const parsed = step?.schema.safeParse(current);
      if (!step || !parsed?.success) return undefined;
      current = step.up(parsed.data);
    }
    return { data: current };
  }

  async function read(): Promise<Result<Loaded<T>, AppError>> {
    await removeLeftovers(file);
    const stat = await fs.stat(file);
    if (stat.size > MAX_BYTES) return putAside();
    const document = parseDocument(await fs.readFile(file, 'utf8'));
    if (!document) return putAside();
    if (document.version > version) {
      refusal = createError('ERR_STORE_NEWER');
      return err(refusal);
    }
    const migrated = migrate(document.data, document.version);
    const parsed = migrated && schema.safeParse(migrated.data);
    if (!parsed?.success) return putAside();
    if (document.version === version) return ok({ value: parsed.data });
    const keptAs = `${file}.v${document.version}.bak`;
    await fs.copyFile(file, keptAs);
    await fs.chmod(keptAs, 0o600);
    await syncFile(keptAs);
    await writeAtomically(file, formatDocument(version, parsed.data));
    return ok({ value: parsed.data, notice: { kind: 'migrated', keptAs } });
  }

  return {
    load: () =>
      enqueue(async () => {
        try {
          return await read();
        } catch (cause) {
          if (isErrno(cause, 'ENOENT')) return ok({ value: initial() });
          refusal = createError(isErrno(cause, 'EACCES', 'EPERM') ? 'ERR_FILE_PERMISSION' : 'ERR_FILE_UNREADABLE');
          return err(refusal);
        }
      }),
    save: (value) =>
      enqueue(async () => {
        if (refusal) return err(refusal);
        try {
          await writeAtomically(file, formatDocument(version, value));
          return ok(undefined);
        } catch {
          return err(createError('ERR_STORE_WRITE'));
        }
      }),
    settled: async () => {
      await tail;
    },
  };

  function enqueue<R>(work: () => Promise<R>): Promise<R> {
    const run = tail.then(work);
    tail = run.catch(() => undefined);
    return run;
  }
}

const formatDocument = (version: number, data: unknown): string => `${JSON.stringify({ version, data }, null, 2)}\n`;

function parseDocument(text: string): { readonly version: number; readonly data: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || !('version' in value) || !('data' in value)) return undefined;
    const { version, data } = value;
    return typeof version === 'number' && Number.isInteger(version) && version > 0 ? { version, data } : undefined;
  } catch {
    return undefined;
  }
}

/** Whole or not at all: a new file beside the old one, on the disk before it takes the old one's name. */
export async function writeAtomically(file: string, content: string | Uint8Array): Promise<void> {
  const folder = path.dirname(file);
  await fs.mkdir(folder, { recursive: true, mode: 0o700 });
  const temporary = path.join(folder, `.${path.basename(file)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    const handle = await fs.open(temporary, 'wx', 0o600);
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await fs.rename(temporary, file);
  } catch (cause) {
    await fs.rm(temporary, { force: true });
    throw cause;
  }
  await syncFolder(folder);
}

/** Temporary files of a process that was killed while it wrote. */
export async function removeLeftovers(file: string): Promise<void> {
  const start = `.${path.basename(file)}.`;
  for (const entry of await fs.readdir(path.dirname(file))) {
    if (entry.startsWith(start) && entry.endsWith('.tmp'))
      await fs.rm(path.join(path.dirname(file), entry), { force: true });
  }
}

async function syncFile(file: string): Promise<void> {
  const handle = await fs.open(file, 'r+');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function syncFolder(folder: string): Promise<void> {
  // Windows opens no folders; there a rename is kept in the journal of the file system
  if (process.platform === 'win32') return;
  const handle = await fs.open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

export function isErrno(cause: unknown, ...codes: readonly string[]): boolean {
  return cause instanceof Error && 'code' in cause && typeof cause.code === 'string' && codes.includes(cause.code);
}
