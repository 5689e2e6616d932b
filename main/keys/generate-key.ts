import { generateKeyPair, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import type { ParsedInput } from '../../shared/contract/contract.ts';
import { defaultGuard, type ImportEncoding, type KeyRecord } from '../../shared/contract/keys.ts';
import type { AppError } from '../../shared/errors.ts';
import type { Result } from '../../shared/result.ts';
import { Secret, type SecretBytes } from '../secrets/secret.ts';
import { type KeyDesk, storeNew } from './key-desk.ts';

const makePair = promisify(generateKeyPair);

export type MadeAlgorithm = ParsedInput<'keys.generate'>['alg'];

/** A key as it goes to the store; nothing else of it exists anywhere. */
export interface MadeKey {
  readonly content: SecretBytes;
  readonly encoding: ImportEncoding;
}

export async function makeKey(alg: MadeAlgorithm): Promise<MadeKey> {
  const pem = { format: 'pem', type: 'pkcs8' } as const;
  switch (alg) {
    case 'HS256':
      // RFC 7518 §3.2: as long as the hash and no shorter
      return { content: new Secret(new Uint8Array(randomBytes(32))), encoding: 'raw' };
    case 'ES256': {
      const { privateKey } = await makePair('ec', { namedCurve: 'P-256' });
      return { content: asBytes(privateKey.export(pem)), encoding: 'pem' };
    }
    case 'PS256': {
      const { privateKey } = await makePair('rsa', { modulusLength: 2048 });
      return { content: asBytes(privateKey.export(pem)), encoding: 'pem' };
    }
  }
}

export async function generateKey(
  desk: KeyDesk,
  input: ParsedInput<'keys.generate'>,
): Promise<Result<KeyRecord, AppError>> {
  const { name, environment, alg, notes = '', guard = defaultGuard(environment) } = input;
  const { content, encoding } = await makeKey(alg);
  const record = { name, environment, alg, notes, guard, origin: 'generated' as const, ...chooseKid(input.kid) };
  return storeNew(desk, record, content, encoding);
}

/** Left out, one is made up that no other key has; `null` is none. */
export function chooseKid(kid: string | null | undefined): { readonly kid?: string } {
  if (kid === null) return {};
  return { kid: kid ?? randomBytes(8).toString('hex') };
}

const asBytes = (pem: string | Buffer): SecretBytes => new Secret(Uint8Array.from(Buffer.from(pem)));
