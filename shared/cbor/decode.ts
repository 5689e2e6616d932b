import { concatBytes } from '../bytes/concat-bytes.ts';
import { decodeUtf8Lossy, findBadUtf8 } from '../bytes/utf8.ts';
import { type ByteOffset, byteOffset } from '../units.ts';
import { compareRanges } from './compare-ranges.ts';
import { isPlainNan, readFloat, shortestFloat } from './float.ts';
import { repeatedKeys } from './map-keys.ts';
import {
  CBOR_LIMITS,
  type CborBytes,
  type CborChunk,
  type CborIssue,
  type CborIssueCode,
  type CborNode,
  type CborText,
} from './node.ts';

export interface DecodeOptions {
  /** offset of the first byte in the token: nested byte strings are decoded with the offset of their content */
  readonly base?: ByteOffset;
  /** bytes of the token that one byte of the input takes: 2 for claims that stand as a text string of hex digits */
  readonly scale?: 1 | 2;
  readonly limits?: { readonly bytes?: number; readonly depth?: number; readonly nodes?: number };
}

export interface Decoded {
  readonly root: CborNode;
  /** in the order they were met; those about a map's keys as a whole follow its content */
  readonly issues: readonly CborIssue[];
  /** first byte that was not read: after the item, or where reading stopped */
  readonly end: ByteOffset;
}

/**
 * Reads one CBOR item as it stands (RFC 8949): nothing is repaired, merged or interpreted, duplicates and odd widths
 * are kept, and everything noteworthy is an issue. Never throws. Where reading cannot go on a `broken` node stands, and
 * all that came before it is kept. One pass; recursion goes as deep as the limit and no deeper.
 */
export function decode(bytes: Uint8Array, options?: DecodeOptions): Decoded {
  const reader = new Reader(bytes, options);
  const root = reader.read();
  return { root, issues: reader.issues, end: reader.offset() };
}

type Broken = Extract<CborNode, { kind: 'broken' }>;
type Entry = { readonly key: CborNode; readonly value: CborNode };

class Reader {
  readonly issues: CborIssue[] = [];
  private readonly bytes: Uint8Array;
  private readonly base: number;
  private readonly scale: number;
  private readonly limit: number;
  private depthLeft: number;
  private nodesLeft: number;
  private pos = 0;
  /** why reading ended early */
  private stopped: CborIssueCode | undefined;

  constructor(bytes: Uint8Array, options: DecodeOptions | undefined) {
    const limits = options?.limits;
    this.bytes = bytes;
    this.base = options?.base ?? 0;
    this.scale = options?.scale ?? 1;
    this.limit = Math.min(bytes.length, limits?.bytes ?? CBOR_LIMITS.bytes);
    this.depthLeft = limits?.depth ?? CBOR_LIMITS.depth;
    this.nodesLeft = limits?.nodes ?? CBOR_LIMITS.nodes;
  }

  offset(): ByteOffset {
    return this.place(this.pos);
  }

  read(): CborNode {
    if (this.bytes.length === 0) return this.stop('ERR_CBOR_EMPTY', 0, 0);
    const root = this.item();
    if (this.limit < this.bytes.length) this.issue('ERR_CBOR_SIZE', 'error', this.limit, this.bytes.length);
    else if (this.pos < this.limit && this.stopped === undefined)
      this.issue('ERR_CBOR_TRAILING', 'error', this.pos, this.limit);
    return root;
  }

  private place(pos: number): ByteOffset {
    return byteOffset(this.base + this.scale * pos);
  }

  private issue(code: CborIssueCode, severity: CborIssue['severity'], start: number, end: number): void {
    this.issues.push({ code, severity, start: this.place(start), end: this.place(end) });
  }

  /** Ends the reading: says why, and gives what stands in place of the item. */
  private stop(code: CborIssueCode, start: number, end: number, partial?: CborBytes | CborText, headEnd = end): Broken {
    this.stopped = code;
    this.pos = end;
    // the size limit is said once, by `read`, for all the bytes beyond it
    if (code !== 'ERR_CBOR_SIZE') this.issue(code, 'error', start, end);
    const span = { start: this.place(start), headEnd: this.place(headEnd), end: this.place(end), width: 0 };
    return partial === undefined ? { kind: 'broken', ...span, code } : { kind: 'broken', ...span, code, partial };
  }

  private truncated(start: number, partial?: CborBytes | CborText, headEnd?: number): Broken {
    const code = this.limit < this.bytes.length ? 'ERR_CBOR_SIZE' : 'ERR_CBOR_TRUNCATED';
    return this.stop(code, start, this.limit, partial, headEnd);
  }

  private item(): CborNode {
    const start = this.pos;
    if (start >= this.limit) return this.truncated(start);
    if (this.nodesLeft-- <= 0) return this.stop('ERR_CBOR_NODES', start, start + 1);
    const initial = this.bytes[start] ?? 0;
    const major = initial >> 5;
    const info = initial & 31;
    if (info > 27) return info === 31 ? this.indefinite(start, major) : this.reserved(start);
    const width = info < 24 ? 0 : info === 24 ? 1 : info === 25 ? 2 : info === 26 ? 4 : 8;
    if (start + width >= this.limit) return this.truncated(start);
    this.pos = start + 1 + width;
    if (major === 7) return width === 0 || width === 1 ? this.simple(start, width) : this.float(start, width);

    const argument = width === 0 ? info : this.argument(start, width);
    const headEnd = this.place(this.pos);
    switch (major) {
      case 0:
        return { kind: 'int', start: this.place(start), headEnd, end: headEnd, width, value: argument };
      case 1:
        return { kind: 'int', start: this.place(start), headEnd, end: headEnd, width, value: negative(argument) };
      case 2:
      case 3:
        return this.string(start, major, width, Number(argument));
      case 4:
        return this.array(start, width, Number(argument));
      case 5:
        return this.map(start, width, Number(argument));
      default:
        return this.tag(start, width, argument);
    }
  }

  /** The head's argument; the issue when fewer bytes would have held it (RFC 8949 §4.1). */
  private argument(start: number, width: number): number | bigint {
    const bytes = this.bytes;
    const first = bytes[start + 1] ?? 0;
    if (width === 1) {
      if (first < 24) this.issue('ERR_CBOR_NON_SHORTEST', 'warning', start, start + 2);
      return first;
    }
    const two = (first << 8) | (bytes[start + 2] ?? 0);
    if (width === 2) {
      if (first === 0) this.issue('ERR_CBOR_NON_SHORTEST', 'warning', start, start + 3);
      return two;
    }
    const four = two * 0x10000 + ((bytes[start + 3] ?? 0) << 8) + (bytes[start + 4] ?? 0);
    if (width === 4) {
      if (two === 0) this.issue('ERR_CBOR_NON_SHORTEST', 'warning', start, start + 5);
      return four;
    }
    if (four === 0) this.issue('ERR_CBOR_NON_SHORTEST', 'warning', start, start + 9);
    const low =
      (bytes[start + 5] ?? 0) * 0x1000000 +
      (((bytes[start + 6] ?? 0) << 16) | ((bytes[start + 7] ?? 0) << 8) | (bytes[start + 8] ?? 0));
    return four > 0x1fffff ? (BigInt(four) << 32n) | BigInt(low) : four * 0x100000000 + low;
  }

  private string(start: number, major: number, width: number, length: number): CborNode {
    const from = this.pos;
    if (length > this.limit - from) {
      const rest = this.bytes.subarray(from, this.limit);
      const partial: CborBytes | CborText =
        major === 2 ? { kind: 'bytes', value: rest } : { kind: 'text', value: decodeUtf8Lossy(rest) };
      return this.truncated(start, partial, from);
    }
    const to = from + length;
    this.pos = to;
    const span = [this.place(start), this.place(from), this.place(to)] as const;
    if (major === 2)
      return {
        kind: 'bytes',
        start: span[0],
        headEnd: span[1],
        end: span[2],
        width,
        value: this.bytes.subarray(from, to),
      };
    const text = asciiText(this.bytes, from, to);
    if (text !== undefined) return { kind: 'text', start: span[0], headEnd: span[1], end: span[2], width, value: text };
    const value = decodeUtf8Lossy(this.bytes, from, to);
    const item = { kind: 'text' as const, start: span[0], headEnd: span[1], end: span[2], width, value };
    return this.isUtf8(from, to) ? item : { ...item, raw: this.bytes.subarray(from, to) };
  }

  private isUtf8(from: number, to: number): boolean {
    const bad = findBadUtf8(this.bytes, from, to);
    if (bad < to) this.issue('ERR_CBOR_BAD_UTF8', 'warning', bad, bad + 1);
    return bad === to;
  }

  private array(start: number, width: number, count: number): CborNode {
    const head = this.pos;
    if (this.depthLeft === 0) return this.stop('ERR_CBOR_DEPTH', start, head);
    this.depthLeft--;
    const items: CborNode[] = [];
    for (let i = 0; i < count && this.stopped === undefined && !(width < 0 && this.atBreak()); i++)
      items.push(this.item());
    if (width < 0) this.skipBreak();
    this.depthLeft++;
    return { kind: 'array', start: this.place(start), headEnd: this.place(head), end: this.offset(), width, items };
  }

  private map(start: number, width: number, count: number): CborNode {
    const head = this.pos;
    if (this.depthLeft === 0) return this.stop('ERR_CBOR_DEPTH', start, head);
    this.depthLeft--;
    const entries: Entry[] = [];
    let previousStart = 0;
    let previousEnd = 0;
    let firstUnordered: CborNode | undefined;
    let ascending = true;
    for (let i = 0; i < count && this.stopped === undefined && !(width < 0 && this.atBreak()); i++) {
      const keyStart = this.pos;
      const issuesBefore = this.issues.length;
      const key = this.item();
      const keyEnd = this.pos;
      if (this.stopped !== undefined) {
        entries.push({ key, value: this.nothing(this.stopped) });
        break;
      }
      if (i > 0) {
        const order = compareRanges(this.bytes, previousStart, previousEnd, this.bytes, keyStart, keyEnd);
        if (order >= 0) ascending = false;
        if (order > 0) firstUnordered ??= key;
      }
      // two encodings of one key may stand in ascending order
      if (this.issues.length > issuesBefore) ascending = false;
      previousStart = keyStart;
      previousEnd = keyEnd;
      entries.push({ key, value: width < 0 && this.atBreak() ? this.missingValue() : this.item() });
    }
    if (width < 0) this.skipBreak();
    this.depthLeft++;
    if (firstUnordered !== undefined) this.note('ERR_CBOR_KEY_ORDER', firstUnordered);
    if (!ascending) for (const index of repeatedKeys(entries)) this.note('ERR_CBOR_DUPLICATE_KEY', entries[index]?.key);
    return { kind: 'map', start: this.place(start), headEnd: this.place(head), end: this.offset(), width, entries };
  }

  private note(code: CborIssueCode, node: CborNode | undefined): void {
    if (node !== undefined) this.issues.push({ code, severity: 'warning', start: node.start, end: node.end });
  }

  private tag(start: number, width: number, tag: number | bigint): CborNode {
    const head = this.pos;
    if (this.depthLeft === 0) return this.stop('ERR_CBOR_DEPTH', start, head);
    this.depthLeft--;
    const value = this.item();
    this.depthLeft++;
    return { kind: 'tag', start: this.place(start), headEnd: this.place(head), end: this.offset(), width, value, tag };
  }

  private simple(start: number, width: number): CborNode {
    const value = width === 0 ? (this.bytes[start] ?? 0) & 31 : (this.bytes[start + 1] ?? 0);
    // RFC 8949 §3.3: two bytes for a value below 32 are not well-formed
    if (width === 1 && value < 32) this.issue('ERR_CBOR_BAD_SIMPLE', 'error', start, start + 2);
    const end = this.offset();
    return { kind: 'simple', start: this.place(start), headEnd: end, end, width, value };
  }

  private float(start: number, width: 2 | 4 | 8): CborNode {
    const value = readFloat(this.bytes, start + 1, width);
    const end = this.offset();
    if (Number.isNaN(value)) this.issue('ERR_CBOR_NAN', 'warning', start, this.pos);
    else if (Object.is(value, -0)) this.issue('ERR_CBOR_NEGATIVE_ZERO', 'warning', start, this.pos);
    if (width > 2 && shortestFloat(value) < width) this.issue('ERR_CBOR_NON_SHORTEST', 'warning', start, this.pos);
    const item = { kind: 'float' as const, start: this.place(start), headEnd: end, end, width, value };
    if (!Number.isNaN(value) || isPlainNan(this.bytes, start + 1, width)) return item;
    return { ...item, raw: this.bytes.subarray(start + 1, this.pos) };
  }

  private reserved(start: number): Broken {
    return this.stop('ERR_CBOR_RESERVED_AI', start, start + 1);
  }

  private indefinite(start: number, major: number): CborNode {
    if (major === 7) return this.stop('ERR_CBOR_UNEXPECTED_BREAK', start, start + 1);
    if (major < 2 || major === 6) return this.reserved(start);
    this.pos = start + 1;
    this.issue('ERR_CBOR_INDEFINITE', 'warning', start, start + 1);
    if (major === 4) return this.array(start, -1, Number.POSITIVE_INFINITY);
    if (major === 5) return this.map(start, -1, Number.POSITIVE_INFINITY);
    return this.chunked(start, major);
  }

  /** RFC 8949 §3.2.3: definite strings of the same type up to the break, each valid by itself. */
  private chunked(start: number, major: number): CborNode {
    const chunks: CborChunk[] = [];
    const parts: Uint8Array[] = [];
    const issuesBefore = this.issues.length;
    let broken: Broken | undefined;
    while (broken === undefined && !this.atBreak()) {
      const initial = this.pos < this.limit ? (this.bytes[this.pos] ?? 0) : major << 5;
      if (initial >> 5 !== major || (initial & 31) === 31) {
        broken = this.stop('ERR_CBOR_CHUNK', this.pos, this.pos + 1);
        break;
      }
      const chunk = this.item();
      const length = (chunk.end - chunk.headEnd) / this.scale;
      if (chunk.kind === 'broken') broken = chunk;
      else chunks.push({ length, width: chunk.width });
      if (chunk.kind !== 'broken' || chunk.partial) parts.push(this.bytes.subarray(this.pos - length, this.pos));
    }
    const content = concatBytes(...parts);
    const head = { start: this.place(start), headEnd: this.place(start + 1) };
    if (broken !== undefined) {
      const partial: CborBytes | CborText =
        major === 2
          ? { kind: 'bytes', value: content, chunks }
          : { kind: 'text', value: decodeUtf8Lossy(content), chunks };
      return { kind: 'broken', ...head, end: broken.end, width: -1, code: broken.code, partial };
    }
    this.skipBreak();
    const span = { ...head, end: this.offset(), width: -1 };
    if (major === 2) return { kind: 'bytes', ...span, value: content, chunks };
    const text = { kind: 'text' as const, ...span, value: decodeUtf8Lossy(content), chunks };
    const badUtf8 = this.issues.slice(issuesBefore).some((issue) => issue.code === 'ERR_CBOR_BAD_UTF8');
    return badUtf8 ? { ...text, raw: content } : text;
  }

  private atBreak(): boolean {
    return this.pos < this.limit && this.bytes[this.pos] === 0xff;
  }

  private skipBreak(): void {
    if (this.stopped === undefined) this.pos++;
  }

  /** The break stands where a value should: the map ends with half an entry. */
  private missingValue(): CborNode {
    this.issue('ERR_CBOR_ODD_MAP', 'error', this.pos, this.pos + 1);
    return this.nothing('ERR_CBOR_ODD_MAP');
  }

  private nothing(code: CborIssueCode): CborNode {
    const here = this.offset();
    return { kind: 'broken', start: here, headEnd: here, end: here, width: 0, code };
  }
}

function negative(argument: number | bigint): number | bigint {
  if (typeof argument === 'bigint') return -1n - argument;
  return argument === Number.MAX_SAFE_INTEGER ? -1n - BigInt(argument) : -1 - argument;
}

const LONG_TEXT = 4096;

/** The text when every byte of it is ASCII: by far the commonest case, and much the quickest. */
function asciiText(bytes: Uint8Array, from: number, to: number): string | undefined {
  const length = to - from;
  if (length > LONG_TEXT) return undefined;
  const codes = new Array<number>(length);
  for (let i = 0; i < length; i++) {
    const byte = bytes[from + i] ?? 0;
    if (byte > 0x7f) return undefined;
    codes[i] = byte;
  }
  return String.fromCharCode.apply(null, codes);
}
