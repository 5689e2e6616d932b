import { randomBytes } from 'node:crypto';
import { nodeCrypto } from '../../main/crypto/node-crypto.ts';
import { encodeBase64url } from '../../shared/bytes/base64.ts';
import { encodeUtf8 } from '../../shared/bytes/utf8.ts';
import { encode } from '../../shared/cbor/encode.ts';
import { claimsFromJson } from '../../shared/claims/claims-json.ts';
import { signEnvelope } from '../../shared/cose/sign.ts';
import type { JsonObject } from '../../shared/json.ts';

/** What nobody outside knows of the real OVP: how a key's value is read, and how its tokens are written. */
export interface TokenHabits {
  readonly readAs: 'utf8' | 'hex' | 'base64' | 'base64url';
  /** COSE numbers: 5 is HS256, 4 is HS256/64 */
  readonly alg: 4 | 5;
  /** from the outside in */
  readonly tags: readonly number[];
  readonly kidIn: 'protected' | 'unprotected' | 'none';
  readonly payloadForm: 'bytes' | 'hex-text';
}

/** The likeliest: COSE_Mac0 with HMAC 256, the value as hex. */
export const LIKELY_HABITS: TokenHabits = {
  readAs: 'hex',
  alg: 5,
  tags: [17],
  kidIn: 'unprotected',
  payloadForm: 'bytes',
};

/** A new key's value: 32 random bytes, written so that it can be read as it will be. */
export function makeValue(readAs: TokenHabits['readAs']): string {
  const bytes = randomBytes(32);
  return bytes.toString(readAs === 'utf8' ? 'hex' : readAs);
}

/** A token under the key's value, base64url. */
export function makeToken(
  claims: JsonObject,
  key: { readonly id: string; readonly value: string },
  habits: TokenHabits,
): string {
  const map = claimsFromJson(claims);
  if (!map.ok) throw new Error(map.error.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; '));
  const { alg, tags, kidIn, payloadForm } = habits;
  const token = signEnvelope(
    {
      alg,
      tags,
      payloadForm,
      claims: encode(map.value),
      ...(kidIn === 'none' ? {} : { kid: encodeUtf8(key.id), kidIn }),
    },
    { kind: 'secret', bytes: new Uint8Array(Buffer.from(key.value, habits.readAs)) },
    nodeCrypto,
  );
  if (!token.ok) throw new Error(token.error.message);
  return encodeBase64url(token.value);
}
