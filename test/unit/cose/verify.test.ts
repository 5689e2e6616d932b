import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { nodeCrypto } from '../../../main/crypto/node-crypto.ts';
import { bytes, int, map, NULL, text } from '../../../shared/cbor/build.ts';
import { encode } from '../../../shared/cbor/encode.ts';
import type { AsymmetricKey, CandidateKey } from '../../../shared/cose/crypto-port.ts';
import type { Envelope } from '../../../shared/cose/envelope.ts';
import { isLowS } from '../../../shared/cose/low-s.ts';
import { openEnvelope } from '../../../shared/cose/open.ts';
import { openDotEnvelope } from '../../../shared/cose/open-dot.ts';
import { encodeSigned } from '../../../shared/cose/structures.ts';
import { verify } from '../../../shared/cose/verify.ts';
import { assemble, CLAIMS, issue, SECRET, secretKey } from './tokens.ts';

const pair = (
  keys: { readonly privateKey: KeyObject; readonly publicKey: KeyObject },
  family: AsymmetricKey['family'],
) => ({
  signing: { kind: 'asymmetric', key: { family, private: true, handle: keys.privateKey } } as const,
  publicKey: (more: Partial<CandidateKey> = {}): CandidateKey => ({
    ref: family,
    encoding: 'pem',
    material: { kind: 'asymmetric', key: { family, private: false, handle: keys.publicKey } },
    ...more,
  }),
  pem: String(keys.publicKey.export({ format: 'pem', type: 'spki' })),
  der: keys.publicKey.export({ format: 'der', type: 'spki' }),
  jwk: JSON.stringify(keys.publicKey.export({ format: 'jwk' })),
});
const ec = pair(generateKeyPairSync('ec', { namedCurve: 'P-256' }), 'ec-p256');
const rsa = pair(generateKeyPairSync('rsa', { modulusLength: 2048 }), 'rsa');
const other = secretKey(new TextEncoder().encode('another secret of the same length'), { ref: 'other' });

const check = (token: Uint8Array | Envelope, ...keys: readonly CandidateKey[]) =>
  verify(token instanceof Uint8Array ? openEnvelope(token) : token, keys, nodeCrypto);

describe('verify', () => {
  it('does not check without a key', () => {
    expect(check(issue())).toMatchObject({ state: 'not-checked', tried: 0 });
  });

  it.each([
    ['HS256', issue(), secretKey(), 'MAC0'],
    ['HS256/64', issue({ alg: 'HS256/64' }), secretKey(), 'MAC0'],
    ['ES256', issue({ alg: 'ES256', tags: [61, 18] }, ec.signing), ec.publicKey(), 'Signature1'],
    ['PS256', issue({ alg: 'PS256', tags: [61, 18] }, rsa.signing), rsa.publicKey(), 'Signature1'],
  ] as const)('verifies %s and fails with another key', (_, token, key, context) => {
    expect(check(token, key)).toMatchObject({ state: 'verified', ref: key.ref, context, payload: 'bytes', tried: 1 });
    const wrong =
      key.material.kind === 'secret'
        ? other
        : key.ref === 'rsa'
          ? pair(generateKeyPairSync('rsa', { modulusLength: 2048 }), 'rsa').publicKey()
          : pair(generateKeyPairSync('ec', { namedCurve: 'P-256' }), 'ec-p256').publicKey();
    expect(check(token, wrong)).toMatchObject({ state: 'failed', reason: expect.stringContaining('another key’s') });
  });

  it('verifies with the private half too', () => {
    const token = issue({ alg: 'ES256', tags: [18] }, ec.signing);
    expect(check(token, { ref: 'private', encoding: 'jwk', material: ec.signing }).state).toBe('verified');
  });

  it.each([
    ['MAC0', 'bytes'],
    ['Signature1', 'bytes'],
    ['MAC0', 'hex-text'],
    ['Signature1', 'hex-text'],
  ] as const)('finds a MAC over %s with the payload as %s', (context, payloadForm) => {
    const result = check(issue({ context, payloadForm }), other, secretKey());
    expect(result).toMatchObject({ state: 'verified', context, payload: payloadForm === 'bytes' ? 'bytes' : 'text' });
  });

  it('finds a MAC over the bytes when they travel as hex text, and over the text when they travel as bytes', () => {
    const headers = encode(map([1, int(5)]));
    const hex = new TextEncoder().encode(Buffer.from(CLAIMS).toString('hex'));
    const overBytes = encodeSigned('MAC0', headers, { type: 'bytes', content: CLAIMS });
    const overText = encodeSigned('MAC0', headers, { type: 'text', content: hex });
    const mac = (data: Uint8Array) => bytes(nodeCrypto.hmacSha256(SECRET, data));
    const asText = assemble({ payload: text(new TextDecoder().decode(hex)), proof: mac(overBytes) });
    expect(check(asText, secretKey())).toMatchObject({ state: 'verified', payload: 'bytes' });
    expect(check(assemble({ proof: mac(overText) }), secretKey())).toMatchObject({
      state: 'verified',
      payload: 'text',
    });
  });

  it('authenticates an empty protected header as h’’ however it was written, and as h’a0’ too', () => {
    const mac = (protectedBytes: Uint8Array) =>
      bytes(nodeCrypto.hmacSha256(SECRET, encodeSigned('MAC0', protectedBytes, { type: 'bytes', content: CLAIMS })));
    const empty = new Uint8Array();
    const emptyMap = new Uint8Array([0xa0]);
    for (const received of [empty, emptyMap])
      for (const signed of [empty, emptyMap]) {
        const token = assemble({ protectedItem: bytes(received), unprotected: map([1, int(5)]), proof: mac(signed) });
        expect(check(token, secretKey()).state).toBe('verified');
      }
  });

  it('counts what it computed', () => {
    // MAC0 and Signature1, payload as bytes and as text, by two keys
    expect(check(issue(), other, { ...other, ref: 'again' })).toMatchObject({ state: 'failed', tried: 8 });
    const emptyHeader = assemble({ protectedItem: bytes(new Uint8Array()), unprotected: map([1, int(5)]) });
    expect(check(emptyHeader, other)).toMatchObject({ state: 'failed', tried: 8 });
    expect(
      check(
        issue({ alg: 'ES256', tags: [18] }, ec.signing),
        pair(generateKeyPairSync('ec', { namedCurve: 'P-256' }), 'ec-p256').publicKey(),
      ),
    ).toMatchObject({ state: 'failed', tried: 2 });
  });

  it('tries the key of the token’s kid first, and never demands it', () => {
    const token = issue({ kid: new TextEncoder().encode('k1') });
    const right = secretKey(SECRET, { ref: 'right', kid: 'k1' });
    expect(check(token, other, other, right)).toMatchObject({ ref: 'right', kidMatches: true, tried: 1 });
    expect(check(token, secretKey(SECRET, { kid: '6B31' }))).toMatchObject({ state: 'verified', kidMatches: true });
    expect(check(token, secretKey(SECRET, { kid: 'k2' }))).toMatchObject({ state: 'verified', kidMatches: false });
    expect(check(token, secretKey())).toMatchObject({ state: 'verified', kidMatches: undefined });
    expect(check(token, { ...other, kid: 'k1' })).toMatchObject({ state: 'failed', kidMatches: true });
    expect(check(token, { ...other, kid: 'k2' })).toMatchObject({ state: 'failed', kidMatches: false });
    expect(check(token, other)).toMatchObject({ state: 'failed', kidMatches: undefined });
  });

  it('says which reading of the secret fits', () => {
    const key = secretKey(SECRET, { encoding: 'base64', withNewline: true });
    expect(check(issue(), key)).toMatchObject({ state: 'verified', encoding: 'base64', withNewline: true });
  });

  it('says whether Fastly takes the s of a signature', () => {
    const token = openEnvelope(issue({ alg: 'ES256', tags: [18] }, ec.signing));
    expect(check(token, ec.publicKey())).toMatchObject({ state: 'verified', lowS: true });
    const high = flipS(token.proof?.bytes ?? new Uint8Array());
    expect(isLowS(high)).toBe(false);
    const changed = assemble({
      tags: [18],
      protectedItem: bytes(token.protected.bytes),
      payload: bytes(CLAIMS),
      proof: bytes(high),
    });
    expect(check(changed, ec.publicKey())).toMatchObject({ state: 'verified', lowS: false });
  });

  it('uses the external data that it is given', () => {
    const externalAad = new Uint8Array([1, 2, 3]);
    const signed = encodeSigned('MAC0', encode(map([1, int(5)])), { type: 'bytes', content: CLAIMS }, externalAad);
    const token = openEnvelope(assemble({ proof: bytes(nodeCrypto.hmacSha256(SECRET, signed)) }));
    expect(verify(token, [secretKey()], nodeCrypto, { externalAad }).state).toBe('verified');
    expect(verify(token, [secretKey()], nodeCrypto).state).toBe('failed');
  });
});

describe('a changed token', () => {
  const tokens = {
    HS256: [issue({ kid: new Uint8Array([1]) }), secretKey()],
    'HS256/64': [issue({ alg: 4 }), secretKey()],
    'hex text': [issue({ payloadForm: 'hex-text' }), secretKey()],
    ES256: [issue({ alg: 'ES256', tags: [18] }, ec.signing), ec.publicKey()],
  } as const;

  it.each(Object.entries(tokens))('does not verify after one bit of it was flipped: %s', (_, [token, key]) => {
    const { protected: headers, payload, proof } = openEnvelope(token);
    for (const node of [headers.node, payload?.node, proof?.node]) {
      if (node === undefined) throw new Error('not a whole token');
      for (let at = node.headEnd as number; at < node.end; at++)
        for (let bit = 0; bit < 8; bit++) {
          const changed = token.slice();
          changed[at] = (changed[at] ?? 0) ^ (1 << bit);
          expect(check(changed, key).state, `byte ${at}, bit ${bit}`).not.toBe('verified');
        }
    }
  });

  it.each([0, 1, 8, 16, 31, 33, 64])('does not verify with %i bytes of an HS256 MAC', (length) => {
    const whole = openEnvelope(issue()).proof?.bytes ?? new Uint8Array();
    const proof = new Uint8Array(length);
    proof.set(whole.subarray(0, length));
    const result = check(assemble({ proof: bytes(proof) }), secretKey());
    expect(result).toMatchObject({ state: 'failed', reason: `HS256 makes 32 bytes, but this MAC has ${length}.` });
  });

  it('does not take the first 8 bytes of a MAC for HS256, nor all 32 for HS256/64', () => {
    const short = openEnvelope(issue({ alg: 4 }));
    expect(short.proof?.bytes).toHaveLength(8);
    const full = nodeCrypto.hmacSha256(
      SECRET,
      encodeSigned('MAC0', short.protected.bytes, { type: 'bytes', content: CLAIMS }),
    );
    const long = assemble({ protectedItem: bytes(short.protected.bytes), proof: bytes(full) });
    expect(check(long, secretKey()).state).toBe('failed');
  });
});

describe('algorithm confusion', () => {
  /** The attack: the header says HS256, and the MAC is made with the public key's bytes as its secret. */
  it.each([
    ['PEM', new TextEncoder().encode(ec.pem)],
    ['PEM with a line break before it', new TextEncoder().encode(`\n${ec.pem}`)],
    ['DER', ec.der],
    ['JWK', new TextEncoder().encode(ec.jwk)],
    ['PEM of RSA', new TextEncoder().encode(rsa.pem)],
    ['DER of RSA', rsa.der],
  ])('never uses a public key as a secret: %s', (_, content) => {
    const forged = issue({}, { kind: 'secret', bytes: content });
    expect(check(forged, ec.publicKey())).toMatchObject({ state: 'cannot-check', alarm: true, tried: 0 });
    expect(check(forged, secretKey(content))).toMatchObject({ state: 'cannot-check', alarm: true, tried: 0 });
    // beside a real secret the token is simply not that secret's
    expect(check(forged, secretKey(content), secretKey()).state).toBe('failed');
  });

  it('refuses a structure that its algorithm does not belong in', () => {
    for (const pieces of [
      { protectedMap: map([1, int(-7)]) },
      { tags: [18] },
      { tags: [18], protectedMap: map([1, int(1)]) },
    ])
      expect(check(assemble(pieces), secretKey(), ec.publicKey())).toMatchObject({
        state: 'cannot-check',
        alarm: true,
      });
  });

  it('says without an alarm that only secrets were given for a signature', () => {
    const token = issue({ alg: 'ES256', tags: [18] }, ec.signing);
    const result = check(token, secretKey());
    expect(result).toMatchObject({ state: 'cannot-check', reason: expect.stringContaining('shared secret') });
    expect(result).not.toHaveProperty('alarm');
    expect(check(token, rsa.publicKey())).toMatchObject({
      state: 'cannot-check',
      reason: expect.stringContaining('RSA'),
    });
  });

  it('keeps a key to the algorithm it was made for', () => {
    expect(check(issue(), secretKey(SECRET, { alg: 'A256GCM' }))).toMatchObject({
      state: 'cannot-check',
      reason: 'The token says HS256, but secret was made for A256GCM.',
    });
    // a shortened MAC is the same function
    expect(check(issue({ alg: 4 }), secretKey(SECRET, { alg: 'HS256' })).state).toBe('verified');
    expect(check(issue(), secretKey(SECRET, { alg: 'HS256' })).state).toBe('verified');
  });

  it('does not listen to an unprotected algorithm beside protected headers', () => {
    const protectedMap = map([16, text('CAT')]);
    const signed = encodeSigned('MAC0', encode(protectedMap), { type: 'bytes', content: CLAIMS });
    const proof = bytes(nodeCrypto.hmacSha256(SECRET, signed));
    // the structure and the key say HS256, whatever is written where nobody authenticates it
    const token = assemble({ protectedMap, unprotected: map([1, int(-7)]), proof });
    expect(check(token, secretKey()).state).toBe('verified');
    expect(check(token, ec.publicKey())).toMatchObject({ state: 'cannot-check', alarm: true });
  });
});

describe('what cannot be checked', () => {
  it.each([
    ['bare claims', CLAIMS, 'without an envelope'],
    ['an unknown algorithm', assemble({ protectedMap: map([1, int(-9999)]) }), 'algorithm -9999'],
    ['an algorithm that is not computed', assemble({ protectedMap: map([1, int(7)]) }), 'HS512'],
    ['a missing MAC', assemble({ proof: NULL }), 'no MAC'],
    ['a detached payload', assemble({ payload: NULL }), 'no payload'],
    ['several recipients', assemble({ tags: [97] }), 'structure'],
  ])('%s', (_, token, reason) => {
    const result = check(token, secretKey());
    expect(result).toMatchObject({ state: 'cannot-check', tried: 0, reason: expect.stringContaining(reason) });
  });

  it('leaves the algorithm to the key when the header has none', () => {
    const headers = encode(map([16, text('CAT')]));
    const signed = (context: 'MAC0' | 'Signature1') =>
      encodeSigned(context, headers, { type: 'bytes', content: CLAIMS });
    const protectedItem = bytes(headers);
    const mac = nodeCrypto.hmacSha256(SECRET, signed('MAC0'));
    for (const proof of [mac, mac.subarray(0, 8)])
      expect(check(assemble({ protectedItem, proof: bytes(proof) }), secretKey()).state).toBe('verified');
    const es256 = nodeCrypto.signEs256(ec.signing.key, signed('Signature1'));
    expect(check(assemble({ tags: [18], protectedItem, proof: bytes(es256) }), ec.publicKey()).state).toBe('verified');
    const ps256 = nodeCrypto.signPs256(rsa.signing.key, signed('Signature1'));
    expect(check(assemble({ tags: [18], protectedItem, proof: bytes(ps256) }), rsa.publicKey()).state).toBe('verified');
  });
});

describe('the dot form', () => {
  const part = (content: Uint8Array): string => Buffer.from(content).toString('base64url');
  const dot = (alg: number, prove: (signed: Uint8Array) => Uint8Array): string => {
    const input = `${part(encode(map([1, int(alg)], [16, text('CAT')])))}.${part(CLAIMS)}`;
    return `${input}.${part(prove(new TextEncoder().encode(input)))}`;
  };
  const hmac = dot(-4, (signed) => nodeCrypto.hmacSha256(SECRET, signed));

  it('is read and verified over its text', () => {
    const envelope = openDotEnvelope(hmac);
    expect(envelope).toMatchObject({ kind: 'c4m-dot', tags: [], alg: { id: -4 }, dialects: ['c4m', 'typ-16'] });
    expect(envelope.payload?.bytes).toEqual(CLAIMS);
    expect(check(envelope, secretKey())).toMatchObject({ state: 'verified', context: 'dot' });
    const signed = openDotEnvelope(dot(-7, (input) => nodeCrypto.signEs256(ec.signing.key, input)));
    expect(check(signed, ec.publicKey())).toMatchObject({ state: 'verified', context: 'dot' });
    expect(check(signed, secretKey()).state).toBe('cannot-check');
    expect(check(envelope, ec.publicKey())).toMatchObject({ state: 'cannot-check', alarm: true });
  });

  it('fails after any character of it was changed', () => {
    for (let at = 0; at < hmac.length; at++) {
      // the last character carries bits that belong to no byte
      if (at === hmac.length - 1) continue;
      const letter = hmac[at] === 'A' ? 'B' : 'A';
      const changed = openDotEnvelope(`${hmac.slice(0, at)}${letter}${hmac.slice(at + 1)}`);
      expect(check(changed, secretKey()).state, `character ${at}`).not.toBe('verified');
    }
  });

  it('is read up to where it was cut', () => {
    for (let length = 0; length < hmac.length; length++) {
      const envelope = openDotEnvelope(hmac.slice(0, length));
      expect(envelope.kind).toBe('c4m-dot');
      expect(check(envelope, secretKey()).state).not.toBe('verified');
    }
    const cut = openDotEnvelope(hmac.slice(0, hmac.indexOf('.') + 20));
    expect(cut.damagedAt).toBeLessThanOrEqual(hmac.indexOf('.') + 20);
    expect(cut.findings.map(({ code }) => code)).toContain('items-missing');
    expect(openDotEnvelope(`${hmac.slice(0, -3)}*`).damagedAt).toBe(hmac.length - 3);
  });
});

/** The other signature of the same r: s becomes n − s. */
function flipS(signature: Uint8Array): Uint8Array {
  const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
  const s = BigInt(`0x${Buffer.from(signature.subarray(32)).toString('hex')}`);
  return Buffer.concat([signature.subarray(0, 32), Buffer.from((order - s).toString(16).padStart(64, '0'), 'hex')]);
}
