import type { Envelope } from '../cose/envelope.ts';
import { value as literal, type RichText, rich } from '../explain/rich-text.ts';
import type { Verifier } from '../verifiers/verifier.ts';

const CWT_TAG = 61;
const COSE_TAGS: ReadonlySet<number> = new Set([16, 17, 18, 96, 97, 98]);

/** Why a verifier does not read an envelope, whoever made it; `undefined`: it reads it. */
export function refuseEnvelope(envelope: Envelope, { name, envelope: habits }: Verifier): RichText | undefined {
  const { maxBytes, algorithms } = habits;
  if (maxBytes !== undefined && envelope.bytes.length > maxBytes)
    return rich`${name} takes tokens of ${String(maxBytes)} bytes at most; this one has ${String(envelope.bytes.length)}`;
  if (envelope.kind === 'unknown') return rich`It is no COSE message`;
  if (envelope.kind === 'c4m-dot') return undefined;
  if (habits.cwtTag === 'required' && !envelope.tags.includes(CWT_TAG))
    return rich`${name} requires tag ${String(CWT_TAG)} around the token`;
  if (habits.coseTag === 'required' && !envelope.tags.some((tag) => COSE_TAGS.has(tag)))
    return rich`${name} requires the COSE tag`;
  if (envelope.payload?.form === 'hex-text' && !habits.hexTextPayload)
    return rich`${name} expects the claims in a byte string, and here they are hex text`;
  const alg = envelope.alg?.name;
  if (alg !== undefined && !algorithms.includes(alg))
    return rich`${name} takes no tokens with the algorithm ${literal(alg)}`;
  return undefined;
}
