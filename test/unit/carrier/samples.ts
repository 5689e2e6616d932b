import type { Found, FoundToken } from '../../../shared/carrier/found.ts';
import { VECTORS } from '../../vectors/load-vectors.ts';

function tokenOf(id: string): string {
  const vector = VECTORS.find((candidate) => candidate.id === id);
  if (!vector) throw new Error(`no vector ${id}`);
  return vector.token;
}

/** base64url, 138 characters, made by Akamai's tooling */
export const URL_SAFE = tokenOf('nodecat-akamai-iss-jonas');
/** standard base64 with one `/` and padding, 332 characters, made by node-cat */
export const STANDARD = tokenOf('catvalidate-eyevinn');
/** the same in base64url without padding: the form a finding has */
export const STANDARD_CANONICAL = STANDARD.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
/** standard base64 with a `+` */
export const WITH_PLUS = tokenOf('nodecat-mac64-hexpayload');
export const SIGNED = tokenOf('akamai-readme-es256');
export const DOT = tokenOf('c4m-dot-token_es256');
export const HEX = tokenOf('rfc8392-published-a4');

export const hexOf = (token: string): string => Buffer.from(token, 'base64url').toString('hex');
export const pieces = (text: string, length: number): string[] => text.match(new RegExp(`.{1,${length}}`, 'g')) ?? [];

/** The single token of a finding. */
export function only(found: Found): FoundToken {
  const [token, second] = found.tokens;
  if (token === undefined || second !== undefined) throw new Error(`${found.tokens.length} tokens`);
  return token;
}

/** Kinds of the repairs, in order. */
export const repairsOf = (token: FoundToken): string[] => token.repairs.map((repair) => repair.kind);
