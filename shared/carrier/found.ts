/**
 * A token-like text found in pasted input: where it stood, what was repaired to read it, and what came with it.
 * Offsets are UTF-16 units of the input, so an editor can mark them.
 */
export interface FoundToken {
  readonly kind: 'cat' | 'c4m-dot' | 'not-a-cat';
  /** for `not-a-cat`: what it is instead, with the sentence that says so */
  readonly instead?: { readonly kind: ForeignKind; readonly message: string };
  readonly source: {
    readonly kind: CarrierKind /** "header CTA-Common-Access-Token", "query parameter CAT", "path /pt:" */;
    readonly where: string;
  };
  readonly start: number;
  readonly end: number;
  /** canonical text: base64url without padding, or the dot form */
  readonly text: string;
  /** the token's bytes: of the dot form and of what is not a CAT the ASCII of its text */
  readonly bytes: Uint8Array;
  /** in the order taken */
  readonly repairs: readonly Repair[];
  /** input position of each canonical character, for underlining and highlight */
  readonly positions: Uint32Array;
  /** input position of the first character that could not be understood; the token's end when it was cut off */
  readonly damagedAt?: number;
}

export type CarrierKind =
  | 'token'
  | 'url'
  | 'path'
  | 'header'
  | 'cookie'
  | 'curl'
  | 'har'
  | 'log'
  | 'json'
  | 'embed'
  | 'file';

export type RepairKind =
  | 'whitespace'
  | 'line-breaks'
  | 'quotes'
  | 'bearer'
  | 'padding'
  | 'base64-standard'
  | 'base64-mixed'
  | 'percent'
  | 'percent-double'
  | 'hex'
  | 'invisible'
  | 'punctuation'
  | 'ellipsis'
  | 'json-escapes';

export interface Repair {
  readonly kind: RepairKind;
  /** how many places it touched */
  readonly places: number;
  /** input ranges it touched, for underlining */
  readonly ranges: readonly (readonly [start: number, end: number])[];
}

export type ForeignKind =
  | 'jwt'
  | 'player-licence'
  | 'akamai-edgeauth'
  | 'cloudfront-policy'
  | 'paseto'
  | 'basic-token'
  | 'jwe'
  | 'unknown';

/** A request that came with the paste (curl, HAR, URL): fills the request editor. */
export interface FoundRequest {
  /** absolute where the paste had it so; a log line may know the path alone */
  readonly url?: string;
  readonly method?: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  /** the client's address, where a log line told it */
  readonly ip?: string;
  /** when the client sent it and how many milliseconds its answer took, by the client's clock (HAR) */
  readonly sentAt?: string;
  readonly took?: number;
  /** response facts of a HAR or `curl -i` log: status and the server's Date, or the time a log wrote */
  readonly status?: number;
  readonly serverDate?: string;
}

/** All that pasted input held, in input order. */
export interface Found {
  readonly input: CarrierKind | 'nothing';
  readonly tokens: readonly FoundToken[];
  readonly requests: readonly FoundRequest[];
  /** index into `requests` of the request each token came with */
  readonly requestOf: readonly (number | undefined)[];
  /** where the search ended early, because `FOUND_LIMIT` tokens or requests had been found */
  readonly stoppedAt?: number;
}

/** Tokens of one paste; more would fill the memory of the window before anybody could look at them. */
export const FOUND_LIMIT = 50_000;
