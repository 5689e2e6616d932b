import { describe, expect, it } from 'vitest';
import { nodeCrypto } from '../../../main/crypto/node-crypto.ts';
import { bytes, int, map } from '../../../shared/cbor/build.ts';
import type { CandidateKey } from '../../../shared/cose/crypto-port.ts';
import { decryptEnvelope } from '../../../shared/cose/decrypt.ts';
import { openEnvelope } from '../../../shared/cose/open.ts';
import { verify } from '../../../shared/cose/verify.ts';
import { VECTORS, vectorBytes, vectorSecret } from '../../vectors/load-vectors.ts';
import { assemble, CLAIMS, issue, SECRET, secretKey } from './tokens.ts';

const key = (length: number, fill = 7): CandidateKey => secretKey(new Uint8Array(length).fill(fill));
const seal = (alg: string, length: number, claims = CLAIMS) =>
  openEnvelope(issue({ alg, tags: [61, 16] }, key(length).material, claims));

describe('decryptEnvelope', () => {
  it.each([
    ['A128GCM', 16],
    ['A192GCM', 24],
    ['A256GCM', 32],
  ])('opens %s', (alg, length) => {
    const envelope = seal(alg, length);
    expect(envelope).toMatchObject({ kind: 'cose-encrypt0', payload: { form: 'ciphertext' }, findings: [] });
    expect(envelope.payload?.claims).toBeUndefined();
    const { integrity, content } = decryptEnvelope(envelope, [key(length)], nodeCrypto);
    expect(integrity).toMatchObject({ state: 'verified', context: 'Encrypt0', tried: 1 });
    expect(content).toMatchObject({ kind: 'unknown', payload: { form: 'bare', claims: { kind: 'map' } } });
    expect(content?.bytes).toEqual(CLAIMS);
    expect(verify(envelope, [key(length)], nodeCrypto)).toEqual(integrity);
  });

  it('never uses an IV twice', () => {
    const ivs = [seal('A128GCM', 16), seal('A128GCM', 16)].map(({ iv }) => Buffer.from(iv ?? []).toString('hex'));
    expect(ivs[0]).toHaveLength(24);
    expect(ivs[0]).not.toBe(ivs[1]);
  });

  it('leaves the integrity of a nested token to that token', () => {
    const signed = issue({ tags: [17] });
    const { content } = decryptEnvelope(seal('A256GCM', 32, signed), [key(32)], nodeCrypto);
    if (content === undefined) throw new Error('it did not open');
    expect(verify(content, [secretKey()], nodeCrypto)).toMatchObject({ state: 'verified', context: 'MAC0' });
    expect(verify(content, [key(32)], nodeCrypto).state).toBe('failed');
  });

  it('fails with another key, and after a bit of header, IV or ciphertext was flipped', () => {
    expect(decryptEnvelope(seal('A128GCM', 16), [key(16, 8)], nodeCrypto)).toMatchObject({
      integrity: { state: 'failed', tried: 1 },
    });
    const envelope = seal('A128GCM', 16);
    for (const node of [envelope.protected.node, envelope.payload?.node])
      for (let at = node?.headEnd ?? 0; at < (node?.end ?? 0); at++) {
        const changed = envelope.bytes.slice();
        changed[at] = (changed[at] ?? 0) ^ 1;
        const { integrity, content } = decryptEnvelope(openEnvelope(changed), [key(16)], nodeCrypto);
        expect(integrity.state, `byte ${at}`).not.toBe('verified');
        expect(content).toBeUndefined();
      }
  });

  it('says why it cannot', () => {
    const reason = (envelope = seal('A128GCM', 16), ...keys: CandidateKey[]) =>
      decryptEnvelope(envelope, keys, nodeCrypto).integrity;
    expect(reason(seal('A128GCM', 16)).state).toBe('not-checked');
    expect(reason(seal('A128GCM', 16), key(32))).toMatchObject({
      state: 'cannot-check',
      reason: 'A128GCM takes a key of 16 bytes, secret has 32.',
    });
    const sealed = { tags: [16], payload: bytes(SECRET) };
    const noIv = openEnvelope(assemble({ ...sealed, protectedMap: map([1, int(1)]) }));
    expect(reason(noIv, key(16))).toMatchObject({ state: 'cannot-check', reason: expect.stringContaining('no IV') });
    const noAlg = openEnvelope(assemble({ ...sealed, protectedMap: map() }));
    expect(reason(noAlg, key(16))).toMatchObject({
      state: 'cannot-check',
      reason: expect.stringContaining('algorithm'),
    });
  });

  it('opens AES-CCM where the host has it and says so where it has not', () => {
    const vector = VECTORS.find(({ alg }) => alg?.startsWith('10 '));
    const secret = vector && vectorSecret(vector);
    if (vector === undefined || secret === undefined) throw new Error('no AES-CCM vector');
    const envelope = openEnvelope(vectorBytes(vector));
    expect(verify(envelope, [secretKey(secret)], nodeCrypto).state).toBe('verified');
    const { openAesCcm: _, ...without } = nodeCrypto;
    expect(verify(envelope, [secretKey(secret)], without)).toMatchObject({
      state: 'cannot-check',
      reason: 'Catwalk cannot compute AES-CCM-16-64-128 here.',
    });
  });
});
