import { isComplete } from '../cbor/is-complete.ts';
import type { Span } from '../cbor/node.ts';
import type { ClaimEntry, ClaimsSet } from '../claims/claims-set.ts';
import type { Seconds } from '../units.ts';
import type { Finding } from './finding.ts';

/** One thing that is looked for: a row of a table. `F` is what it looks at. */
export interface Check<F> {
  /** the finding's code */
  readonly code: string;
  /** what is looked for, as a noun phrase, for the list of checks that found nothing */
  readonly title: string;
  readonly severity: Finding['severity'];
  find(facts: F): readonly Notice[];
}

/** What a check found, in one place. */
export interface Notice {
  readonly message: string;
  readonly at?: Pick<Span, 'start' | 'end'> | undefined;
  readonly claim?: string;
  readonly mend?: string;
  /** when this one weighs more or less than the check usually does */
  readonly severity?: Finding['severity'];
}

export const NOTHING: readonly Notice[] = [];

/** What checks of claims look at. */
export interface ClaimsFacts {
  /** the base set */
  readonly claims: ClaimsSet;
  readonly now: Seconds;
  /** the claims were encrypted, so only recipients read them */
  readonly encrypted: boolean;
  /** nothing of the map is missing, so what is not there is absent and not cut off */
  readonly complete: boolean;
  /** the entries of a name, in the base set and inside composites, in order; the first hundred */
  all(name: string): readonly ClaimEntry[];
  /** the first entry of a name in the base set */
  base(name: string): ClaimEntry | undefined;
}

/** Composites may repeat a claim in many branches; a hostile token repeats it thousands of times. */
const MOST_OF_A_NAME = 100;

/** Composites nest sets; more levels than the decoder reads cannot be. */
export function createClaimsFacts(claims: ClaimsSet, now: Seconds, encrypted: boolean): ClaimsFacts {
  const byName = new Map<string, ClaimEntry[]>();
  const gather = (set: ClaimsSet): void => {
    for (const entry of set.entries) {
      const others = byName.get(entry.name);
      if (others === undefined) byName.set(entry.name, [entry]);
      else if (others.length < MOST_OF_A_NAME) others.push(entry);
      for (const nested of nestedSets(entry)) gather(nested);
    }
  };
  gather(claims);
  return {
    claims,
    now,
    encrypted,
    complete: isComplete(claims.node),
    all: (name) => byName.get(name) ?? NO_ENTRIES,
    base: (name) => claims.entries.find((entry) => entry.name === name),
  };
}

const NO_ENTRIES: readonly ClaimEntry[] = [];
const COMPOSITES = new Set(['or', 'nor', 'and']);

/** The branches of a composite. */
export const nestedSets = (entry: ClaimEntry): readonly ClaimsSet[] =>
  COMPOSITES.has(entry.name) && Array.isArray(entry.value) ? (entry.value as readonly ClaimsSet[]) : [];

/** A row that looks for a claim that is not there; of claims that were cut short nothing can be said to be missing. */
export const missing = (
  row: Pick<Check<ClaimsFacts>, 'code' | 'title' | 'severity'>,
  isThere: (facts: ClaimsFacts) => boolean,
  notice: Omit<Notice, 'at'>,
): Check<ClaimsFacts> => ({
  ...row,
  find: (facts) => (!facts.complete || isThere(facts) ? NOTHING : [{ ...notice, at: facts.claims.node }]),
});

/** Runs the rows of a table. */
export function runChecks<F>(checks: readonly Check<F>[], facts: F): Finding[] {
  const findings: Finding[] = [];
  for (const { code, severity, find } of checks)
    for (const { message, at, claim, mend, severity: own } of find(facts))
      findings.push({
        code,
        severity: own ?? severity,
        message,
        ...(at && { range: { start: at.start, end: at.end } }),
        ...(claim !== undefined && { claim }),
        ...(mend !== undefined && { mend }),
      });
  return findings;
}
