import { encodeHex } from '../bytes/hex.ts';
import { encodeUtf8 } from '../bytes/utf8.ts';
import { type CoseAlgorithm, findAlgorithm } from './algorithms.ts';
import { anyKidMatches, byKid, cannotCheck, cannotUse, kidMatches, NO_KEYS } from './candidates.ts';
import type { CandidateKey, CryptoPort, Integrity } from './crypto-port.ts';
import { decryptEnvelope } from './decrypt.ts';
import type { Envelope, Payload } from './envelope.ts';
import { headerAlgorithm } from './header-algorithm.ts';
import { isEmptyProtected } from './headers.ts';
import { findMisfit, type Misfit } from './key-fit.ts';
import { isLowS } from './low-s.ts';
import { stringContent } from './payload.ts';
import { encodeSigned, type SignedPayload } from './structures.ts';

export interface VerifyOptions {
  /** external_aad of RFC 9052 §4.3; a CAT has none */
  readonly externalAad?: Uint8Array;
}

/**
 * Who made a token, over its received bytes. Every key is tried, those with the token's kid first; a MAC over {MAC0,
 * Signature1} × {payload as bytes, as hex text} (CAT.md e). The algorithm is the header's and must be of the key's class;
 * when the header has none, the key says it. A COSE_Encrypt0 is verified by being opened.
 */
export function verify(
  envelope: Envelope,
  candidates: Iterable<CandidateKey>,
  crypto: CryptoPort,
  options: VerifyOptions = {},
): Integrity {
  if (envelope.kind === 'cose-encrypt0') return decryptEnvelope(envelope, candidates, crypto, options).integrity;
  const keys = byKid(envelope, candidates);
  if (keys.length === 0) return NO_KEYS;
  const algorithm = headerAlgorithm(envelope);
  if (algorithm.kind === 'obstacle') return algorithm.integrity;
  const proof = envelope.proof?.bytes;
  if (proof === undefined) return cannotCheck('The token has no MAC and no signature.');
  if (envelope.payload === undefined)
    return cannotCheck('The token has no payload that a MAC or signature could be over.');

  const usable: { readonly key: CandidateKey; readonly row: CoseAlgorithm }[] = [];
  const misfits: Misfit[] = [];
  for (const key of keys) {
    const row = algorithm.row ?? deduceAlgorithm(envelope, key, proof.length);
    const misfit = findMisfit(key, row);
    if (misfit) misfits.push(misfit);
    else usable.push({ key, row });
  }
  if (usable.length === 0) return cannotUse(misfits);

  let tried = 0;
  for (const form of signedForms(envelope, envelope.payload)) {
    const signed = encodeForm(envelope, form, options.externalAad);
    for (const { key, row } of usable) {
      tried++;
      if (!proves(row, key, signed, proof, crypto)) continue;
      return {
        state: 'verified',
        ref: key.ref,
        encoding: key.encoding,
        withNewline: key.withNewline ?? false,
        context: form.context,
        payload: form.context === 'dot' ? undefined : form.text ? 'text' : 'bytes',
        kidMatches: kidMatches(envelope, key),
        tried,
        lowS: row.primitive?.kind === 'es256' ? isLowS(proof) : undefined,
      };
    }
  }
  return {
    state: 'failed',
    tried,
    kidMatches: anyKidMatches(envelope, keys),
    reason: failure(usable[0]?.row, proof.length),
  };
}

/** A form of what may have been authenticated; the first of a token is the one COSE prescribes. */
interface SignedForm {
  readonly context: 'MAC0' | 'Signature1' | 'dot';
  /** the payload as a text string, else as a byte string */
  readonly text: boolean;
  /** the protected header's bytes that go in */
  readonly protectedBytes: Uint8Array;
}

const EMPTY = new Uint8Array(0);
const EMPTY_MAP = new Uint8Array([0xa0]);

const DOT_FORMS: readonly SignedForm[] = [{ context: 'dot', text: false, protectedBytes: EMPTY }];

function signedForms(envelope: Envelope, payload: Payload): readonly SignedForm[] {
  if (envelope.kind === 'c4m-dot') return DOT_FORMS;
  // RFC 9052 §4.4: an empty protected map goes in as h'', whatever it looked like; some signers put in h'a0'
  const headers = isEmptyProtected(envelope.protected) ? [EMPTY, EMPTY_MAP] : [envelope.protected.bytes];
  const received = payload.form === 'hex-text';
  const forms: SignedForm[] = [];
  for (const protectedBytes of headers)
    for (const text of [received, !received]) {
      if (envelope.kind === 'cose-mac0') forms.push({ context: 'MAC0', text, protectedBytes });
      // Fastly's older library and its forks compute HMAC over a Signature1 structure
      forms.push({ context: 'Signature1', text, protectedBytes });
    }
  return forms;
}

function encodeForm(envelope: Envelope, form: SignedForm, externalAad: Uint8Array | undefined): Uint8Array {
  // JWS-like: the first two parts and the dot between them, as they were received
  if (form.context === 'dot') return envelope.bytes.subarray(0, envelope.bytes.lastIndexOf(DOT));
  return encodeSigned(form.context, form.protectedBytes, signedPayload(envelope, form.text), externalAad);
}

const DOT = 0x2e;

function signedPayload({ bytes, payload }: Envelope, text: boolean): SignedPayload {
  if (!text) return { type: 'bytes', content: payload?.bytes ?? EMPTY };
  const node = payload?.node;
  if (node?.kind === 'text') return { type: 'text', content: stringContent(bytes, node) };
  return { type: 'text', content: encodeUtf8(encodeHex(payload?.bytes ?? EMPTY)) };
}

/** Without an algorithm header the structure and the key say it (CTA-5007 leaves `alg` optional). */
function deduceAlgorithm(envelope: Envelope, key: CandidateKey, proofLength: number): CoseAlgorithm {
  const symmetric = envelope.kind === 'c4m-dot' ? key.material.kind === 'secret' : envelope.kind === 'cose-mac0';
  if (symmetric) return proofLength === HS256_64.proofLength ? HS256_64 : HS256;
  return key.material.kind === 'asymmetric' && key.material.key.family === 'rsa' ? PS256 : ES256;
}

function known(name: string): CoseAlgorithm {
  const row = findAlgorithm(name);
  if (row === undefined) throw new Error(`no row for ${name}`);
  return row;
}
const HS256 = known('HS256');
const HS256_64 = known('HS256/64');
const ES256 = known('ES256');
const PS256 = known('PS256');

function proves(
  row: CoseAlgorithm,
  key: CandidateKey,
  signed: Uint8Array,
  proof: Uint8Array,
  crypto: CryptoPort,
): boolean {
  const { material } = key;
  if (row.proofLength !== undefined && proof.length !== row.proofLength) return false;
  switch (row.primitive?.kind) {
    case 'hmac-sha256': {
      if (material.kind !== 'secret') return false;
      const mac = crypto.hmacSha256(material.bytes, signed);
      // RFC 9053 §3.1: a shortened MAC is its leftmost bytes
      return crypto.equal(proof.length < mac.length ? mac.subarray(0, proof.length) : mac, proof);
    }
    case 'es256':
      return material.kind === 'asymmetric' && crypto.verifyEs256(material.key, signed, proof);
    case 'ps256':
      return material.kind === 'asymmetric' && crypto.verifyPs256(material.key, signed, proof);
    default:
      return false;
  }
}

function failure(row: CoseAlgorithm | undefined, proofLength: number): string {
  const what = row?.class === 'mac' ? 'MAC' : 'signature';
  if (row?.proofLength !== undefined && row.proofLength !== proofLength)
    return `${row.name} makes ${row.proofLength} bytes, but this ${what} has ${proofLength}.`;
  return `None of the keys made this ${what}: it is another key’s, or the token was changed.`;
}
