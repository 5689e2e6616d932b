import fs from 'node:fs/promises';
import { type AppError, createError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { isErrno } from './json-file.ts';

/** Reads a whole file of at most `maxBytes`. A folder, a device or a pipe is not read: they may never end. */
export async function readSmallFile(file: string, maxBytes: number): Promise<Result<Uint8Array, AppError>> {
  try {
    const handle = await fs.open(file, 'r');
    try {
      const stat = await handle.stat();
      if (!stat.isFile()) return err(createError('ERR_FILE_UNREADABLE'));
      if (stat.size > maxBytes) return err(createError('ERR_FILE_TOO_LARGE'));
      const content = await handle.readFile();
      // it may have grown since
      return content.length > maxBytes ? err(createError('ERR_FILE_TOO_LARGE')) : ok(new Uint8Array(content));
    } finally {
      await handle.close();
    }
  } catch (cause) {
    if (isErrno(cause, 'ENOENT', 'ENOTDIR')) return err(createError('ERR_FILE_NOT_FOUND'));
    if (isErrno(cause, 'EACCES', 'EPERM')) return err(createError('ERR_FILE_PERMISSION'));
    return err(createError('ERR_FILE_UNREADABLE'));
  }
}

/** As text, without its byte order mark. */
export async function readTextFile(file: string, maxBytes: number): Promise<Result<string, AppError>> {
  const content = await readSmallFile(file, maxBytes);
  if (!content.ok) return content;
  try {
    return ok(new TextDecoder('utf-8', { fatal: true }).decode(content.value));
  } catch {
    return err(createError('ERR_FILE_NOT_TEXT'));
  }
}
