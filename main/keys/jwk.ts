import crypto, { type JsonWebKey, type KeyObject } from 'node:crypto';
import { decodeBase64Lenient, encodeBase64url } from '../../shared/bytes/base64.ts';
import { decodeHex } from '../../shared/bytes/hex.ts';
import type { CandidateKey } from '../../shared/cose/crypto-port.ts';
import { isJsonObject, type JsonObject } from '../../shared/json.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { toAsymmetricKey } from './asymmetric.ts';
import type { KeyError } from './key-error.ts';

/** A key out of a container that may say more about it than its content. */
export type ParsedKey = Pick<CandidateKey, 'material' | 'kid' | 'alg'>;

/** Reads a JWK or a JWK set (RFC 7517). Of a set the keys that can be used are taken; none is an error. */
export function parseJwkText(text: string): Result<readonly ParsedKey[], KeyError> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return badJwk('The text is not JSON.');
  }
  if (!isJsonObject(json)) return badJwk('A JWK is a JSON object.');
  if (!Array.isArray(json['keys'])) {
    const key = readJwk(json);
    return key.ok ? ok([key.value]) : key;
  }
  const read = json['keys'].map((entry: unknown) =>
    isJsonObject(entry) ? readJwk(entry) : badJwk('An entry is no object.'),
  );
  const keys = read.flatMap((result) => (result.ok ? [result.value] : []));
  if (keys.length > 0) return ok(keys);
  const failed = read.find((result) => !result.ok);
  return failed && !failed.ok ? failed : badJwk('The set holds no key.');
}

/** One JWK (RFC 7517 §4, RFC 7518 §6): an octet key, P-256 or RSA, public or private. */
export function readJwk(jwk: JsonObject): Result<ParsedKey, KeyError> {
  const facts = {
    ...(typeof jwk['kid'] === 'string' && { kid: jwk['kid'] }),
    ...(typeof jwk['alg'] === 'string' && { alg: jwk['alg'] }),
  };
  switch (jwk['kty']) {
    case 'oct': {
      const k = jwk['k'];
      const decoded = typeof k === 'string' ? decodeBase64Lenient(k) : undefined;
      if (decoded === undefined || decoded.stoppedAt !== undefined) return badJwk('“k” is not base64url.');
      if (decoded.bytes.length === 0) return err({ code: 'ERR_KEY_EMPTY', message: 'The key’s “k” is empty.' });
      return ok({ ...facts, material: { kind: 'secret', bytes: decoded.bytes } });
    }
    case 'EC':
    case 'RSA': {
      const handle = importJwk(withBase64Coordinates(jwk));
      if (handle === undefined) return badJwk('Its members do not make a key.');
      const key = toAsymmetricKey(handle);
      return key.ok ? ok({ ...facts, material: { kind: 'asymmetric', key: key.value } }) : key;
    }
    case undefined:
      return badJwk('The member “kty” is missing.');
    default:
      return err({
        code: 'ERR_KEY_UNSUPPORTED',
        message: `Keys of type ${JSON.stringify(jwk['kty'])} are not supported.`,
      });
  }
}

function importJwk(jwk: JsonObject): KeyObject | undefined {
  try {
    const key = jwk as JsonWebKey;
    return jwk['d'] === undefined
      ? crypto.createPublicKey({ key, format: 'jwk' })
      : crypto.createPrivateKey({ key, format: 'jwk' });
  } catch {
    return undefined;
  }
}

/** node-cat's documentation gives x, y and d in hex, 64 digits; base64url of 32 bytes has 43 characters. */
function withBase64Coordinates(jwk: JsonObject): JsonObject {
  if (jwk['kty'] !== 'EC') return jwk;
  const coordinates = ['x', 'y', 'd'].flatMap((name) => {
    const value = jwk[name];
    const decoded = typeof value === 'string' && value.length === 64 ? decodeHex(value) : undefined;
    return decoded?.ok ? [[name, encodeBase64url(decoded.value)] as const] : [];
  });
  return { ...jwk, ...Object.fromEntries(coordinates) };
}

const badJwk = (message: string): Result<never, KeyError> => err({ code: 'ERR_KEY_BAD_JWK', message });
