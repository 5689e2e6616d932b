import { proofVerifier, type VerifyProof } from '../../shared/evaluate/dpop.ts';
import { readJwk } from '../keys/jwk.ts';
import { nodeCrypto } from './node-crypto.ts';

/** Checks the signature of a DPoP proof under the public key it carries (RFC 9449 §4.3). */
export const verifyProof: VerifyProof = proofVerifier(nodeCrypto, (jwk) => {
  const key = readJwk(jwk);
  return key.ok && key.value.material.kind === 'asymmetric' ? key.value.material.key : undefined;
});
