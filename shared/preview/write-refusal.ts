import type { Refusal } from '../contract/preview-why.ts';
import { type RichText, toPlainText } from '../explain/rich-text.ts';
import { UTC_STYLE } from '../explain/time-style.ts';
import { markdownTable, markdownText, type Table } from '../report/markdown.ts';
import { createRedactor, DEFAULT_MASKS, isViewerClaim } from '../report/redact.ts';
import { seconds } from '../units.ts';

const VERDICTS: Readonly<Record<Refusal['claims'][number]['verdict'], string>> = {
  pass: 'pass',
  fail: 'fail',
  unknown: 'cannot tell',
  ignored: 'ignored',
};

/** Why a request got its answer, as Markdown for a ticket: no token, no viewer, and equal ids have equal names. Times are UTC. */
export function writeRefusal(refusal: Refusal, verifier: string): string {
  const { row, sentence, claims, diff, copies, said, mend, fix } = refusal;
  const redact = createRedactor(DEFAULT_MASKS);
  const plain = (text: RichText) => redact.text(toPlainText(text, UTC_STYLE));
  const instant = (millis: number) => UTC_STYLE.time(seconds(millis / 1000));
  const tables: readonly Table[] = [
    {
      title: 'Request',
      head: ['Fact', 'Value'],
      rows: [
        ['Request', `${row.method} ${redact.url(row.url)}`],
        ['Answer', `${said.status}${row.hidden ? ', hidden from the page' : ''}, ${said.size} bytes, by the ${row.by}`],
        ...(said.words === '' ? [] : [['It said', redact.text(said.words)]]),
        ['Clock here', instant(refusal.clocks.here)],
        ['Clock of the edge', instant(refusal.clocks.edge)],
        ['Integrity', describeIntegrity(refusal)],
        ['Time', describeTime(refusal)],
        ['Passed before it', String(refusal.before.passed)],
      ],
    },
    {
      title: 'Claims',
      head: ['Verdict', 'Claim', 'Why'],
      rows: claims.map(({ verdict, claim, name, reason }) => [
        VERDICTS[verdict],
        redact.text(claim),
        isViewerClaim(name) ? '' : plain(reason),
      ]),
    },
    {
      title: 'Where they part',
      head: ['Claim', 'Token asks for', 'Request has'],
      rows: diff === undefined ? [] : [[diff.claim, redact.text(diff.expected), redact.text(diff.actual)]],
    },
    {
      title: 'Copies of the token',
      head: ['Carrier', 'Name', 'Judged', 'Why'],
      rows: copies.map(({ channel, name, judged, reason }) => [channel, name, judged ? 'yes' : 'no', plain(reason)]),
    },
    {
      title: 'Smallest mend of the token',
      head: ['Claim', 'Change'],
      rows: [
        ...(mend?.changes ?? []).map((change) => [
          change.claim,
          isViewerClaim(change.claim) ? '' : plain(change.sentence),
        ]),
        ...(mend?.decisions ?? []).map(({ claim, reason }) => [claim, `a person’s decision: ${plain(reason)}`]),
      ],
    },
  ];
  return [
    `## Request ${row.id} was answered with ${said.status}`,
    '',
    markdownText(plain(sentence)),
    '',
    `Judged as ${markdownText(verifier)}.`,
    ...(fix.kind === 'none' ? [] : ['', `**Smallest fix:** ${markdownText(plain(fix.sentence))}`]),
    '',
    ...tables.filter(({ rows }) => rows.length > 0).map(markdownTable),
    '_Tokens are left out. Masked: viewer and token ids, asset ids, IP addresses; equal names stand for equal things._',
    '',
  ].join('\n');
}

function describeIntegrity({ integrity: { state, reason } }: Refusal): string {
  switch (state) {
    case 'verified':
      return 'verified';
    case 'failed':
      return `failed: ${reason}`;
    case 'not-checked':
      return `not checked: ${reason}`;
    case 'cannot-check':
      return `cannot be checked: ${reason}`;
    case 'no-token':
      return 'no token';
  }
}

function describeTime({ time: { state, expires, notBefore } }: Refusal): string {
  const words = {
    valid: 'valid',
    expired: 'expired',
    'not-yet': 'not valid yet',
    unbounded: 'never expires',
    'no-token': 'no token',
  };
  const ends = expires === undefined ? '' : `, until ${UTC_STYLE.time(expires)}`;
  const begins = notBefore === undefined ? '' : `, from ${UTC_STYLE.time(notBefore)}`;
  return words[state] + begins + ends;
}
