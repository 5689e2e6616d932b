import type { CborNode } from '../../cbor/node.ts';
import { err, type Result } from '../../result.ts';
import type { ClaimDefinition, JsonProblem, ReadContext } from '../claim.ts';

/** The four directions of a value; a claim spreads one into its definition, lists and maps are built of smaller ones. */
export type Codec<T> = Pick<ClaimDefinition<T>, 'read' | 'write' | 'toJson' | 'fromJson'>;

export type FromJson<T> = Result<T, readonly JsonProblem[]>;

/** One thing wrong in claims JSON; `path` runs from the value being read to the culprit. */
export const problem = (message: string, ...path: (string | number)[]): FromJson<never> => err([{ path, message }]);

/** The problems of a member, said from the value that holds it. */
export const under = (step: string | number, problems: readonly JsonProblem[]): JsonProblem[] =>
  problems.map((one) => ({ path: [step, ...one.path], message: one.message }));

/**
 * The item inside tags that ought not to be there. CTA-5007-B §4.5 allows no tag on a claim value (catnip and the geo
 * claims take theirs off first); tag 259 on a map is what old node-cat wrote, and is named rather than refused.
 */
export function bare(node: CborNode, ctx: ReadContext): CborNode {
  let item = node;
  while (item.kind === 'tag') {
    const inner: CborNode = item.value;
    if (item.tag === 259 && inner.kind === 'map') ctx.dialect('tag-259', item);
    else ctx.issue(item, 'ERR_CLAIM_TAG', `Tag ${item.tag} may not stand here`);
    item = inner;
  }
  return item;
}

/** Says that an item has the wrong type: "Must be text, is an integer". Always `undefined`, for `return wrongType(…)`. */
export function wrongType(node: CborNode, expected: string, ctx: ReadContext): undefined {
  ctx.issue(node, 'ERR_CLAIM_TYPE', `Must be ${expected}, is ${kindInWords(node)}`);
}

/** What an item is, with its article. */
export function kindInWords(node: CborNode): string {
  if (node.kind === 'simple') return SIMPLE_IN_WORDS[node.value] ?? 'an unassigned simple value';
  return KIND_IN_WORDS[node.kind];
}

const KIND_IN_WORDS = {
  int: 'an integer',
  bytes: 'a byte string',
  text: 'text',
  array: 'an array',
  map: 'a map',
  tag: 'a tagged item',
  float: 'a fraction',
  broken: 'cut off or broken',
} as const satisfies Record<Exclude<CborNode['kind'], 'simple'>, string>;

const SIMPLE_IN_WORDS: Readonly<Record<number, string>> = { 20: 'false', 21: 'true', 22: 'null', 23: 'undefined' };
