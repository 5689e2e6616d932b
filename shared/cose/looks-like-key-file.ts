/**
 * Whether bytes are the text or the DER of a key rather than a secret: PEM, an EC or RSA key as JWK, or an ASN.1 sequence
 * with the object identifier of such keys. Public keys are known to everybody, so such bytes are no secret, whatever a
 * token's header says (algorithm confusion).
 */
export function looksLikeKeyFile(bytes: Uint8Array): boolean {
  let start = 0;
  // leading blanks and a byte order mark do not make a PEM a secret
  while (start < bytes.length && BLANK.includes(bytes[start] ?? 0)) start++;
  const first = bytes[start];
  if (first === 0x2d) return startsWith(bytes, start, '-----BEGIN ');
  if (first === 0x7b) return /"kty"\s*:\s*"(?:EC|RSA|OKP)"/.test(latin1(bytes, start));
  if (first === 0x30) {
    const text = latin1(bytes, start);
    return KEY_OIDS.some((oid) => text.includes(oid));
  }
  return false;
}

const BLANK = [0x20, 0x09, 0x0a, 0x0d, 0xef, 0xbb, 0xbf];

/** DER of id-ecPublicKey (RFC 5480 §2.1.1), prime256v1 and rsaEncryption (RFC 8017 A.1). */
const KEY_OIDS = [
  '\x06\x07\x2a\x86\x48\xce\x3d\x02\x01',
  '\x06\x08\x2a\x86\x48\xce\x3d\x03\x01\x07',
  '\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01',
];

function startsWith(bytes: Uint8Array, at: number, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text.charCodeAt(i)) return false;
  return true;
}

function latin1(bytes: Uint8Array, start: number): string {
  let text = '';
  for (let i = start; i < bytes.length; i++) text += String.fromCharCode(bytes[i] ?? 0);
  return text;
}
