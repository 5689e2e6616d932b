import { ok } from '../../result.ts';
import type { JsonProblem } from '../claim.ts';
import type { ClaimsSet } from '../claims-set.ts';
import { claimsToJson } from '../claims-to-json.ts';
import { writeClaims } from '../write-claims.ts';
import { bare, type Codec, problem, under, wrongType } from './codec.ts';

/** `[+ Claims-Set]` ↔ list of claims JSON objects: the value of or, nor and and. */
export const claimsSetsCodec: Codec<readonly ClaimsSet[]> = {
  read(node, ctx) {
    const item = bare(node, ctx);
    if (item.kind !== 'array') return wrongType(item, 'an array of claims sets', ctx);
    if (item.items.length === 0) ctx.issue(item, 'ERR_CLAIM_EMPTY', 'Must not be empty');
    const sets: ClaimsSet[] = [];
    for (const child of item.items) {
      const set = ctx.readClaims(child);
      if (set === undefined) continue;
      // CAT-4-MOQT: only the base claims set may say how often to ask again
      const revalidation = set.entries.find(({ name }) => name === 'moqt-reval');
      if (revalidation !== undefined) {
        ctx.issue(revalidation.keyNode, 'ERR_CLAIM_CONFLICT', 'moqt-reval may only stand in the base claims set');
      }
      sets.push(set);
    }
    return sets;
  },
  write: (sets) => ({ kind: 'array', items: sets.map(writeClaims) }),
  toJson: (sets) => sets.map(claimsToJson),
  fromJson(json, ctx) {
    if (!Array.isArray(json)) return problem('Must be a list of claims objects');
    if (json.length === 0) return problem('Must not be empty');
    const sets: ClaimsSet[] = [];
    const problems: JsonProblem[] = [];
    json.forEach((one, index) => {
      const set = ctx.readClaims(one);
      if (set.ok) sets.push(set.value);
      else problems.push(...under(index, set.error));
    });
    return problems.length === 0 ? ok(sets) : { ok: false, error: problems };
  },
};
