import { assertNever } from '../assert-never.ts';
import { encodeUtf8 } from '../bytes/utf8.ts';
import { compareRanges } from './compare-ranges.ts';
import { shortestFloat, writeFloat } from './float.ts';
import type { CborChunk, CborFloat, CborMap, CborText, CborValue } from './node.ts';

export interface EncodeOptions {
  /** `sorted` (when left out): keys in the bytewise order of RFC 8949 §4.2.1; `kept`: as the value has them */
  readonly order?: 'sorted' | 'kept';
  /**
   * `shortest` (when left out): preferred and definite, RFC 8949 §4.1; `authored`: heads as wide as the value says,
   * indefinite where it says so, entries in their order. A complete node read by `decode` comes out byte for byte.
   */
  readonly form?: 'shortest' | 'authored';
}

/**
 * Writes one item; deterministic (RFC 8949 §4.2.1) unless told otherwise. Total: an integer beyond 64 bits becomes a
 * bignum (§3.4.3), and a number in an `int` that is no integer is written as the float it is.
 */
export function encode(value: CborValue, options?: EncodeOptions): Uint8Array {
  const authored = options?.form === 'authored';
  const writer = new Writer(authored, !authored && options?.order !== 'kept');
  writer.item(value);
  return writer.taken();
}

/** What the author asked for; `undefined` when the shortest form is wanted. */
type Width = number | undefined;

/** Room of the writer in use, kept between calls: encoding never calls out, so one is enough. */
let room = new Uint8Array(4096);

class Writer {
  private readonly authored: boolean;
  private readonly sorted: boolean;
  private pos = 0;

  constructor(authored: boolean, sorted: boolean) {
    this.authored = authored;
    this.sorted = sorted;
  }

  taken(): Uint8Array {
    return room.slice(0, this.pos);
  }

  item(value: CborValue): void {
    const width = this.authored ? value.width : undefined;
    switch (value.kind) {
      case 'int':
        this.int(value.value, width);
        break;
      case 'bytes':
        this.string(2, value.value, width, value.chunks);
        break;
      case 'text':
        this.text(value, width);
        break;
      case 'array':
        this.head(4, value.items.length, width);
        for (const item of value.items) this.item(item);
        this.close(width);
        break;
      case 'map':
        this.map(value, width);
        break;
      case 'tag':
        this.head(6, value.tag, width);
        this.item(value.value);
        break;
      case 'simple':
        this.simple(value.value, width);
        break;
      case 'float':
        this.float(value, width);
        break;
      case 'raw':
        this.append(value.bytes);
        break;
      default:
        assertNever(value);
    }
  }

  private ensure(more: number): void {
    if (this.pos + more <= room.length) return;
    const larger = new Uint8Array(Math.max(room.length * 2, this.pos + more));
    larger.set(room.subarray(0, this.pos));
    room = larger;
  }

  private byte(byte: number): void {
    this.ensure(1);
    room[this.pos++] = byte;
  }

  private append(bytes: Uint8Array): void {
    this.ensure(bytes.length);
    room.set(bytes, this.pos);
    this.pos += bytes.length;
  }

  /** Initial byte and argument, in as few bytes as hold it, or as many as the author asked for. */
  private head(major: number, argument: number | bigint, asked: Width): void {
    this.ensure(9);
    const initial = major << 5;
    if (asked === -1) {
      room[this.pos++] = initial | 31;
      return;
    }
    let width = argument < 24 ? 0 : argument < 0x100 ? 1 : argument < 0x10000 ? 2 : argument < 0x100000000 ? 4 : 8;
    if (asked !== undefined && asked > width) width = asked;
    if (width === 0) room[this.pos++] = initial | Number(argument);
    else if (width === 1) {
      room[this.pos++] = initial | 24;
      room[this.pos++] = Number(argument);
    } else if (width === 8) {
      const wide = BigInt(argument);
      room[this.pos++] = initial | 27;
      this.number(Number(wide >> 32n), 4);
      this.number(Number(wide & 0xffffffffn), 4);
    } else {
      room[this.pos++] = initial | (width === 2 ? 25 : 26);
      this.number(Number(argument), width);
    }
  }

  private number(value: number, width: number): void {
    for (let shift = (width - 1) * 8; shift >= 0; shift -= 8) room[this.pos++] = value >>> shift;
  }

  /** The break of an item that was opened without a length. */
  private close(width: Width): void {
    if (width === -1) this.byte(0xff);
  }

  private int(value: number | bigint, width: Width): void {
    if (typeof value === 'number' && !Number.isInteger(value)) this.float({ kind: 'float', value }, undefined);
    else if (value >= 0) this.unsigned(0, value, width);
    else if (value >= -Number.MAX_SAFE_INTEGER) this.unsigned(1, -1 - Number(value), width);
    else this.unsigned(1, -1n - BigInt(value), width);
  }

  private unsigned(major: 0 | 1, argument: number | bigint, width: Width): void {
    if (argument < 2 ** 64) {
      this.head(major, argument, width);
      return;
    }
    const hex = argument.toString(16);
    this.head(6, 2 + major, undefined);
    this.string(2, Uint8Array.from(hex.padStart(hex.length + (hex.length & 1), '0').match(/../g) ?? [], parseHex));
  }

  private simple(value: number, width: Width): void {
    if (value < 24 && width !== 1) {
      this.byte(0xe0 | value);
      return;
    }
    this.byte(0xf8);
    this.byte(value);
  }

  private string(major: 2 | 3, content: Uint8Array, width?: Width, chunks?: readonly CborChunk[]): void {
    if (width === -1) {
      this.head(major, 0, -1);
      // in the pieces it was received in; in one when they no longer fit the content
      const fitting = chunks?.reduce((sum, chunk) => sum + chunk.length, 0) === content.length ? chunks : undefined;
      let at = 0;
      for (const chunk of fitting ?? [{ length: content.length, width: 0 }]) {
        this.head(major, chunk.length, chunk.width);
        this.append(content.subarray(at, at + chunk.length));
        at += chunk.length;
      }
      this.byte(0xff);
      return;
    }
    this.head(major, content.length, width);
    this.append(content);
  }

  private text(item: CborText, width: Width): void {
    const text = item.value;
    if (item.raw !== undefined || width === -1) {
      this.string(3, item.raw ?? encodeUtf8(text), width, item.chunks);
      return;
    }
    const start = this.pos;
    this.head(3, text.length, width);
    this.ensure(text.length);
    let at = this.pos;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      if (unit > 0x7f) {
        this.pos = start;
        this.string(3, encodeUtf8(text), width);
        return;
      }
      room[at++] = unit;
    }
    this.pos = at;
  }

  private float(item: CborFloat, asked: Width): void {
    if (this.authored && item.raw !== undefined) {
      this.byte(FLOAT_HEADS[item.raw.length === 2 ? 2 : item.raw.length === 4 ? 4 : 8]);
      this.append(item.raw);
      return;
    }
    const shortest = shortestFloat(item.value);
    const width = (asked === 4 || asked === 8) && asked > shortest ? asked : shortest;
    this.ensure(9);
    room[this.pos++] = FLOAT_HEADS[width];
    writeFloat(item.value, width, room, this.pos);
    this.pos += width;
  }

  private map(map: CborMap<CborValue>, width: Width): void {
    this.head(5, map.entries.length, width);
    const entries = this.sorted && !this.inOrder(map.entries) ? this.sort(map.entries) : map.entries;
    for (const { key, value } of entries) {
      this.item(key);
      this.item(value);
    }
    this.close(width);
  }

  private inOrder(entries: Entries): boolean {
    let previous: CborValue | undefined;
    for (const { key } of entries) {
      if (previous !== undefined && this.compare(previous, key) > 0) return false;
      previous = key;
    }
    return true;
  }

  private sort(entries: Entries): Entries {
    return [...entries].sort((a, b) => this.compare(a.key, b.key));
  }

  /** The bytewise order of two keys as they will be written (RFC 8949 §4.2.1). */
  private compare(a: CborValue, b: CborValue): number {
    if (a.kind === 'int' && b.kind === 'int') return compareInts(a.value, b.value);
    const start = this.pos;
    this.item(a);
    const middle = this.pos;
    this.item(b);
    const order = compareRanges(room, start, middle, room, middle, this.pos);
    this.pos = start;
    return order;
  }
}

type Entries = CborMap<CborValue>['entries'];

const FLOAT_HEADS = { 2: 0xf9, 4: 0xfa, 8: 0xfb } as const;
const parseHex = (digits: string): number => Number.parseInt(digits, 16);

/** The bytewise order of two integers' shortest encodings: 0, 1, 2 … −1, −2 … */
function compareInts(a: number | bigint, b: number | bigint): number {
  if (a < 0 !== b < 0) return a < 0 ? 1 : -1;
  if (a === b) return 0;
  return a < b === a >= 0 ? -1 : 1;
}
