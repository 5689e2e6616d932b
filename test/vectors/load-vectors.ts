import { decodeBase64Lenient, encodeBase64url } from '../../shared/bytes/base64.ts';
import { decodeHex } from '../../shared/bytes/hex.ts';
import type { Json } from '../../shared/json.ts';
import tokens from './tokens.json' with { type: 'json' };

/** A token of a public project, with what is known of it. `source`, `repo` and `path` name where it comes from. */
export interface Vector {
  readonly id: string;
  readonly source: string;
  readonly form: 'cose' | 'c4m-dot' | 'payload-only';
  readonly encoding: 'base64' | 'base64url' | 'hex' | 'c4m-dot';
  readonly token: string;
  readonly key: { readonly type: 'hmac' | 'aes'; readonly enc: 'hex' | 'utf8'; readonly value: string } | null;
  /** coordinates in hex */
  readonly publicKey: { readonly kty: string; readonly crv: string; readonly x: string; readonly y: string } | null;
  /** the COSE number or text, then its name */
  readonly alg: string | null;
  readonly tags: readonly number[];
  readonly kid: { readonly bytes: string; readonly utf8: string | null } | null;
  readonly expectedClaims: { readonly [name: string]: Json } | null;
  readonly decodedClaims: { readonly [label: string]: Json } | null;
  readonly expectedVerdict: string | null;
  readonly context: { readonly [name: string]: Json } | null;
  readonly checked: 'mac ok' | 'sig ok' | 'decrypt ok' | 'decoded only' | 'fails';
  readonly checkDetail: string | null;
  readonly note: string | null;
}

// the compiler's own reading of the file is a union of eighty shapes
export const VECTORS = (tokens as unknown as { readonly vectors: readonly Vector[] }).vectors;

/** The token's bytes; of the dot form, which has none of its own, the ASCII of its text. */
export function vectorBytes(vector: Vector): Uint8Array {
  switch (vector.encoding) {
    case 'hex':
      return hexBytes(vector.token);
    case 'c4m-dot':
      return new TextEncoder().encode(vector.token);
    default: {
      const { bytes, stoppedAt } = decodeBase64Lenient(vector.token);
      if (stoppedAt !== undefined) throw new Error(`${vector.id} is not base64 at ${stoppedAt}`);
      return bytes;
    }
  }
}

/** The secret's bytes, for HMAC and AES vectors. */
export function vectorSecret({ key }: Vector): Uint8Array | undefined {
  if (key === null) return undefined;
  return key.enc === 'hex' ? hexBytes(key.value) : new TextEncoder().encode(key.value);
}

/** The public key as JWK text, for ES256 vectors. */
export function vectorJwk({ publicKey }: Vector): string | undefined {
  if (publicKey === null) return undefined;
  const coordinate = (hex: string): string => encodeBase64url(hexBytes(hex));
  return JSON.stringify({ ...publicKey, x: coordinate(publicKey.x), y: coordinate(publicKey.y) });
}

export function hexBytes(text: string): Uint8Array {
  const decoded = decodeHex(text);
  if (!decoded.ok) throw new Error(`not hex at ${decoded.error.at}: ${text.slice(0, 40)}`);
  return decoded.value;
}
