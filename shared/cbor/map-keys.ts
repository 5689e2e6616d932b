import { equalBytes } from '../bytes/equal-bytes.ts';
import { encodeHex } from '../bytes/hex.ts';
import { encode } from './encode.ts';
import { isComplete } from './is-complete.ts';
import type { CborNode } from './node.ts';

type Entries = readonly { readonly key: CborNode }[];

/** Up to this many scalar keys it is cheaper to compare all pairs than to build a set. */
const FEW = 12;

/**
 * Indices of the entries whose key stood before. Keys are one and the same when they are equal as data, however they
 * are encoded (RFC 8949 §5.6): an integer never equals a float, every NaN equals every NaN.
 */
export function repeatedKeys(entries: Entries): readonly number[] {
  const repeated: number[] = [];
  if (entries.length <= FEW && entries.every(({ key }) => isScalar(key))) {
    for (let i = 1; i < entries.length; i++)
      for (let j = 0; j < i; j++)
        if (isSameScalar(entries[i]?.key, entries[j]?.key)) {
          repeated.push(i);
          break;
        }
    return repeated;
  }
  const seen = new Set<string | number | bigint>();
  for (let i = 0; i < entries.length; i++) {
    const key = entries[i]?.key;
    if (key === undefined || !isComplete(key)) continue;
    const identity =
      key.kind === 'int' ? key.value : key.kind === 'text' && !key.raw ? `t${key.value}` : encodeHex(encode(key));
    if (seen.has(identity)) repeated.push(i);
    seen.add(identity);
  }
  return repeated;
}

const isScalar = (node: CborNode): boolean => node.kind !== 'array' && node.kind !== 'map' && node.kind !== 'tag';

function isSameScalar(a: CborNode | undefined, b: CborNode | undefined): boolean {
  if (a === undefined || b === undefined) return false;
  switch (a.kind) {
    case 'int':
    case 'simple':
      return a.kind === b.kind && a.value === b.value;
    case 'float':
      return b.kind === 'float' && Object.is(a.value, b.value);
    case 'bytes':
      return b.kind === 'bytes' && equalBytes(a.value, b.value);
    case 'text':
      if (b.kind !== 'text' || a.value !== b.value) return false;
      return a.raw && b.raw ? equalBytes(a.raw, b.raw) : a.raw === b.raw;
    default:
      return false;
  }
}
