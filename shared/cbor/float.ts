const scratch = new DataView(new ArrayBuffer(8));

/** Value of a half-precision number from its 16 bits (RFC 8949 appendix D). */
export function decodeHalf(bits: number): number {
  const exponent = (bits >> 10) & 0x1f;
  const mantissa = bits & 0x3ff;
  let value: number;
  if (exponent === 0) value = mantissa * 2 ** -24;
  else if (exponent === 31) value = mantissa === 0 ? Number.POSITIVE_INFINITY : Number.NaN;
  else value = (1024 + mantissa) * 2 ** (exponent - 25);
  return bits & 0x8000 ? -value : value;
}

/** Value of the float of `width` 2, 4 or 8 bytes at `at`, big-endian. */
export function readFloat(bytes: Uint8Array, at: number, width: number): number {
  if (width === 2) return decodeHalf(((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0));
  for (let i = 0; i < width; i++) scratch.setUint8(i, bytes[at + i] ?? 0);
  return width === 4 ? scratch.getFloat32(0) : scratch.getFloat64(0);
}

/** The half-precision bits of a number, or -1 when a half cannot hold exactly it. NaN is the plain quiet one. */
export function halfBits(value: number): number {
  if (Number.isNaN(value)) return 0x7e00;
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.abs(value);
  if (size === 0) return sign;
  if (size === Number.POSITIVE_INFINITY) return sign | 0x7c00;
  if (size > 65504) return -1;
  if (size < 2 ** -14) {
    // subnormal: a whole number of steps of 2^-24
    const steps = size * 2 ** 24;
    return Number.isInteger(steps) ? sign | steps : -1;
  }
  scratch.setFloat32(0, size);
  if (scratch.getFloat32(0) !== size) return -1;
  const bits = scratch.getUint32(0);
  if (bits & 0x1fff) return -1;
  return sign | (((bits >>> 23) - 112) << 10) | ((bits >> 13) & 0x3ff);
}

/** Fewest bytes that hold exactly this number: RFC 8949 §4.2.1, "shortest floating-point encoding". */
export function shortestFloat(value: number): 2 | 4 | 8 {
  if (halfBits(value) >= 0) return 2;
  return Math.fround(value) === value ? 4 : 8;
}

/** Writes a number as a float of `width` bytes, at least those `shortestFloat` asks for. NaN is the plain quiet one. */
export function writeFloat(value: number, width: number, target: Uint8Array, at: number): void {
  if (width === 2) {
    const bits = halfBits(value);
    target[at] = bits >> 8;
    target[at + 1] = bits;
    return;
  }
  if (width === 4) scratch.setFloat32(0, value);
  else scratch.setFloat64(0, value);
  for (let i = 0; i < width; i++) target[at + i] = scratch.getUint8(i);
}

/** First bytes of the plain NaN by width: quiet, positive, no payload. All others are zero. */
const PLAIN_NAN = { 2: [0x7e, 0x00], 4: [0x7f, 0xc0], 8: [0x7f, 0xf8] } as const;

/** Whether the bytes of a NaN are the ones `writeFloat` writes. */
export function isPlainNan(bytes: Uint8Array, at: number, width: 2 | 4 | 8): boolean {
  const plain = PLAIN_NAN[width];
  for (let i = 0; i < width; i++) if (bytes[at + i] !== (plain[i] ?? 0)) return false;
  return true;
}
