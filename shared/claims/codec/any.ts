import { isComplete } from '../../cbor/is-complete.ts';
import type { CborValue } from '../../cbor/node.ts';
import type { Codec } from './codec.ts';
import { nodeFromJson, nodeToJson } from './node-json.ts';

/** Any item, kept as it stands; only what was cut off cannot be kept. */
export const anyCodec: Codec<CborValue> = {
  read(node, ctx) {
    if (isComplete(node)) return node;
    ctx.issue(node, 'ERR_CLAIM_TYPE', 'Must be whole, is cut off or broken');
    return undefined;
  },
  write: (value) => value,
  toJson: nodeToJson,
  fromJson: (json) => nodeFromJson(json),
};
