import { createHash, createPublicKey, KeyObject } from 'node:crypto';
import type { ImportEncoding, KeyRecord } from '../../shared/contract/keys.ts';
import type { CandidateKey } from '../../shared/cose/crypto-port.ts';
import { type AppError, createError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { parseKey } from './parse-key.ts';

/** What a key is, beside its content: the part of a record that the content says. */
export type KeyFacts = Pick<KeyRecord, 'family' | 'part' | 'size' | 'fingerprint' | 'encoding'> & {
  readonly alg?: string;
};

export interface ReadKey {
  readonly candidates: readonly CandidateKey[];
  readonly facts: KeyFacts;
  /** that the content itself gives, as a JWK does */
  readonly kid?: string;
}

/** A key's content as what verification may try, and as what a row tells of it. */
export function readKey(content: Uint8Array, encoding: ImportEncoding, ref = ''): Result<ReadKey, AppError> {
  const parsed = parseKey(content, { ref, encoding });
  if (!parsed.ok) return err(createError(parsed.error.code, { message: parsed.error.message }));
  const candidates = parsed.value;
  const first = candidates[0];
  if (first === undefined) return err(createError('ERR_KEY_EMPTY'));
  const facts = describe(first, content, encoding);
  if (facts === undefined) return err(createError('ERR_KEY_UNSUPPORTED'));
  return ok({ candidates, facts, ...(first.kid === undefined ? {} : { kid: first.kid }) });
}

function describe(first: CandidateKey, content: Uint8Array, encoding: ImportEncoding): KeyFacts | undefined {
  const { material } = first;
  if (material.kind === 'secret') {
    const size = material.bytes.length;
    return { family: 'hmac', part: 'secret', size, fingerprint: fingerprint(content), encoding, ...algOf(first) };
  }
  const { family, handle } = material.key;
  if (!(handle instanceof KeyObject)) return undefined;
  // both parts of a pair have the fingerprint of the public one
  const spki = (material.key.private ? createPublicKey(handle) : handle).export({ type: 'spki', format: 'der' });
  return {
    family,
    part: material.key.private ? 'private' : 'public',
    size: family === 'rsa' ? (handle.asymmetricKeyDetails?.modulusLength ?? 0) : 256,
    fingerprint: fingerprint(spki),
    // what was recognised is known from now on
    encoding: encoding === 'auto' ? (first.encoding === 'raw' ? 'auto' : first.encoding) : encoding,
    alg: first.alg ?? (family === 'rsa' ? 'PS256' : 'ES256'),
  };
}

const algOf = ({ alg }: CandidateKey) => (alg === undefined ? {} : { alg });

/** Enough to tell keys apart, too little to test a guess of a good one. */
const fingerprint = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex').slice(0, 8);
