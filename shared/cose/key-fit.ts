import type { CoseAlgorithm } from './algorithms.ts';
import type { CandidateKey } from './crypto-port.ts';
import { looksLikeKeyFile } from './looks-like-key-file.ts';

/** Why a key is not tried. `alarm`: trying it would be algorithm confusion. */
export interface Misfit {
  readonly reason: string;
  readonly alarm: boolean;
}

/**
 * Whether a key may be tried with an algorithm: the key's class decides, never the token alone (RFC 8725 §3.1 says it of
 * JWT, and it holds here). `undefined`: it may.
 */
export function findMisfit(candidate: CandidateKey, row: CoseAlgorithm): Misfit | undefined {
  const { material, ref } = candidate;
  if (row.family === 'secret') {
    if (material.kind === 'asymmetric')
      return {
        reason: `The token says ${row.name}, which takes a shared secret, but ${ref} is ${familyName(material.key.family)}. A verifier that used the public key’s bytes as a secret would let anybody make tokens.`,
        // a public key meets a MAC only when somebody changed the header, or when the wrong key was chosen
        alarm: row.class === 'mac',
      };
    if (looksLikeKeyFile(material.bytes))
      return {
        reason: `${ref} is a PEM, DER or JWK key whose bytes would be read as a shared secret. Public keys are known to everybody, so they never count as one.`,
        alarm: true,
      };
    const primitive = row.primitive;
    if (primitive && 'keyLength' in primitive && material.bytes.length !== primitive.keyLength)
      return {
        reason: `${row.name} takes a key of ${primitive.keyLength} bytes, ${ref} has ${material.bytes.length}.`,
        alarm: false,
      };
  } else {
    if (material.kind === 'secret')
      return {
        reason: `The token says ${row.name}, which takes a public key, but ${ref} is a shared secret.`,
        alarm: false,
      };
    if (material.key.family !== row.family)
      return {
        reason: `The token says ${row.name}, but ${ref} is ${familyName(material.key.family)}.`,
        alarm: false,
      };
  }
  if (candidate.alg !== undefined && candidate.alg !== row.keyName && candidate.alg !== row.name)
    return { reason: `The token says ${row.name}, but ${ref} was made for ${candidate.alg}.`, alarm: false };
  return undefined;
}

const familyName = (family: 'ec-p256' | 'rsa'): string => (family === 'rsa' ? 'an RSA key' : 'a P-256 key');
