import { createPrivateKey, generateKeyPairSync, type KeyObject, X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { nodeCrypto } from '../../../main/crypto/node-crypto.ts';
import { type KeyRequest, parseKey } from '../../../main/keys/parse-key.ts';
import { bytes, int, map, text } from '../../../shared/cbor/build.ts';
import { encode } from '../../../shared/cbor/encode.ts';
import type { CborValue } from '../../../shared/cbor/node.ts';
import type { CandidateKey } from '../../../shared/cose/crypto-port.ts';

const DATA = new TextEncoder().encode('data');
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ecJwk = ec.privateKey.export({ format: 'jwk' });
const rsaJwk = rsa.privateKey.export({ format: 'jwk' });

const parse = (content: string | Uint8Array, request: Partial<KeyRequest> = {}) =>
  parseKey(typeof content === 'string' ? new TextEncoder().encode(content) : content, {
    ref: 'k',
    encoding: 'auto',
    ...request,
  });

function keys(content: string | Uint8Array, request: Partial<KeyRequest> = {}): readonly CandidateKey[] {
  const parsed = parse(content, request);
  if (!parsed.ok) throw new Error(`${parsed.error.code}: ${parsed.error.message}`);
  return parsed.value;
}

const code = (content: string | Uint8Array, request: Partial<KeyRequest> = {}): string => {
  const parsed = parse(content, request);
  return parsed.ok ? 'a key' : parsed.error.code;
};

/** Whether the first key of the content is the pair's: public ones verify what the pair signs, private ones sign. */
function expectPair(
  content: string | Uint8Array,
  pair: { readonly privateKey: KeyObject; readonly publicKey: KeyObject },
  isPrivate: boolean,
  request: Partial<KeyRequest> = {},
): void {
  const [candidate] = keys(content, request);
  if (candidate?.material.kind !== 'asymmetric') throw new Error('not a key pair');
  const { key } = candidate.material;
  expect(key.private).toBe(isPrivate);
  const known = { family: key.family, private: true, handle: pair.privateKey };
  const publicKnown = { family: key.family, private: false, handle: pair.publicKey };
  const sign = key.family === 'rsa' ? nodeCrypto.signPs256 : nodeCrypto.signEs256;
  const check = key.family === 'rsa' ? nodeCrypto.verifyPs256 : nodeCrypto.verifyEs256;
  expect(check(key, DATA, sign(known, DATA))).toBe(true);
  if (isPrivate) expect(check(publicKnown, DATA, sign(key, DATA))).toBe(true);
}

type Structure = 'spki' | 'pkcs1' | 'pkcs8' | 'sec1';
// the overloads of `export` want to know which half of a pair it is
const pem = (key: KeyObject, type: Structure): string =>
  String(key.export({ format: 'pem', type } as { format: 'pem'; type: 'spki' }));
const der = (key: KeyObject, type: Structure): Buffer =>
  Buffer.from(key.export({ format: 'der', type } as { format: 'der'; type: 'spki' }));

describe('parseKey of PEM and DER', () => {
  it.each([
    ['EC SPKI', ec.publicKey, 'spki', ec],
    ['EC PKCS#8', ec.privateKey, 'pkcs8', ec],
    ['EC SEC1', ec.privateKey, 'sec1', ec],
    ['RSA SPKI', rsa.publicKey, 'spki', rsa],
    ['RSA PKCS#1, public', rsa.publicKey, 'pkcs1', rsa],
    ['RSA PKCS#8', rsa.privateKey, 'pkcs8', rsa],
    ['RSA PKCS#1, private', rsa.privateKey, 'pkcs1', rsa],
  ] as const)('reads %s', (_, key, type, pair) => {
    const isPrivate = key.type === 'private';
    const armoured = pem(key, type);
    expectPair(armoured, pair, isPrivate);
    expectPair(armoured, pair, isPrivate, { encoding: 'pem' });
    // as an environment variable has it
    expectPair(armoured.replaceAll('\n', '\\n'), pair, isPrivate);
    expectPair(armoured.replaceAll('\n', '\r\n'), pair, isPrivate);
    expectPair(`# my key\n${armoured}`, pair, isPrivate);
    expectPair(der(key, type), pair, isPrivate);
    expectPair(der(key, type), pair, isPrivate, { encoding: 'pem' });
    expectPair(der(key, type).toString('base64'), pair, isPrivate);
    expectPair(der(key, type).toString('hex'), pair, isPrivate);
    expectPair(der(key, type).toString('base64'), pair, isPrivate, { encoding: 'pem' });
    expect(keys(armoured)[0]?.encoding).toBe('pem');
  });

  it('reads the key behind the parameters that openssl writes first', () => {
    const parameters = '-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n';
    const content = parameters + pem(ec.privateKey, 'sec1');
    expect(keys(content)).toHaveLength(1);
    expectPair(content, ec, true);
  });

  it('reads every block, and the public key of a certificate', () => {
    expect(keys(pem(ec.publicKey, 'spki') + pem(rsa.publicKey, 'spki'))).toHaveLength(2);
    const certificate = new X509Certificate(CERTIFICATE);
    const pair = { publicKey: certificate.publicKey, privateKey: createPrivateKey(CERTIFICATE_KEY) };
    expectPair(CERTIFICATE, pair, false);
    expectPair(certificate.raw, pair, false);
  });

  it('says what is wrong', () => {
    const armoured = pem(ec.publicKey, 'spki');
    expect(code(armoured.slice(0, -20))).toBe('ERR_KEY_BAD_PEM');
    expect(code(armoured.replace(/\n.{20}/, '\n'))).toBe('ERR_KEY_BAD_PEM');
    expect(code('no pem', { encoding: 'pem' })).toBe('ERR_KEY_BAD_PEM');
    expect(code(new Uint8Array([0x30, 0xff]), { encoding: 'pem' })).toBe('ERR_KEY_BAD_PEM');
    expect(code(armoured.replaceAll('PUBLIC KEY', 'PGP MESSAGE'))).toBe('ERR_KEY_UNSUPPORTED');
    const encrypted = ec.privateKey.export({ format: 'pem', type: 'pkcs8', cipher: 'aes-256-cbc', passphrase: 'x' });
    expect(code(String(encrypted))).toBe('ERR_KEY_UNSUPPORTED');
    const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' });
    expect(code(pem(p384.publicKey, 'spki'))).toBe('ERR_KEY_UNSUPPORTED');
    expect(code(pem(generateKeyPairSync('ed25519').publicKey, 'spki'))).toBe('ERR_KEY_UNSUPPORTED');
    const short = generateKeyPairSync('rsa', { modulusLength: 1024 });
    expect(code(pem(short.publicKey, 'spki'))).toBe('ERR_KEY_TOO_SHORT');
  });
});

describe('parseKey of JWK', () => {
  const { d: _, ...ecPublic } = ecJwk;
  const { kty, n, e } = rsaJwk;

  it('reads EC and RSA, public and private', () => {
    expectPair(JSON.stringify(ecPublic), ec, false);
    expectPair(JSON.stringify(ecJwk), ec, true);
    expectPair(JSON.stringify({ kty, n, e }), rsa, false);
    expectPair(JSON.stringify(rsaJwk, null, 2), rsa, true, { encoding: 'jwk' });
    expectPair(`\ufeff${JSON.stringify(ecJwk)}\n`, ec, true);
  });

  it('reads coordinates in hex', () => {
    const hex = (value = ''): string => Buffer.from(value, 'base64url').toString('hex');
    expectPair(JSON.stringify({ ...ecPublic, x: hex(ecJwk.x), y: hex(ecJwk.y) }), ec, false);
    expectPair(JSON.stringify({ ...ecPublic, x: hex(ecJwk.x), y: hex(ecJwk.y), d: hex(ecJwk.d) }), ec, true);
  });

  it('reads octets, with what the key says of itself', () => {
    const [key] = keys(JSON.stringify({ kty: 'oct', k: 'AAEC_w', kid: 'one', alg: 'HS256' }));
    expect(key).toEqual({
      ref: 'k',
      encoding: 'jwk',
      kid: 'one',
      alg: 'HS256',
      material: { kind: 'secret', bytes: new Uint8Array([0, 1, 2, 255]) },
    });
    const [told] = keys(JSON.stringify({ kty: 'oct', k: 'AAEC_w', kid: 'one' }), { kid: 'two', alg: 'HS256' });
    expect(told).toMatchObject({ kid: 'two', alg: 'HS256' });
  });

  it('takes of a set what can be used', () => {
    const set = { keys: [{ kty: 'OKP', crv: 'Ed25519', x: 'AA' }, ecPublic, { kty: 'oct', k: 'AAEC' }] };
    expect(keys(JSON.stringify(set)).map(({ material }) => material.kind)).toEqual(['asymmetric', 'secret']);
    expect(code(JSON.stringify({ keys: set.keys.slice(0, 1) }))).toBe('ERR_KEY_UNSUPPORTED');
    expect(code(JSON.stringify({ keys: [] }))).toBe('ERR_KEY_BAD_JWK');
    expect(code(JSON.stringify({ keys: [1] }))).toBe('ERR_KEY_BAD_JWK');
  });

  it.each([
    ['{', 'ERR_KEY_BAD_JWK'],
    ['{}', 'ERR_KEY_BAD_JWK'],
    ['{"kty":"oct","k":"*"}', 'ERR_KEY_BAD_JWK'],
    ['{"kty":"oct","k":""}', 'ERR_KEY_EMPTY'],
    ['{"kty":"EC","crv":"P-256","x":"AA","y":"AA"}', 'ERR_KEY_BAD_JWK'],
    ['{"kty":"RSA"}', 'ERR_KEY_BAD_JWK'],
    ['{"kty":"OKP","crv":"Ed25519","x":"AA"}', 'ERR_KEY_UNSUPPORTED'],
  ])('says what is wrong with %s', (content, expected) => {
    expect(code(content)).toBe(expected);
  });

  it('takes nothing else as JWK when that is chosen', () => {
    expect(code('[]', { encoding: 'jwk' })).toBe('ERR_KEY_BAD_JWK');
    expect(code(new Uint8Array([0xff]), { encoding: 'jwk' })).toBe('ERR_KEY_BAD_JWK');
  });
});

describe('parseKey of COSE_Key', () => {
  const b64 = (value = ''): CborValue => bytes(Buffer.from(value, 'base64url'));
  const point = [
    [-2, b64(ecJwk.x)],
    [-3, b64(ecJwk.y)],
  ] as const;

  it('reads EC2, RSA and symmetric keys, in bytes, hex and base64', () => {
    const content = encode(map([1, int(2)], [-1, int(1)], ...point));
    for (const form of [content, Buffer.from(content).toString('hex'), Buffer.from(content).toString('base64url')])
      expectPair(form, ec, false);
    expectPair(encode(map([1, int(2)], [-1, int(1)], ...point, [-4, b64(ecJwk.d)])), ec, true);
    expectPair(encode(map([1, int(3)], [-1, b64(rsaJwk.n)], [-2, b64(rsaJwk.e)])), rsa, false);
    const members = [rsaJwk.n, rsaJwk.e, rsaJwk.d, rsaJwk.p, rsaJwk.q, rsaJwk.dp, rsaJwk.dq, rsaJwk.qi];
    expectPair(encode(map([1, int(3)], ...members.map((value, i) => [-1 - i, b64(value)] as const))), rsa, true);
    const [secret] = keys(encode(map([1, int(4)], [2, bytes(DATA)], [3, int(5)], [-1, bytes(DATA)])));
    expect(secret).toMatchObject({ kid: 'data', alg: 'HS256', material: { kind: 'secret', bytes: DATA } });
  });

  it('says what is wrong', () => {
    expect(code(encode(map([1, int(2)], [-1, int(2)], ...point)))).toBe('ERR_KEY_UNSUPPORTED');
    expect(code(encode(map([1, int(1)])))).toBe('ERR_KEY_UNSUPPORTED');
    expect(code(encode(map([1, int(2)], [-1, int(1)], [-2, text('x')])))).toBe('ERR_KEY_BAD_JWK');
  });

  it('reads a bare point of the curve, as C4M writes public keys', () => {
    const hex = `04${Buffer.from(ecJwk.x ?? '', 'base64url').toString('hex')}${Buffer.from(ecJwk.y ?? '', 'base64url').toString('hex')}`;
    expectPair(hex, ec, false);
    // not on the curve: a secret like any other
    expect(keys(`04${'11'.repeat(64)}`)[0]?.material.kind).toBe('secret');
  });
});

describe('parseKey of a secret', () => {
  it('gives every reading, or the chosen one', () => {
    expect(keys('00ff\n').map(({ encoding }) => encoding)).toEqual(['utf8', 'hex', 'base64', 'utf8']);
    expect(keys('00ff\n', { encoding: 'hex' }).map(({ encoding }) => encoding)).toEqual(['hex']);
    expect(keys(new Uint8Array([255, 1])).map(({ encoding }) => encoding)).toEqual(['raw']);
  });

  it('says when nothing reads', () => {
    expect(code('xyz', { encoding: 'hex' })).toBe('ERR_KEY_BAD_ENCODING');
    expect(code(new Uint8Array([255]), { encoding: 'base64' })).toBe('ERR_KEY_BAD_ENCODING');
    expect(code('')).toBe('ERR_KEY_EMPTY');
    expect(code(' \n')).toBe('ERR_KEY_EMPTY');
    expect(code('a'.repeat(16 * 1024 + 1))).toBe('ERR_KEY_TOO_LARGE');
  });
});

/** Made for this test with `openssl req -x509`; its key protects nothing. */
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBdjCCARugAwIBAgIUIvHkorwOZ/sAbNX2FNx+xQOpdAowCgYIKoZIzj0EAwIw
DzENMAsGA1UEAwwEdGVzdDAgFw0yNjExMjQwNDQ5MTdaGA8yMTI2MTAzMTA0NDkx
N1owDzENMAsGA1UEAwwEdGVzdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABAdJ
pfONPIRDMdaIHXNE2bUpEEmDAPOM0C5cYKUzTirSv4EaMa0vlAororEJwHamlHm9
6bXs92xq6LBWiKObSnWjUzBRMB0GA1UdDgQWBBR1BzcpqUtEAjFZxMbFKlDdziND
1TAfBgNVHSMEGDAWgBR1BzcpqUtEAjFZxMbFKlDdziND1TAPBgNVHRMBAf8EBTAD
AQH/MAoGCCqGSM49BAMCA0kAMEYCIQDDlefblg4ecktLYxU9WFPICrAnIlA6TOhQ
Tri9MQKJdAIhAPwWDE8/IyVVZ+Rn8HFOd7OVWIxVVqzi8LTqMqcMy7Iq
-----END CERTIFICATE-----
`;
const CERTIFICATE_KEY = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgQAiUfLwHftqBhcpm
OAGqN8IiCHKSoWUDcaTcZ5JVXpKhRANCAAQHSaXzjTyEQzHWiB1zRNm1KRBJgwDz
jNAuXGClM04q0r+BGjGtL5QKK6KxCcB2ppR5vem17PdsauiwVoijm0p1
-----END PRIVATE KEY-----
`;
