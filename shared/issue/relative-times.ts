import type { JsonProblem } from '../claims/claim.ts';
import { isJsonObject, type Json, type JsonObject } from '../json.ts';
import { err, ok, type Result } from '../result.ts';
import { type Clock, parseMoment } from './moments.ts';

/** Claims whose value is a moment, so that "+2h" can be written for it. */
export const MOMENT_CLAIMS: ReadonlySet<string> = new Set(['exp', 'nbf', 'iat']);

/** Claims whose value is a list of claims sets. */
const COMPOSITES = ['or', 'nor', 'and'] as const;
/** As deep as anybody nests by hand; what is deeper keeps its words and is refused as claims JSON. */
const DEEPEST = 16;

/**
 * Claims JSON in which exp, nbf and iat may be words, as `parseMoment` takes them, inside composites too. Digits stay text,
 * since claims JSON has them for integers beyond what a number holds.
 */
export function resolveTimes(claims: JsonObject, clock: Clock, depth = 0): Result<JsonObject, readonly JsonProblem[]> {
  const problems: JsonProblem[] = [];
  const resolved: Record<string, Json> = { ...claims };
  for (const name of MOMENT_CLAIMS) {
    const words = claims[name];
    if (typeof words !== 'string' || /^-?\d+(\.\d+)?$/.test(words)) continue;
    const moment = parseMoment(words, clock);
    if (moment.ok) resolved[name] = moment.value.at;
    else problems.push({ path: [name], message: moment.error });
  }
  for (const name of depth < DEEPEST ? COMPOSITES : []) {
    const sets = claims[name];
    if (!Array.isArray(sets)) continue;
    resolved[name] = sets.map((set: Json, index) => {
      const inner = isJsonObject(set) ? resolveTimes(set, clock, depth + 1) : undefined;
      if (inner?.ok === false)
        problems.push(...inner.error.map((one) => ({ ...one, path: [name, index, ...one.path] })));
      return inner?.ok === true ? inner.value : set;
    });
  }
  return problems.length === 0 ? ok(resolved) : err(problems);
}
