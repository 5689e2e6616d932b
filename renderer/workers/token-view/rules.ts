import type { CborNode } from '../../../shared/cbor/node.ts';
import type { ClaimEntry } from '../../../shared/claims/claims-set.ts';
import type { RichText } from '../../../shared/explain/rich-text.ts';

/** A rule inside a claim that has a row of its own in the table. */
export interface Rule {
  /** positions of the entries that lead to it */
  readonly path: readonly number[];
  readonly name: string;
  /** labels that lead to it: `3/1` */
  readonly label: string;
  readonly means: RichText;
  readonly node: CborNode;
}

export function readRules(_entry: ClaimEntry): readonly Rule[] {
  return [];
}
