import type { Refusal } from '../../../shared/contract/preview-why.ts';
import { type RichText, rich, time } from '../../../shared/explain/rich-text.ts';
import { formatDuration } from '../../../shared/explain/time-style.ts';
import { seconds } from '../../../shared/units.ts';
import type { VerdictKind } from '../../ui/verdict.tsx';
import { formatInstant, formatSpan, shortenIds } from './words.ts';

interface Answer {
  readonly kind: VerdictKind;
  readonly word: string;
}

export function describeIntegrity({ integrity }: Refusal): Answer {
  switch (integrity.state) {
    case 'verified':
      return { kind: 'pass', word: 'Verified' };
    case 'failed':
      return integrity.kidMatches === true
        ? { kind: 'fail', word: 'Wrong MAC' }
        : { kind: 'fail', word: 'No key of the edge fits' };
    case 'not-checked':
      return { kind: 'not-checked', word: 'Not checked' };
    case 'cannot-check':
      return { kind: 'cannot-know', word: 'Can’t check' };
    case 'no-token':
      return { kind: 'not-checked', word: 'No token' };
  }
}

export function describeTime({ time, clocks }: Pick<Refusal, 'time' | 'clocks'>): Answer {
  const now = clocks.edge / 1000;
  switch (time.state) {
    case 'valid':
      return {
        kind: 'pass',
        word: time.expires === undefined ? 'Valid' : `Valid, ${formatDuration(seconds(time.expires - now))} left`,
      };
    case 'expired':
      if (isExpiredBySwitch({ time, clocks })) return { kind: 'fail', word: 'Expired, by the switch' };
      return {
        kind: 'fail',
        word: time.expires === undefined ? 'Expired' : `Expired ${formatDuration(seconds(now - time.expires))} ago`,
      };
    case 'not-yet':
      return { kind: 'fail', word: 'Not valid yet' };
    case 'unbounded':
      return { kind: 'warning', word: 'Never expires' };
    case 'no-token':
      return { kind: 'not-checked', word: 'No token' };
  }
}

/** It is in time, and the edge was told to count it as expired. */
const isExpiredBySwitch = ({ time, clocks }: Pick<Refusal, 'time' | 'clocks'>): boolean =>
  time.state === 'expired' && (time.expires === undefined || time.expires * 1000 > clocks.edge);

/** Why it was refused, in one sentence. */
export function describeRefusal(refusal: Refusal): RichText {
  const { expires } = refusal.time;
  if (refusal.cause !== 'time' || !isExpiredBySwitch(refusal)) return asSentence(refusal.sentence);
  return expires === undefined
    ? rich`The edge counts every token as expired, because you told it to.`
    : rich`The edge counts every token as expired, because you told it to. By its own time this one holds until ${time(expires)}.`;
}

/** The claims with their reasons; `exp` is not what refused where the switch did. */
export const claimsOf = (refusal: Refusal): Refusal['claims'] =>
  isExpiredBySwitch(refusal)
    ? refusal.claims.map((claim) => (claim.name === 'exp' ? { ...claim, reason: rich`Counted as expired` } : claim))
    : refusal.claims;

export function describeRequest({ claims }: Refusal): Answer {
  const deciding = claims.filter(({ verdict }) => verdict !== 'ignored');
  if (deciding.length === 0) return { kind: 'not-checked', word: 'Not checked' };
  const failed = claims.filter(({ verdict }) => verdict === 'fail').length;
  if (failed > 0)
    return {
      kind: 'fail',
      word: `Denied by ${failed} of ${deciding.length} ${deciding.length === 1 ? 'claim' : 'claims'}`,
    };
  return claims.some(({ verdict }) => verdict === 'unknown')
    ? { kind: 'cannot-know', word: 'Can’t know here' }
    : { kind: 'pass', word: `Allowed by all ${deciding.length}` };
}

export function claimKind(verdict: Refusal['claims'][number]['verdict']): VerdictKind {
  switch (verdict) {
    case 'pass':
      return 'pass';
    case 'fail':
      return 'fail';
    case 'unknown':
      return 'cannot-know';
    case 'ignored':
      return 'info';
  }
}

export function describeClocks({ here, edge }: Refusal['clocks']): string {
  const apart = edge - here;
  if (Math.abs(apart) < 1000) return `${formatInstant(here)} here, the same at the edge`;
  return `${formatInstant(here)} here, ${formatInstant(edge)} at the edge: ${formatSpan(Math.abs(apart) / 1000)} ${apart > 0 ? 'ahead' : 'behind'}`;
}

export function describeBefore({ before: { passed }, cause }: Refusal): string {
  if (passed === 0) return 'nothing passed with this token';
  const some = passed === 1 ? '1 request passed with it' : `${passed} requests passed with it`;
  if (cause === 'claims') return `${some}: the rule is at fault`;
  if (cause === 'time') return `${some}: its time is over`;
  return some;
}

/** With a capital at its beginning, which a reason has not where it is the end of another sentence. */
export function asSentence(text: RichText): RichText {
  const [first, ...rest] = text;
  if (first?.kind !== 'text') return text;
  return [{ ...first, text: first.text.charAt(0).toUpperCase() + first.text.slice(1) }, ...rest];
}

/** Its ids short, but for what stands before the character that differs: the whole text belongs into a title. */
export const shortenValues = (text: RichText): RichText =>
  text.map((part) => {
    if (part.kind !== 'value') return part;
    const kept = part.mark === undefined ? 0 : part.mark + 1;
    return { ...part, text: part.text.slice(0, kept) + shortenIds(part.text.slice(kept)) };
  });

/** Whether what a claim compares are texts, of which one can see where they part. */
export const isText = (claim: string): boolean => !/^(?:exp|nbf|iat)\b/.test(claim);

const MATCHES: ReadonlyMap<string, string> = new Map([
  ['exact', 'is exactly'],
  ['prefix', 'starts with'],
  ['suffix', 'ends with'],
  ['contains', 'contains'],
  ['regex', 'matches pattern'],
]);

/** `{"prefix":"/hls/"}` as words, when it is one match. */
export function readMatch(json: string | undefined): { readonly words: string; readonly text: string } | undefined {
  const [, type = '', text = ''] = /^\{"([a-z]+)":("(?:[^"\\]|\\.)*")\}$/.exec(json ?? '') ?? [];
  const words = MATCHES.get(type);
  return words === undefined ? undefined : { words, text: String(JSON.parse(text)) };
}
