import type { ClaimEntry, ClaimsSet } from '../claims/claims-set.ts';
import type { Rules } from '../verifiers/rules.ts';

/** A claims set without its repeated entries, and the entries that are left out of it. */
export interface SplitClaims {
  readonly effective: ClaimsSet;
  readonly superseded?: ReadonlySet<ClaimEntry>;
}

/** Which of several entries with one label counts: the first, with the rest refused, or the last. */
export function splitDuplicates(set: ClaimsSet, rule: Rules['duplicates']): SplitClaims {
  if (!hasDuplicates(set.entries)) return { effective: set };
  const chosen = new Map<ClaimEntry['label'], ClaimEntry>();
  for (const entry of set.entries) {
    if (rule === 'last' || !chosen.has(entry.label)) chosen.set(entry.label, entry);
  }
  const counted = new Set(chosen.values());
  return {
    effective: { ...set, entries: set.entries.filter((entry) => counted.has(entry)) },
    superseded: new Set(set.entries.filter((entry) => !counted.has(entry))),
  };
}

/** Up to this many entries comparing each with each is quicker than a set. */
const FEW = 16;

function hasDuplicates(entries: readonly ClaimEntry[]): boolean {
  if (entries.length > FEW) return new Set(entries.map(({ label }) => label)).size < entries.length;
  for (let i = 1; i < entries.length; i++) {
    const label = entries[i]?.label;
    for (let j = 0; j < i; j++) if (Object.is(entries[j]?.label, label)) return true;
  }
  return false;
}
