import type { CborNode } from '../cbor/node.ts';
import type { ClaimEntry, ClaimsSet } from '../claims/claims-set.ts';
import type { Rules } from '../verifiers/rules.ts';

type Decoding = Rules['decoding'];

/** The first entry that the verifier's CBOR reader stops at, and what it is in words. */
export function findUndecodable(
  set: ClaimsSet,
  decoding: Decoding,
): { readonly entry: ClaimEntry; readonly what: string } | undefined {
  const { floats, tags, textKeys, booleans } = decoding;
  if (floats === 'read' && tags === 'read' && textKeys === 'read' && booleans === 'read') return undefined;
  for (const entry of set.entries) {
    const what =
      decoding.textKeys === 'error' && entry.keyNode.kind === 'text' ? 'a text key' : obstacleIn(entry.node, decoding);
    if (what !== undefined) return { entry, what };
  }
  return undefined;
}

function obstacleIn(node: CborNode, decoding: Decoding): string | undefined {
  switch (node.kind) {
    case 'float':
      return decoding.floats === 'error' ? 'a fraction' : undefined;
    case 'tag':
      return decoding.tags === 'error' ? `tag ${node.tag}` : obstacleIn(node.value, decoding);
    case 'simple':
      return decoding.booleans === 'error' && node.value !== 22 ? 'true, false or undefined' : undefined;
    case 'array':
      return firstOf(node.items, (item) => obstacleIn(item, decoding));
    case 'map':
      return firstOf(node.entries, ({ key, value }) =>
        decoding.textKeys === 'error' && key.kind === 'text' ? 'a text key' : obstacleIn(value, decoding),
      );
    default:
      return undefined;
  }
}

function firstOf<T>(items: readonly T[], find: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
