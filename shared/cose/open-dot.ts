import { decodeBase64Lenient } from '../bytes/base64.ts';
import { encodeUtf8 } from '../bytes/utf8.ts';
import { decode } from '../cbor/decode.ts';
import type { CborIssue, CborNode } from '../cbor/node.ts';
import { type ByteOffset, byteOffset } from '../units.ts';
import { findAlgorithm } from './algorithms.ts';
import { createEnvelope } from './create-envelope.ts';
import type { Envelope, Headers } from './envelope.ts';
import { asMap, findHeader, HEADER, readAlg } from './headers.ts';

/** One base64url part: where it stands in the text, and its bytes. */
interface Part {
  readonly start: number;
  readonly end: number;
  readonly bytes: Uint8Array;
  /** the bytes end early: at `end` stands a character that is no base64url */
  readonly damaged: boolean;
}

const EMPTY: Headers = { bytes: new Uint8Array(0) };

/**
 * Reads `base64url(header map).base64url(claims map).base64url(signature)`, the serialisation of CAT-4-MOQT before COSE.
 * Offsets count characters of the text, which is also what is signed; `root` is an array made of the three parts.
 */
export function openDotEnvelope(text: string): Envelope {
  const bytes = encodeUtf8(text);
  const [header, claims, signature] = splitParts(text);
  const issues: CborIssue[] = [];
  const headerNode = header && readPart(header, issues);
  const content = claims && readPart(claims, issues);
  const proof = signature && signatureNode(signature);
  const headers = {
    protected: headerNode && header ? { node: headerNode, bytes: header.bytes, map: asMap(headerNode) } : EMPTY,
    unprotected: EMPTY,
  };
  const algField = findHeader(headers, HEADER.alg);
  const alg = readAlg(algField);
  const root: CborNode = {
    kind: 'array',
    start: byteOffset(0),
    headEnd: byteOffset(0),
    end: byteOffset(bytes.length),
    width: 0,
    items: [headerNode, content, proof].filter((node) => node !== undefined),
  };
  return createEnvelope({
    bytes,
    root,
    inner: root,
    tags: [],
    kind: 'c4m-dot',
    ...headers,
    protectedContent: headerNode,
    algField,
    kidField: findHeader(headers, HEADER.kid),
    alg,
    row: alg && findAlgorithm(alg.id),
    payload: content &&
      claims && {
        payload: { form: 'bytes', node: content, bytes: claims.bytes, claims: asMap(content) },
        content,
      },
    proof: proof && signature && { bytes: signature.bytes, node: proof },
    issues,
  });
}

function splitParts(text: string): readonly Part[] {
  let start = 0;
  return text.split('.').map((part) => {
    const { bytes, stoppedAt } = decodeBase64Lenient(part);
    const from = start;
    start += part.length + 1;
    return { start: from, end: from + (stoppedAt ?? part.length), bytes, damaged: stoppedAt !== undefined };
  });
}

function readPart(part: Part, issues: CborIssue[]): CborNode {
  const decoded = decode(part.bytes);
  for (const issue of decoded.issues)
    issues.push({ ...issue, start: toText(part, issue.start), end: toText(part, issue.end) });
  return moveNode(decoded.root, part);
}

function signatureNode({ start, end, bytes, damaged }: Part): CborNode {
  const span = { start: byteOffset(start), headEnd: byteOffset(start), end: byteOffset(end), width: 0 };
  const value = { kind: 'bytes', value: bytes } as const;
  return damaged ? { ...span, kind: 'broken', code: 'ERR_CBOR_TRUNCATED', partial: value } : { ...span, ...value };
}

/** Three bytes are four characters: a byte is where its first bits are, up to where the next byte's are. */
const toText = (part: Part, offset: number): ByteOffset =>
  byteOffset(offset === part.bytes.length ? part.end : part.start + Math.floor((offset * 4) / 3));

function moveNode(node: CborNode, part: Part): CborNode {
  const span = { start: toText(part, node.start), headEnd: toText(part, node.headEnd), end: toText(part, node.end) };
  switch (node.kind) {
    case 'array':
      return { ...node, ...span, items: node.items.map((item) => moveNode(item, part)) };
    case 'map':
      return {
        ...node,
        ...span,
        entries: node.entries.map(({ key, value }) => ({ key: moveNode(key, part), value: moveNode(value, part) })),
      };
    case 'tag':
      return { ...node, ...span, value: moveNode(node.value, part) };
    default:
      return { ...node, ...span };
  }
}
