import type { ImportEncoding, KeyRecord } from '../../../shared/contract/keys.ts';

/** How a secret's text is read, in the words of the table. */
export const ENCODING_WORDS: Readonly<Record<ImportEncoding, string>> = {
  auto: 'auto',
  utf8: 'utf-8',
  hex: 'hex',
  base64: 'base64',
  base64url: 'base64url',
  raw: 'raw bytes',
  jwk: 'JWK',
  pem: 'PEM',
};

/** How the text of a shared secret may be read. */
export const READINGS: readonly { readonly id: ImportEncoding; readonly text: string; readonly hint?: string }[] = [
  { id: 'auto', text: 'auto', hint: 'keep the text and try every reading' },
  { id: 'hex', text: 'hex' },
  { id: 'utf8', text: 'utf-8' },
  { id: 'base64', text: 'base64' },
  { id: 'base64url', text: 'base64url' },
];

export const ORIGIN_WORDS: Readonly<Record<KeyRecord['origin'], string>> = {
  imported: 'Imported',
  generated: 'Generated',
  ovp: 'OVP',
  'built-in': 'Built in',
};

export const ALGORITHM_OF_FAMILY: Readonly<Record<KeyRecord['family'], string>> = {
  hmac: 'HS256',
  'ec-p256': 'ES256',
  rsa: 'PS256',
};

/** `hex`, `PEM, P-256`, `JWK, RSA 2048, public` */
export function describeReading(key: KeyRecord): string {
  const words = [ENCODING_WORDS[key.encoding]];
  if (key.family === 'ec-p256') words.push('P-256');
  if (key.family === 'rsa') words.push(`RSA ${key.size}`);
  if (key.part === 'public') words.push('public');
  return words.join(', ');
}

/** `32 bytes, read as hex`; under `auto` the text is kept and its reading is not decided. */
export function describeSecret(key: KeyRecord): string {
  if (key.family !== 'hmac') return `${key.size} bits, ${key.part} key`;
  return key.encoding === 'auto'
    ? `${key.size} bytes of text, every reading tried`
    : `${key.size} bytes, read as ${ENCODING_WORDS[key.encoding]}`;
}

/** `9c41 e07d` */
export const formatFingerprint = (fingerprint: string): string => `${fingerprint.slice(0, 4)} ${fingerprint.slice(4)}`;

/** Filter of the table: name, kid, environment, algorithm, any case. */
export function matchesFilter(key: KeyRecord, filter: string): boolean {
  const wanted = filter.trim().toLowerCase();
  const alg = key.alg ?? ALGORITHM_OF_FAMILY[key.family];
  return [key.name, key.kid ?? '', key.environment, alg].some((text) => text.toLowerCase().includes(wanted));
}
