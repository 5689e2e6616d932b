import type { CborIssue, CborNode } from '../cbor/node.ts';
import type { ByteOffset } from '../units.ts';
import type { CoseAlgorithm } from './algorithms.ts';
import type { AlgorithmHeader, Envelope, EnvelopeKind, Headers, Proof } from './envelope.ts';
import { noticeEnvelope } from './envelope-findings.ts';
import { type HeaderField, readKid } from './headers.ts';
import { brokenAt, type ReadPayload } from './payload.ts';

/** What was read of an envelope, before anything is said about it. */
export interface EnvelopeParts {
  readonly bytes: Uint8Array;
  readonly root: CborNode;
  /** the root without its tags */
  readonly inner: CborNode;
  readonly tags: readonly number[];
  readonly kind: EnvelopeKind;
  readonly protected: Headers;
  readonly unprotected: Headers;
  /** what the protected byte string holds, a map or not */
  readonly protectedContent?: CborNode | undefined;
  /** the header fields, of whatever type */
  readonly algField?: HeaderField | undefined;
  readonly kidField?: HeaderField | undefined;
  readonly alg?: AlgorithmHeader | undefined;
  readonly row?: CoseAlgorithm | undefined;
  readonly iv?: Uint8Array | undefined;
  readonly payload?: ReadPayload | undefined;
  readonly proof?: Proof | undefined;
  readonly issues: readonly CborIssue[];
}

/** The envelope of its parts, with what there is to say about them. Plain data, so that it can cross to another thread. */
export function createEnvelope(parts: EnvelopeParts): Envelope {
  const { findings, dialects } = noticeEnvelope(parts);
  return {
    kind: parts.kind,
    bytes: parts.bytes,
    root: parts.root,
    tags: parts.tags,
    protected: parts.protected,
    unprotected: parts.unprotected,
    alg: parts.alg,
    kid: readKid(parts.kidField),
    iv: parts.iv,
    payload: parts.payload?.payload,
    proof: parts.proof,
    dialects,
    findings,
    issues: parts.issues,
    damagedAt: damagedAt(parts),
  };
}

/** Where reading first stopped: in the token itself or inside a string of it that was cut short. */
const damagedAt = (parts: EnvelopeParts): ByteOffset | undefined =>
  first(brokenAt(parts.root), first(brokenAt(parts.protectedContent), brokenAt(parts.payload?.content)));

function first(a: ByteOffset | undefined, b: ByteOffset | undefined): ByteOffset | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return a < b ? a : b;
}
