import { decodeHex } from '../bytes/hex.ts';
import { encodeUtf8 } from '../bytes/utf8.ts';
import { decode } from '../cbor/decode.ts';
import type { CborBytes, CborIssue, CborNode, CborText, Span } from '../cbor/node.ts';
import type { ByteOffset } from '../units.ts';
import type { Payload } from './envelope.ts';
import { asMap } from './headers.ts';

export interface ReadPayload {
  readonly payload: Payload;
  /** what the payload's bytes hold, claims map or not; absent for a ciphertext */
  readonly content: CborNode | undefined;
}

/**
 * The payload item of an envelope, with the claims inside it. A string that was cut short gives what stands of it.
 * `undefined`: there is nothing that could be a payload (detached, missing, of another type). Issues of the content are
 * added to `issues`.
 */
export function readPayload(
  bytes: Uint8Array,
  node: CborNode | undefined,
  encrypted: boolean,
  issues: CborIssue[],
): ReadPayload | undefined {
  if (node === undefined) return undefined;
  const item = node.kind === 'broken' ? node.partial : node;
  if (item?.kind === 'bytes') {
    if (encrypted)
      return { payload: { form: 'ciphertext', node, bytes: item.value, claims: undefined }, content: undefined };
    return readContent('bytes', node, item.value, issues);
  }
  if (item?.kind === 'text') return readContent('hex-text', node, undoHex(item), issues);
  const claims = asMap(node);
  if (claims === undefined) return undefined;
  return { payload: { form: 'bare', node, bytes: bytes.subarray(node.start, node.end), claims }, content: node };
}

function readContent(form: 'bytes' | 'hex-text', node: CborNode, bytes: Uint8Array, issues: CborIssue[]): ReadPayload {
  const content = readNested(bytes, node.headEnd, form === 'bytes' ? 1 : 2, issues);
  return { payload: { form, node, bytes, claims: asMap(content) }, content };
}

/** The item inside a string, with offsets of the whole token. */
export function readNested(bytes: Uint8Array, base: ByteOffset, scale: 1 | 2, issues: CborIssue[]): CborNode {
  const decoded = decode(bytes, { base, scale });
  for (const issue of decoded.issues) issues.push(issue);
  return decoded.root;
}

/** The bytes that a text of hex digits spells, up to the first character that is none. */
function undoHex(text: CborText): Uint8Array {
  const decoded = decodeHex(text.value);
  if (decoded.ok) return decoded.value;
  const whole = decodeHex(text.value.slice(0, decoded.error.at & ~1));
  return whole.ok ? whole.value : new Uint8Array(0);
}

/** The content of a string item as received; of one in chunks, put together. */
export function stringContent(bytes: Uint8Array, node: (CborBytes | CborText) & Span): Uint8Array {
  if (node.kind === 'bytes') return node.value;
  if (node.chunks) return node.raw ?? encodeUtf8(node.value);
  return bytes.subarray(node.headEnd, node.end);
}

/** Where reading of a tree stopped: its last item is broken then, whatever it stands in. */
export function brokenAt(node: CborNode | undefined): ByteOffset | undefined {
  switch (node?.kind) {
    case 'broken':
      // of a string that was cut short everything that stands was read
      return node.partial ? node.end : node.start;
    case 'array':
      return brokenAt(node.items[node.items.length - 1]);
    case 'map': {
      const last = node.entries[node.entries.length - 1];
      return brokenAt(last?.value) ?? brokenAt(last?.key);
    }
    case 'tag':
      return brokenAt(node.value);
    default:
      return undefined;
  }
}
