import { encodeBase64url } from '../bytes/base64.ts';
import { decodeUtf8 } from '../bytes/utf8.ts';
import { decode } from '../cbor/decode.ts';
import { isTokenShaped, startsLikeToken } from './token-shape.ts';

/**
 * What a file holds, as the text that would have been pasted: of a file of raw token bytes (`.cbor`, `.cwt`) their
 * base64url, of any other its text in UTF-8 or, by its byte order mark, UTF-16. `undefined`: it is neither.
 */
export function fileText(bytes: Uint8Array): string | undefined {
  if (startsLikeToken(bytes) === true) {
    const { root, issues } = decode(bytes);
    const complete = !issues.some(({ severity }) => severity === 'error');
    if (isTokenShaped(root, { complete, alone: true })) return encodeBase64url(bytes);
  }
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return utf16(bytes, true);
  if (first === 0xfe && second === 0xff) return utf16(bytes, false);
  const text = decodeUtf8(bytes);
  return text.ok ? text.value.replace(/^\ufeff/, '') : undefined;
}

/** Without its byte order mark. PowerShell's `>` writes such files. */
function utf16(bytes: Uint8Array, littleEndian: boolean): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const units: string[] = [];
  for (let at = 2; at + 1 < bytes.length; at += 2) units.push(String.fromCharCode(view.getUint16(at, littleEndian)));
  return units.join('');
}
