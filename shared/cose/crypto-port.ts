/**
 * The cryptography the engine asks for, as arguments: main and the command line pass Node's, tests may pass others.
 * Synchronous, so that a check is one pass; every function is total (a wrong key gives `false` or `undefined`).
 */
export interface CryptoPort {
  /** full 32-byte HMAC-SHA-256 */
  hmacSha256(key: Uint8Array, data: Uint8Array): Uint8Array;
  /** constant-time comparison; different lengths are unequal */
  equal(a: Uint8Array, b: Uint8Array): boolean;
  /** raw r‖s signature over SHA-256, curve P-256 (RFC 9053 §2.1) */
  verifyEs256(key: AsymmetricKey, data: Uint8Array, signature: Uint8Array): boolean;
  signEs256(key: AsymmetricKey, data: Uint8Array): Uint8Array;
  /** RSASSA-PSS, SHA-256, salt 32 (RFC 8230 §2) */
  verifyPs256(key: AsymmetricKey, data: Uint8Array, signature: Uint8Array): boolean;
  signPs256(key: AsymmetricKey, data: Uint8Array): Uint8Array;
  /** AES-GCM with a 16-byte tag at the end of the ciphertext; key of 16, 24 or 32 bytes */
  openAesGcm(key: Uint8Array, iv: Uint8Array, ciphertext: Uint8Array, aad: Uint8Array): Uint8Array | undefined;
  sealAesGcm(key: Uint8Array, iv: Uint8Array, plaintext: Uint8Array, aad: Uint8Array): Uint8Array;
  /** AES-128-CCM with its tag at the end of the ciphertext; left out by hosts whose library has no CCM (Electron) */
  openAesCcm?(
    key: Uint8Array,
    iv: Uint8Array,
    ciphertext: Uint8Array,
    aad: Uint8Array,
    tagLength: number,
  ): Uint8Array | undefined;
  randomBytes(length: number): Uint8Array;
}

/** A key of the host's own kind; the engine only carries it. */
export interface AsymmetricKey {
  readonly family: 'ec-p256' | 'rsa';
  readonly private: boolean;
  readonly handle: unknown;
}

export type KeyEncoding = 'utf8' | 'hex' | 'base64' | 'base64url' | 'raw' | 'jwk' | 'pem';

/** One key under one reading of its secret: the unit that verification tries. */
export interface CandidateKey {
  /** how the caller calls it: `file:k`, a key id of the installation */
  readonly ref: string;
  readonly encoding: KeyEncoding;
  /** this reading ends with the line break of the secret's text, kept or put there */
  readonly withNewline?: boolean;
  readonly kid?: string;
  /** the one algorithm the key was made for, when that is known */
  readonly alg?: string;
  readonly material:
    | { readonly kind: 'secret'; readonly bytes: Uint8Array }
    | { readonly kind: 'asymmetric'; readonly key: AsymmetricKey };
}

/**
 * What is known about who made the token. "Not checked" is never shown as "failed". `tried` counts computations: a key's
 * reading over one form of the authenticated bytes.
 */
export type Integrity =
  | {
      readonly state: 'verified';
      readonly ref: string;
      readonly encoding: KeyEncoding;
      readonly withNewline: boolean;
      readonly context: 'MAC0' | 'Signature1' | 'Encrypt0' | 'dot';
      /** major type of the payload in what was authenticated */
      readonly payload?: 'bytes' | 'text' | undefined;
      readonly kidMatches: boolean | undefined;
      readonly tried: number;
      /** of ES256 signatures: whether Fastly's verifier takes this s too */
      readonly lowS?: boolean | undefined;
    }
  | {
      readonly state: 'failed';
      readonly tried: number;
      readonly kidMatches: boolean | undefined;
      readonly reason: string;
    }
  | { readonly state: 'not-checked'; readonly tried: 0; readonly reason: string }
  | {
      readonly state: 'cannot-check';
      readonly tried: number;
      readonly reason: string;
      /** algorithm confusion: the key is not of the class the token's algorithm needs */
      readonly alarm?: boolean;
    };
