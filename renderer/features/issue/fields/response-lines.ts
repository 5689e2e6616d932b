import { isJsonObject, type Json, type JsonObject } from '../../../../shared/json.ts';
import { bytesHex } from './field-text.ts';

/** One piece of a header: text, the URL that was refused, or a new token with claims (`null`: the recipient's own value). */
export type HeaderPiece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'url' }
  | { readonly kind: 'token'; readonly claims: readonly (readonly [name: string, value: Json])[] };

export interface HeaderLine {
  readonly name: string;
  readonly pieces: readonly HeaderPiece[];
  /** one text may stand for itself or in a list */
  readonly isList: boolean;
}

/** What is answered when one of the claims is the reason to refuse. */
export interface ResponseLine {
  readonly claims: readonly string[];
  readonly status: Json;
  readonly headers: readonly HeaderLine[];
  /** headers may be there and empty */
  readonly hasHeaders: boolean;
  readonly kid: Json | undefined;
}

const URL_JSON = { tag: 121, value: 0 };

/** The responses of catif in claims JSON; `undefined` when there is more in it than lines can say. */
export function readResponses(json: Json | undefined): readonly ResponseLine[] | undefined {
  if (json === undefined) return [];
  return isJsonObject(json) ? all(Object.entries(json).map(readResponse)) : undefined;
}

function readResponse([member, json]: [string, Json]): ResponseLine | undefined {
  const claims = readClaims(member);
  if (claims === undefined || !Array.isArray(json)) return undefined;
  const [status = '', ...rest] = json as readonly Json[];
  const hasHeaders = isJsonObject(rest[0]) && bytesHex(rest[0]) === undefined;
  const headers = hasHeaders ? readHeaders(rest.shift() as JsonObject) : [];
  const [kid, ...surplus] = rest;
  const isKid = kid === undefined || typeof kid === 'string' || bytesHex(kid) !== undefined;
  return headers === undefined || !isKid || surplus.length > 0
    ? undefined
    : { claims, status, headers, hasHeaders, kid };
}

/** `exp`, or `["exp","nbf"]` for several. */
function readClaims(member: string): readonly string[] | undefined {
  if (/#\d+$/.test(member)) return undefined;
  if (!member.startsWith('[')) return [member];
  try {
    const names: unknown = JSON.parse(member);
    const isNames = Array.isArray(names) && names.length > 1 && names.every((name) => typeof name === 'string');
    return isNames ? names : undefined;
  } catch {
    return undefined;
  }
}

const readHeaders = (json: JsonObject): readonly HeaderLine[] | undefined =>
  all(
    Object.entries(json).map(([name, value]) => {
      if (/#\d+$/.test(name)) return undefined;
      const pieces = all((Array.isArray(value) ? (value as readonly Json[]) : [value]).map(readPiece));
      return pieces && { name, pieces, isList: Array.isArray(value) };
    }),
  );

function readPiece(json: Json): HeaderPiece | undefined {
  if (typeof json === 'string') return { kind: 'text', text: json };
  if (!isJsonObject(json)) return undefined;
  if (JSON.stringify(json) === JSON.stringify(URL_JSON)) return { kind: 'url' };
  return 'tag' in json ? undefined : { kind: 'token', claims: Object.entries(json) };
}

/** Lines as claims JSON. Two for the same claims cannot both stand: the later one takes the place. */
export const writeResponses = (lines: readonly ResponseLine[]): JsonObject =>
  Object.fromEntries(
    lines.map(({ claims, status, headers, hasHeaders, kid }) => [
      claims.length > 1 ? JSON.stringify(claims) : (claims[0] ?? ''),
      [
        status,
        ...(hasHeaders || headers.length > 0 ? [Object.fromEntries(headers.map(writeHeader))] : []),
        ...(kid === undefined ? [] : [kid]),
      ],
    ]),
  );

function writeHeader({ name, pieces, isList }: HeaderLine): [string, Json] {
  const [first] = pieces;
  if (!isList && pieces.length === 1 && first?.kind === 'text') return [name, first.text];
  return [name, pieces.map(writePiece)];
}

const writePiece = (piece: HeaderPiece): Json =>
  piece.kind === 'text' ? piece.text : piece.kind === 'url' ? URL_JSON : Object.fromEntries(piece.claims);

const all = <T>(items: readonly (T | undefined)[]): readonly T[] | undefined => {
  const found = items.filter((item) => item !== undefined);
  return found.length === items.length ? found : undefined;
};
