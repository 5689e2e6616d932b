import { nodeCrypto } from '../../../main/crypto/node-crypto.ts';
import { array, bytes, int, map, tag, text } from '../../../shared/cbor/build.ts';
import { encode } from '../../../shared/cbor/encode.ts';
import type { CborValue } from '../../../shared/cbor/node.ts';
import type { CandidateKey } from '../../../shared/cose/crypto-port.ts';
import { type EnvelopeForm, signEnvelope } from '../../../shared/cose/sign.ts';

export const CLAIMS = encode(map([1, text('https://issuer.example')], [4, int(1_900_000_000)]));
export const SECRET = new TextEncoder().encode('a secret of thirty-two bytes, ok');

export const secretKey = (content: Uint8Array = SECRET, more: Partial<CandidateKey> = {}): CandidateKey => ({
  ref: 'secret',
  encoding: 'utf8',
  material: { kind: 'secret', bytes: content },
  ...more,
});

/** A token by the house's own signer. */
export function issue(form: Partial<EnvelopeForm> = {}, material = secretKey().material, claims = CLAIMS): Uint8Array {
  const signed = signEnvelope({ alg: 'HS256', tags: [61, 17], ...form, claims }, material, nodeCrypto);
  if (!signed.ok) throw new Error(signed.error.message);
  return signed.value;
}

/** A token put together by hand: nothing about it needs to be right. */
export interface Pieces {
  readonly tags?: readonly number[];
  readonly protectedMap?: CborValue;
  readonly protectedItem?: CborValue;
  readonly unprotected?: CborValue;
  readonly payload?: CborValue;
  readonly proof?: CborValue;
  readonly more?: readonly CborValue[];
}

export function assemble(pieces: Pieces = {}): Uint8Array {
  const {
    tags = [61, 17],
    protectedMap = map([1, int(5)]),
    protectedItem = bytes(encode(protectedMap)),
    unprotected = map([4, bytes(new Uint8Array([0x6b, 0x31]))]),
    payload = bytes(CLAIMS),
    proof = bytes(new Uint8Array(32)),
    more = [],
  } = pieces;
  const items = array(protectedItem, unprotected, payload, proof, ...more);
  return encode(
    tags.reduceRight<CborValue>((inner, number) => tag(number, inner), items),
    { order: 'kept' },
  );
}
