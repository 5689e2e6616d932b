import type { Integrity } from '../cose/crypto-port.ts';
import { keyId, millis } from '../units.ts';
import { command, DONE, NOTHING } from './command.ts';
import { secretStoreKind } from './secrets.ts';
import { z } from './zod.ts';

/**
 * Keys as the window knows them: everything but the secret. A secret goes in once by `keys.import` and no schema of this
 * file lets one out again.
 */
export const keyIdSchema = z.uuid().transform(keyId);
const time = z.number().int().min(0).transform(millis);

export const environment = z.enum(['dev', 'stage', 'prod']);
export type Environment = z.output<typeof environment>;

/** `auto`: the text is kept, and every reading of it is tried when a token is verified. */
export const importEncoding = z.enum(['auto', 'utf8', 'hex', 'base64', 'base64url', 'raw', 'jwk', 'pem']);
export type ImportEncoding = z.output<typeof importEncoding>;

const integrityEncoding = z.enum(['utf8', 'hex', 'base64', 'base64url', 'raw', 'jwk', 'pem']);

export const keyName = z
  .string()
  .trim()
  .min(1)
  .max(80)
  // shown in keychain items and dialogs of other programs: no control, format, line separating or private characters
  .regex(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}]+$/u);
const kid = z.string().min(1).max(256);
const notes = z.string().max(2000);

/**
 * What one token that the issuer itself made with the key has taught: how the key’s text is read, and how the issuer writes
 * its envelopes. Tokens signed here with `envelope` as their choices look the same, but for `differences`.
 */
export const keyCalibration = z.object({
  encoding: integrityEncoding,
  /** readings that did not make the token */
  ruledOut: z.array(integrityEncoding),
  /** `EnvelopeChoices` of the engine */
  envelope: z.object({
    alg: z.string().exactOptional(),
    cwtTag: z.boolean().exactOptional(),
    coseTag: z.boolean().exactOptional(),
    kid: z.union([z.string(), z.object({ hex: z.string() })]).exactOptional(),
    kidIn: z.enum(['protected', 'unprotected']).exactOptional(),
    payloadForm: z.enum(['bytes', 'hex-text']).exactOptional(),
  }),
  /** in words: what no choice of a draft can imitate */
  differences: z.array(z.string()),
  at: time,
  /** where the token came from */
  source: z.enum(['ovp', 'pasted']),
});
export type KeyCalibration = z.output<typeof keyCalibration>;

export const keyRecord = z.object({
  id: keyIdSchema,
  name: z.string(),
  environment,
  /** as written in a token's header; absent when the key has none */
  kid: z.string().exactOptional(),
  family: z.enum(['hmac', 'ec-p256', 'rsa']),
  /** `secret` for HMAC; a `public` key verifies only */
  part: z.enum(['secret', 'private', 'public']),
  /** the one algorithm the key is for, when it is known */
  alg: z.string().exactOptional(),
  encoding: importEncoding,
  /** bytes of the secret under its encoding, or of its text under `auto`; bits of the modulus for RSA, of the curve for EC */
  size: z.number().int().min(0),
  /** eight hex digits of a SHA-256: over the secret as stored, or over the public key */
  fingerprint: z.string().regex(/^[0-9a-f]{8}$/),
  createdAt: time,
  lastUsedAt: time.exactOptional(),
  origin: z.enum(['imported', 'generated', 'ovp', 'built-in']),
  /** the OVP workspace it was made in (`ovp.workspaces`), which may be gone by now */
  workspace: z.uuid().exactOptional(),
  /** absent: not calibrated, so how its secret is read is assumed */
  calibration: keyCalibration.exactOptional(),
  notes,
  store: secretStoreKind,
  /** the name of the item in the store, as its owner finds it there */
  item: z.string(),
  /** `missing` and `unreadable` keep the row, so that the secret can be entered again */
  secret: z.enum(['ready', 'locked', 'unavailable', 'missing', 'unreadable']),
});
export type KeyRecord = z.output<typeof keyRecord>;

/** What a chosen key file looks like, without its content. */
export const keyFile = z.object({
  /** names the content, which main keeps for ten minutes */
  handle: z.uuid(),
  fileName: z.string(),
  bytes: z.number().int().min(0),
  looksLike: z.enum(['jwk', 'pem', 'hex', 'base64', 'base64url', 'text', 'binary']),
  kid: z.string().exactOptional(),
});
export type KeyFile = z.output<typeof keyFile>;

const MAX_KEY_TEXT = 16 * 1024;

export const keyImport = z.strictObject({
  name: keyName,
  environment,
  kid: kid.exactOptional(),
  notes: notes.exactOptional(),
  encoding: importEncoding,
  /** with `replaces`, the secret of an existing row is entered again; its name and environment stay */
  replaces: keyIdSchema.exactOptional(),
  source: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('text'), text: z.string().max(MAX_KEY_TEXT) }),
    z.strictObject({ kind: z.literal('file'), handle: z.uuid() }),
  ]),
});
export type KeyImport = z.input<typeof keyImport>;

export const keyUpdate = z.strictObject({
  id: keyIdSchema,
  name: keyName.exactOptional(),
  environment: environment.exactOptional(),
  /** `null` takes the kid away */
  kid: kid.nullable().exactOptional(),
  notes: notes.exactOptional(),
  /** how an HMAC secret that was kept as text is read */
  encoding: importEncoding.exactOptional(),
});

/** The key that verified, by the names a person knows it by. */
const verifyingKey = z.object({ id: keyIdSchema, name: z.string(), environment, kid: z.string().exactOptional() });

/** `Integrity` of the engine with the installation's key in place of its reference. */
export const keyVerification = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('verified'),
    key: verifyingKey,
    encoding: integrityEncoding,
    /** the secret's text was read with the line break at its end */
    withNewline: z.boolean(),
    context: z.enum(['MAC0', 'Signature1', 'Encrypt0', 'dot']),
    kidMatches: z.boolean().exactOptional(),
    tried: z.number().int(),
    lowS: z.boolean().exactOptional(),
  }),
  z.object({
    state: z.literal('failed'),
    kidMatches: z.boolean().exactOptional(),
    tried: z.number().int(),
    reason: z.string(),
  }),
  z.object({ state: z.literal('not-checked'), tried: z.literal(0), reason: z.string() }),
  z.object({
    state: z.literal('cannot-check'),
    tried: z.number().int(),
    reason: z.string(),
    alarm: z.boolean().exactOptional(),
  }),
]);
export type KeyVerification = z.output<typeof keyVerification>;
/** every state the engine knows has a form here */
type States = [Integrity['state']] extends [KeyVerification['state']] ? true : never;
true satisfies States;

const MAX_TOKEN_TEXT = 256 * 1024;

export const keysCommands = {
  'keys.list': command(NOTHING, z.array(keyRecord)),
  /** the system's dialog; `null` when it was closed without a choice */
  'keys.openFile': command(NOTHING, keyFile.nullable()),
  'keys.import': command(keyImport, keyRecord),
  'keys.update': command(keyUpdate, keyRecord),
  'keys.delete': command(z.strictObject({ id: keyIdSchema }), DONE),
  /** tries every key that is ready; the token as base64url without padding, or in the dot form */
  'keys.verify': command(
    z.strictObject({ token: z.string().min(1).max(MAX_TOKEN_TEXT) }),
    keyVerification,
    MAX_TOKEN_TEXT,
  ),
};

export const keysEvents = {
  'keys.changed': z.array(keyRecord),
};
