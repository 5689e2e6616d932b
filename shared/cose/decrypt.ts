import type { CoseAlgorithm } from './algorithms.ts';
import { anyKidMatches, byKid, cannotCheck, cannotUse, kidMatches, NO_KEYS } from './candidates.ts';
import type { CandidateKey, CryptoPort, Integrity } from './crypto-port.ts';
import type { Envelope } from './envelope.ts';
import { headerAlgorithm } from './header-algorithm.ts';
import { isEmptyProtected } from './headers.ts';
import { findMisfit, type Misfit } from './key-fit.ts';
import { openEnvelope } from './open.ts';
import { encodeEncStructure } from './structures.ts';

/** What came out of a COSE_Encrypt0. */
export interface Decrypted {
  readonly integrity: Integrity;
  /**
   * the plaintext, when a key opened it: bare claims, or a nested token with an integrity of its own (RFC 8392 §7.1 step
   * 3). Its offsets count from the plaintext's first byte.
   */
  readonly content?: Envelope;
}

/** Opens a COSE_Encrypt0 (RFC 9052 §5.2) with the first key that authenticates it. */
export function decryptEnvelope(
  envelope: Envelope,
  candidates: Iterable<CandidateKey>,
  crypto: CryptoPort,
  options: { readonly externalAad?: Uint8Array } = {},
): Decrypted {
  const keys = byKid(envelope, candidates);
  if (keys.length === 0) return { integrity: NO_KEYS };
  const algorithm = headerAlgorithm(envelope);
  if (algorithm.kind === 'obstacle') return { integrity: algorithm.integrity };
  const { payload, iv } = envelope;
  const row = algorithm.row;
  const primitive = row?.primitive;
  // a cipher cannot be told from a key: 16 bytes fit GCM and CCM
  if (row === undefined || primitive === undefined)
    return { integrity: cannotCheck('The token is encrypted, but its header names no algorithm.') };
  if (iv === undefined || !('ivLength' in primitive) || iv.length !== primitive.ivLength)
    return { integrity: cannotCheck(`The token is encrypted, but it has no IV that ${row.name} takes.`) };
  if (payload?.form !== 'ciphertext') return { integrity: cannotCheck('The token has no ciphertext.') };
  if (primitive.kind === 'aes-ccm' && crypto.openAesCcm === undefined)
    return { integrity: cannotCheck(`Catwalk cannot compute ${row.name} here.`) };

  const usable: CandidateKey[] = [];
  const misfits: Misfit[] = [];
  for (const key of keys) {
    const misfit = findMisfit(key, row);
    if (misfit) misfits.push(misfit);
    else usable.push(key);
  }
  if (usable.length === 0) return { integrity: cannotUse(misfits) };

  let tried = 0;
  for (const protectedBytes of isEmptyProtected(envelope.protected) ? EMPTY_FORMS : [envelope.protected.bytes]) {
    const aad = encodeEncStructure(protectedBytes, options.externalAad);
    for (const key of usable) {
      tried++;
      const plaintext = openWith(row, key, iv, payload.bytes, aad, crypto);
      if (plaintext === undefined) continue;
      return {
        integrity: {
          state: 'verified',
          ref: key.ref,
          encoding: key.encoding,
          withNewline: key.withNewline ?? false,
          context: 'Encrypt0',
          kidMatches: kidMatches(envelope, key),
          tried,
        },
        content: openEnvelope(plaintext),
      };
    }
  }
  return {
    integrity: {
      state: 'failed',
      tried,
      kidMatches: anyKidMatches(envelope, keys),
      reason: 'None of the keys opens this: it is another key’s, or the token was changed.',
    },
  };
}

// as with signatures: h'' is right for an empty protected map, h'a0' is met
const EMPTY_FORMS = [new Uint8Array(0), new Uint8Array([0xa0])];

function openWith(
  row: CoseAlgorithm,
  { material }: CandidateKey,
  iv: Uint8Array,
  ciphertext: Uint8Array,
  aad: Uint8Array,
  crypto: CryptoPort,
): Uint8Array | undefined {
  if (material.kind !== 'secret') return undefined;
  return row.primitive?.kind === 'aes-ccm'
    ? crypto.openAesCcm?.(material.bytes, iv, ciphertext, aad, row.proofLength ?? 0)
    : crypto.openAesGcm(material.bytes, iv, ciphertext, aad);
}
