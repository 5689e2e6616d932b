import type { KeyObject } from 'node:crypto';
import type { AsymmetricKey } from '../../shared/cose/crypto-port.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { KeyError } from './key-error.ts';

/** RFC 8230 §2: a key of fewer bits must not be used with PS256. */
const MIN_RSA_BITS = 2048;

/** A host key as the engine carries it, if tokens can be made or checked with it: P-256 or RSA of 2048 bits and more. */
export function toAsymmetricKey(handle: KeyObject): Result<AsymmetricKey, KeyError> {
  const isPrivate = handle.type === 'private';
  const details = handle.asymmetricKeyDetails;
  switch (handle.asymmetricKeyType) {
    case 'ec':
      return details?.namedCurve === 'prime256v1'
        ? ok({ family: 'ec-p256', private: isPrivate, handle })
        : unsupported(`The key is on the curve ${details?.namedCurve}; ES256 uses P-256.`);
    case 'rsa':
    case 'rsa-pss': {
      const bits = details?.modulusLength ?? 0;
      if (bits < MIN_RSA_BITS)
        return err({
          code: 'ERR_KEY_TOO_SHORT',
          message: `The RSA key has ${bits} bits; PS256 needs ${MIN_RSA_BITS} or more.`,
        });
      return ok({ family: 'rsa', private: isPrivate, handle });
    }
    default:
      return unsupported(`Tokens are not signed with keys of type ${handle.asymmetricKeyType}.`);
  }
}

const unsupported = (message: string): Result<never, KeyError> => err({ code: 'ERR_KEY_UNSUPPORTED', message });
