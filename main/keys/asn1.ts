import crypto, { type KeyObject, X509Certificate } from 'node:crypto';
import { err, ok, type Result } from '../../shared/result.ts';
import { toAsymmetricKey } from './asymmetric.ts';
import type { ParsedKey } from './jwk.ts';
import type { KeyError } from './key-error.ts';

const BLOCK = /-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \1-----/g;

/**
 * Reads the keys of a PEM text (RFC 7468): SPKI, PKCS#8, PKCS#1, SEC1, and the public key of an X.509 certificate. Line
 * breaks may stand as `\n`, as environment variables have them.
 */
export function parsePem(text: string): Result<readonly ParsedKey[], KeyError> {
  const keys: ParsedKey[] = [];
  let problem: KeyError | undefined;
  for (const [, label = '', body = ''] of text.replaceAll('\\n', '\n').matchAll(BLOCK)) {
    // openssl writes the curve's name in front of a SEC1 key, which says it again
    if (label === 'EC PARAMETERS') continue;
    const key = readBlock(label, body);
    if (key.ok) keys.push(key.value);
    else problem ??= key.error;
  }
  if (keys.length > 0) return ok(keys);
  return err(problem ?? { code: 'ERR_KEY_BAD_PEM', message: 'The text has no complete PEM block.' });
}

function readBlock(label: string, body: string): Result<ParsedKey, KeyError> {
  if (label === 'ENCRYPTED PRIVATE KEY' || body.includes('Proc-Type'))
    return err({ code: 'ERR_KEY_UNSUPPORTED', message: 'The private key is encrypted with a passphrase.' });
  const readers = READERS[label];
  if (readers === undefined) return err({ code: 'ERR_KEY_UNSUPPORTED', message: `A PEM block “${label}” is no key.` });
  const key = readDer(Buffer.from(body, 'base64'), readers);
  return key ?? err({ code: 'ERR_KEY_BAD_PEM', message: `The content of the block “${label}” is not such a key.` });
}

type Reader = (der: Buffer) => KeyObject;

const spki: Reader = (key) => crypto.createPublicKey({ key, format: 'der', type: 'spki' });
const pkcs8: Reader = (key) => crypto.createPrivateKey({ key, format: 'der', type: 'pkcs8' });
const sec1: Reader = (key) => crypto.createPrivateKey({ key, format: 'der', type: 'sec1' });
const rsaPublic: Reader = (key) => crypto.createPublicKey({ key, format: 'der', type: 'pkcs1' });
const rsaPrivate: Reader = (key) => crypto.createPrivateKey({ key, format: 'der', type: 'pkcs1' });
const certificate: Reader = (der) => new X509Certificate(der).publicKey;

const READERS: Readonly<Record<string, readonly Reader[]>> = {
  'PUBLIC KEY': [spki],
  'RSA PUBLIC KEY': [rsaPublic],
  'PRIVATE KEY': [pkcs8],
  'EC PRIVATE KEY': [sec1],
  'RSA PRIVATE KEY': [rsaPrivate],
  CERTIFICATE: [certificate],
};
/** Private forms first: Node makes a public key out of a private one as well. */
const ALL_READERS: readonly Reader[] = [pkcs8, sec1, rsaPrivate, spki, rsaPublic, certificate];

/** Reads one DER structure in the first form that takes it; `undefined` when none does. */
export function readDer(der: Buffer, readers = ALL_READERS): Result<ParsedKey, KeyError> | undefined {
  // every form is a SEQUENCE
  if (der[0] !== 0x30) return undefined;
  for (const read of readers) {
    try {
      const key = toAsymmetricKey(read(der));
      return key.ok ? ok({ material: { kind: 'asymmetric', key: key.value } }) : key;
    } catch {
      // not of this form
    }
  }
  return undefined;
}
