import { encodeHex } from '../../shared/bytes/hex.ts';
import type { ClaimEntry } from '../../shared/claims/claims-set.ts';
import { claimsToJson } from '../../shared/claims/claims-to-json.ts';
import { toPlainText } from '../../shared/explain/rich-text.ts';
import { formatRelative, UTC_STYLE } from '../../shared/explain/time-style.ts';
import type { Inspection } from '../../shared/inspect/inspection.ts';
import { escapeControls } from './escape-controls.ts';
import { currentSeconds } from './now.ts';

/** An inspection for a terminal: the sentence, then the evidence. Nothing of the token reaches the terminal unescaped. */
export function printInspection(inspection: Inspection): string {
  const { found, envelope, claims, findings } = inspection;
  const json = claims === undefined ? {} : claimsToJson(claims);
  const repairs = found.repairs.map((repair) => `${repair.kind} (${repair.places})`).join(', ');
  const lines = [
    toPlainText(inspection.sentence, UTC_STYLE),
    '',
    row('Found', `${found.source.kind}, ${found.source.where}; ${found.bytes.length} bytes`),
    ...(repairs === '' ? [] : [row('Repaired', repairs)]),
    row('Envelope', describeEnvelope(inspection)),
    row('Time', describeTime(inspection)),
    row('Dialects', inspection.dialects.join(', ')),
    ...(claims === undefined ? [] : ['', 'Claims']),
    ...(claims?.entries.map((entry, index) => row(claimTitle(entry), JSON.stringify(Object.values(json)[index]))) ??
      []),
    ...(findings.length === 0 ? ['', 'No quirks found.'] : ['', 'Findings']),
    ...findings.map((finding) =>
      row(finding.severity, `${finding.message}${finding.range === undefined ? '' : ` (byte ${finding.range.start})`}`),
    ),
    '',
  ];
  if (envelope.damagedAt !== undefined) lines.splice(1, 0, `The token is damaged from byte ${envelope.damagedAt} on.`);
  return lines.map(escapeControls).join('\n');
}

const row = (head: string, rest: string): string => `  ${head.padEnd(22)} ${rest}`;

const claimTitle = (entry: ClaimEntry): string =>
  entry.name === String(entry.label) ? entry.name : `${entry.name} (${entry.label})`;

function describeEnvelope({ envelope }: Inspection): string {
  const tags = envelope.tags.length === 0 ? 'no tags' : `tags ${envelope.tags.join(', ')}`;
  const alg = envelope.alg === undefined ? 'no alg' : `${envelope.alg.name} (${envelope.alg.id}, ${envelope.alg.in})`;
  const kid =
    envelope.kid === undefined
      ? 'no kid'
      : `kid ${envelope.kid.text ?? encodeHex(envelope.kid.bytes)} (${envelope.kid.in})`;
  return `${envelope.kind}, ${tags}, ${alg}, ${kid}`;
}

function describeTime({ time }: Inspection): string {
  const now = currentSeconds();
  const edges = [
    ...(time.notBefore === undefined
      ? []
      : [`from ${UTC_STYLE.time(time.notBefore)} (${formatRelative(time.notBefore, now)})`]),
    ...(time.expires === undefined
      ? []
      : [`until ${UTC_STYLE.time(time.expires)} (${formatRelative(time.expires, now)})`]),
  ];
  return [time.state, ...edges].join(', ');
}
