import { encodeHex } from '../../../shared/bytes/hex.ts';
import type { Envelope } from '../../../shared/cose/envelope.ts';
import { brokenAt } from '../../../shared/cose/payload.ts';
import { STRUCTURE_NAME } from '../../../shared/cose/words.ts';
import type { Inspection } from '../../../shared/inspect/inspection.ts';
import { readClaimRows } from './claim-rows.ts';
import { timeOf } from './describe.ts';
import { readEdnLines } from './edn-lines.ts';
import { readItems } from './items.ts';
import { claimsMembers, readJsonLines } from './json-lines.ts';
import { readRuns } from './runs.ts';
import type { EnvelopeView, TokenView } from './token-view.ts';

/** Everything the Inspect screen draws about one token, from what the engine said about it. */
export function readTokenView(inspection: Inspection): TokenView {
  const { found, claims } = inspection;
  const items = readItems(inspection);
  const issued = claims?.entries.find((entry) => entry.name === 'iat' && entry.value !== undefined);
  return {
    token: found,
    envelope: readEnvelopeView(inspection.envelope),
    items,
    runs: readRuns(found, items),
    claims: claims === undefined ? [] : readClaimRows(claims),
    edn: readEdnLines(inspection, items),
    json: readJsonLines(claims === undefined ? [] : claimsMembers(claims)),
    findings: inspection.findings,
    sentence: inspection.sentence,
    time: inspection.time,
    issuedAt: issued === undefined ? undefined : timeOf(issued),
  };
}

const KINDS: Readonly<Record<Envelope['kind'], EnvelopeView['kind']>> = {
  'cose-mac0': 'mac',
  'cose-sign1': 'signature',
  'cose-encrypt0': 'encrypted',
  'c4m-dot': 'mac',
  unknown: 'unknown',
};

function readEnvelopeView(envelope: Envelope): EnvelopeView {
  const { kid } = envelope;
  return {
    title: envelope.kind === 'unknown' ? 'no COSE envelope' : STRUCTURE_NAME[envelope.kind],
    kind: KINDS[envelope.kind],
    size: envelope.bytes.length,
    alg: envelope.alg?.name,
    kid: kid === undefined ? undefined : (kid.text ?? encodeHex(kid.bytes)),
    isKidUnprotected: kid?.in === 'unprotected',
    damagedAt: envelope.damagedAt,
    isCut: brokenAt(envelope.root) !== undefined,
    hasProof: envelope.proof !== undefined,
    hasClaims: envelope.payload?.claims !== undefined,
  };
}
