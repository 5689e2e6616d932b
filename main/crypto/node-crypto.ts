import crypto, { KeyObject } from 'node:crypto';
import type { AsymmetricKey, CryptoPort } from '../../shared/cose/crypto-port.ts';

const GCM_TAG = 16;

/**
 * The engine's cryptography by Node, in Node and in Electron (OpenSSL and BoringSSL). Every function is total: input the
 * library refuses (a short signature, a wrong IV length) is an answer, not an exception.
 */
export const nodeCrypto: CryptoPort = {
  hmacSha256: (key, data) => crypto.createHmac('sha256', key).update(data).digest(),
  equal: (a, b) => a.length === b.length && crypto.timingSafeEqual(a, b),
  verifyEs256: (key, data, signature) =>
    // RFC 9053 §2.1: r and s side by side, 32 bytes each, not the DER that OpenSSL gives by itself
    attempt(() => crypto.verify('sha256', data, { key: keyObject(key), dsaEncoding: 'ieee-p1363' }, signature)) ??
    false,
  signEs256: (key, data) => crypto.sign('sha256', data, { key: keyObject(key), dsaEncoding: 'ieee-p1363' }),
  verifyPs256: (key, data, signature) =>
    attempt(() => crypto.verify('sha256', data, { key: keyObject(key), ...PSS }, signature)) ?? false,
  signPs256: (key, data) => crypto.sign('sha256', data, { key: keyObject(key), ...PSS }),
  openAesGcm: (key, iv, ciphertext, aad) =>
    ciphertext.length < GCM_TAG
      ? undefined
      : attempt(() => {
          const split = ciphertext.length - GCM_TAG;
          const decipher = crypto.createDecipheriv(gcmName(key), key, iv, { authTagLength: GCM_TAG });
          decipher.setAAD(aad).setAuthTag(ciphertext.subarray(split));
          const plaintext = decipher.update(ciphertext.subarray(0, split));
          return plain(plaintext, decipher.final());
        }),
  sealAesGcm(key, iv, plaintext, aad) {
    const cipher = crypto.createCipheriv(gcmName(key), key, iv, { authTagLength: GCM_TAG });
    cipher.setAAD(aad);
    return plain(cipher.update(plaintext), cipher.final(), cipher.getAuthTag());
  },
  randomBytes: (length) => crypto.randomBytes(length),
  // BoringSSL offers no CCM cipher, so Electron leaves this out and the engine says that it cannot check
  ...(crypto.getCiphers().includes('aes-128-ccm') && { openAesCcm }),
};

// RFC 8230 §2: the salt is as long as the hash
const PSS = { padding: crypto.constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 } as const;

function openAesCcm(
  key: Uint8Array,
  iv: Uint8Array,
  ciphertext: Uint8Array,
  aad: Uint8Array,
  tagLength: number,
): Uint8Array | undefined {
  if (ciphertext.length < tagLength) return undefined;
  return attempt(() => {
    const split = ciphertext.length - tagLength;
    const decipher = crypto.createDecipheriv('aes-128-ccm', key, iv, { authTagLength: tagLength });
    decipher.setAuthTag(ciphertext.subarray(split)).setAAD(aad, { plaintextLength: split });
    const plaintext = decipher.update(ciphertext.subarray(0, split));
    // CCM checks the tag in `update`; `final` closes and throws if it was wrong
    return plain(plaintext, decipher.final());
  });
}

/** Out of Node's Buffer, which compares and slices unlike the engine's bytes. */
const plain = (...parts: readonly Buffer[]): Uint8Array => new Uint8Array(Buffer.concat(parts));

/** AES of 128, 192 or 256 bits by the key's length; createCipheriv refuses any other. */
const gcmName = (key: Uint8Array): crypto.CipherGCMTypes => `aes-${key.length * 8}-gcm` as crypto.CipherGCMTypes;

function keyObject(key: AsymmetricKey): KeyObject {
  if (key.handle instanceof KeyObject) return key.handle;
  throw new TypeError('the key was made for another crypto port');
}

function attempt<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch {
    return undefined;
  }
}
