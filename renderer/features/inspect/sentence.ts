import { type RichText, rich, type TextPart, time as timePart, value } from '../../../shared/explain/rich-text.ts';
import type { Seconds } from '../../../shared/units.ts';
import type { TokenView } from '../../workers/token-view/token-view.ts';
import { capitalise, type JudgedRow } from './judged-rows.ts';
import type { IntegrityState } from './model.ts';
import { READING } from './words.ts';

/** causes that are said; the rest stands in the table */
const MOST_CAUSES = 3;

interface Facts {
  readonly view: TokenView;
  readonly integrity: IntegrityState;
  readonly rows: readonly JudgedRow[];
  readonly at: Seconds;
}

/**
 * The sentence above the verdicts, at most three: who made it and what would happen, why (or what it allows), time last.
 * “Would be” is a prediction; “genuine” is said only after a MAC or signature verified.
 */
export function describeToken({ view, integrity, rows, at }: Facts): RichText {
  const { damagedAt } = view.envelope;
  if (damagedAt !== undefined)
    return rich`The token stops at byte ${String(damagedAt)}. Everything before it is shown; nothing after it can be trusted.`;
  const causes = rows.filter((row) => row.depth === 0 && row.group === 'request' && row.verdict.kind === 'fail');
  const isDenied = causes.length > 0;
  const who = whoMadeIt(integrity, view, isDenied);
  const what = isDenied ? whyDenied(causes, rows) : whatItAllows(view);
  return [...who, ...rich` `, ...what, ...whenItHolds(view, at, isDenied)];
}

function whoMadeIt(state: IntegrityState, view: TokenView, isDenied: boolean): RichText {
  const { kid } = view.envelope;
  const noKey =
    kid === undefined ? rich`the token names no key and none here fits` : rich`no key for kid ${value(kid)}`;
  const denied = isDenied ? rich` This request would be denied whoever made it.` : [];
  if (state.kind !== 'answered') return [...rich`Nobody can tell yet whether the token is genuine.`, ...denied];
  switch (state.verification.state) {
    case 'verified':
      return isDenied ? rich`The token is genuine, but this request would be denied.` : rich`The token is genuine.`;
    case 'failed':
      if (state.verification.wouldVerify !== undefined) {
        const { key, encoding } = state.verification.wouldVerify;
        return [
          ...rich`The secret of ${value(key.name)} made this token if it is read as ${READING[encoding]}, and not as it is read here.`,
          ...denied,
        ];
      }
      return state.verification.kidMatches === true
        ? rich`The token was changed, or made with another key than the one of kid ${value(kid ?? '')} here.`
        : [...rich`Nobody can tell whether it is genuine: ${noKey}.`, ...denied];
    case 'not-checked':
      return [...rich`Nobody can tell yet whether it is genuine: ${noKey}.`, ...denied];
    case 'cannot-check':
      return rich`Whether it is genuine can’t be checked: ${lowerFirst(state.verification.reason)}`;
  }
}

/** One cause per failing claim, the token's side first. */
function whyDenied(causes: readonly JudgedRow[], rows: readonly JudgedRow[]): RichText {
  const said = causes.slice(0, MOST_CAUSES).flatMap((row, index) => {
    const reason = causeOf(row, rows);
    return index === 0 ? capitalise(reason) : rich`; ${uncapitalise(reason)}`;
  });
  const more = causes.length - MOST_CAUSES;
  return more > 0 ? [...said, ...rich`; and ${String(more)} more.`] : [...said, ...rich`.`];
}

const MATCHES: Readonly<Record<string, string>> = {
  exact: 'that are exactly',
  prefix: 'that start with',
  suffix: 'that end with',
  contains: 'that contain',
};

/** A URL rule that failed: “it covers paths that start with X and the request asks for Y”; of any other claim its reason. */
function causeOf(row: JudgedRow, rows: readonly JudgedRow[]): RichText {
  const rule = rows.find((candidate) => candidate.id.startsWith(`${row.id}/`) && candidate.verdict.diff !== undefined);
  const diff = rule?.verdict.diff;
  const words = diff === undefined ? undefined : MATCHES[diff.match];
  if (row.name !== 'catu' || rule === undefined || diff === undefined || words === undefined) return row.verdict.reason;
  const index = diff.at - 1;
  const isSame = diff.match === 'exact' || diff.match === 'prefix';
  const things = rule.name.endsWith('y') ? `${rule.name.slice(0, -1)}ies` : `${rule.name}s`;
  const asked = isSame ? value(shorten(diff.actual, index), index) : value(shorten(diff.actual, 1));
  return rich`it covers ${things} ${words} ${value(isSame ? shorten(diff.expected, index) : diff.expected)} and the request asks for ${asked}`;
}

/** A path up to the end of the step in which it differs; the whole stands in the table. */
function shorten(text: string, index: number): string {
  const end = text.indexOf('/', index);
  const from = end === -1 ? index + 24 : end + 1;
  return from >= text.length ? text : `${text.slice(0, from)}…`;
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

function whenItHolds(view: TokenView, at: Seconds, isDenied: boolean): RichText {
  const { notBefore, expires } = view.time;
  const also = isDenied ? 'also ' : '';
  if (expires !== undefined && at >= expires) return rich` It ${also}expired at ${timePart(expires)}.`;
  if (notBefore !== undefined && at < notBefore) return rich` It is ${also}not valid before ${timePart(notBefore)}.`;
  return [];
}

/** In the middle of a sentence; names and abbreviations keep their letters. */
function uncapitalise(text: RichText): RichText {
  const [first, ...rest] = text;
  if (first?.kind !== 'text' || !/^[A-Z][a-z ]/.test(first.text)) return text;
  return [{ kind: 'text', text: lowerFirst(first.text) }, ...rest];
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);
