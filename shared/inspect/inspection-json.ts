import { encodeHex } from '../bytes/hex.ts';
import { formatEdn } from '../cbor/edn.ts';
import { claimsToJson } from '../claims/claims-to-json.ts';
import type { Envelope } from '../cose/envelope.ts';
import { toPlainText } from '../explain/rich-text.ts';
import { UTC_STYLE } from '../explain/time-style.ts';
import type { Finding } from '../findings/finding.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Inspection } from './inspection.ts';

/** An inspection as the command line and reports print it: the shapes of `inspect --json`, times in UTC. */
export function inspectionToJson(inspection: Inspection): JsonObject {
  const { found, envelope, claims, time } = inspection;
  return {
    source: { ...found.source, repairs: found.repairs.map((repair) => repair.kind) },
    text: found.text,
    size: found.bytes.length,
    envelope: envelopeToJson(envelope),
    claims: claims === undefined ? null : claimsToJson(claims),
    dialects: inspection.dialects,
    edn: formatEdn(inspection.root).text,
    findings: inspection.findings.map(findingToJson),
    sentence: toPlainText(inspection.sentence, UTC_STYLE),
    time: { state: time.state, notBefore: time.notBefore ?? null, expires: time.expires ?? null },
  };
}

/** What carries the claims, as JSON; members that the token does not have are `null`. */
export function envelopeToJson(envelope: Envelope): JsonObject {
  const { alg, kid } = envelope;
  return {
    kind: envelope.kind,
    tags: envelope.tags,
    alg: alg === undefined ? null : { id: alg.id, name: alg.name, in: alg.in },
    kid: kid === undefined ? null : { hex: encodeHex(kid.bytes), text: kid.text ?? null, in: kid.in },
    payload: envelope.payload?.form ?? null,
  };
}

const findingToJson = (finding: Finding): Json => ({
  code: finding.code,
  severity: finding.severity,
  message: finding.message,
  offset: finding.range?.start ?? null,
  length: finding.range === undefined ? null : finding.range.end - finding.range.start,
  claim: finding.claim ?? null,
  mend: finding.mend ?? null,
});
