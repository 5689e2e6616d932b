/**
 * How large a value is that came through IPC: text in UTF-16 bytes, binary as it is, eight for anything else. Stops counting
 * beyond `limit`, so that a huge value costs no more than a large one. Structured clones may hold cycles; depth ends those.
 */
export function measure(value: unknown, limit: number): number {
  let total = 0;
  const walk = (item: unknown, depth: number): void => {
    if (total > limit) return;
    if (depth > MAX_DEPTH) {
      total = Number.POSITIVE_INFINITY;
      return;
    }
    total += 8;
    if (typeof item === 'string') total += item.length * 2;
    else if (item instanceof ArrayBuffer || ArrayBuffer.isView(item)) total += item.byteLength;
    else if (item instanceof Map || item instanceof Set) for (const entry of item) walk(entry, depth + 1);
    else if (Array.isArray(item)) for (const entry of item) walk(entry, depth + 1);
    else if (typeof item === 'object' && item !== null) {
      for (const [key, entry] of Object.entries(item)) {
        total += key.length * 2;
        walk(entry, depth + 1);
      }
    }
  };
  walk(value, 0);
  return total;
}

const MAX_DEPTH = 32;
