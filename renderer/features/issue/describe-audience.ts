import { countryName } from '../../../shared/geo/countries.ts';
import type { Json, JsonObject } from '../../../shared/json.ts';
import { type Seconds, seconds } from '../../../shared/units.ts';
import { formatMoment } from '../../ui/local-time.ts';

/** Whom a token of a real key lets in and until when, in one sentence, before it is signed. */
export function describeAudience(claims: JsonObject, now: Seconds): string {
  const networks = texts(claims['catnip']);
  const countries = texts(claims['catgeoiso3166']).map((code) => countryName(code) ?? code);
  const { exp } = claims;
  const who = networks.length > 0 ? `Real viewers on ${list(networks)}` : 'Real viewers everywhere';
  const from = countries.length === 0 ? '' : networks.length > 0 ? ` in ${list(countries)}` : '';
  const where = networks.length === 0 && countries.length > 0 ? `Real viewers in ${list(countries)}` : `${who}${from}`;
  const until = typeof exp === 'number' ? ` until ${formatMoment(seconds(exp), now)}` : ', and it never expires';
  return `${where} can play with this token${until}.`;
}

const texts = (json: Json | undefined): readonly string[] =>
  Array.isArray(json) ? json.map((item: Json) => (typeof item === 'string' ? item : JSON.stringify(item))) : [];

function list(items: readonly string[]): string {
  const shown = items.length > 3 ? [...items.slice(0, 2), `${items.length - 2} more`] : items;
  return shown.length === 1 ? (shown[0] ?? '') : `${shown.slice(0, -1).join(', ')} or ${shown.at(-1) ?? ''}`;
}
