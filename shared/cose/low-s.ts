import { compareRanges } from '../cbor/compare-ranges.ts';

/** Order of P-256's base point, and half of it (FIPS 186-4 D.1.2.3). */
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
const HALF = toBytes(ORDER >> 1n);

/** Whether s is in the lower half: Fastly's verifier takes no other, though both verify. */
export const isLowS = (signature: Uint8Array): boolean => compareRanges(signature, 32, 64, HALF, 0, 32) <= 0;

/** The same signature with s in the lower half: (r, n − s) verifies whenever (r, s) does. */
export function toLowS(signature: Uint8Array): Uint8Array {
  if (isLowS(signature)) return signature;
  const low = signature.slice();
  low.set(toBytes(ORDER - toInt(signature.subarray(32, 64))), 32);
  return low;
}

function toInt(bytes: Uint8Array): bigint {
  let value = 0n;
  for (const byte of bytes) value = (value << 8n) | BigInt(byte);
  return value;
}

function toBytes(value: bigint): Uint8Array {
  const bytes = new Uint8Array(32);
  for (let i = 31, rest = value; i >= 0; i--, rest >>= 8n) bytes[i] = Number(rest & 0xffn);
  return bytes;
}
