import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { nodeCrypto } from '../../../main/crypto/node-crypto.ts';
import { int, text } from '../../../shared/cbor/build.ts';
import { isLowS } from '../../../shared/cose/low-s.ts';
import { openEnvelope } from '../../../shared/cose/open.ts';
import { createSigner, type EnvelopeForm, signEnvelope } from '../../../shared/cose/sign.ts';
import { verify } from '../../../shared/cose/verify.ts';
import { VECTORS, vectorBytes, vectorSecret } from '../../vectors/load-vectors.ts';
import { CLAIMS, issue, secretKey } from './tokens.ts';

const hex = (content: Uint8Array): string => Buffer.from(content).toString('hex');
const k1 = new TextEncoder().encode('k1');

describe('signEnvelope', () => {
  it.each<[string, Partial<EnvelopeForm>, RegExp]>([
    ['both tags, kid unprotected', { kid: k1 }, /^d83dd18443a10105a104426b3158/],
    ['kid protected', { kid: k1, kidIn: 'protected' }, /^d83dd18447a2010504426b31a058/],
    ['no tag', { tags: [] }, /^8443a10105a058/],
    ['one tag', { tags: [17] }, /^d18443a10105a0/],
    ['a wide tag', { tags: [992] }, /^d903e08443a10105a0/],
    [
      'further headers in order',
      { protectedHeaders: [[16, text('CAT')]], kid: k1, kidIn: 'protected' },
      /^d83dd1844ca3010504426b311063434154a0/,
    ],
    ['another spelling of the algorithm', { protectedHeaders: [[1, text('5')]] }, /^d83dd18444a1016135a0/],
    [
      'unprotected headers',
      { unprotectedHeaders: [['note', int(1)]], kid: k1 },
      /^d83dd18443a10105a204426b31646e6f746501/,
    ],
    ['hex text', { payloadForm: 'hex-text' }, /^d83dd18443a10105a0783e6132303137/],
  ])('writes %s', (_, form, bytes) => {
    expect(hex(issue(form))).toMatch(bytes);
    expect(verify(openEnvelope(issue(form)), [secretKey()], nodeCrypto).state).toBe('verified');
  });

  it('makes the same bytes as others do with the same headers and claims', () => {
    let compared = 0;
    for (const vector of VECTORS) {
      const secret = vectorSecret(vector);
      const envelope = openEnvelope(vectorBytes(vector));
      const { alg, kid, payload, protected: headers } = envelope;
      const plain = headers.bytes.length === 3 && (kid === undefined || kid.in === 'unprotected');
      if (
        vector.checked !== 'mac ok' ||
        vector.form !== 'cose' ||
        !secret ||
        !plain ||
        vector.context?.['external_aad_hex']
      )
        continue;
      if (alg === undefined || payload === undefined || envelope.dialects.includes('text-label-4')) continue;
      const made = issue(
        {
          alg: alg.id,
          tags: envelope.tags,
          ...(kid && { kid: kid.bytes }),
          payloadForm: payload.form === 'hex-text' ? 'hex-text' : 'bytes',
        },
        { kind: 'secret', bytes: secret },
        payload.bytes,
      );
      expect(hex(made), vector.id).toBe(hex(envelope.bytes));
      compared++;
    }
    expect(compared).toBeGreaterThan(20);
  });

  it('gives ES256 signatures the low s', () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const key = { kind: 'asymmetric', key: { family: 'ec-p256', private: true, handle: privateKey } } as const;
    const candidate = { ref: 'ec', encoding: 'pem', material: key } as const;
    for (let i = 0; i < 20; i++) {
      const envelope = openEnvelope(issue({ alg: 'ES256', tags: [18] }, key));
      expect(isLowS(envelope.proof?.bytes ?? new Uint8Array())).toBe(true);
      expect(verify(envelope, [candidate], nodeCrypto)).toMatchObject({ state: 'verified', lowS: true });
    }
  });

  it('prepares a signer that makes the same tokens', () => {
    const form: EnvelopeForm = { alg: 5, tags: [61, 17], kid: k1 };
    const signer = createSigner(form, secretKey().material, nodeCrypto);
    if (!signer.ok) throw new Error(signer.error.message);
    expect(signer.value(CLAIMS)).toEqual(issue(form));
    for (const claims of [[0xa0], [0xa1, 1, 2], [0xa1, 3, 4], [0xa0], [0xa1, 1, 2]].map((all) => Uint8Array.from(all)))
      expect(signer.value(claims)).toEqual(issue(form, secretKey().material, claims));
  });

  it.each<EnvelopeForm>([
    { alg: 'HS256/64', tags: [17] },
    { alg: 'ES256', tags: [18], kidIn: 'protected', kid: k1 },
    { alg: 5, tags: [], payloadForm: 'hex-text' },
  ])('writes over its last token in the form $alg $payloadForm', (form) => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const pair = { kind: 'asymmetric', key: { family: 'ec-p256', private: true, handle: privateKey } } as const;
    const material = form.alg === 'ES256' ? pair : secretKey().material;
    const signer = createSigner(form, material, nodeCrypto);
    if (!signer.ok) throw new Error(signer.error.message);
    const key = { ref: 'k', encoding: form.alg === 'ES256' ? 'pem' : 'hex', material } as const;
    for (const exp of [1, 2, 3]) {
      const claims = Uint8Array.from([0xa1, 4, exp]);
      const envelope = openEnvelope(signer.value(claims));
      expect(envelope.payload?.claims).toEqual(openEnvelope(issue(form, material, claims)).payload?.claims);
      expect(verify(envelope, [key], nodeCrypto)).toMatchObject({ state: 'verified' });
    }
  });

  it('refuses a key that cannot serve', () => {
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const ecPublic = { kind: 'asymmetric', key: { family: 'ec-p256', private: false, handle: publicKey } } as const;
    const { material } = secretKey();
    const code = (alg: number | string, key: Parameters<typeof signEnvelope>[1] = material) => {
      const signed = signEnvelope({ alg, tags: [], claims: CLAIMS }, key, nodeCrypto);
      return signed.ok ? 'signed' : signed.error.code;
    };
    expect(code('HS512')).toBe('ERR_SIGN_ALG');
    expect(code('none')).toBe('ERR_SIGN_ALG');
    expect(code(10)).toBe('ERR_SIGN_ALG');
    expect(code('HS256', ecPublic)).toBe('ERR_SIGN_KEY_CLASS');
    expect(code('ES256')).toBe('ERR_SIGN_KEY_CLASS');
    expect(code('PS256', ecPublic)).toBe('ERR_SIGN_KEY_CLASS');
    expect(code('ES256', ecPublic)).toBe('ERR_SIGN_KEY_PUBLIC');
    expect(code('HS256', { kind: 'secret', bytes: new Uint8Array() })).toBe('ERR_SIGN_KEY_LENGTH');
    expect(code('A128GCM')).toBe('ERR_SIGN_KEY_LENGTH');
    expect(code('A256GCM')).toBe('signed');
  });
});
