import { decodeHex } from '../bytes/hex.ts';
import { encodeUtf8 } from '../bytes/utf8.ts';
import type { JsonObject } from '../json.ts';

/** A token in the making: plain JSON, so that it can be stored, sent to main and typed by hand. */
export interface Draft {
  /** claims JSON (`claims/claims-json.ts`); what people and forms edit */
  readonly claims: JsonObject;
  /** claims of a cloned token that claims JSON cannot give back byte for byte */
  readonly kept: readonly KeptClaim[];
  readonly envelope: EnvelopeChoices;
}

/** A claim as it was received: hex of the encoded label and of the encoded value. */
export interface KeptClaim {
  readonly label: string;
  readonly value: string;
}

/** How the envelope shall be; what is left out is the target's choice. */
export interface EnvelopeChoices {
  /** name as in `cose/algorithms.ts`: HS256 */
  readonly alg?: string;
  /** the CWT tag 61 around everything (RFC 8392 §6) */
  readonly cwtTag?: boolean;
  /** tag 17, 18 or 16, whichever the algorithm asks for (RFC 9052 §2) */
  readonly coseTag?: boolean;
  /** a text stands for its UTF-8 bytes */
  readonly kid?: string | { readonly hex: string };
  readonly kidIn?: 'protected' | 'unprotected';
  readonly payloadForm?: 'bytes' | 'hex-text';
}

export const EMPTY_DRAFT: Draft = { claims: {}, kept: [], envelope: {} };

/** The kid's bytes; `undefined` when there is none, or when its hex is none. */
export function kidBytes(kid: EnvelopeChoices['kid']): Uint8Array | undefined {
  if (kid === undefined) return undefined;
  if (typeof kid === 'string') return encodeUtf8(kid);
  const decoded = decodeHex(kid.hex);
  return decoded.ok ? decoded.value : undefined;
}
