export type ExtentState = 'more' | 'done' | 'bad';

/** Finds where one CBOR item ends, a byte at a time: `done` with its last byte, `bad` at the first that cannot stand. */
export interface Extent {
  push(byte: number): ExtentState;
}

/** A container whose end is a break byte (RFC 8949 §3.2.1), or whose chunks must be of one type (§3.2.3). */
const INDEFINITE = Number.POSITIVE_INFINITY;

/**
 * A token says itself how long it is, so its text can be cut out of whatever stands around it, in one pass and with no
 * tree. What the bytes mean is `cbor/decode.ts`.
 */
export function createExtent(): Extent {
  /** items still to come in each open container; `chunkType` is the major type of an open chunked string */
  const open: number[] = [];
  let chunkType = -1;
  let content = 0;
  let headBytes = 0;
  let argument = 0;
  let major = 0;
  let state: ExtentState = 'more';

  function itemEnds(): ExtentState {
    while (open.length > 0) {
      const left = (open[open.length - 1] ?? 0) - 1;
      if (left > 0) {
        open[open.length - 1] = left;
        return 'more';
      }
      open.pop();
    }
    return 'done';
  }

  function headEnds(): ExtentState {
    const items = major === 4 ? argument : major === 5 ? argument * 2 : major === 6 ? 1 : 0;
    if (items > 0) {
      open.push(items);
      return 'more';
    }
    if (major !== 2 && major !== 3) return itemEnds();
    content = argument;
    return content > 0 ? 'more' : itemEnds();
  }

  function initial(byte: number): ExtentState {
    const type = byte >> 5;
    const info = byte & 31;
    if (chunkType >= 0 && byte !== 0xff && (type !== chunkType || info === 31)) return 'bad';
    if (info === 31) return indefinite(type);
    if (info > 27) return 'bad';
    major = type;
    argument = info;
    if (info < 24) return headEnds();
    argument = 0;
    headBytes = 1 << (info - 24);
    return 'more';
  }

  function indefinite(type: number): ExtentState {
    if (type === 7) {
      if (open[open.length - 1] !== INDEFINITE) return 'bad';
      open.pop();
      chunkType = -1;
      return itemEnds();
    }
    if (type < 2 || type === 6) return 'bad';
    if (type < 4) chunkType = type;
    open.push(INDEFINITE);
    return 'more';
  }

  function next(byte: number): ExtentState {
    if (content > 0) {
      content--;
      return content > 0 ? 'more' : itemEnds();
    }
    if (headBytes > 0) {
      argument = argument * 256 + byte;
      headBytes--;
      return headBytes > 0 ? 'more' : headEnds();
    }
    return initial(byte);
  }

  return {
    push(byte) {
      if (state === 'more') state = next(byte);
      return state;
    },
  };
}
