import type { Json, JsonObject } from '../json.ts';
import { type Seconds, seconds } from '../units.ts';

/** Claims whose value is a moment, so that "+2h" can be written for it. */
const MOMENTS = new Set(['exp', 'nbf', 'iat']);

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, min: 60, h: 3_600, d: 86_400, w: 604_800 };
const SPAN = /^([+-])((?:\d+(?:\.\d+)?(?:min|s|m|h|d|w))+)$/;
const PART = /(\d+(?:\.\d+)?)(min|s|m|h|d|w)/g;

/** Claims JSON in which exp, nbf and iat may be written as "now" or a span from now: "+2h", "-5min", "+1h30m". */
export function resolveTimes(claims: JsonObject, now: Seconds): JsonObject {
  return Object.fromEntries(
    Object.entries(claims).map(([name, value]) => [name, MOMENTS.has(name) ? resolve(value, now) : value]),
  );
}

const resolve = (value: Json, now: Seconds): Json =>
  typeof value === 'string' ? (parseMoment(value, now) ?? value) : value;

/** The moment that a text names; `undefined` = it names none. Whole seconds, since recipients differ on fractions. */
export function parseMoment(text: string, now: Seconds): Seconds | undefined {
  const compact = text.replace(/\s+/g, '').toLowerCase();
  if (compact === 'now') return seconds(Math.floor(now));
  const match = SPAN.exec(compact);
  if (match === null) return undefined;
  let span = 0;
  for (const [, amount, unit] of (match[2] ?? '').matchAll(PART)) span += Number(amount) * (UNITS[unit ?? ''] ?? 0);
  return seconds(Math.floor(now + (match[1] === '-' ? -span : span)));
}
