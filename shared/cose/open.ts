import { decode } from '../cbor/decode.ts';
import type { CborIssue, CborNode } from '../cbor/node.ts';
import { type CoseAlgorithm, findAlgorithm } from './algorithms.ts';
import { createEnvelope } from './create-envelope.ts';
import type { Envelope, EnvelopeKind, Headers, Proof } from './envelope.ts';
import { asMap, findHeader, HEADER, readAlg } from './headers.ts';
import { readNested, readPayload } from './payload.ts';

const NO_BYTES = new Uint8Array(0);
const NO_HEADERS: Headers = { node: undefined, bytes: NO_BYTES, map: undefined };

const KIND_OF_CLASS = { mac: 'cose-mac0', sign: 'cose-sign1', encrypt: 'cose-encrypt0' } as const;

/**
 * Reads a token's envelope (RFC 9052, RFC 8392) in every form it is met in: tags 61, 17, 18, 16 in any order or none, a
 * bare claims map too. Never throws; of a damaged token it gives what could be read. `root` is the tree of `bytes` when
 * the caller has it already.
 */
export function openEnvelope(bytes: Uint8Array, root: CborNode = decode(bytes).root): Envelope {
  const tags: number[] = [];
  let inner = root;
  // tag 259 belongs to the map it stands on
  while (inner.kind === 'tag' && inner.tag !== 259) {
    tags.push(Number(inner.tag));
    inner = inner.value;
  }
  const issues: CborIssue[] = [];
  if (inner.kind !== 'array')
    return createEnvelope({
      bytes,
      root,
      inner,
      tags,
      kind: 'unknown',
      protected: NO_HEADERS,
      unprotected: NO_HEADERS,
      payload: asMap(inner) && readPayload(bytes, inner, false, issues),
      issues,
    });

  const items = inner.items;
  const { headers: protectedHeaders, content: protectedContent } = readProtected(bytes, items[0], issues);
  const headers = { protected: protectedHeaders, unprotected: readUnprotected(items[1]) };
  const algField = findHeader(headers, HEADER.alg);
  const alg = readAlg(algField);
  const row = alg && findAlgorithm(alg.id);
  const iv = findHeader(headers, HEADER.iv)?.value;
  const proof = readProof(items[3]);
  const kind = kindOf(tags, row, proof?.bytes.length, items.length === 3 && iv !== undefined);
  return createEnvelope({
    bytes,
    root,
    inner,
    tags,
    kind,
    protected: headers.protected,
    unprotected: headers.unprotected,
    protectedContent,
    algField,
    kidField: findHeader(headers, HEADER.kid),
    alg,
    row,
    iv: iv?.kind === 'bytes' ? iv.value : undefined,
    payload: readPayload(bytes, items[2], kind === 'cose-encrypt0', issues),
    proof: kind === 'cose-encrypt0' ? undefined : proof,
    issues,
  });
}

function readProtected(
  bytes: Uint8Array,
  node: CborNode | undefined,
  issues: CborIssue[],
): { readonly headers: Headers; readonly content: CborNode | undefined } {
  if (node === undefined) return { headers: NO_HEADERS, content: undefined };
  const item = node.kind === 'broken' ? node.partial : node;
  if (item?.kind !== 'bytes') {
    // a map that is not wrapped in a byte string is against RFC 9052 §3, but it can be read
    const map = asMap(node);
    return { headers: { node, bytes: map ? bytes.subarray(node.start, node.end) : NO_BYTES, map }, content: undefined };
  }
  if (item.value.length === 0) return { headers: { node, bytes: item.value, map: undefined }, content: undefined };
  const content = readNested(item.value, node.headEnd, 1, issues);
  return { headers: { node, bytes: item.value, map: asMap(content) }, content };
}

const readUnprotected = (node: CborNode | undefined): Headers => ({ node, bytes: NO_BYTES, map: asMap(node) });

function readProof(node: CborNode | undefined): Proof | undefined {
  const item = node?.kind === 'broken' ? node.partial : node;
  return node && item?.kind === 'bytes' ? { bytes: item.value, node } : undefined;
}

/** The structure: said by its tag, else by the algorithm, else guessed from what stands in the array. */
function kindOf(
  tags: readonly number[],
  row: CoseAlgorithm | undefined,
  proofLength: number | undefined,
  threeWithIv: boolean,
): EnvelopeKind {
  // RFC 9052 §2
  if (tags.includes(17)) return 'cose-mac0';
  if (tags.includes(18)) return 'cose-sign1';
  if (tags.includes(16)) return 'cose-encrypt0';
  // COSE_Encrypt, COSE_Mac and COSE_Sign have recipients or signers beside the payload
  if (tags.some((tag) => tag >= 96 && tag <= 98)) return 'unknown';
  if (row) return KIND_OF_CLASS[row.class];
  if (threeWithIv) return 'cose-encrypt0';
  if (proofLength === 32 || proofLength === 8) return 'cose-mac0';
  return proofLength !== undefined && proofLength >= 64 ? 'cose-sign1' : 'unknown';
}
