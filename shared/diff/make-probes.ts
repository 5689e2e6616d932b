import { type ClaimsSet, claimValue } from '../claims/claims-set.ts';
import { catgeoiso3166 } from '../claims/definitions/catgeoiso3166.ts';
import { catm } from '../claims/definitions/catm.ts';
import { catu, type UriRules } from '../claims/definitions/catu.ts';
import type { RequestFacts } from '../evaluate/request.ts';
import { timeState } from '../inspect/time-state.ts';
import { type Seconds, seconds } from '../units.ts';

/** A request to try both tokens with, and the moment. */
export interface Probe {
  readonly request: RequestFacts;
  readonly at: Seconds;
  /** why it is tried: it was pasted or typed, or a rule, a method, a country or a time of a token asks for it */
  readonly why: 'given' | 'url' | 'method' | 'country' | 'time';
}

/** Tried of each kind: what tells tokens apart shows in the first few. */
const MOST = 12;
const SOME_HOST = 'cdn.example.com';
const SOME_PATH = '/video/playlist.m3u8';

/**
 * Requests that two tokens may answer otherwise: the given ones, then one for each URL, method, country and moment that
 * a claim of either names.
 */
export function makeProbes(sets: readonly ClaimsSet[], given: readonly RequestFacts[], now: Seconds): readonly Probe[] {
  const asked = given.map((request): Probe => ({ request, at: now, why: 'given' }));
  const urls = unique(sets.flatMap(urlsOf)).slice(0, MOST);
  const base: RequestFacts = given[0] ?? { url: urls[0] ?? `https://${SOME_HOST}${SOME_PATH}`, method: 'GET' };
  const byUrl = urls.map(
    (url): Probe => ({ request: { ...base, method: base.method ?? 'GET', url }, at: now, why: 'url' }),
  );
  const methods = unique(sets.flatMap((set) => claimValue(set, catm) ?? [])).filter((method) => method !== base.method);
  const countries = unique(sets.flatMap((set) => claimValue(set, catgeoiso3166) ?? []));
  const moments = unique(
    sets.flatMap((set): readonly number[] => {
      const { notBefore, expires } = timeState(set, now);
      return [...(notBefore === undefined ? [] : [notBefore]), ...(expires === undefined ? [] : [expires - 1])];
    }),
  );
  const all = [
    ...asked,
    ...byUrl,
    ...methods.slice(0, MOST).map((method): Probe => ({ request: { ...base, method }, at: now, why: 'method' })),
    ...countries.slice(0, MOST).map((country): Probe => ({ request: { ...base, country }, at: now, why: 'country' })),
    ...moments.map((at): Probe => ({ request: base, at: seconds(at), why: 'time' })),
  ];
  const seen = new Set<string>();
  return all.filter(({ request, at }) => {
    const key = JSON.stringify([request, at]);
    return !seen.has(key) && seen.add(key);
  });
}

const unique = <T>(items: readonly T[]): readonly T[] => [...new Set(items)];

/** An address that the token's literal rules cover, as far as such rules say one. */
function urlsOf(set: ClaimsSet): readonly string[] {
  const rules = claimValue(set, catu);
  if (rules === undefined) return [];
  const host = sample(rules, 'host', { before: 'a.', after: '.example' }) ?? SOME_HOST;
  const path = sample(rules, 'path', { before: '/x/', after: '/x.m3u8' });
  const file = sample(rules, 'filename', { before: 'x', after: 'x' });
  const extension = sample(rules, 'extension', { before: '', after: '' });
  const whole = path ?? (file === undefined ? undefined : `/video/${file}`);
  if (whole === undefined) return [`https://${host}${SOME_PATH.replace('.m3u8', extension ?? '.m3u8')}`];
  return [`https://${host}${whole.startsWith('/') ? '' : '/'}${whole}`];
}

function sample(
  rules: UriRules,
  component: UriRules[number]['component'],
  { before, after }: { readonly before: string; readonly after: string },
): string | undefined {
  const rule = rules.find((one) => one.component === component);
  const [match] = rule !== undefined && 'matches' in rule ? rule.matches : [];
  if (match === undefined || !('text' in match)) return undefined;
  switch (match.type) {
    case 'exact':
      return match.text;
    case 'prefix':
      return `${match.text}${match.text.endsWith('/') ? 'x.m3u8' : after}`;
    case 'suffix':
      return `${before}${match.text.replace(/^\//, '')}`;
    case 'contains':
      return `${before}${match.text}${after}`;
    default:
      return undefined;
  }
}
