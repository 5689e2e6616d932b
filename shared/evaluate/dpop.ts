import { sha256 } from '@noble/hashes/sha2.js';
import { decodeBase64url, encodeBase64url } from '../bytes/base64.ts';
import { decodeUtf8, encodeUtf8 } from '../bytes/utf8.ts';
import type { AsymmetricKey, CryptoPort } from '../cose/crypto-port.ts';
import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import { err, ok, type Result } from '../result.ts';
import { type Seconds, seconds } from '../units.ts';
import type { DpopFacts, RequestFacts } from './request.ts';

/** A DPoP proof read (RFC 9449 §4.2); nothing of it is believed yet. */
export interface DpopProof {
  readonly alg: string;
  readonly jwk: JsonObject;
  /** RFC 7638, SHA-256 */
  readonly thumbprint: Uint8Array;
  readonly method: string;
  readonly uri: string;
  readonly issuedAt: Seconds;
  readonly jti: string;
  /** `ath`: base64url of the SHA-256 of the token that comes along */
  readonly tokenHash?: string;
  /** what is signed, and the signature over it */
  readonly signingInput: Uint8Array;
  readonly signature: Uint8Array;
}

/** What checking a proof needs from outside; each one left out leaves its answer open. */
export interface DpopCheck {
  /** the token that came along, as its text */
  readonly token?: string;
  readonly verify?: VerifyProof;
  /** whether the recipient saw this `jti` before, within its window */
  readonly wasSeen?: (jti: string) => boolean;
}

/** `undefined` = the algorithm or key is none this host can check */
export type VerifyProof = (proof: DpopProof) => boolean | undefined;

/** A proof is a kilobyte; ten times as much is not read. */
const MAX_PROOF = 16_384;

/**
 * Reads the text of a `DPoP` header, and says what about it is not as RFC 9449 §4.3 demands. Whether it fits a request
 * and a token is another question: `definitions/cnf.ts`.
 */
export function parseDpopProof(text: string): Result<DpopProof, string> {
  if (text.length > MAX_PROOF) return err('is longer than a proof may be');
  const parts = text.trim().split('.');
  const [headerPart = '', payloadPart = '', signaturePart = ''] = parts;
  if (parts.length !== 3) return err('is not a JWT of three parts');
  const header = parsePart(headerPart);
  const payload = parsePart(payloadPart);
  const signature = decodeBase64url(signaturePart);
  if (header === undefined || payload === undefined || !signature.ok) return err('is not base64url of JSON');
  if (header['typ'] !== 'dpop+jwt') return err('has no typ dpop+jwt');
  const { alg, jwk } = header;
  // RFC 9449 §4.3: an asymmetric algorithm, never none and never a MAC
  if (typeof alg !== 'string' || !/^(ES|PS|RS)\d{3}$|^Ed/.test(alg)) return err('names no signature algorithm');
  if (!isJsonObject(jwk)) return err('carries no public key');
  if (['d', 'p', 'q', 'k'].some((member) => member in jwk)) return err('carries a private key');
  const thumbprint = jwkThumbprint(jwk);
  if (thumbprint === undefined) return err('carries a key of a kind that is not known');
  const { jti, htm, htu, iat, ath } = payload;
  if (typeof jti !== 'string' || typeof htm !== 'string' || typeof htu !== 'string') {
    return err('lacks one of jti, htm and htu');
  }
  if (typeof iat !== 'number' || !Number.isFinite(iat)) return err('lacks iat');
  return ok({
    alg,
    jwk,
    thumbprint,
    method: htm,
    uri: htu,
    issuedAt: seconds(iat),
    jti,
    ...(typeof ath === 'string' ? { tokenHash: ath } : {}),
    signingInput: encodeUtf8(`${headerPart}.${payloadPart}`),
    signature: signature.value,
  });
}

/** A proof as the facts a claim is judged by. */
function checkDpopProof(proof: DpopProof, { token, verify, wasSeen }: DpopCheck): DpopFacts {
  return {
    thumbprint: proof.thumbprint,
    verified: verify?.(proof),
    issuedAt: proof.issuedAt,
    method: proof.method,
    uri: proof.uri,
    jti: proof.jti,
    ...(wasSeen === undefined ? {} : { jtiSeen: wasSeen(proof.jti) }),
    // RFC 9449 §4.2: ath is over the ASCII of the token as it was sent
    ...(token === undefined || proof.tokenHash === undefined
      ? {}
      : { tokenMatches: proof.tokenHash === encodeBase64url(sha256(encodeUtf8(token))) }),
  };
}

/**
 * A request with its `DPoP` header's proof checked. Without one, with several, or with one that cannot be read it stays
 * as it is: the claim that needs the proof says so.
 */
export function withProof(request: RequestFacts, check: DpopCheck): RequestFacts {
  const [field, ...more] = (request.headers ?? []).filter(({ name }) => name.toLowerCase() === 'dpop');
  const proof = field === undefined || more.length > 0 ? undefined : parseDpopProof(field.value);
  return proof?.ok ? { ...request, dpop: checkDpopProof(proof.value, check) } : request;
}

/** Checks ES256 and PS256 proofs; `importKey` makes a key of the host's kind out of a public JWK. */
export function proofVerifier(
  crypto: CryptoPort,
  importKey: (jwk: JsonObject) => AsymmetricKey | undefined,
): VerifyProof {
  return ({ alg, jwk, signingInput, signature }) => {
    if (alg !== 'ES256' && alg !== 'PS256') return undefined;
    const key = importKey(jwk);
    if (key === undefined) return undefined;
    if (alg === 'ES256') return key.family === 'ec-p256' && crypto.verifyEs256(key, signingInput, signature);
    return key.family === 'rsa' && crypto.verifyPs256(key, signingInput, signature);
  };
}

/** RFC 7638 §3.2: the members each kind of key requires, in the order of their names. */
const REQUIRED = new Map([
  ['EC', ['crv', 'kty', 'x', 'y']],
  ['RSA', ['e', 'kty', 'n']],
  ['OKP', ['crv', 'kty', 'x']],
]);

/** SHA-256 thumbprint of a public JWK (RFC 7638); `undefined` when a required member is missing. */
export function jwkThumbprint(jwk: JsonObject): Uint8Array | undefined {
  const { kty } = jwk;
  const names = typeof kty === 'string' ? REQUIRED.get(kty) : undefined;
  if (names === undefined || names.some((name) => typeof jwk[name] !== 'string')) return undefined;
  return sha256(encodeUtf8(JSON.stringify(Object.fromEntries(names.map((name) => [name, jwk[name]])))));
}

function parsePart(part: string): JsonObject | undefined {
  const bytes = decodeBase64url(part);
  const text = bytes.ok ? decodeUtf8(bytes.value) : undefined;
  if (!text?.ok) return undefined;
  try {
    const json = JSON.parse(text.value) as Json;
    return isJsonObject(json) ? json : undefined;
  } catch {
    return undefined;
  }
}
