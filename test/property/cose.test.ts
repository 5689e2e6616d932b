import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodeCrypto } from '../../main/crypto/node-crypto.ts';
import { parseKey } from '../../main/keys/parse-key.ts';
import { array, bytes as cborBytes, int, map, tag } from '../../shared/cbor/build.ts';
import { encode } from '../../shared/cbor/encode.ts';
import type { CandidateKey, CryptoPort } from '../../shared/cose/crypto-port.ts';
import type { Envelope } from '../../shared/cose/envelope.ts';
import { openEnvelope } from '../../shared/cose/open.ts';
import { openDotEnvelope } from '../../shared/cose/open-dot.ts';
import { signEnvelope } from '../../shared/cose/sign.ts';
import { verify } from '../../shared/cose/verify.ts';
import { VECTORS, vectorBytes } from '../vectors/load-vectors.ts';

const SECRET = new TextEncoder().encode('property');
/** The curve's base point, which is the public key of the private key 1: it made none of the vectors. */
const POINT =
  '046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c2964fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5';
const parsed = parseKey(new TextEncoder().encode(POINT), { ref: 'ec', encoding: 'auto' });
const KEYS: readonly CandidateKey[] = [
  { ref: 'secret', encoding: 'utf8', material: { kind: 'secret', bytes: SECRET } },
  ...(parsed.ok ? parsed.value : []),
];

/** Everything that a check does with cryptography is counted: a mutated token must not make it do much. */
let computations = 0;
const counting: CryptoPort = {
  ...nodeCrypto,
  hmacSha256: (key, data) => {
    computations++;
    return nodeCrypto.hmacSha256(key, data);
  },
};

function examine(envelope: Envelope): void {
  const { length } = envelope.bytes;
  if (envelope.damagedAt !== undefined) expect(envelope.damagedAt).toBeLessThanOrEqual(length);
  for (const { range } of envelope.findings) {
    if (range === undefined) continue;
    expect(range.start).toBeGreaterThanOrEqual(0);
    expect(range.end).toBeGreaterThanOrEqual(range.start);
    expect(range.end).toBeLessThanOrEqual(length);
  }
  computations = 0;
  const integrity = verify(envelope, KEYS, counting);
  // none of these tokens was made with these keys
  expect(integrity.state).not.toBe('verified');
  expect(computations).toBeLessThanOrEqual(8);
}

const cose = VECTORS.filter(({ form }) => form !== 'c4m-dot').map(vectorBytes);
const dots = VECTORS.filter(({ form }) => form === 'c4m-dot').map(({ token }) => token);

const mutation = fc.record({
  at: fc.nat({ max: 400 }),
  kind: fc.constantFrom('set', 'insert', 'remove', 'cut', 'repeat'),
  value: fc.integer({ min: 0, max: 255 }),
});
type Mutation = typeof mutation extends fc.Arbitrary<infer T> ? T : never;

function mutate(bytes: Uint8Array, changes: readonly Mutation[]): Uint8Array {
  const list = [...bytes];
  for (const { at, kind, value } of changes) {
    const place = list.length === 0 ? 0 : at % list.length;
    if (kind === 'set') list[place] = value;
    else if (kind === 'insert') list.splice(place, 0, value);
    else if (kind === 'remove') list.splice(place, 1);
    else if (kind === 'cut') list.length = place;
    else list.splice(place, 0, ...list.slice(place, place + (value % 16)));
  }
  return Uint8Array.from(list);
}

const SEED = { seed: 5007, numRuns: 8_000 };

describe('envelopes', () => {
  it('are checked with a key of either kind', () => {
    expect(KEYS.map(({ material }) => material.kind)).toEqual(['secret', 'asymmetric']);
  });

  it('of mutated tokens are opened and checked without a throw', () => {
    fc.assert(
      fc.property(fc.constantFrom(...cose), fc.array(mutation, { minLength: 1, maxLength: 4 }), (bytes, changes) => {
        examine(openEnvelope(mutate(bytes, changes)));
      }),
      SEED,
    );
  });

  it('of random bytes too', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => examine(openEnvelope(bytes))),
      SEED,
    );
  });

  it('of mutated dot forms too', () => {
    const text = fc.oneof(
      fc.tuple(fc.constantFrom(...dots), fc.array(mutation, { minLength: 1, maxLength: 4 })).map(([token, changes]) => {
        const changed = mutate(new TextEncoder().encode(token), changes);
        return new TextDecoder().decode(changed);
      }),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(text, (token) => examine(openDotEnvelope(token))),
      { ...SEED, numRuns: 4_000 },
    );
  });

  it('that were signed verify, and give back what went in', () => {
    const form = fc.record({
      alg: fc.constantFrom(4, 5),
      tags: fc.constantFrom([], [17], [61, 17], [61]),
      kid: fc.uint8Array({ maxLength: 40 }),
      kidIn: fc.constantFrom('protected' as const, 'unprotected' as const),
      payloadForm: fc.constantFrom('bytes' as const, 'hex-text' as const),
      context: fc.constantFrom('MAC0' as const, 'Signature1' as const),
      claims: fc.uint8Array({ minLength: 1, maxLength: 300 }),
      secret: fc.uint8Array({ minLength: 1, maxLength: 100 }),
    });
    fc.assert(
      fc.property(form, ({ secret, ...request }) => {
        const material = { kind: 'secret', bytes: secret } as const;
        const signed = signEnvelope(request, material, nodeCrypto);
        if (!signed.ok) throw new Error(signed.error.message);
        const envelope = openEnvelope(signed.value);
        expect(envelope.payload?.bytes).toEqual(request.claims);
        expect(envelope.kid).toMatchObject({ bytes: request.kid, in: request.kidIn });
        expect(envelope.tags).toEqual(request.tags);
        expect(verify(envelope, [{ ref: 'k', encoding: 'raw', material }], nodeCrypto)).toMatchObject({
          state: 'verified',
          context: request.context,
          payload: request.payloadForm === 'bytes' ? 'bytes' : 'text',
        });
      }),
      { seed: 5007, numRuns: 2_000 },
    );
  });

  it('of hostile shapes are answered', () => {
    const deep = new Uint8Array(65_536).fill(0xd1);
    const nested = new Uint8Array(65_536).fill(0x81);
    const open = new Uint8Array(65_536).fill(0x9f);
    for (const bytes of [deep, nested, open]) examine(openEnvelope(bytes));
    // header maps as large as the reader's limits allow, all of them noteworthy
    const labels = Array.from({ length: 4_900 }, (_, i) => [1000 + i, int(0)] as const);
    const names = Array.from({ length: 4_900 }, (_, i) => [`name ${i}`, int(0)] as const);
    for (const entries of [labels, names]) {
      const items = array(cborBytes(encode(map(...entries))), map(...entries), cborBytes(SECRET), cborBytes(SECRET));
      const started = performance.now();
      const envelope = openEnvelope(encode(tag(17, items)));
      expect(performance.now() - started).toBeLessThan(1_000);
      expect(envelope.findings.length).toBeLessThan(10);
    }
    examine(openDotEnvelope('.'.repeat(65_536)));
  });
});
