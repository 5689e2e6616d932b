import type { FoundToken, Repair } from '../../../shared/carrier/found.ts';
import type { KeyVerification } from '../../../shared/contract/keys.ts';
import type { RequestFacts } from '../../../shared/evaluate/request.ts';
import { formatDuration } from '../../../shared/explain/time-style.ts';
import { type Seconds, seconds } from '../../../shared/units.ts';
import { formatMoment } from '../../ui/local-time.ts';
import type { VerdictKind } from '../../ui/verdict.tsx';
import type { TokenView } from '../../workers/token-view/token-view.ts';
import type { JudgedRow } from './judged-rows.ts';
import type { IntegrityState } from './model.ts';
import { isEmptyRequest } from './request-facts.ts';

/** One of the three questions answered: the word, and what stands below it. */
export interface Answer {
  readonly kind: VerdictKind;
  readonly word: string;
  readonly detail: string;
}

export type Verified = Extract<KeyVerification, { state: 'verified' }>;

export const READING: Readonly<Record<Verified['encoding'], string>> = {
  utf8: 'utf-8',
  hex: 'hex',
  base64: 'base64',
  base64url: 'base64url',
  raw: 'raw bytes',
  jwk: 'a JWK',
  pem: 'PEM',
};

/** `as hex, kid matches` */
function describeVerified(verification: Verified): string {
  if (verification.isBuiltIn === true) return 'built in';
  const reading = `as ${READING[verification.encoding]}${verification.withNewline ? ' with the line break at its end' : ''}`;
  if (verification.kidMatches === undefined) return reading;
  return `${reading}, ${verification.kidMatches ? 'kid matches' : 'kid differs'}`;
}

/** Who made it. Only a key of the token's own kid that does not fit is a failure. */
export function answerIntegrity(state: IntegrityState, view: TokenView): Answer | undefined {
  const { kid, kind } = view.envelope;
  if (state.kind === 'waiting') return undefined;
  if (state.kind === 'error') return { kind: 'cannot-know', word: 'Can’t check', detail: state.error.message };
  const { verification } = state;
  if (view.envelope.isCut && verification.state !== 'verified')
    return {
      kind: 'cannot-know',
      word: 'Can’t check',
      detail: view.envelope.hasProof
        ? `the ${kind === 'signature' ? 'signature' : 'MAC'} is cut off`
        : 'the token is cut off',
    };
  switch (verification.state) {
    case 'verified':
      return { kind: 'pass', word: 'Verified', detail: describeVerified(verification) };
    case 'failed':
      if (verification.wouldVerify !== undefined)
        return {
          kind: 'warning',
          word: 'Would verify',
          detail: `with ${verification.wouldVerify.key.name} if read as ${READING[verification.wouldVerify.encoding]}`,
        };
      if (verification.kidMatches === true)
        return {
          kind: 'fail',
          word: kind === 'signature' ? 'Wrong signature' : 'Wrong MAC',
          detail: `key ${kid ?? ''} does not fit it`,
        };
      return {
        kind: 'not-checked',
        word: 'No key fits',
        detail: kid === undefined ? 'the token names no key' : `no key ${kid} here`,
      };
    case 'not-checked':
      return {
        kind: 'not-checked',
        word: 'Not checked',
        detail: kid === undefined ? 'the token names no key' : `no key ${kid}`,
      };
    case 'cannot-check':
      return {
        kind: verification.alarm === true ? 'warning' : 'cannot-know',
        word: 'Can’t check',
        detail: verification.reason,
      };
  }
}

/** When it holds, at a moment. Without any claims nobody can say. */
export function answerTime(view: TokenView, at: Seconds): Answer {
  const { notBefore, expires } = view.time;
  if (!view.envelope.hasClaims) return { kind: 'not-checked', word: 'Not checked', detail: 'no claims could be read' };
  const isDamaged = view.envelope.damagedAt !== undefined;
  if (notBefore !== undefined && expires !== undefined && expires <= notBefore)
    return { kind: 'fail', word: 'Never valid', detail: 'it ends before it begins' };
  if (expires !== undefined && at >= expires)
    return {
      kind: 'fail',
      word: `Expired ${formatDuration(seconds(at - expires))} ago`,
      detail: describeSpan(notBefore, expires, at),
    };
  if (notBefore !== undefined && at < notBefore)
    return {
      kind: 'fail',
      word: 'Not valid yet',
      detail: `begins in ${formatDuration(seconds(notBefore - at))}, at ${formatMoment(notBefore, at)}`,
    };
  if (expires === undefined)
    return {
      kind: 'warning',
      word: 'Never expires',
      detail: isDamaged ? 'no exp before the damage' : 'the token has no exp',
    };
  if (isDamaged) return { kind: 'pass', word: 'Valid, if genuine', detail: `until ${formatMoment(expires, at)}` };
  return {
    kind: 'pass',
    word: `Valid for ${formatDuration(seconds(expires - at))}`,
    detail: describeSpan(notBefore, expires, at),
  };
}

function describeSpan(notBefore: Seconds | undefined, expires: Seconds, at: Seconds): string {
  const until = formatMoment(expires, at);
  if (notBefore === undefined) return `Until ${until}`;
  return `${formatMoment(notBefore, at)} to ${until}, for ${formatDuration(seconds(expires - notBefore))}`;
}

/** What for: the request's claims counted, their parts adding up to the total. */
export function answerRequest(rows: readonly JudgedRow[], request: RequestFacts): Answer {
  const kinds = rows.filter((row) => row.depth === 0 && row.group === 'request').map((row) => row.verdict.kind);
  const count = (kind: VerdictKind) => kinds.filter((candidate) => candidate === kind).length;
  const total = kinds.length - count('info');
  const failed = count('fail');
  if (total === 0) return { kind: 'info', word: 'Not limited', detail: 'no claim is about the request' };
  if (isEmptyRequest(request))
    return { kind: 'not-checked', word: 'Not checked', detail: 'no request came with the token' };
  const parts = [
    count('pass') === 0 ? '' : `${count('pass')} pass`,
    count('not-checked') === 0 ? '' : `${count('not-checked')} not checked`,
    count('cannot-know') === 0 ? '' : `${count('cannot-know')} can’t be known`,
  ];
  const said = parts.filter((part) => part !== '');
  // “here” where there is room for it
  const detail = said.join(', ') + (said.length < 3 && count('cannot-know') > 0 ? ' here' : '');
  const claims = (number: number) => (number === 1 ? 'claim' : 'claims');
  if (failed > 0) return { kind: 'fail', word: `Denied by ${failed} of ${total} ${claims(total)}`, detail };
  if (count('pass') === total) return { kind: 'pass', word: `Allowed by all ${total} ${claims(total)}`, detail };
  if (count('not-checked') > 0) return { kind: 'not-checked', word: 'Not fully checked', detail };
  return { kind: 'cannot-know', word: 'Can’t know here', detail };
}

const CARRIERS: Readonly<Record<FoundToken['source']['kind'], string>> = {
  token: 'a bare token',
  url: 'a URL',
  path: 'a path',
  header: 'a header',
  cookie: 'a cookie',
  curl: 'curl',
  har: 'HAR',
  log: 'a log line',
  json: 'JSON',
  embed: 'an embed snippet',
  file: 'a file',
};
export const describeCarrier = (kind: FoundToken['source']['kind'] | 'nothing'): string =>
  kind === 'nothing' ? 'the paste' : CARRIERS[kind];

const REPAIRS: Readonly<Record<Repair['kind'], string>> = {
  whitespace: 'blanks dropped',
  'line-breaks': 'line breaks dropped',
  quotes: 'quotes dropped',
  bearer: '“Bearer” dropped',
  padding: 'padding dropped',
  'base64-standard': 'standard base64 → base64url',
  'base64-mixed': 'mixed base64 → base64url',
  percent: 'percent-encoding undone',
  'percent-double': 'double percent-encoding undone',
  hex: 'hex → base64url',
  invisible: 'invisible characters dropped',
  punctuation: 'punctuation dropped',
  ellipsis: 'ellipsis: the token was cut',
  'json-escapes': 'JSON escapes undone',
};
export const describeRepair = (repair: Repair): string => REPAIRS[repair.kind];
