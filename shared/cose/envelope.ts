import type { CborIssue, CborNode } from '../cbor/node.ts';
import type { DialectId } from '../claims/dialects.ts';
import type { Finding } from '../findings/finding.ts';
import type { ByteOffset } from '../units.ts';

export type EnvelopeKind = 'cose-mac0' | 'cose-sign1' | 'cose-encrypt0' | 'c4m-dot' | 'unknown';

/**
 * What the claims travel in (RFC 9052, RFC 8392). Everything is as received: raw header and payload bytes are kept,
 * since integrity is computed over them and never over a re-encoding.
 */
export interface Envelope {
  readonly kind: EnvelopeKind;
  /** the whole token's bytes: ASCII of the three parts for `c4m-dot` */
  readonly bytes: Uint8Array;
  readonly root: CborNode;
  /** tag numbers from the outside in: `[61, 17]` */
  readonly tags: readonly number[];
  readonly protected: Headers;
  readonly unprotected: Headers;
  readonly alg?: AlgorithmHeader | undefined;
  readonly kid?: KeyIdHeader | undefined;
  readonly iv?: Uint8Array | undefined;
  readonly payload?: Payload | undefined;
  /** MAC, signature; for Encrypt0 the ciphertext carries its own tag */
  readonly proof?: Proof | undefined;
  readonly dialects: readonly DialectId[];
  readonly findings: readonly Finding[];
  /** what was met while reading inside the byte strings: the protected headers and the payload */
  readonly issues: readonly CborIssue[];
  /** the first byte that could not be read, when the token is damaged */
  readonly damagedAt?: ByteOffset | undefined;
}

export interface AlgorithmHeader {
  /** as it stands in the header: AWS's documentation writes `"5"` */
  readonly id: number | string;
  readonly name: string;
  readonly in: 'protected' | 'unprotected';
}

export interface KeyIdHeader {
  readonly bytes: Uint8Array;
  /** when the bytes are printable UTF-8 */
  readonly text?: string | undefined;
  readonly in: 'protected' | 'unprotected';
  readonly node: CborNode;
}

export interface Proof {
  readonly bytes: Uint8Array;
  readonly node: CborNode;
}

export interface Headers {
  /** the item itself: a byte string for protected, a map for unprotected */
  readonly node?: CborNode | undefined;
  /** content of the protected byte string as received; empty for unprotected */
  readonly bytes: Uint8Array;
  readonly map?: CborNode | undefined;
}

export interface Payload {
  /**
   * `bytes`: a byte string; `hex-text`: a text string of hex digits (node-cat); `ciphertext`: Encrypt0; `bare`: a claims
   * map that stands in no string, with no envelope around it or unwrapped inside one
   */
  readonly form: 'bytes' | 'hex-text' | 'ciphertext' | 'bare';
  readonly node: CborNode;
  /** the bytes of the claims map, hex-text already undone */
  readonly bytes: Uint8Array;
  /** the claims map with absolute offsets; absent while encrypted or unreadable */
  readonly claims?: CborNode | undefined;
}
