import type { FoundToken } from '../carrier/found.ts';
import { decode } from '../cbor/decode.ts';
import type { ClaimsSet } from '../claims/claims-set.ts';
import type { DialectId } from '../claims/dialects.ts';
import { readClaims } from '../claims/read-claims.ts';
import type { Envelope } from '../cose/envelope.ts';
import { openEnvelope } from '../cose/open.ts';
import { openDotEnvelope } from '../cose/open-dot.ts';
import { type RichText, rich } from '../explain/rich-text.ts';
import { explainClaims } from '../explain/sentence.ts';
import { collectFindings } from '../findings/collect-findings.ts';
import type { Seconds } from '../units.ts';
import type { Inspection } from './inspection.ts';
import { timeState } from './time-state.ts';

/** Everything that can be said about one found token with no key and no request. Never throws. */
export function inspectToken(found: FoundToken, options: { readonly now: Seconds }): Inspection {
  const { root, issues } = decode(found.bytes);
  const envelope = found.kind === 'c4m-dot' ? openDotEnvelope(found.text) : openEnvelope(found.bytes, root);
  const claimsNode = envelope.payload?.claims;
  const claims = claimsNode === undefined ? undefined : readClaims(claimsNode);
  const cborIssues = found.kind === 'c4m-dot' ? envelope.issues : [...issues, ...envelope.issues];
  const parts = { found, root: envelope.root, cborIssues, envelope, claims };
  return {
    ...parts,
    dialects: dialectsOf(envelope, claims),
    findings: collectFindings(parts, options),
    sentence: sentenceOf(envelope, claims),
    time: timeState(claims, options.now),
  };
}

function dialectsOf(envelope: Envelope, claims: ClaimsSet | undefined): readonly DialectId[] {
  const all = new Set([...envelope.dialects, ...(claims?.dialects ?? [])]);
  return [...(all.delete('cta-5007') ? (['cta-5007'] as const) : []), ...all];
}

function sentenceOf(envelope: Envelope, claims: ClaimsSet | undefined): RichText {
  if (claims !== undefined) return explainClaims(claims);
  if (envelope.payload?.form === 'ciphertext')
    return rich`The claims are encrypted; without the key nobody can say what this token allows.`;
  return rich`What this token allows cannot be said: its claims could not be read.`;
}
