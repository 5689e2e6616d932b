import { createPublicKey, KeyObject } from 'node:crypto';
import type { ParsedInput } from '../../shared/contract/contract.ts';
import { type AppError, createError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { StoredKey } from './key-records.ts';
import { readKey } from './read-key.ts';

export type PublicFormat = ParsedInput<'keys.publicPart'>['format'];

/** What everybody may know of a key: as a JWK (RFC 7517) with its kid and algorithm, or as PEM. */
export function formatPublicPart(
  key: Pick<StoredKey, 'name' | 'encoding' | 'kid' | 'alg'>,
  content: Uint8Array,
  format: PublicFormat,
): Result<{ readonly fileName: string; readonly publicKey: string }, AppError> {
  const read = readKey(content, key.encoding);
  if (!read.ok) return read;
  const material = read.value.candidates[0]?.material;
  if (material?.kind !== 'asymmetric' || !(material.key.handle instanceof KeyObject))
    return err(createError('ERR_KEY_NO_PUBLIC_PART'));
  // made of the private key's public values, so that nothing else of it can come along
  const handle = material.key.private ? createPublicKey(material.key.handle) : material.key.handle;
  const { kid, alg } = key;
  const publicKey =
    format === 'pem'
      ? handle.export({ format: 'pem', type: 'spki' }).toString()
      : `${JSON.stringify(
          {
            ...handle.export({ format: 'jwk' }),
            ...(kid === undefined ? {} : { kid }),
            ...(alg === undefined ? {} : { alg }),
            use: 'sig',
          },
          null,
          2,
        )}\n`;
  return ok({ fileName: `${fileNameOf(key.name)}.pub.${format}`, publicKey });
}

/** A key's name as a part of a file's name on every system. */
export const fileNameOf = (name: string): string =>
  name.replaceAll(/[^\p{L}\p{N}._-]+/gu, '-').replace(/^[.-]+/, '') || 'key';
