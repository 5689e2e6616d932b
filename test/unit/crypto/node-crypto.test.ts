import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { describe, expect, it } from 'vitest';
import { nodeCrypto } from '../../../main/crypto/node-crypto.ts';
import type { AsymmetricKey } from '../../../shared/cose/crypto-port.ts';
import { hexBytes, VECTORS, vectorBytes, vectorSecret } from '../../vectors/load-vectors.ts';

const DATA = new TextEncoder().encode('what do ya want for nothing?');
const EMPTY = new Uint8Array();

function pair(
  family: AsymmetricKey['family'],
  namedCurve = 'P-256',
): { readonly signing: AsymmetricKey; readonly verifying: AsymmetricKey } {
  const keys =
    family === 'rsa' ? generateKeyPairSync('rsa', { modulusLength: 2048 }) : generateKeyPairSync('ec', { namedCurve });
  return {
    signing: { family, private: true, handle: keys.privateKey },
    verifying: { family, private: false, handle: keys.publicKey },
  };
}
const ec = pair('ec-p256');
const rsa = pair('rsa');

describe('nodeCrypto', () => {
  it('computes HMAC-SHA-256 (RFC 4231 test case 2)', () => {
    const mac = nodeCrypto.hmacSha256(new TextEncoder().encode('Jefe'), DATA);
    expect(Buffer.from(mac).toString('hex')).toBe('5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843');
  });

  it('agrees with another implementation on keys of every length', () => {
    for (const length of [0, 1, 63, 64, 65, 200]) {
      const key = new Uint8Array(length).fill(length);
      expect(new Uint8Array(nodeCrypto.hmacSha256(key, DATA))).toEqual(hmac(sha256, key, DATA));
    }
  });

  it('compares without throwing on different lengths', () => {
    expect(nodeCrypto.equal(DATA, DATA.slice())).toBe(true);
    expect(nodeCrypto.equal(DATA, DATA.subarray(1))).toBe(false);
    expect(nodeCrypto.equal(EMPTY, EMPTY)).toBe(true);
  });

  it('signs ES256 as r and s side by side, and PS256', () => {
    const signature = nodeCrypto.signEs256(ec.signing, DATA);
    expect(signature).toHaveLength(64);
    expect(nodeCrypto.verifyEs256(ec.verifying, DATA, signature)).toBe(true);
    expect(nodeCrypto.verifyEs256(ec.signing, DATA, signature)).toBe(true);
    const pss = nodeCrypto.signPs256(rsa.signing, DATA);
    expect(pss).toHaveLength(256);
    expect(nodeCrypto.verifyPs256(rsa.verifying, DATA, pss)).toBe(true);
    expect(nodeCrypto.verifyPs256(rsa.verifying, DATA.subarray(1), pss)).toBe(false);
  });

  it('answers instead of throwing when a signature, a key or a handle is not what it should be', () => {
    const { verifying: p384 } = pair('ec-p256', 'P-384');
    for (const signature of [EMPTY, new Uint8Array(64), new Uint8Array(63), new Uint8Array(500).fill(255)])
      for (const key of [
        ec.verifying,
        rsa.verifying,
        p384,
        { family: 'rsa', private: false, handle: 'no key' } as const,
      ]) {
        expect(nodeCrypto.verifyEs256(key, DATA, signature)).toBe(false);
        expect(nodeCrypto.verifyPs256(key, DATA, signature)).toBe(false);
      }
  });

  it('does not take a DER signature for ES256', () => {
    const der = hexBytes('3006020101020101');
    expect(nodeCrypto.verifyEs256(ec.verifying, DATA, der)).toBe(false);
  });

  it.each([16, 24, 32])('seals and opens AES-GCM with %i bytes of key', (length) => {
    const key = nodeCrypto.randomBytes(length);
    const iv = nodeCrypto.randomBytes(12);
    const sealed = nodeCrypto.sealAesGcm(key, iv, DATA, EMPTY);
    expect(sealed).toHaveLength(DATA.length + 16);
    expect(nodeCrypto.openAesGcm(key, iv, sealed, EMPTY)).toEqual(DATA);
    expect(nodeCrypto.openAesGcm(key, iv, sealed, DATA)).toBeUndefined();
    expect(nodeCrypto.openAesGcm(key, iv, sealed.subarray(1), EMPTY)).toBeUndefined();
    expect(nodeCrypto.openAesGcm(key, iv, sealed.subarray(0, 15), EMPTY)).toBeUndefined();
    expect(nodeCrypto.openAesGcm(key.subarray(1), iv, sealed, EMPTY)).toBeUndefined();
    expect(nodeCrypto.openAesGcm(key, EMPTY, sealed, EMPTY)).toBeUndefined();
  });

  it('opens no AES-CCM with a wrong key, tag, IV or length', () => {
    const open = nodeCrypto.openAesCcm;
    const vector = VECTORS.find(({ alg }) => alg?.startsWith('10 '));
    const key = vector && vectorSecret(vector);
    if (open === undefined || vector === undefined || key === undefined) throw new Error('this Node has no AES-CCM');
    const ciphertext = vectorBytes(vector).slice(-40);
    for (const [secret, iv, sealed, tagLength] of [
      [key, new Uint8Array(13), ciphertext, 8],
      [key.subarray(1), new Uint8Array(13), ciphertext, 8],
      [key, new Uint8Array(2), ciphertext, 8],
      [key, new Uint8Array(13), ciphertext.subarray(0, 7), 8],
      [key, new Uint8Array(13), ciphertext, 3],
    ] as const)
      expect(open(secret, iv, sealed, EMPTY, tagLength)).toBeUndefined();
  });

  it('verifies a signature that it did not make (RFC 8392 A.3)', () => {
    const vector = VECTORS.find(({ id }) => id === 'rfc8392-published-a3');
    expect(vector?.publicKey).not.toBeNull();
    const { x = '', y = '' } = vector?.publicKey ?? {};
    const url = (hex: string): string => Buffer.from(hex, 'hex').toString('base64url');
    const handle = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x: url(x), y: url(y) }, format: 'jwk' });
    const token = vector ? vectorBytes(vector) : EMPTY;
    const signature = token.subarray(-64);
    const payload = token.subarray(token.indexOf(0xa7), -66);
    const signed = Buffer.concat([hexBytes('846a5369676e61747572653143a10126405850'), payload]);
    expect(nodeCrypto.verifyEs256({ family: 'ec-p256', private: false, handle }, signed, signature)).toBe(true);
  });
});
