import type { CborNode, CborValue } from './node.ts';

/** Whether nothing in the item is broken, so that it is a value and can be written again. */
export function isComplete(node: CborNode): node is CborNode & CborValue {
  switch (node.kind) {
    case 'broken':
      return false;
    case 'array':
      return node.items.every(isComplete);
    case 'map':
      return node.entries.every(({ key, value }) => isComplete(key) && isComplete(value));
    case 'tag':
      return isComplete(node.value);
    default:
      return true;
  }
}
