import { int } from '../cbor/build.ts';
import { isComplete } from '../cbor/is-complete.ts';
import type { CborMap, CborValue } from '../cbor/node.ts';
import type { ClaimEntry, ClaimsSet } from './claims-set.ts';

/**
 * A claims set in today's registered labels and shapes, whatever dialect it was read from. Claims nobody knows, and
 * those whose shape was unusable, stand as they were received; what was cut off is left out.
 */
export function writeClaims(set: ClaimsSet): CborMap<CborValue> {
  return { kind: 'map', entries: set.entries.flatMap(writeEntry) };
}

function writeEntry({ definition, value, keyNode, node }: ClaimEntry): { key: CborValue; value: CborValue }[] {
  if (definition !== undefined && value !== undefined) {
    return [{ key: int(definition.label), value: definition.write(value) }];
  }
  if (!isComplete(keyNode) || !isComplete(node)) return [];
  return [{ key: keyNode, value: node }];
}
