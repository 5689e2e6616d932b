import { hash } from 'node:crypto';
import type { CryptoPort } from '../../shared/cose/crypto-port.ts';
import { nodeCrypto } from '../crypto/node-crypto.ts';

/**
 * The engine's cryptography for many tokens of one key. HMAC is made of two hashes (RFC 2104 §2): setting up Node's Hmac
 * costs more than both, and a token needs a fresh one. Random bytes are drawn in stock for the same reason.
 */
export const batchCrypto: CryptoPort = { ...nodeCrypto, hmacSha256, randomBytes };

const BLOCK = 64;
const DIGEST = 32;
/** Inner and outer message: the key's block in front, then what is hashed behind it. */
let inner = Buffer.alloc(4096);
/** The part of `inner` that the last message filled: most messages of a run are as long. */
let message = inner.subarray(0, 0);
const outer = Buffer.alloc(BLOCK + DIGEST);
/** The result, until the next one: signing copies it at once. */
const digest = Buffer.alloc(DIGEST);
let keyed: Uint8Array | undefined;

function hmacSha256(key: Uint8Array, data: Uint8Array): Uint8Array {
  if (key !== keyed) setKey(key);
  const length = BLOCK + data.length;
  if (length > inner.length) {
    const larger = Buffer.alloc(length * 2);
    larger.set(inner.subarray(0, BLOCK));
    inner.fill(0);
    inner = larger;
    message = inner;
  }
  if (message.length !== length) message = inner.subarray(0, length);
  inner.set(data, BLOCK);
  // digests as strings of bytes: a Buffer for each would cost more than the hash
  writeDigest(hash('sha256', message, 'binary'), outer, BLOCK);
  writeDigest(hash('sha256', outer, 'binary'), digest, 0);
  return digest;
}

/** A loop, since a call into Node costs more for so few bytes. */
function writeDigest(bytes: string, target: Uint8Array, at: number): void {
  for (let i = 0; i < DIGEST; i++) target[at + i] = bytes.charCodeAt(i);
}

function setKey(key: Uint8Array): void {
  // a key that is longer than a block is hashed first
  const short = key.length > BLOCK ? hash('sha256', key, 'buffer') : key;
  for (let i = 0; i < BLOCK; i++) {
    const byte = short[i] ?? 0;
    inner[i] = byte ^ 0x36;
    outer[i] = byte ^ 0x5c;
  }
  keyed = key;
}

const STOCK = 8192;
let stock: Uint8Array = new Uint8Array(0);
let drawn = 0;

/** Every byte is given out once. */
function randomBytes(length: number): Uint8Array {
  if (length > STOCK) return nodeCrypto.randomBytes(length);
  if (drawn + length > stock.length) {
    // a view of a plain array costs half of one of a Buffer
    stock = Uint8Array.from(nodeCrypto.randomBytes(STOCK));
    drawn = 0;
  }
  drawn += length;
  return stock.subarray(drawn - length, drawn);
}
