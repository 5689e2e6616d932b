import { createCipheriv, createDecipheriv, createHmac, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { z } from '../../shared/contract/zod.ts';
import type { Secret } from './secret.ts';

/** Parameters of scrypt (RFC 7914 §2), as they stand in the file that was made with them. */
export interface Kdf {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

/** 128 MiB and about a second: what OWASP’s password storage guide asks of scrypt at least. */
export const DEFAULT_KDF: Kdf = { N: 2 ** 17, r: 8, p: 1 };

/** A file that was tampered with must not make the app work for hours or take all memory. */
const MAX_MEMORY = 512 * 1024 * 1024;

export const kdfSchema = z
  .strictObject({
    name: z.literal('scrypt'),
    N: z
      .number()
      .int()
      .min(2)
      .max(2 ** 20),
    r: z.number().int().min(1).max(32),
    p: z.number().int().min(1).max(16),
  })
  .refine(({ N, r }) => Number.isInteger(Math.log2(N)) && 128 * N * r <= MAX_MEMORY);

const base64url = z.string().regex(/^[A-Za-z0-9_-]*$/);
export const saltSchema = base64url.length(22);
export const sealedSchema = z.strictObject({ nonce: base64url, data: base64url });
/** Something that was encrypted, with the tag at its end; both parts in base64url. */
export type Sealed = z.output<typeof sealedSchema>;

export const createSalt = (): string => randomBytes(16).toString('base64url');

/** Two keys out of one passphrase: one encrypts, one vouches for a whole file. Whoever drops it wipes it. */
export interface Keys {
  readonly seal: Buffer;
  readonly mac: Buffer;
  wipe(): void;
}

export async function deriveKeys(passphrase: Secret<string>, salt: string, kdf: Kdf): Promise<Keys> {
  // RFC 8265 §4.2: the same passphrase, however the keyboard composed its letters
  const text = Buffer.from(passphrase.reveal().normalize('NFC'));
  const { N, r, p } = kdf;
  try {
    const derived = await new Promise<Buffer>((resolve, reject) => {
      const options = { N, r, p, maxmem: 256 * N * r + 1024 * 1024 };
      scrypt(text, Buffer.from(salt, 'base64url'), 64, options, (error, key) => (error ? reject(error) : resolve(key)));
    });
    const keys = { seal: derived.subarray(0, 32), mac: derived.subarray(32), wipe: () => void derived.fill(0) };
    return keys;
  } finally {
    text.fill(0);
  }
}

/** AES-256-GCM under a nonce of its own. `context` is not hidden, but opens it only if it is the same. */
export function seal(key: Uint8Array, context: string, plain: Uint8Array): Sealed {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context));
  const data = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  return { nonce: nonce.toString('base64url'), data: data.toString('base64url') };
}

/** `undefined`: another key, another context, or not as it was sealed. */
export function unseal(key: Uint8Array, context: string, sealed: Sealed): Uint8Array | undefined {
  const nonce = Buffer.from(sealed.nonce, 'base64url');
  const data = Buffer.from(sealed.data, 'base64url');
  if (nonce.length !== 12 || data.length < 16) return undefined;
  // the last letter has bits to spare: another one could spell the same bytes
  if (nonce.toString('base64url') !== sealed.nonce || data.toString('base64url') !== sealed.data) return undefined;
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: 16 }).setAAD(Buffer.from(context));
    decipher.setAuthTag(data.subarray(data.length - 16));
    const plain = Buffer.concat([decipher.update(data.subarray(0, data.length - 16)), decipher.final()]);
    return new Uint8Array(plain);
  } catch {
    return undefined;
  }
}

export const sign = (key: Uint8Array, bytes: Uint8Array): Buffer => createHmac('sha256', key).update(bytes).digest();

export const isSame = (a: Uint8Array, b: Uint8Array): boolean => a.length === b.length && timingSafeEqual(a, b);
