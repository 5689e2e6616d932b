import { createHash } from 'node:crypto';
import { z } from '../../shared/contract/zod.ts';
import {
  createSalt,
  isSame,
  type Kdf,
  type Keys,
  kdfSchema,
  saltSchema,
  seal,
  sealedSchema,
  sign,
  unseal,
} from './vault-crypto.ts';

/**
 * The vault as three lines: what is in it as JSON, a MAC over that line under the passphrase, a digest over both. The digest
 * tells damage before anybody has typed anything, the MAC tells tampering, and each item is sealed to its own name, so that
 * those which are whole can be read out of a file that is not. An older copy of the whole file is beyond what a file can tell.
 */
const FORMAT = 'catwalk-vault';
const VERSION = 1;

const headerSchema = z.strictObject({
  format: z.literal(FORMAT),
  version: z.literal(VERSION),
  kdf: kdfSchema,
  salt: saltSchema,
  /** nothing, sealed: opens under the right passphrase only */
  check: sealedSchema,
});
const itemSchema = z.strictObject({ item: z.string(), nonce: z.string(), data: z.string() });
const bodySchema = z.strictObject({ ...headerSchema.shape, items: z.array(itemSchema) });

export type VaultBody = z.output<typeof bodySchema>;
export type VaultHeader = z.output<typeof headerSchema>;

export type VaultFile =
  /** `isWhole`: the digest is right, so nothing was changed by accident */
  | { readonly kind: 'vault'; readonly body: VaultBody; readonly isWhole: boolean; isSigned(keys: Keys): boolean }
  | { readonly kind: 'newer' }
  | { readonly kind: 'unreadable' };

const NEWLINE = 0x0a;
const SEALS = /^mac ([A-Za-z0-9_-]{43})\nsha256 ([0-9a-f]{64})\n$/;

export function parseVault(bytes: Uint8Array): VaultFile {
  const end = bytes.indexOf(NEWLINE);
  const line = bytes.subarray(0, end < 0 ? bytes.length : end);
  const [, mac = '', digest = ''] = SEALS.exec(Buffer.from(bytes.subarray(line.length + 1)).toString('latin1')) ?? [];
  const isWhole = digest === digestOf(line, mac);
  const json = parseJson(line);
  const body = bodySchema.safeParse(json);
  if (!body.success) return { kind: isWhole && isNewer(json) ? 'newer' : 'unreadable' };
  return {
    kind: 'vault',
    body: body.data,
    isWhole,
    isSigned: ({ mac: key }) => isSame(Buffer.from(mac, 'base64url'), sign(key, line)),
  };
}

export function formatVault(body: VaultBody, keys: Keys): Uint8Array {
  const line = Buffer.from(JSON.stringify(body));
  const mac = sign(keys.mac, line).toString('base64url');
  return Buffer.from(`${line.toString()}\nmac ${mac}\nsha256 ${digestOf(line, mac)}\n`);
}

export function createHeader(kdf: Kdf): Omit<VaultHeader, 'check'> {
  return { format: FORMAT, version: VERSION, kdf: { name: 'scrypt', ...kdf }, salt: createSalt() };
}

/** What everything in one vault is sealed to: no part of it opens in another vault or under another name. */
const context = ({ format, version, kdf, salt }: Omit<VaultHeader, 'check'>, ...place: readonly string[]): string =>
  JSON.stringify([format, version, kdf.name, kdf.N, kdf.r, kdf.p, salt, ...place]);

export const sealCheck = (header: Omit<VaultHeader, 'check'>, keys: Keys): VaultHeader => ({
  ...header,
  check: seal(keys.seal, context(header, 'check'), new Uint8Array()),
});

export const opensWith = (header: VaultHeader, keys: Keys): boolean =>
  unseal(keys.seal, context(header, 'check'), header.check) !== undefined;

export const sealItem = (
  header: VaultHeader,
  keys: Keys,
  item: string,
  plain: Uint8Array,
): VaultBody['items'][number] => ({
  item,
  ...seal(keys.seal, context(header, 'item', item), plain),
});

export const unsealItem = (
  header: VaultHeader,
  keys: Keys,
  sealed: VaultBody['items'][number],
): Uint8Array | undefined => unseal(keys.seal, context(header, 'item', sealed.item), sealed);

const digestOf = (line: Uint8Array, mac: string): string =>
  createHash('sha256').update(line).update(`\nmac ${mac}\n`).digest('hex');

function parseJson(line: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(line).toString('utf8'));
  } catch {
    return undefined;
  }
}

const newerSchema = z.object({ format: z.literal(FORMAT), version: z.number().int().gt(VERSION) });
const isNewer = (json: unknown): boolean => newerSchema.safeParse(json).success;
