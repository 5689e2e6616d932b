import { claimsToJson } from '../claims/claims-to-json.ts';
import type { Inspection } from '../inspect/inspection.ts';
import { envelopeToJson } from '../inspect/inspection-json.ts';
import { type ByteChange, diffBytes } from './diff-bytes.ts';
import { diffJson, type JsonChange } from './diff-json.ts';

/** What tells two tokens apart, on the three levels somebody looks at them. */
export interface TokenDiff {
  readonly same: boolean;
  /** by the standard's names, repeats numbered, as in claims JSON */
  readonly claims: readonly JsonChange[];
  readonly envelope: readonly JsonChange[];
  readonly bytes: readonly ByteChange[];
}

/** `same` means the same bytes: two tokens with equal claims and different MACs are not the same. */
export function diffTokens(a: Inspection, b: Inspection): TokenDiff {
  const bytes = diffBytes(a.envelope.bytes, b.envelope.bytes);
  return {
    same: bytes.length === 0,
    claims: diffJson(claimsOf(a), claimsOf(b)),
    envelope: diffJson(envelopeToJson(a.envelope), envelopeToJson(b.envelope)),
    bytes,
  };
}

const claimsOf = ({ claims }: Inspection) => (claims === undefined ? null : claimsToJson(claims));
