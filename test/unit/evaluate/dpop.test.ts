import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { nodeCrypto } from '../../../main/crypto/node-crypto.ts';
import { readJwk } from '../../../main/keys/jwk.ts';
import { encodeBase64url } from '../../../shared/bytes/base64.ts';
import { encodeHex } from '../../../shared/bytes/hex.ts';
import { bytes, int, map, text } from '../../../shared/cbor/build.ts';
import {
  type DpopProof,
  jwkThumbprint,
  parseDpopProof,
  proofVerifier,
  withProof,
} from '../../../shared/evaluate/dpop.ts';
import { judge } from '../../../shared/evaluate/evaluate-claims.ts';
import type { JsonObject } from '../../../shared/json.ts';
import { cta5007 } from '../../../shared/verifiers/cta-5007.ts';
import { claimsOf, NOW, tableRecipient } from './judging.ts';

const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const jwk = pair.publicKey.export({ format: 'jwk' }) as JsonObject;
const part = (json: object) => encodeBase64url(Buffer.from(JSON.stringify(json)));

interface ProofParts {
  readonly header?: object;
  readonly payload?: object;
}
function proofText({ header = {}, payload = {} }: ProofParts = {}): string {
  const input = `${part({ typ: 'dpop+jwt', alg: 'ES256', jwk, ...header })}.${part({
    jti: 'a',
    htm: 'GET',
    htu: 'https://cdn.example.com/a/b.m3u8',
    iat: NOW - 5,
    ...payload,
  })}`;
  const signature = sign('sha256', Buffer.from(input), { key: pair.privateKey, dsaEncoding: 'ieee-p1363' });
  return `${input}.${encodeBase64url(signature)}`;
}

const verifyProof = proofVerifier(nodeCrypto, (publicKey) => {
  const key = readJwk(publicKey);
  return key.ok && key.value.material.kind === 'asymmetric' ? key.value.material.key : undefined;
});

const parsed = (text: string): DpopProof => {
  const proof = parseDpopProof(text);
  if (!proof.ok) throw new Error(proof.error);
  return proof.value;
};

describe('parseDpopProof', () => {
  it('reads a proof', () => {
    expect(parsed(proofText())).toMatchObject({
      alg: 'ES256',
      method: 'GET',
      uri: 'https://cdn.example.com/a/b.m3u8',
      jti: 'a',
      issuedAt: NOW - 5,
    });
  });

  it.each<[string, string, string]>([
    ['nothing', '', 'three parts'],
    ['two parts', 'a.b', 'three parts'],
    ['no base64url', '*.b.c', 'base64url'],
    ['no JSON', `${encodeBase64url(Buffer.from('{'))}.${part({})}.AA`, 'base64url of JSON'],
    ['another type', proofText({ header: { typ: 'JWT' } }), 'typ'],
    ['no signature', proofText({ header: { alg: 'none' } }), 'algorithm'],
    ['a MAC', proofText({ header: { alg: 'HS256' } }), 'algorithm'],
    ['no key', proofText({ header: { jwk: 'x' } }), 'public key'],
    ['a private key', proofText({ header: { jwk: { ...jwk, d: 'x' } } }), 'private key'],
    ['a key of no known kind', proofText({ header: { jwk: { kty: 'oct' } } }), 'kind'],
    ['a key without a member', proofText({ header: { jwk: { kty: 'EC', crv: 'P-256', x: 'a' } } }), 'kind'],
    ['no address', proofText({ payload: { htu: 1 } }), 'htu'],
    ['no time', proofText({ payload: { iat: '5' } }), 'iat'],
    ['far too long', 'a'.repeat(20_000), 'longer'],
  ])('refuses %s', (_, text, reason) => {
    const proof = parseDpopProof(text);
    expect(proof.ok ? 'read' : proof.error).toContain(reason);
  });
});

describe('jwkThumbprint', () => {
  it('is RFC 7638’s own example', () => {
    const key = {
      kty: 'RSA',
      n: '0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw',
      e: 'AQAB',
      alg: 'RS256',
      kid: '2011-04-29',
    };
    expect(encodeBase64url(jwkThumbprint(key) ?? new Uint8Array())).toBe('NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs');
  });
});

describe('a bound token', () => {
  const thumbprint = jwkThumbprint(jwk) ?? new Uint8Array();
  const set = claimsOf([8, map([323, bytes(thumbprint)])], [1, text('x')]);
  const request = { method: 'GET', url: 'https://CDN.example.com:443/a/./b.m3u8?CAT=tok' };
  const decisionWith = (proof: string, token?: string) => {
    const check = { verify: verifyProof, ...(token === undefined ? {} : { token }) };
    const headers = [{ name: 'DPoP', value: proof }];
    return judge(set, withProof({ ...request, headers }, check), tableRecipient, cta5007);
  };

  it('is let in with a proof of its key for this request', () => {
    expect(decisionWith(proofText()).decision).toBe('accept');
  });

  it('is not with a signature that does not verify', () => {
    const [header, payload] = proofText().split('.');
    const { claims } = decisionWith(`${header}.${payload}.${encodeBase64url(new Uint8Array(64))}`);
    expect(claims[0]).toMatchObject({ verdict: 'fail', code: 'DENY_BINDING' });
  });

  it('is not with a proof for another token', () => {
    const ath = encodeBase64url(createHash('sha256').update('tok').digest());
    expect(decisionWith(proofText({ payload: { ath } }), 'tok').decision).toBe('accept');
    expect(decisionWith(proofText({ payload: { ath } }), 'other').decision).toBe('reject');
  });

  it('is judged by the DPoP header itself, but for its signature', () => {
    const headers = [{ name: 'dpop', value: proofText() }];
    const judged = judge(set, { ...request, headers }, tableRecipient, cta5007);
    expect(judged.claims[0]).toMatchObject({ verdict: 'unknown', unknown: 'missing-input' });
    const other = judge(set, { ...request, method: 'HEAD', headers }, tableRecipient, cta5007);
    expect(other.claims[0]).toMatchObject({ verdict: 'fail', expected: 'GET', actual: 'HEAD' });
    expect(withProof({ ...request, headers: [...headers, ...headers] }, {})).not.toHaveProperty('dpop');
    const twice = judge(set, { ...request, headers: [...headers, ...headers] }, tableRecipient, cta5007);
    expect(twice.decision).toBe('reject');
    const broken = judge(set, { ...request, headers: [{ name: 'DPoP', value: 'x' }] }, tableRecipient, cta5007);
    expect(JSON.stringify(broken.claims[0]?.reason)).toContain('three parts');
  });

  it('is used once where catdpop says so', () => {
    const once = claimsOf([8, map([323, bytes(thumbprint)])], [321, map([1, int(1)])], [1, text('x')]);
    const headers = [{ name: 'DPoP', value: proofText() }];
    const verdictWith = (wasSeen?: () => boolean) => {
      const check = { verify: verifyProof, ...(wasSeen === undefined ? {} : { wasSeen }) };
      return judge(once, withProof({ ...request, headers }, check), tableRecipient, cta5007).claims[0]?.verdict;
    };
    expect([verdictWith(), verdictWith(() => false), verdictWith(() => true)]).toEqual(['unknown', 'pass', 'fail']);
  });

  it('names both keys when they differ', () => {
    const other = claimsOf([8, map([323, bytes(new Uint8Array(32))])]);
    const headers = [{ name: 'DPoP', value: proofText() }];
    const [verdict] = judge(other, withProof({ headers }, {}), tableRecipient, cta5007).claims;
    expect(verdict).toMatchObject({ expected: '00'.repeat(32), actual: encodeHex(thumbprint) });
  });
});
