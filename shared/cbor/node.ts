import type { ByteOffset } from '../units.ts';

/**
 * One CBOR data item without a place: what `encode` takes (RFC 8949 §3).
 * `raw` carries bytes that must be kept exactly as they were received (cloning a token with unknown claims).
 */
export type CborValue = (
  | CborInt
  | CborBytes
  | CborText
  | CborArray<CborValue>
  | CborMap<CborValue>
  | CborTag<CborValue>
  | CborSimple
  | CborFloat
  | CborRaw
) &
  Authored;

/** How an item is to be written when it shall not be deterministic (`encode` with `form: 'authored'`). */
export interface Authored {
  /** as in `Span`: bytes of the head's argument (of the number itself for a float), -1 = indefinite length */
  readonly width?: number;
}

/** A decoded item: a value that knows where it stood. One without a broken item in it is also a `CborValue`. */
export type CborNode = (
  | CborInt
  | CborBytes
  | CborText
  | CborArray<CborNode>
  | CborMap<CborNode>
  | CborTag<CborNode>
  | CborSimple
  | CborFloat
  | CborBroken
) &
  Span;

/** Place of an item in the token. Offsets are absolute: nested byte strings are decoded with the base of their content. */
export interface Span {
  /** first byte of the item's head */
  readonly start: ByteOffset;
  /** first byte after the head: content, or the first child, starts here */
  readonly headEnd: ByteOffset;
  /** first byte after the item */
  readonly end: ByteOffset;
  /** bytes the head's argument took (0 = in the initial byte, 1, 2, 4, 8); -1 = indefinite length */
  readonly width: number;
}

export interface CborInt {
  readonly kind: 'int';
  /** a `bigint` only beyond ±(2^53 − 1) */
  readonly value: number | bigint;
}
export interface CborBytes {
  readonly kind: 'bytes';
  readonly value: Uint8Array;
  /** the pieces of a string of indefinite length, in order; absent for any other */
  readonly chunks?: readonly CborChunk[];
}
export interface CborText {
  readonly kind: 'text';
  /** invalid UTF-8 is kept as U+FFFD and said as an issue */
  readonly value: string;
  /** the content as received, only when it is not UTF-8 */
  readonly raw?: Uint8Array;
  readonly chunks?: readonly CborChunk[];
}
/** One piece of a string of indefinite length (RFC 8949 §3.2.3). */
export interface CborChunk {
  /** bytes of its content */
  readonly length: number;
  /** bytes its head's argument took */
  readonly width: number;
}
export interface CborArray<Child> {
  readonly kind: 'array';
  readonly items: readonly Child[];
}
export interface CborMap<Child> {
  readonly kind: 'map';
  /** in received order, duplicates kept */
  readonly entries: readonly { readonly key: Child; readonly value: Child }[];
}
export interface CborTag<Child> {
  readonly kind: 'tag';
  readonly tag: number | bigint;
  readonly value: Child;
}
export interface CborSimple {
  readonly kind: 'simple';
  /** 20 false, 21 true, 22 null, 23 undefined */
  readonly value: number;
}
export interface CborFloat {
  readonly kind: 'float';
  readonly value: number;
  /** the number's bytes as received, only for a NaN other than the plain one of its width (quiet, nothing else set) */
  readonly raw?: Uint8Array;
}
/** What could not be read: truncated, reserved, over a limit. Everything before it stands in the tree. */
export interface CborBroken {
  readonly kind: 'broken';
  readonly code: CborIssueCode;
  /** of a string that was cut short: what stands of it */
  readonly partial?: CborBytes | CborText;
}
/** Bytes that already are an encoded item. */
export interface CborRaw {
  readonly kind: 'raw';
  readonly bytes: Uint8Array;
}

export type CborIssueCode =
  | 'ERR_CBOR_EMPTY'
  | 'ERR_CBOR_TRUNCATED'
  | 'ERR_CBOR_TRAILING'
  | 'ERR_CBOR_RESERVED_AI'
  | 'ERR_CBOR_UNEXPECTED_BREAK'
  | 'ERR_CBOR_CHUNK'
  | 'ERR_CBOR_BAD_SIMPLE'
  | 'ERR_CBOR_ODD_MAP'
  | 'ERR_CBOR_BAD_UTF8'
  | 'ERR_CBOR_DUPLICATE_KEY'
  | 'ERR_CBOR_NON_SHORTEST'
  | 'ERR_CBOR_INDEFINITE'
  | 'ERR_CBOR_KEY_ORDER'
  | 'ERR_CBOR_NAN'
  | 'ERR_CBOR_NEGATIVE_ZERO'
  | 'ERR_CBOR_DEPTH'
  | 'ERR_CBOR_NODES'
  | 'ERR_CBOR_SIZE';

export interface CborIssue {
  readonly code: CborIssueCode;
  /** `error`: not well-formed; `warning`: well-formed but not valid or not deterministic (RFC 8949 §1.2, §4.2) */
  readonly severity: 'error' | 'warning';
  readonly start: ByteOffset;
  readonly end: ByteOffset;
}

/** Limits of a reading; meeting one is an issue, never an exception. */
export const CBOR_LIMITS = { bytes: 65_536, depth: 64, nodes: 10_000 } as const;
