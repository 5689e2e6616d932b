import { encodeHex } from '../bytes/hex.ts';
import { encode } from '../cbor/encode.ts';
import { isComplete } from '../cbor/is-complete.ts';
import { claimFromJson } from '../claims/claims-json.ts';
import type { ClaimEntry, ClaimsSet } from '../claims/claims-set.ts';
import { claimsToJson } from '../claims/claims-to-json.ts';
import { findAlgorithm } from '../cose/algorithms.ts';
import type { Envelope } from '../cose/envelope.ts';
import type { Draft, EnvelopeChoices, KeptClaim } from './draft.ts';

/**
 * A draft that makes the same token again. Claims that are known become claims JSON in today's labels and shapes;
 * claims that nobody knows, and those whose shape is unusable, are kept byte for byte. What was cut off is left out.
 */
export function cloneToken(envelope: Envelope, claims: ClaimsSet | undefined): Draft {
  const entries = claims?.entries ?? [];
  const readable = entries.filter(isReadable);
  const kept = entries.filter((entry) => !isReadable(entry)).flatMap(keep);
  const json = claims === undefined ? {} : claimsToJson({ ...claims, entries: readable });
  return { claims: json, kept, envelope: cloneEnvelope(envelope) };
}

/** Whether claims JSON carries the claim there and back. */
function isReadable({ definition, value }: ClaimEntry): boolean {
  return definition !== undefined && value !== undefined && claimFromJson(definition, definition.toJson(value)).ok;
}

function keep({ keyNode, node }: ClaimEntry): readonly KeptClaim[] {
  if (!isComplete(keyNode) || !isComplete(node)) return [];
  const asReceived = { form: 'authored' } as const;
  return [{ label: encodeHex(encode(keyNode, asReceived)), value: encodeHex(encode(node, asReceived)) }];
}

function cloneEnvelope({ kind, tags, alg, kid, payload }: Envelope): EnvelopeChoices {
  const known = alg === undefined ? undefined : findAlgorithm(alg.id);
  return {
    ...(known?.primitive !== undefined && known.bogus !== true && { alg: known.name }),
    // the dot form and bare claims have no tags to keep
    ...((kind === 'cose-mac0' || kind === 'cose-sign1' || kind === 'cose-encrypt0') && {
      cwtTag: tags.includes(61),
      coseTag: tags.some((tag) => tag >= 16 && tag <= 18),
    }),
    ...(kid !== undefined && { kid: kid.text ?? { hex: encodeHex(kid.bytes) }, kidIn: kid.in }),
    ...(payload?.form === 'hex-text' && { payloadForm: 'hex-text' as const }),
  };
}
