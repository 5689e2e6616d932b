export type ExtentState = 'more' | 'done' | 'bad';

/** A container whose end is a break byte (RFC 8949 §3.2.1): no number of items ends it. */
const INDEFINITE = -1;

/**
 * Finds where one CBOR item ends, a byte at a time: `done` with its last byte, `bad` at the first that cannot stand. A
 * token says itself how long it is, so its text can be cut out of whatever stands around it, in one pass and with no
 * tree. What the bytes mean is `cbor/decode.ts`.
 */
export class Extent {
  state: ExtentState = 'more';
  /** items still to come in each open container */
  private readonly open: number[] = [];
  /** the major type of the chunked string that is open (§3.2.3), -1 when none is */
  private chunkType = -1;
  /** bytes of a string that are still to come */
  private content = 0;
  private headBytes = 0;
  private argument = 0;
  private major = 0;

  push(byte: number): ExtentState {
    if (this.content > 1) {
      this.content--;
      return 'more';
    }
    if (this.state === 'more') this.state = this.next(byte);
    return this.state;
  }

  private next(byte: number): ExtentState {
    if (this.content > 0) {
      this.content = 0;
      return this.itemEnds();
    }
    if (this.headBytes === 0) return this.initial(byte);
    this.argument = this.argument * 256 + byte;
    this.headBytes--;
    return this.headBytes > 0 ? 'more' : this.headEnds();
  }

  private initial(byte: number): ExtentState {
    const type = byte >> 5;
    const info = byte & 31;
    if (this.chunkType >= 0 && byte !== 0xff && (type !== this.chunkType || info === 31)) return 'bad';
    if (info === 31) return this.indefinite(type);
    if (info > 27) return 'bad';
    this.major = type;
    if (info < 24) {
      this.argument = info;
      return this.headEnds();
    }
    this.argument = 0;
    this.headBytes = 1 << (info - 24);
    return 'more';
  }

  private headEnds(): ExtentState {
    const { major, argument } = this;
    const items = major === 4 ? argument : major === 5 ? argument * 2 : major === 6 ? 1 : 0;
    if (items > 0) {
      this.open.push(items);
      return 'more';
    }
    if ((major !== 2 && major !== 3) || argument === 0) return this.itemEnds();
    this.content = argument;
    return 'more';
  }

  private indefinite(type: number): ExtentState {
    const { open } = this;
    if (type === 7) {
      if (open[open.length - 1] !== INDEFINITE) return 'bad';
      open.pop();
      this.chunkType = -1;
      return this.itemEnds();
    }
    if (type < 2 || type === 6) return 'bad';
    if (type < 4) this.chunkType = type;
    open.push(INDEFINITE);
    return 'more';
  }

  private itemEnds(): ExtentState {
    const { open } = this;
    while (open.length > 0) {
      const left = open[open.length - 1] ?? 0;
      if (left === INDEFINITE) return 'more';
      if (left > 1) {
        open[open.length - 1] = left - 1;
        return 'more';
      }
      open.pop();
    }
    return 'done';
  }
}
