import { encodeHex } from '../bytes/hex.ts';
import { encodeUtf8 } from '../bytes/utf8.ts';
import { bytes as cborBytes, int, map } from '../cbor/build.ts';
import { encode } from '../cbor/encode.ts';
import type { CborValue } from '../cbor/node.ts';
import { err, ok, type Result } from '../result.ts';
import { type CoseAlgorithm, findAlgorithm } from './algorithms.ts';
import { headLength, itemLength, MAJOR, writeHead, writeString } from './byte-writer.ts';
import type { CandidateKey, CryptoPort } from './crypto-port.ts';
import { HEADER } from './headers.ts';
import { toLowS } from './low-s.ts';
import { encodeEncStructure, encodeSigned, type SignedPayload, type SigningContext } from './structures.ts';

/** How a token's envelope is written. Everything but `alg` and `tags` has COSE's own default. */
export interface EnvelopeForm {
  /** COSE number or name: 5 or HS256 */
  readonly alg: number | string;
  /** from the outside in: `[61, 17]`, `[17]`, `[]` */
  readonly tags: readonly number[];
  readonly kid?: Uint8Array;
  /** `unprotected` when left out, where Akamai's and node-cat's verifiers look */
  readonly kidIn?: 'protected' | 'unprotected';
  /** `hex-text`: as node-cat writes it without its CWT tag */
  readonly payloadForm?: 'bytes' | 'hex-text';
  /** the context string that is authenticated; the algorithm's own when left out */
  readonly context?: SigningContext;
  /** further headers; one of a label that is written anyway takes its place */
  readonly protectedHeaders?: HeaderEntries;
  readonly unprotectedHeaders?: HeaderEntries;
}

export type HeaderEntries = readonly (readonly [label: number | string, value: CborValue])[];

export interface SignError {
  readonly code: 'ERR_SIGN_ALG' | 'ERR_SIGN_KEY_CLASS' | 'ERR_SIGN_KEY_PUBLIC' | 'ERR_SIGN_KEY_LENGTH';
  readonly message: string;
}

/** Makes tokens of one form with one key. What it gives is written over by the next token of that length: copy what is kept. */
export type EnvelopeSigner = (claims: Uint8Array) => Uint8Array;

/**
 * Prepares the making of tokens: headers are written once, then each token costs one computation. Headers are
 * deterministic (RFC 8949 §4.2.1), ES256 signatures have the low s. Fails when the key cannot serve the algorithm.
 */
export function createSigner(
  form: EnvelopeForm,
  key: CandidateKey['material'],
  crypto: CryptoPort,
): Result<EnvelopeSigner, SignError> {
  const row = findAlgorithm(form.alg);
  const primitive = row?.primitive;
  if (row === undefined || primitive === undefined || primitive.kind === 'aes-ccm')
    return err({ code: 'ERR_SIGN_ALG', message: `Catwalk cannot make tokens with ${row?.name ?? form.alg}.` });
  const { protectedHeaders = [], unprotectedHeaders = [] } = form;
  const kid: HeaderEntries = form.kid ? [[HEADER.kid, cborBytes(form.kid)]] : [];
  const inProtected = form.kidIn === 'protected';
  const protectedBytes = encodeProtected([[HEADER.alg, int(row.id)], ...(inProtected ? kid : []), ...protectedHeaders]);
  const unprotected = (more: HeaderEntries): Uint8Array =>
    encode(mapOf([...(inProtected ? [] : kid), ...more, ...unprotectedHeaders]));

  if (primitive.kind === 'aes-gcm') {
    const secret = secretOf(key, row, primitive.keyLength);
    if (!secret.ok) return secret;
    const aad = encodeEncStructure(protectedBytes);
    return ok((claims) => {
      const iv = crypto.randomBytes(primitive.ivLength);
      const ciphertext = crypto.sealAesGcm(secret.value, iv, claims, aad);
      const headers = unprotected([[HEADER.iv, cborBytes(iv)]]);
      return assemble(form.tags, protectedBytes, headers, { type: 'bytes', content: ciphertext });
    });
  }
  const prover = createProver(row, key, crypto);
  if (!prover.ok) return prover;
  const context = form.context ?? (row.class === 'mac' ? 'MAC0' : 'Signature1');
  const headers = unprotected([]);
  const prove = prover.value;
  const layouts = new Map<number, Layout>();
  return ok((claims) => {
    const payload: SignedPayload =
      form.payloadForm === 'hex-text'
        ? { type: 'text', content: encodeUtf8(encodeHex(claims)) }
        : { type: 'bytes', content: claims };
    const { length } = payload.content;
    const known = layouts.get(length);
    if (known !== undefined) return rewrite(known, payload.content, prove);
    const signed = encodeSigned(context, protectedBytes, payload);
    const proof = prove(signed);
    const token = assemble(form.tags, protectedBytes, headers, payload, proof);
    if (layouts.size >= MOST_LAYOUTS) layouts.clear();
    const proofAt = token.length - proof.length;
    layouts.set(length, { signed, token, payloadAt: proofAt - headLength(proof.length) - length, proofAt });
    return token;
  });
}

const MOST_LAYOUTS = 64;

/** A token and what its proof is over. Another one with claims of that length has all its bytes but the claims and the proof. */
interface Layout {
  readonly signed: Uint8Array;
  readonly token: Uint8Array;
  readonly payloadAt: number;
  readonly proofAt: number;
}

function rewrite({ signed, token, payloadAt, proofAt }: Layout, content: Uint8Array, prove: Prover): Uint8Array {
  signed.set(content, signed.length - content.length);
  token.set(content, payloadAt);
  token.set(prove(signed), proofAt);
  return token;
}

/** One token: claims as encoded bytes in, the whole token's bytes out. */
export function signEnvelope(
  request: EnvelopeForm & { readonly claims: Uint8Array },
  key: CandidateKey['material'],
  crypto: CryptoPort,
): Result<Uint8Array, SignError> {
  const signer = createSigner(request, key, crypto);
  return signer.ok ? ok(signer.value(request.claims)) : signer;
}

type Prover = (signed: Uint8Array) => Uint8Array;

function createProver(
  row: CoseAlgorithm,
  key: CandidateKey['material'],
  crypto: CryptoPort,
): Result<Prover, SignError> {
  if (row.primitive?.kind === 'hmac-sha256') {
    const secret = secretOf(key, row);
    if (!secret.ok) return secret;
    const { proofLength } = row;
    return ok((signed) => {
      const mac = crypto.hmacSha256(secret.value, signed);
      return proofLength === mac.length ? mac : mac.subarray(0, proofLength);
    });
  }
  if (key.kind !== 'asymmetric' || key.key.family !== row.family)
    return err({ code: 'ERR_SIGN_KEY_CLASS', message: `The key is not one that ${row.name} signs with.` });
  const asymmetric = key.key;
  if (!asymmetric.private)
    return err({ code: 'ERR_SIGN_KEY_PUBLIC', message: 'This is a public key: it verifies tokens, it makes none.' });
  switch (row.primitive?.kind) {
    case 'es256':
      return ok((signed) => toLowS(crypto.signEs256(asymmetric, signed)));
    case 'ps256':
      return ok((signed) => crypto.signPs256(asymmetric, signed));
    default:
      return err({ code: 'ERR_SIGN_ALG', message: `Catwalk cannot make tokens with ${row.name}.` });
  }
}

function secretOf(key: CandidateKey['material'], row: CoseAlgorithm, length?: number): Result<Uint8Array, SignError> {
  if (key.kind !== 'secret')
    return err({ code: 'ERR_SIGN_KEY_CLASS', message: `${row.name} takes a shared secret, and this is a key pair.` });
  if (key.bytes.length === 0) return err({ code: 'ERR_SIGN_KEY_LENGTH', message: 'The secret is empty.' });
  if (length !== undefined && key.bytes.length !== length)
    return err({
      code: 'ERR_SIGN_KEY_LENGTH',
      message: `${row.name} takes a key of ${length} bytes, this one has ${key.bytes.length}.`,
    });
  return ok(key.bytes);
}

/** RFC 9052 §3: no protected header at all is an empty byte string. */
function encodeProtected(entries: HeaderEntries): Uint8Array {
  const value = mapOf(entries);
  return value.entries.length === 0 ? new Uint8Array(0) : encode(value);
}

/** Of two entries with one label the later stands. */
const mapOf = (entries: HeaderEntries) => map(...new Map(entries));

function assemble(
  tags: readonly number[],
  protectedBytes: Uint8Array,
  unprotected: Uint8Array,
  payload: SignedPayload,
  proof?: Uint8Array,
): Uint8Array {
  let length = 1 + itemLength(protectedBytes.length) + unprotected.length + itemLength(payload.content.length);
  if (proof) length += itemLength(proof.length);
  for (const tag of tags) length += headLength(tag);
  const token = new Uint8Array(length);
  let at = 0;
  for (const tag of tags) at = writeHead(token, at, MAJOR.tag, tag);
  at = writeHead(token, at, MAJOR.array, proof ? 4 : 3);
  at = writeString(token, at, MAJOR.bytes, protectedBytes);
  token.set(unprotected, at);
  at = writeString(
    token,
    at + unprotected.length,
    payload.type === 'bytes' ? MAJOR.bytes : MAJOR.text,
    payload.content,
  );
  if (proof) writeString(token, at, MAJOR.bytes, proof);
  return token;
}
