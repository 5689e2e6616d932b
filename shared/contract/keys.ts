import type { Integrity } from '../cose/crypto-port.ts';
import { keyId, millis } from '../units.ts';
import { command, DONE, NOTHING } from './command.ts';
import { newPassphrase, passphrase, secretStoreKind } from './secrets.ts';
import { z } from './zod.ts';

/**
 * Keys as the window knows them: everything but the secret. A secret goes in once by `keys.import` or is made in main, and no
 * schema of this file lets one out again: an export goes encrypted into a file, a reveal into a window of main's own.
 */
export const keyIdSchema = z.uuid().transform(keyId);
const time = z.number().int().min(0).transform(millis);

export const environment = z.enum(['dev', 'stage', 'prod']);
export type Environment = z.output<typeof environment>;

/** `auto`: the text is kept, and every reading of it is tried when a token is verified. */
export const importEncoding = z.enum(['auto', 'utf8', 'hex', 'base64', 'base64url', 'raw', 'jwk', 'pem']);
export type ImportEncoding = z.output<typeof importEncoding>;

/** `type-the-name`: before a key signs, a person types its name. New production keys have it. */
export const keyGuard = z.enum(['none', 'type-the-name']);
export type KeyGuard = z.output<typeof keyGuard>;
export const defaultGuard = (place: Environment): KeyGuard => (place === 'prod' ? 'type-the-name' : 'none');

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
  guard: keyGuard,
  /** rotation: both keys verify and are listed, the newer one signs */
  replaces: keyIdSchema.exactOptional(),
  replacedBy: keyIdSchema.exactOptional(),
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
  /** `jwks` and `container` hold several keys: import them with `keys.importSet` */
  looksLike: z.enum(['jwk', 'jwks', 'pem', 'cose-key', 'container', 'hex', 'base64', 'base64url', 'text', 'binary']),
  kid: z.string().exactOptional(),
});
export type KeyFile = z.output<typeof keyFile>;

const MAX_KEY_TEXT = 16 * 1024;
/** a container of two hundred RSA keys */
const MAX_SET_TEXT = 1024 * 1024;

/** What the window was given, or a file that main holds. */
const keySource = (maxChars: number) =>
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('text'), text: z.string().max(maxChars) }),
    z.strictObject({ kind: z.literal('file'), handle: z.uuid() }),
  ]);

export const keyImport = z.strictObject({
  name: keyName,
  environment,
  kid: kid.exactOptional(),
  notes: notes.exactOptional(),
  encoding: importEncoding,
  /** with `replaces`, the secret of an existing row is entered again; its name and environment stay */
  replaces: keyIdSchema.exactOptional(),
  source: keySource(MAX_KEY_TEXT),
});
export type KeyImport = z.input<typeof keyImport>;

export const keyUpdate = z.strictObject({
  id: keyIdSchema,
  name: keyName.exactOptional(),
  environment: environment.exactOptional(),
  /** `null` takes the kid away */
  kid: kid.nullable().exactOptional(),
  notes: notes.exactOptional(),
  guard: keyGuard.exactOptional(),
  /** how an HMAC secret that was kept as text is read */
  encoding: importEncoding.exactOptional(),
});

/** Made in main out of the system's randomness: 32 bytes, a pair on P-256, or RSA of 2048 bits. */
export const keyGenerate = z.strictObject({
  name: keyName,
  environment,
  alg: z.enum(['HS256', 'ES256', 'PS256']),
  /** left out: one is made up; `null`: the key has none */
  kid: kid.nullable().exactOptional(),
  notes: notes.exactOptional(),
  guard: keyGuard.exactOptional(),
});
export type KeyGenerate = z.input<typeof keyGenerate>;

/** A JWK set, or a container that `keys.export` wrote. */
export const keySetImport = z.strictObject({
  source: keySource(MAX_SET_TEXT),
  /** of keys that do not say where they belong, as in a JWK set */
  environment,
  /** of a container */
  passphrase: passphrase.exactOptional(),
});

/** Each key for itself: one that cannot be used does not keep the others out. A name that is taken gets a number. */
export const keySetImported = z.object({
  keys: z.array(keyRecord),
  refused: z.array(z.object({ name: z.string(), reason: z.string() })),
});
export type KeySetImported = z.output<typeof keySetImported>;

/** Who would miss a key. Drafts are the window's own: it adds what it knows. */
export const keyUse = z.object({
  kind: z.enum(['workspace', 'replaced', 'replacement', 'run', 'tokens']),
  /** of the workspace, key or run; for `tokens` a sentence about those that were issued and are still valid */
  name: z.string(),
});
export type KeyUse = z.output<typeof keyUse>;

export const publicFormat = z.enum(['jwk', 'pem']);

/** How a secret was shown to its owner. `declined`: main's own dialog asked, and the answer was no. */
export const keyRevealed = z.object({
  outcome: z.enum(['shown', 'copied', 'declined']),
  /** until the window closes itself, or the clipboard is cleared */
  seconds: z.number().int().min(0),
});
export type KeyRevealed = z.output<typeof keyRevealed>;

/** The key that verified, by the names a person knows it by. */
const verifyingKey = z.object({ id: keyIdSchema, name: z.string(), environment, kid: z.string().exactOptional() });

/** `Integrity` of the engine with the installation's key in place of its reference. */
export const keyVerification = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('verified'),
    key: verifyingKey,
    /** no key of a person's: the one that the sample of a first start was signed with */
    isBuiltIn: z.literal(true).exactOptional(),
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
    /** the key that made it after all, were its secret read so: `keys.update` takes the encoding */
    wouldVerify: z.object({ key: verifyingKey, encoding: integrityEncoding, withNewline: z.boolean() }).exactOptional(),
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
  /** first ask `keys.uses`; of a rotation the other key stays, and signs again */
  'keys.delete': command(z.strictObject({ id: keyIdSchema }), DONE),
  'keys.uses': command(z.strictObject({ id: keyIdSchema }), z.array(keyUse)),
  'keys.generate': command(keyGenerate, keyRecord),
  'keys.importSet': command(keySetImport, keySetImported, 2 * MAX_SET_TEXT + 4096),
  /**
   * A second live key in the place of `id`: made now with the same algorithm, or one that exists (as the OVP makes them).
   * Both verify; from now on the new one signs.
   */
  'keys.rotate': command(
    z.strictObject({
      id: keyIdSchema,
      by: z.discriminatedUnion('kind', [
        z.strictObject({ kind: z.literal('generate'), name: keyName, kid: kid.nullable().exactOptional() }),
        z.strictObject({ kind: z.literal('key'), id: keyIdSchema }),
      ]),
    }),
    keyRecord,
  ),
  /** the keys with their secrets, encrypted under the passphrase, into a file of the system's dialog; `null`: it was closed */
  'keys.export': command(
    z.strictObject({ ids: z.array(keyIdSchema).min(1).max(200), passphrase: newPassphrase }),
    z.object({ fileName: z.string() }).nullable(),
  ),
  /** what everybody may know of an ES256 or PS256 key; `ERR_KEY_NO_PUBLIC_PART` for an HMAC secret */
  'keys.publicPart': command(
    z.strictObject({ id: keyIdSchema, format: publicFormat }),
    z.object({ fileName: z.string(), publicKey: z.string() }),
  ),
  'keys.exportPublic': command(
    z.strictObject({ id: keyIdSchema, format: publicFormat }),
    z.object({ fileName: z.string() }).nullable(),
  ),
  /**
   * Main asks in a dialog of its own, then shows the secret in a window of its own for 20 seconds, or copies it concealed. A
   * key of the vault wants the passphrase too. `id` may also be that of a key of `ovp.unfinishedKeys` that is held.
   */
  'keys.reveal': command(
    z.strictObject({
      id: keyIdSchema,
      how: z.enum(['window', 'clipboard']),
      passphrase: passphrase.exactOptional(),
    }),
    keyRevealed,
  ),
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
