/** What can be said about a secret's text while it is typed, without keeping it. */
export interface TextShape {
  readonly length: number;
  readonly isHex: boolean;
  readonly isBase64: boolean;
  readonly isBase64url: boolean;
  /** `jwks` and `container` hold several keys */
  readonly kind: 'pem' | 'jwk' | 'jwks' | 'container' | 'text';
}

export function shapeOf(text: string): TextShape {
  const trimmed = text.trim();
  const unpadded = trimmed.replace(/={0,2}$/, '');
  return {
    length: trimmed.length,
    isHex: trimmed.length > 0 && trimmed.length % 2 === 0 && /^[0-9a-f]+$/i.test(trimmed),
    isBase64: unpadded.length > 0 && unpadded.length % 4 !== 1 && /^[A-Za-z0-9+/]+$/.test(unpadded),
    isBase64url: unpadded.length > 0 && unpadded.length % 4 !== 1 && /^[A-Za-z0-9_-]+$/.test(unpadded),
    kind: trimmed.startsWith('-----BEGIN ') ? 'pem' : trimmed.startsWith('{') ? kindOfObject(trimmed) : 'text',
  };
}

/** `64 characters: 32 bytes as hex, 48 as base64, 64 as utf-8` */
export function describeShape(shape: TextShape): string {
  if (shape.length === 0) return 'It goes straight to the store and is never shown again.';
  const readings = [
    shape.isHex ? `${shape.length / 2} bytes as hex` : '',
    shape.isBase64 || shape.isBase64url
      ? `${Math.floor((shape.length * 3) / 4)} as ${shape.isBase64 ? 'base64' : 'base64url'}`
      : '',
    `${shape.length} as utf-8`,
  ].filter((reading) => reading !== '');
  return `${shape.length} characters: ${readings.join(', ')}`;
}

/** A JWK set has a list of keys; what Catwalk exported says its name. Half an object counts as the JWK it may become. */
function kindOfObject(text: string): 'jwk' | 'jwks' | 'container' {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'jwk';
  }
  if (typeof value !== 'object' || value === null || 'kty' in value) return 'jwk';
  if ('keys' in value && Array.isArray(value.keys)) return 'jwks';
  return 'format' in value && 'ciphertext' in value ? 'container' : 'jwk';
}
