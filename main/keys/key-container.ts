import { keyRecord } from '../../shared/contract/keys.ts';
import { z } from '../../shared/contract/zod.ts';
import { type AppError, createError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { Secret, type SecretBytes } from '../secrets/secret.ts';
import {
  createSalt,
  deriveKeys,
  type Kdf,
  kdfSchema,
  saltSchema,
  seal,
  sealedSchema,
  unseal,
} from '../secrets/vault-crypto.ts';

/** Keys with their secrets for another machine or a safe: one JSON file, encrypted under a passphrase of its own. */
export const CONTAINER_FORMAT = 'catwalk-keys';
const VERSION = 1;

const headerSchema = z.object({
  format: z.literal(CONTAINER_FORMAT),
  version: z.literal(VERSION),
  kdf: kdfSchema,
  salt: saltSchema,
});
const containerSchema = z.object({
  ...headerSchema.shape,
  /** nothing, sealed: tells a wrong passphrase from a file that was damaged */
  check: sealedSchema,
  keys: sealedSchema,
});

/** A key in a container: what its row says, but for what belongs to one installation. */
const containedKey = keyRecord.pick({
  name: true,
  environment: true,
  kid: true,
  alg: true,
  encoding: true,
  notes: true,
  guard: true,
  calibration: true,
});
const contentSchema = z.array(z.object({ ...containedKey.shape, secret: z.base64url() }));

export type ContainedKey = z.output<typeof containedKey> & { readonly content: SecretBytes };

export async function sealContainer(
  keys: readonly ContainedKey[],
  passphrase: Secret<string>,
  kdf: Kdf,
): Promise<string> {
  const header = {
    format: CONTAINER_FORMAT,
    version: VERSION,
    kdf: { name: 'scrypt', ...kdf },
    salt: createSalt(),
  } as const;
  const derived = await deriveKeys(passphrase, header.salt, kdf);
  const plain = Buffer.from(
    JSON.stringify(
      keys.map(({ content, ...key }) => ({
        ...containedKey.parse(key),
        secret: Buffer.from(content.reveal()).toString('base64url'),
      })),
    ),
  );
  const sealed = {
    ...header,
    check: seal(derived.seal, contextOf(header, 'check'), new Uint8Array()),
    keys: seal(derived.seal, contextOf(header, 'keys'), plain),
  };
  plain.fill(0);
  derived.wipe();
  return `${JSON.stringify(sealed, null, 2)}\n`;
}

export async function openContainer(
  json: unknown,
  passphrase: Secret<string>,
): Promise<Result<readonly ContainedKey[], AppError>> {
  const parsed = containerSchema.safeParse(json);
  if (!parsed.success) return err(createError(isNewer(json) ? 'ERR_STORE_NEWER' : 'ERR_CONTAINER_DAMAGED'));
  const { check, keys, ...header } = parsed.data;
  const derived = await deriveKeys(passphrase, header.salt, header.kdf);
  const opens = unseal(derived.seal, contextOf(header, 'check'), check) !== undefined;
  const plain = opens ? unseal(derived.seal, contextOf(header, 'keys'), keys) : undefined;
  derived.wipe();
  if (!opens) return err(createError('ERR_CONTAINER_PASSPHRASE'));
  const content = plain && contentSchema.safeParse(parseJson(plain));
  plain?.fill(0);
  if (!content?.success) return err(createError('ERR_CONTAINER_DAMAGED'));
  return ok(
    content.data.map(({ secret, ...key }) => ({
      ...key,
      content: new Secret(Uint8Array.from(Buffer.from(secret, 'base64url'))),
    })),
  );
}

/** Whether a JSON value says that it is one, whole or not. */
export const isContainer = (json: unknown): boolean =>
  typeof json === 'object' && json !== null && 'format' in json && json.format === CONTAINER_FORMAT;

const isNewer = (json: unknown): boolean =>
  z.object({ format: z.literal(CONTAINER_FORMAT), version: z.number().gt(VERSION) }).safeParse(json).success;

const contextOf = ({ format, version, kdf, salt }: z.output<typeof headerSchema>, what: string): string =>
  JSON.stringify([format, version, kdf.name, kdf.N, kdf.r, kdf.p, salt, what]);

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}
