import type { ClaimsSet } from '../claims/claims-set.ts';
import { readClaims } from '../claims/read-claims.ts';
import type { CandidateKey, CryptoPort, Integrity } from '../cose/crypto-port.ts';
import { decryptEnvelope } from '../cose/decrypt.ts';
import { verify } from '../cose/verify.ts';
import type { Inspection } from './inspection.ts';

/**
 * Who made an inspected token, and its claims: those of an encrypted one when a key opens it. A signed token inside is
 * verified by itself (RFC 8392 §7.1 step 3), and its integrity is what counts.
 */
export function openClaims(
  inspection: Pick<Inspection, 'envelope' | 'claims'>,
  candidates: readonly CandidateKey[],
  crypto: CryptoPort,
): { readonly integrity: Integrity; readonly claims: ClaimsSet | undefined } {
  const { envelope, claims } = inspection;
  if (envelope.kind !== 'cose-encrypt0') return { integrity: verify(envelope, candidates, crypto), claims };
  const { integrity, content } = decryptEnvelope(envelope, candidates, crypto);
  const inner = content?.payload?.claims;
  return {
    integrity: content === undefined || content.kind === 'unknown' ? integrity : verify(content, candidates, crypto),
    claims: inner === undefined ? undefined : readClaims(inner),
  };
}
