/** The few CBOR heads that envelopes and signed structures need, written straight into their place. */
export const MAJOR = { bytes: 0x40, text: 0x60, array: 0x80, tag: 0xc0 } as const;

/** Bytes of the shortest head with this argument, up to 2^32 − 1 (RFC 8949 §4.2.1). */
export const headLength = (argument: number): number =>
  argument < 24 ? 1 : argument < 256 ? 2 : argument < 65536 ? 3 : 5;

/** Bytes of a string item: its head and its content. */
export const itemLength = (content: number): number => headLength(content) + content;

/** Writes a shortest head and gives the position after it. */
export function writeHead(target: Uint8Array, at: number, major: number, argument: number): number {
  let out = at;
  if (argument < 24) target[out++] = major | argument;
  else if (argument < 256) {
    target[out++] = major | 24;
    target[out++] = argument;
  } else if (argument < 65536) {
    target[out++] = major | 25;
    target[out++] = argument >> 8;
    target[out++] = argument;
  } else {
    target[out++] = major | 26;
    target[out++] = argument >>> 24;
    target[out++] = argument >> 16;
    target[out++] = argument >> 8;
    target[out++] = argument;
  }
  return out;
}

/** Writes a string item and gives the position after it. */
export function writeString(target: Uint8Array, at: number, major: number, content: Uint8Array): number {
  const start = writeHead(target, at, major, content.length);
  target.set(content, start);
  return start + content.length;
}
