import type { ClaimEntry, ClaimsSet } from '../claims/claims-set.ts';
import { type RichText, rich } from './rich-text.ts';

/** Claims that the sentence says in a place of its own, or that say nothing about whom the token lets in. */
const PLACED = new Set(['iss', 'exp', 'nbf', 'catm', 'catu', 'catv']);

/**
 * What the token would let somebody do, in one sentence and without a verdict: "Lets GET on paths that contain “id”
 * until …, issued by …". Made of the claims' own clauses, in the order who may what, where, when, by whom.
 */
export function explainClaims(claims: ClaimsSet): RichText {
  const clause = (name: string): RichText | undefined => {
    const entry = claims.entries.find((candidate) => candidate.name === name && candidate.value !== undefined);
    return entry === undefined ? undefined : explainEntry(entry);
  };
  const conditions = claims.entries
    .filter((entry) => entry.definition?.group === 'request' && !PLACED.has(entry.name))
    .map((entry) => explainEntry(entry))
    .filter((text) => text !== undefined);
  const notBefore = clause('nbf');
  const expires = clause('exp');
  const issuer = clause('iss');
  return [
    ...rich`Lets ${clause('catm') ?? 'any method'} on ${clause('catu') ?? 'any URL'}`,
    ...conditions.flatMap((text) => rich`, ${text}`),
    ...(notBefore === undefined ? [] : rich` ${notBefore}`),
    ...(expires === undefined ? rich` with no end` : rich` ${expires}`),
    ...(issuer === undefined ? rich`, issuer not named` : rich`, ${issuer}`),
    ...rich`.`,
  ];
}

const explainEntry = (entry: ClaimEntry): RichText | undefined =>
  entry.value === undefined ? undefined : entry.definition?.explain(entry.value);
