/** What can be said about a secret's text while it is typed, without keeping it. */
export interface TextShape {
  readonly length: number;
  readonly isHex: boolean;
  readonly isBase64: boolean;
  readonly isBase64url: boolean;
  readonly kind: 'pem' | 'jwk' | 'text';
}

export function shapeOf(text: string): TextShape {
  const trimmed = text.trim();
  const unpadded = trimmed.replace(/={0,2}$/, '');
  return {
    length: trimmed.length,
    isHex: trimmed.length > 0 && trimmed.length % 2 === 0 && /^[0-9a-f]+$/i.test(trimmed),
    isBase64: unpadded.length > 0 && unpadded.length % 4 !== 1 && /^[A-Za-z0-9+/]+$/.test(unpadded),
    isBase64url: unpadded.length > 0 && unpadded.length % 4 !== 1 && /^[A-Za-z0-9_-]+$/.test(unpadded),
    kind: trimmed.startsWith('-----BEGIN ') ? 'pem' : trimmed.startsWith('{') ? 'jwk' : 'text',
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
