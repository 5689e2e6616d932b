import { createHash } from 'node:crypto';
import { map } from '../../../shared/cbor/build.ts';
import { decode } from '../../../shared/cbor/decode.ts';
import { encode } from '../../../shared/cbor/encode.ts';
import type { CborValue } from '../../../shared/cbor/node.ts';
import type { ClaimsSet } from '../../../shared/claims/claims-set.ts';
import { readClaims } from '../../../shared/claims/read-claims.ts';
import type { RecipientFacts, RequestFacts } from '../../../shared/evaluate/request.ts';
import { seconds } from '../../../shared/units.ts';

export const NOW = 1_800_000_000;

/** The request of the executed-behaviour table: what every row is judged against. */
export const tableRequest: RequestFacts = {
  url: 'https://cdn.example.com/a/b.tar.gz?b=2&a=1&cat=tok',
  method: 'GET',
  headers: [],
  ip: '10.1.2.3',
  country: 'SE-AB',
  location: { latitude: 59.3, longitude: 18.0 },
};

export const tableRecipient: RecipientFacts = { now: seconds(NOW), skew: seconds(0), issuers: ['x'] };

/** Claims as a token would carry them, in the given order: encoded, and read again. */
export const claimsOf = (
  ...pairs: readonly (readonly [key: CborValue | number | string, value: CborValue])[]
): ClaimsSet => readClaims(decode(encode(map(...pairs), { order: 'kept' })).root);

export const digest = (algorithm: 'sha256' | 'sha512' | 'sha512-256', text: string): Uint8Array =>
  createHash(algorithm).update(text).digest();
