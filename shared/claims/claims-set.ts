import type { CborNode } from '../cbor/node.ts';
import type { ClaimDefinition, ClaimIssue } from './claim.ts';
import type { DialectId } from './dialects.ts';

/** A claims map read: every entry in received order, known or not, duplicates kept. */
export interface ClaimsSet {
  readonly node: CborNode;
  readonly entries: readonly ClaimEntry[];
  readonly dialects: readonly DialectId[];
  readonly issues: readonly ClaimIssue[];
}

export interface ClaimEntry {
  /** the label as it stands on the wire; text labels as text; NaN keys (node-cat) as `NaN` */
  readonly label: number | bigint | string;
  /** the standard's name when the label is known in some dialect, else the claims-JSON spelling of the label */
  readonly name: string;
  readonly keyNode: CborNode;
  readonly node: CborNode;
  /** absent for labels nobody here knows */
  readonly definition?: ClaimDefinition;
  /** the domain value; `undefined` when the shape was unusable or the claim is unknown */
  readonly value?: unknown;
  /** shape issues of severity `error` were met: recipients call the token ill-formed */
  readonly illFormed: boolean;
  readonly issues: readonly ClaimIssue[];
  readonly dialects: readonly DialectId[];
}

/** The value of a claim by its definition, typed by it. The first entry counts when a label is repeated. */
export function claimValue<T>(set: ClaimsSet, definition: ClaimDefinition<T>): T | undefined {
  const entry = set.entries.find((candidate) => candidate.name === definition.name && candidate.value !== undefined);
  return entry?.value as T | undefined;
}
