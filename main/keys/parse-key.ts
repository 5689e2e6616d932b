import { decodeBase64Lenient, encodeBase64url } from '../../shared/bytes/base64.ts';
import { decodeHex } from '../../shared/bytes/hex.ts';
import { decodeUtf8 } from '../../shared/bytes/utf8.ts';
import type { CandidateKey, KeyEncoding } from '../../shared/cose/crypto-port.ts';
import { readSecret, type SecretFacts } from '../../shared/cose/readings.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { parsePem, readDer } from './asn1.ts';
import { parseCoseKey } from './cose-key.ts';
import { type ParsedKey, parseJwkText, readJwk } from './jwk.ts';
import type { KeyError } from './key-error.ts';

export interface KeyRequest extends SecretFacts {
  /** `auto`: a key file is recognised by its form; anything else is a secret under every reading */
  readonly encoding: KeyEncoding | 'auto';
}

const MAX_KEY_BYTES = 16 * 1024;

/**
 * The content of a key (a file, an environment variable, a keychain item, typed text) as the keys that verification may
 * try: JWK, JWK set, PEM, DER, COSE_Key, or a secret under each reading of its text. Never empty.
 */
export function parseKey(content: Uint8Array, request: KeyRequest): Result<readonly CandidateKey[], KeyError> {
  if (content.length > MAX_KEY_BYTES)
    return err({
      code: 'ERR_KEY_TOO_LARGE',
      message: `The key has ${content.length} bytes; ${MAX_KEY_BYTES} is the limit.`,
    });
  const decoded = decodeUtf8(content);
  const text = decoded.ok ? decoded.value.replace(/^\ufeff/, '').trim() : undefined;
  if (content.length === 0 || text === '') return err({ code: 'ERR_KEY_EMPTY', message: 'The key is empty.' });

  switch (request.encoding) {
    case 'jwk':
      return named('jwk', request, parseJwkText(text ?? ''));
    case 'pem':
      return named('pem', request, text?.includes('-----BEGIN ') ? parsePem(text) : fromDer(content, text));
    case 'auto':
      return recognise(content, text, request) ?? readings(content, request.encoding, request);
    default:
      return readings(content, request.encoding, request);
  }
}

/** A key in a form of its own. A form that is recognised but broken is an error: it never falls back to a secret. */
function recognise(
  content: Uint8Array,
  text: string | undefined,
  request: KeyRequest,
): Result<readonly CandidateKey[], KeyError> | undefined {
  if (text?.includes('-----BEGIN ')) return named('pem', request, parsePem(text));
  if (text?.startsWith('{')) return named('jwk', request, parseJwkText(text));
  for (const bytes of text === undefined ? [content] : spelled(text)) {
    const asn1 = readDer(Buffer.from(bytes));
    if (asn1) return named('pem', request, one(asn1));
    const other = parsePoint(bytes) ?? parseCoseKey(bytes);
    if (other) return named('raw', request, one(other));
  }
  return undefined;
}

/** Bytes that a text spells in hex or base64. */
function spelled(text: string): readonly Uint8Array[] {
  const hex = decodeHex(text);
  const base64 = decodeBase64Lenient(text.replace(/\s+/g, ''));
  return [...(hex.ok ? [hex.value] : []), ...(base64.stoppedAt === undefined ? [base64.bytes] : [])];
}

/** An uncompressed point of P-256, as C4M's vectors give public keys (SEC 1 §2.3.3). */
function parsePoint(bytes: Uint8Array): Result<ParsedKey, KeyError> | undefined {
  if (bytes.length !== 65 || bytes[0] !== 4) return undefined;
  const x = encodeBase64url(bytes.subarray(1, 33));
  const y = encodeBase64url(bytes.subarray(33));
  const key = readJwk({ kty: 'EC', crv: 'P-256', x, y });
  // bytes that are no point of the curve are a secret that happens to begin with 4
  return key.ok ? key : undefined;
}

/** DER, as bytes or as the hex or base64 of them: PEM without its armour. */
function fromDer(content: Uint8Array, text: string | undefined): Result<readonly ParsedKey[], KeyError> {
  for (const bytes of text === undefined ? [content] : spelled(text)) {
    const key = readDer(Buffer.from(bytes));
    if (key) return one(key);
  }
  return err({ code: 'ERR_KEY_BAD_PEM', message: 'This is neither PEM nor DER.' });
}

const one = <T>(result: Result<T, KeyError>): Result<readonly T[], KeyError> =>
  result.ok ? ok([result.value]) : result;

/** What the caller knows of the key goes before what its container says. */
function named(
  encoding: KeyEncoding,
  { ref, kid, alg }: KeyRequest,
  parsed: Result<readonly ParsedKey[], KeyError>,
): Result<readonly CandidateKey[], KeyError> {
  if (!parsed.ok) return parsed;
  const known = { ...(kid !== undefined && { kid }), ...(alg !== undefined && { alg }) };
  return ok(parsed.value.map((key) => ({ ref, encoding, ...key, ...known })));
}

function readings(
  content: Uint8Array,
  encoding: Parameters<typeof readSecret>[1],
  { ref, kid, alg }: KeyRequest,
): Result<readonly CandidateKey[], KeyError> {
  const facts = { ref, ...(kid !== undefined && { kid }), ...(alg !== undefined && { alg }) };
  const keys = readSecret(content, encoding, facts);
  return keys.length > 0
    ? ok(keys)
    : err({ code: 'ERR_KEY_BAD_ENCODING', message: `The key does not read as ${encoding}.` });
}
