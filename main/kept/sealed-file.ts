import fs from 'node:fs/promises';
import path from 'node:path';
import { z } from '../../shared/contract/zod.ts';
import { type AppError, createError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { seal, sealedSchema, unseal } from '../secrets/vault-crypto.ts';
import { isErrno, removeLeftovers, writeAtomically } from '../store/json-file.ts';
import type { KeptKey } from './kept-key.ts';

const fileSchema = z.object({ version: z.literal(1), key: z.string(), sealed: sealedSchema });

/** A text in a file of the profile, encrypted with AES-256-GCM under the kept key. On the disk it is never in plain. */
export interface SealedFile {
  /** `undefined`: there is none. One that cannot be opened is put aside, unless its key may still come back */
  read(): Promise<Result<string | undefined, AppError>>;
  write(text: string): Promise<Result<void, AppError>>;
  remove(): Promise<Result<void, AppError>>;
}

export function createSealedFile(file: string, key: KeptKey): SealedFile {
  /** what is sealed for one file opens in no other */
  const context = (keyId: string) => `catwalk kept 1 ${keyId} ${path.basename(file)}`;

  return {
    read: async () => {
      const content = await readIfThere(file);
      if (!content.ok || content.value === undefined) return content.ok ? ok(undefined) : content;
      const parsed = fileSchema.safeParse(parseJson(content.value));
      if (!parsed.success) return putAside(file);
      const found = await key.read();
      if (!found.ok) return found;
      // the keychain of that key may be another one, and be there again tomorrow
      if (found.value?.id !== parsed.data.key) return putAside(file);
      const plain = unseal(found.value.bytes.reveal(), context(parsed.data.key), parsed.data.sealed);
      return plain === undefined ? putAside(file) : ok(new TextDecoder().decode(plain));
    },
    write: async (text) => {
      const found = await key.readOrMake();
      if (!found.ok) return found;
      const { id, bytes } = found.value;
      const sealed = seal(bytes.reveal(), context(id), new TextEncoder().encode(text));
      try {
        await writeAtomically(file, `${JSON.stringify({ version: 1, key: id, sealed })}\n`);
        return ok(undefined);
      } catch {
        return err(createError('ERR_STORE_WRITE'));
      }
    },
    remove: async () => {
      try {
        await fs.rm(file, { force: true });
        await removeLeftovers(file).catch(() => undefined);
        return ok(undefined);
      } catch {
        return err(createError('ERR_STORE_WRITE'));
      }
    },
  };
}

async function readIfThere(file: string): Promise<Result<string | undefined, AppError>> {
  try {
    return ok(await fs.readFile(file, 'utf8'));
  } catch (cause) {
    if (isErrno(cause, 'ENOENT')) return ok(undefined);
    return err(createError(isErrno(cause, 'EACCES', 'EPERM') ? 'ERR_FILE_PERMISSION' : 'ERR_FILE_UNREADABLE'));
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function putAside(file: string): Promise<Result<undefined, AppError>> {
  try {
    await fs.rename(file, `${file}.${new Date().toISOString().replaceAll(/[:.]/g, '-')}.unreadable`);
    return ok(undefined);
  } catch {
    return err(createError('ERR_STORE_WRITE'));
  }
}
