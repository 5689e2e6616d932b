import { encodeUtf8, printableUtf8 } from '../bytes/utf8.ts';
import type { CborMap, CborNode, Span } from '../cbor/node.ts';
import { findAlgorithm } from './algorithms.ts';
import type { AlgorithmHeader, Envelope, Headers, KeyIdHeader } from './envelope.ts';

/** Common header labels (RFC 9052 §3.1, RFC 9596 for 16). */
export const HEADER = { alg: 1, crit: 2, contentType: 3, kid: 4, iv: 5, partialIv: 6, typ: 16 } as const;

export type MapNode = CborMap<CborNode> & Span;

export interface HeaderField {
  readonly key: CborNode;
  readonly value: CborNode;
  readonly in: 'protected' | 'unprotected';
}

/** The map in an item, out of the tag 259 that cbor-x puts around maps. */
export function asMap(node: CborNode | undefined): MapNode | undefined {
  let inner = node;
  while (inner?.kind === 'tag' && inner.tag === 259) inner = inner.value;
  return inner?.kind === 'map' ? inner : undefined;
}

/**
 * The field of a label in either bucket, the protected one first. A text label of the same digits is taken when the
 * number is missing: node-cat wrote kid as `"4"`.
 */
export function findHeader(from: Pick<Envelope, 'protected' | 'unprotected'>, label: number): HeaderField | undefined {
  return findIn(from.protected, 'protected', label) ?? findIn(from.unprotected, 'unprotected', label);
}

function findIn(headers: Headers, bucket: HeaderField['in'], label: number): HeaderField | undefined {
  const map = headers.map;
  if (map?.kind !== 'map') return undefined;
  let textual: HeaderField | undefined;
  for (const { key, value } of map.entries) {
    if (key.kind === 'int') {
      if (key.value === label) return { key, value, in: bucket };
    } else if (key.kind === 'text' && key.value === String(label)) textual ??= { key, value, in: bucket };
  }
  return textual;
}

/** A protected map without entries, which the signed structures write as `h''` (RFC 9052 §4.4 step 2 and §3). */
export const isEmptyProtected = (headers: Headers): boolean =>
  headers.bytes.length === 0 || (headers.map?.kind === 'map' && headers.map.entries.length === 0);

/** The algorithm header when it is a number or a text, known or not. */
export function readAlg(field: HeaderField | undefined): AlgorithmHeader | undefined {
  const value = field?.value;
  if (field === undefined || (value?.kind !== 'int' && value?.kind !== 'text')) return undefined;
  const id = typeof value.value === 'bigint' ? value.value.toString() : value.value;
  return { id, name: findAlgorithm(id)?.name ?? String(id), in: field.in };
}

/** The key id when it is bytes or, against RFC 9052 §3.1, text. */
export function readKid(field: HeaderField | undefined): KeyIdHeader | undefined {
  const value = field?.value;
  if (field === undefined || (value?.kind !== 'bytes' && value?.kind !== 'text')) return undefined;
  const bytes = value.kind === 'bytes' ? value.value : (value.raw ?? encodeUtf8(value.value));
  return { bytes, text: readableText(bytes), in: field.in, node: value };
}

/** `printableUtf8`, quicker for the ASCII that key ids nearly always are. */
function readableText(bytes: Uint8Array): string | undefined {
  if (bytes.length > 64) return printableUtf8(bytes);
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0;
    if (byte < 0x20 || byte > 0x7e) return printableUtf8(bytes);
  }
  return String.fromCharCode.apply(null, bytes as unknown as number[]);
}
