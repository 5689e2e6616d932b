import type { JsonObject } from '../json.ts';
import type { ClaimsSet } from './claims-set.ts';
import { nodeToJson, numberRepeats } from './codec/node-json.ts';

/**
 * A claims set as claims JSON: known claims by name and in today's shape, the rest by their label with generic JSON
 * (`codec/node-json.ts`). A repeated claim is numbered from the second on, `exp` and `exp#2`, so that both are seen.
 * Knows no registry, so that composites can use it.
 */
export function claimsToJson(set: ClaimsSet): JsonObject {
  return numberRepeats(
    set.entries.map(({ name, definition, value, node }) => [
      name,
      definition !== undefined && value !== undefined ? definition.toJson(value) : nodeToJson(node),
    ]),
  );
}
