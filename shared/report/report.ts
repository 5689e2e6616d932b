import type { RequestFacts } from '../evaluate/request.ts';
import { type RichText, toPlainText } from '../explain/rich-text.ts';
import { UTC_STYLE } from '../explain/time-style.ts';
import type { Finding } from '../findings/finding.ts';
import type { Seconds } from '../units.ts';
import { createRedactor, type Masks, type Redactor } from './redact.ts';

/** What a report is made of, as the screen has it: nothing here is redacted yet. */
export interface ReportFacts {
  readonly judgedAt: Seconds;
  /** whose rules it was judged by */
  readonly verifier: string;
  readonly sentence: RichText;
  readonly answers: readonly Answer[];
  readonly token: {
    /** canonical text */
    readonly text: string;
    /** characters of it before the MAC or signature begins */
    readonly proofAt: number | undefined;
    readonly envelope: string;
    readonly bytes: number;
    readonly alg: string | undefined;
    readonly kid: string | undefined;
    readonly where: string;
    readonly repairs: readonly string[];
  };
  readonly request: RequestFacts;
  readonly claims: readonly ClaimFacts[];
  readonly findings: readonly Finding[];
  readonly fix: RichText | undefined;
}

interface Answer {
  readonly question: string;
  readonly word: string;
  readonly detail: string;
}

export interface ClaimFacts {
  readonly name: string;
  readonly label: string;
  /** how deep it stands in another claim; rules inside a claim carry its name in `of` */
  readonly depth: number;
  readonly of: string;
  readonly verdict: string;
  readonly means: RichText;
  readonly raw: string;
  readonly expected?: string;
  readonly actual?: string;
}

/** A report as it may leave: every text went through the redactor, times are UTC. */
export interface Report {
  readonly sentence: string;
  readonly judgedAt: string;
  readonly verifier: string;
  readonly answers: readonly Answer[];
  readonly token: readonly Row[];
  readonly request: readonly Row[];
  readonly claims: readonly ReportClaim[];
  readonly findings: readonly { readonly severity: string; readonly message: string; readonly mend: string }[];
  readonly fix: string;
  readonly redaction: string;
}

type Row = readonly [name: string, value: string];

interface ReportClaim {
  readonly verdict: string;
  readonly name: string;
  readonly label: string;
  readonly depth: number;
  readonly means: string;
  readonly raw: string;
  readonly expected: string;
  readonly actual: string;
}

/** Rows of a report that anybody reads; a token may have thousands. */
const MOST_CLAIMS = 200;
/** characters of one raw value */
const LONGEST_RAW = 400;

/** Redacts and arranges. What is masked is said in the report itself. */
export function createReport(facts: ReportFacts, masks: Masks): Report {
  const redact = createRedactor(masks);
  const plain = (text: RichText) => toPlainText(text, UTC_STYLE);
  // claims first: who watches is known from them, and is masked wherever it turns up
  const shown = facts.claims.slice(0, MOST_CLAIMS);
  const raws = shown.map(({ of, raw }) => cut(redact.claim(of, raw)));
  const kid = facts.token.kid === undefined ? undefined : redact.claim('kid', facts.token.kid);
  const claims = shown.map(
    (claim, index): ReportClaim => ({
      verdict: claim.verdict,
      name: redact.text(claim.name),
      label: claim.label,
      depth: claim.depth,
      means: isHidden(claim.of, masks) ? '' : redact.text(plain(claim.means)),
      raw: raws[index] ?? '',
      expected: claim.expected === undefined ? '' : redact.text(claim.expected),
      actual: claim.actual === undefined ? '' : redact.text(claim.actual),
    }),
  );
  return {
    sentence: redact.text(plain(facts.sentence)),
    judgedAt: UTC_STYLE.time(facts.judgedAt),
    verifier: facts.verifier,
    answers: facts.answers.map(({ question, word, detail }) => ({ question, word, detail: redact.text(detail) })),
    token: tokenRows(facts.token, kid, masks, redact),
    request: requestRows(facts.request, redact),
    claims,
    findings: facts.findings.map(({ severity, message, mend }) => ({
      severity,
      message: redact.text(message),
      mend: mend === undefined ? '' : redact.text(mend),
    })),
    fix: facts.fix === undefined ? '' : redact.text(plain(facts.fix)),
    redaction: describeMasks(masks, facts.claims.length - shown.length),
  };
}

/** What such a claim means repeats its value. */
const isHidden = (name: string, { viewers }: Masks): boolean =>
  viewers && /^(?:-?\d+$|"|sub$|cti$|cnf$|cattpk$)/.test(name);

const cut = (text: string): string => (text.length > LONGEST_RAW ? `${text.slice(0, LONGEST_RAW)}…` : text);

function tokenRows(
  { text, proofAt, envelope, bytes, alg, where, repairs }: ReportFacts['token'],
  kid: string | undefined,
  masks: Masks,
  redact: Redactor,
): readonly Row[] {
  const hasIds = masks.viewers || masks.content || masks.addresses || masks.hosts;
  // its characters would tell what is masked elsewhere
  const head = hasIds || proofAt === undefined ? text.slice(0, HEAD) : text.slice(0, proofAt);
  return [
    ['Token', `${head}… (cut)`],
    ['Envelope', `${envelope}, ${bytes} bytes`],
    ...(alg === undefined ? [] : [['Algorithm', alg] as const]),
    ...(kid === undefined ? [] : [['Key id', kid] as const]),
    ['Found in', redact.text(where)],
    ...(repairs.length === 0 ? [] : [['Repaired', repairs.join(', ')] as const]),
  ];
}

/** tag and the beginning of the protected header: what tells a CAT from a JWT, and nothing of its content */
const HEAD = 8;

function requestRows({ method, url, ip, country, headers, asn, alpn }: RequestFacts, redact: Redactor): readonly Row[] {
  return [
    ...(method === undefined ? [] : [['Method', method] as const]),
    ...(url === undefined ? [] : [['URL', redact.url(url)] as const]),
    ...(ip === undefined ? [] : [['IP address', redact.text(ip)] as const]),
    ...(country === undefined ? [] : [['Country', country] as const]),
    ...(asn === undefined ? [] : [['ASN', String(asn)] as const]),
    ...(alpn === undefined ? [] : [['ALPN', alpn ?? 'none'] as const]),
    ...(headers ?? []).map(({ name, value }): Row => [name, redact.header(name, value)]),
  ];
}

function describeMasks(masks: Masks, left: number): string {
  const masked = [
    ...(masks.viewers ? ['viewer and token ids'] : []),
    ...(masks.content ? ['asset ids'] : []),
    ...(masks.addresses ? ['IP addresses'] : []),
    ...(masks.hosts ? ['hosts'] : []),
  ];
  const also =
    masked.length === 0 ? 'Ids are shown.' : `Masked: ${masked.join(', ')}; equal names stand for equal things.`;
  return `The MAC or signature is cut, credentials are left out. ${also}${left > 0 ? ` ${left} more claims are not listed.` : ''}`;
}
