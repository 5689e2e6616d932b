import { randomUUID } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import type { RowTable } from '../../shared/contract/batch.ts';
import { type AppError, createError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { lookAtTable, openRows, readStart } from './open-rows.ts';
import type { RowOrigin } from './plan.ts';
import { TableError } from './row-stream.ts';

type TableOrigin = Exclude<RowOrigin, { readonly kind: 'matrix' }>;

/** Tables that were chosen or pasted, by a handle: the window learns what they hold, and never where they lie. */
export interface Tables {
  openFile(file: string): Promise<Result<RowTable, AppError>>;
  openRows(rows: string, fileName?: string): Promise<Result<RowTable, AppError>>;
  origin(handle: string): Result<TableOrigin, AppError>;
}

const SHOWN_ROWS = 20;
const MOST_HELD = 8;

export function createTables(): Tables {
  const held = new Map<string, TableOrigin>();

  async function open(
    start: string,
    size: number,
    fileName: string,
    origin: (look: Pick<TableOrigin, 'format' | 'delimiter'>) => TableOrigin,
  ): Promise<Result<RowTable, AppError>> {
    const look = lookAtTable(start);
    if (typeof look === 'string') return err(createError('ERR_BATCH_TABLE', { message: look }));
    const { columns, ...rest } = look;
    const opened = origin(rest);
    const rows: string[][] = [];
    await openRows(opened).read((some) => {
      rows.push(...some.slice(0, SHOWN_ROWS - rows.length).map(({ cells }) => [...cells]));
      return false;
    });
    const handle = randomUUID();
    for (const oldest of held.keys()) {
      if (held.size < MOST_HELD) break;
      held.delete(oldest);
    }
    held.set(handle, opened);
    return ok({ ...{ handle, fileName, size, columns: [...columns], rows }, ...rest });
  }

  return {
    openFile: async (file) => {
      try {
        const { size } = fs.statSync(file);
        return await open(readStart(file), size, path.basename(file), (look) => ({
          kind: 'file',
          path: file,
          ...look,
        }));
      } catch (cause) {
        return err(tableError(cause));
      }
    },
    openRows: async (rows, fileName = 'pasted rows') => {
      try {
        const size = Buffer.byteLength(rows);
        return await open(rows.slice(0, 64 * 1024), size, fileName, (look) => ({
          kind: 'text',
          text: rows,
          ...look,
        }));
      } catch (cause) {
        return err(tableError(cause));
      }
    },
    origin: (handle) => {
      const origin = held.get(handle);
      return origin === undefined
        ? err(createError('ERR_BATCH_TABLE', { message: 'The table is not held any more.', hint: 'Choose it again.' }))
        : ok(origin);
    },
  };
}

function tableError(cause: unknown): AppError {
  if (cause instanceof TableError) return createError('ERR_BATCH_TABLE', { message: cause.message });
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  if (code === 'ENOENT') return createError('ERR_FILE_NOT_FOUND');
  if (code === 'EACCES' || code === 'EPERM') return createError('ERR_FILE_PERMISSION');
  if (code !== undefined) return createError('ERR_FILE_UNREADABLE');
  throw cause;
}
