import type { FoundToken, Repair } from '../../../shared/carrier/found.ts';
import type { KeyVerification } from '../../../shared/contract/keys.ts';
import { type RichText, rich, type TextPart, time as timePart, value } from '../../../shared/explain/rich-text.ts';
import { formatDuration } from '../../../shared/explain/time-style.ts';
import { type Seconds, seconds } from '../../../shared/units.ts';
import { formatMoment } from '../../ui/local-time.ts';
import type { VerdictKind } from '../../ui/verdict.tsx';
import type { TokenView } from '../../workers/token-view/token-view.ts';
import type { IntegrityState } from './model.ts';

export interface Answer {
  readonly kind: VerdictKind;
  readonly word: string;
  readonly detail: string;
}

const READING: Readonly<Record<Extract<KeyVerification, { state: 'verified' }>['encoding'], string>> = {
  utf8: 'utf-8',
  hex: 'hex',
  base64: 'base64',
  base64url: 'base64url',
  raw: 'raw bytes',
  jwk: 'a JWK',
  pem: 'PEM',
};

/** `as hex, kid matches` */
export function describeVerified(verification: Extract<KeyVerification, { state: 'verified' }>): string {
  const reading = `as ${READING[verification.encoding]}${verification.withNewline ? ' with the line break at its end' : ''}`;
  if (verification.kidMatches === undefined) return reading;
  return `${reading}, ${verification.kidMatches ? 'kid matches' : 'kid differs'}`;
}

/** Who made it. Nothing but a key of the token's own kid that does not fit is a failure. */
export function answerIntegrity(state: IntegrityState, view: TokenView): Answer | undefined {
  const { envelope } = view;
  if (state.kind === 'waiting') return undefined;
  if (state.kind === 'error') return { kind: 'cannot-know', word: 'Can’t check', detail: state.error.message };
  const { verification } = state;
  switch (verification.state) {
    case 'verified':
      return { kind: 'pass', word: 'Verified', detail: describeVerified(verification) };
    case 'failed':
      if (verification.kidMatches === true)
        return {
          kind: 'fail',
          word: envelope.kind === 'signature' ? 'Wrong signature' : 'Wrong MAC',
          detail: `the key with kid ${envelope.kid ?? ''} does not fit`,
        };
      return {
        kind: 'not-checked',
        word: 'No key fits',
        detail: envelope.kid === undefined ? 'the token names no key' : `no key ${envelope.kid} here`,
      };
    case 'not-checked':
      return {
        kind: 'not-checked',
        word: 'Not checked',
        detail: envelope.kid === undefined ? 'no key here, and the token names none' : `no key ${envelope.kid}`,
      };
    case 'cannot-check':
      return { kind: verification.alarm === true ? 'warning' : 'cannot-know', word: 'Can’t check', detail: verification.reason };
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
    return { kind: 'fail', word: `Expired ${formatDuration(seconds(at - expires))} ago`, detail: describeSpan(notBefore, expires, at) };
  if (notBefore !== undefined && at < notBefore)
    return { kind: 'fail', word: 'Not valid yet', detail: `begins in ${formatDuration(seconds(notBefore - at))}, at ${formatMoment(notBefore, at)}` };
  if (expires === undefined) return { kind: 'warning', word: 'Never expires', detail: isDamaged ? 'no exp before the damage' : 'the token has no exp' };
  return {
    kind: 'pass',
    word: isDamaged ? 'Valid, if genuine' : `Valid for ${formatDuration(seconds(expires - at))}`,
    detail: isDamaged ? `until ${formatMoment(expires, at)}` : describeSpan(notBefore, expires, at),
  };
}

function describeSpan(notBefore: Seconds | undefined, expires: Seconds, at: Seconds): string {
  const until = formatMoment(expires, at);
  if (notBefore === undefined) return `Until ${until}`;
  return `${formatMoment(notBefore, at)} to ${until}, for ${formatDuration(seconds(expires - notBefore))}`;
}

/** The sentence above the verdicts: who made it, what it would let somebody do, time last. */
export function describeToken(view: TokenView, integrity: IntegrityState, at: Seconds): RichText {
  const { envelope } = view;
  if (envelope.damagedAt !== undefined)
    return rich`The token stops at byte ${String(envelope.damagedAt)}. Everything before it is shown; nothing after it can be trusted.`;
  return [...whoMadeIt(integrity, view), ...rich` `, ...whatItAllows(view), ...whenItHolds(view, at)];
}

function whoMadeIt(state: IntegrityState, view: TokenView): RichText {
  const kid = view.envelope.kid;
  const noKey = kid === undefined ? rich`the token names no key and none here fits` : rich`no key for kid ${value(kid)}`;
  if (state.kind !== 'answered') return rich`Nobody can tell yet whether the token is genuine.`;
  switch (state.verification.state) {
    case 'verified':
      return rich`The token is genuine.`;
    case 'failed':
      return state.verification.kidMatches === true
        ? rich`The token was changed, or made with another key than the one of kid ${value(kid ?? '')} here.`
        : rich`Nobody can tell whether it is genuine: ${noKey}.`;
    case 'not-checked':
      return rich`Nobody can tell yet whether it is genuine: ${noKey}.`;
    case 'cannot-check':
      return rich`Whether it is genuine can’t be checked: ${lowerFirst(state.verification.reason)}`;
  }
}

/** “Lets GET on …” as a sentence about the token. */
function whatItAllows(view: TokenView): RichText {
  const [first, ...rest] = view.sentence;
  if (first?.kind === 'text' && first.text.startsWith('Lets ')) {
    const opening: TextPart = { kind: 'text', text: `It l${first.text.slice(1)}` };
    return [opening, ...rest];
  }
  return view.sentence;
}

function whenItHolds(view: TokenView, at: Seconds): RichText {
  const { notBefore, expires } = view.time;
  if (expires !== undefined && at >= expires) return rich` It expired ${timePart(expires)}.`;
  if (notBefore !== undefined && at < notBefore) return rich` It is not valid before ${timePart(notBefore)}.`;
  return [];
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

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
export const describeCarrier = (kind: FoundToken['source']['kind']): string => CARRIERS[kind];

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
