import { decodeBase64url } from '../../shared/bytes/base64.ts';
import type { KeyRecord, KeyVerification } from '../../shared/contract/keys.ts';
import type { CandidateKey, CryptoPort, Integrity } from '../../shared/cose/crypto-port.ts';
import type { Envelope } from '../../shared/cose/envelope.ts';
import { openEnvelope } from '../../shared/cose/open.ts';
import { openDotEnvelope } from '../../shared/cose/open-dot.ts';
import { verify } from '../../shared/cose/verify.ts';
import { type AppError, createError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { refOf } from './key-ring.ts';

/**
 * Integrity of a token under the keys that are ready, told by the names their owner gave them. When none made it, the
 * other readings of their secrets are tried, to say which one would have.
 */
export function verifyToken(
  token: string,
  keys: readonly KeyRecord[],
  candidates: readonly CandidateKey[],
  otherwise: readonly CandidateKey[],
  crypto: CryptoPort,
): Result<KeyVerification, AppError> {
  const envelope = openToken(token);
  if (!envelope.ok) return envelope;
  if (candidates.length === 0) return ok({ state: 'not-checked', tried: 0, reason: whyNoKeys(keys) });
  const verification = name(verify(envelope.value, candidates, crypto), keys);
  if (verification.state !== 'failed' || otherwise.length === 0) return ok(verification);
  const other = name(verify(envelope.value, otherwise, crypto), keys);
  if (other.state !== 'verified') return ok(verification);
  const { key, encoding, withNewline } = other;
  return ok({ ...verification, wouldVerify: { key, encoding, withNewline } });
}

function openToken(token: string): Result<Envelope, AppError> {
  if (token.includes('.')) return ok(openDotEnvelope(token));
  const bytes = decodeBase64url(token);
  return bytes.ok ? ok(openEnvelope(bytes.value)) : err(createError('ERR_TOKEN_TEXT'));
}

function whyNoKeys(keys: readonly KeyRecord[]): string {
  if (keys.length === 0) return 'There is no key to check it with.';
  if (keys.every((key) => key.secret === 'locked')) return 'The keychain is locked, so no key could be tried.';
  return 'The secrets of the keys cannot be read now, so none could be tried.';
}

function name(integrity: Integrity, keys: readonly KeyRecord[]): KeyVerification {
  switch (integrity.state) {
    case 'verified': {
      const { ref, encoding, withNewline, context, kidMatches, tried, lowS } = integrity;
      const key = keys.find((record) => refOf(record) === ref);
      if (!key) throw new Error('a key verified that is not in the list');
      return {
        state: 'verified',
        key: {
          id: key.id,
          name: key.name,
          environment: key.environment,
          ...(key.kid === undefined ? {} : { kid: key.kid }),
        },
        encoding,
        withNewline,
        context,
        ...(kidMatches === undefined ? {} : { kidMatches }),
        tried,
        ...(lowS === undefined ? {} : { lowS }),
      };
    }
    case 'failed': {
      const { kidMatches, tried, reason } = integrity;
      return { state: 'failed', ...(kidMatches === undefined ? {} : { kidMatches }), tried, reason };
    }
    case 'not-checked':
    case 'cannot-check':
      return { ...integrity };
  }
}
