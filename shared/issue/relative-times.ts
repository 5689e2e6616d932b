import type { JsonProblem } from '../claims/claim.ts';
import type { Json, JsonObject } from '../json.ts';
import { err, ok, type Result } from '../result.ts';
import { type Clock, parseMoment } from './moments.ts';

/** Claims whose value is a moment, so that "+2h" can be written for it. */
export const MOMENT_CLAIMS: ReadonlySet<string> = new Set(['exp', 'nbf', 'iat']);

/**
 * Claims JSON in which exp, nbf and iat may be words, as `parseMoment` takes them. Digits stay text, since claims JSON has
 * them for integers beyond what a number holds.
 */
export function resolveTimes(claims: JsonObject, clock: Clock): Result<JsonObject, readonly JsonProblem[]> {
  const problems: JsonProblem[] = [];
  const resolved: Record<string, Json> = { ...claims };
  for (const name of MOMENT_CLAIMS) {
    const words = claims[name];
    if (typeof words !== 'string' || /^-?\d+(\.\d+)?$/.test(words)) continue;
    const moment = parseMoment(words, clock);
    if (moment.ok) resolved[name] = moment.value.at;
    else problems.push({ path: [name], message: moment.error });
  }
  return problems.length === 0 ? ok(resolved) : err(problems);
}
