/** What an algorithm does to a token, hence which COSE structure it belongs in (RFC 9053). */
export type AlgorithmClass = 'mac' | 'sign' | 'encrypt';

/** Which keys an algorithm works with: `secret` for octets, else the curve or the kind of key. */
export type KeyFamily = 'secret' | 'ec-p256' | 'rsa' | 'other';

/** All that is known of a COSE algorithm, in one row. */
export interface CoseAlgorithm {
  readonly id: number;
  /** name in the IANA registry of COSE algorithms, in its short form */
  readonly name: string;
  readonly class: AlgorithmClass;
  readonly family: KeyFamily;
  /** bytes of MAC or signature; for ciphers of the tag at the end of the ciphertext. Absent: it depends on the key */
  readonly proofLength?: number;
  /** the function behind it, when Catwalk can compute it. Named but unsupported algorithms have none */
  readonly primitive?: Primitive;
  /** the algorithm a key is said to be made for, to serve here: a shortened MAC takes the key of the whole one */
  readonly keyName: string;
  /** not in the IANA registry under this number */
  readonly bogus?: boolean;
}

export type Primitive =
  | { readonly kind: 'hmac-sha256' }
  | { readonly kind: 'es256' }
  | { readonly kind: 'ps256' }
  | { readonly kind: 'aes-gcm'; readonly keyLength: number; readonly ivLength: number }
  | { readonly kind: 'aes-ccm'; readonly keyLength: number; readonly ivLength: number };

const HMAC: Primitive = { kind: 'hmac-sha256' };
const gcm = (keyLength: number): Primitive => ({ kind: 'aes-gcm', keyLength, ivLength: 12 });

/** RFC 9053 §3.1, §2.1, §4; RFC 8230 §5. CTA-5007 takes HS256, ES256 and PS256; the others are met in the field. */
export const ALGORITHMS: readonly CoseAlgorithm[] = [
  { id: 5, name: 'HS256', class: 'mac', family: 'secret', proofLength: 32, primitive: HMAC, keyName: 'HS256' },
  { id: 4, name: 'HS256/64', class: 'mac', family: 'secret', proofLength: 8, primitive: HMAC, keyName: 'HS256' },
  { id: 6, name: 'HS384', class: 'mac', family: 'secret', proofLength: 48, keyName: 'HS384' },
  { id: 7, name: 'HS512', class: 'mac', family: 'secret', proofLength: 64, keyName: 'HS512' },
  // C4M drafts and cat-token before 0.2 write −4 for HMAC-SHA-256; the registry gives −4 to an AES key wrap
  {
    id: -4,
    name: 'HMAC-SHA256',
    class: 'mac',
    family: 'secret',
    proofLength: 32,
    primitive: HMAC,
    keyName: 'HS256',
    bogus: true,
  },
  {
    id: -7,
    name: 'ES256',
    class: 'sign',
    family: 'ec-p256',
    proofLength: 64,
    primitive: { kind: 'es256' },
    keyName: 'ES256',
  },
  { id: -35, name: 'ES384', class: 'sign', family: 'other', proofLength: 96, keyName: 'ES384' },
  { id: -36, name: 'ES512', class: 'sign', family: 'other', proofLength: 132, keyName: 'ES512' },
  { id: -8, name: 'EdDSA', class: 'sign', family: 'other', keyName: 'EdDSA' },
  { id: -37, name: 'PS256', class: 'sign', family: 'rsa', primitive: { kind: 'ps256' }, keyName: 'PS256' },
  { id: -38, name: 'PS384', class: 'sign', family: 'rsa', keyName: 'PS384' },
  { id: -39, name: 'PS512', class: 'sign', family: 'rsa', keyName: 'PS512' },
  { id: -257, name: 'RS256', class: 'sign', family: 'rsa', keyName: 'RS256' },
  {
    id: 1,
    name: 'A128GCM',
    class: 'encrypt',
    family: 'secret',
    proofLength: 16,
    primitive: gcm(16),
    keyName: 'A128GCM',
  },
  {
    id: 2,
    name: 'A192GCM',
    class: 'encrypt',
    family: 'secret',
    proofLength: 16,
    primitive: gcm(24),
    keyName: 'A192GCM',
  },
  {
    id: 3,
    name: 'A256GCM',
    class: 'encrypt',
    family: 'secret',
    proofLength: 16,
    primitive: gcm(32),
    keyName: 'A256GCM',
  },
  {
    id: 10,
    name: 'AES-CCM-16-64-128',
    class: 'encrypt',
    family: 'secret',
    proofLength: 8,
    primitive: { kind: 'aes-ccm', keyLength: 16, ivLength: 13 },
    keyName: 'AES-CCM-16-64-128',
  },
];

/** Both spellings of every row, without a prototype: a header may say "constructor". */
const BY_ID: Readonly<Record<string, CoseAlgorithm>> = Object.assign(
  Object.create(null),
  Object.fromEntries(ALGORITHMS.flatMap((row) => [[String(row.id), row] as const, [row.name, row] as const])),
);

/**
 * The row of an algorithm identifier as it stands in a header. Text is taken too, as a number (`"5"`: the CloudFront
 * documentation) or as a name.
 */
export const findAlgorithm = (id: number | string): CoseAlgorithm | undefined => BY_ID[id];
