/**
 * A token-like text found in pasted input: where it stood, what was repaired to read it, and what came with it.
 * Offsets are UTF-16 units of the input, so an editor can mark them.
 */
export interface FoundToken {
  readonly kind: 'cat' | 'c4m-dot' | 'not-a-cat';
  /** for `not-a-cat`: what it is instead, with the sentence that says so */
  readonly instead?: { readonly kind: ForeignKind; readonly message: string };
  readonly source: { readonly kind: CarrierKind; /** "header CTA-Common-Access-Token", "query parameter CAT", "path /pt:" */ readonly where: string };
  readonly start: number;
  readonly end: number;
  /** canonical text: base64url without padding, or the dot form */
  readonly text: string;
  readonly bytes: Uint8Array;
  readonly repairs: readonly Repair[];
  /** for every 4-character group mapping: input position of each canonical character, for underlining and highlight */
  readonly positions: Uint32Array;
  /** when decoding stopped early: how many input characters were understood */
  readonly damagedAt?: number;
}

export type CarrierKind = 'token' | 'url' | 'path' | 'header' | 'cookie' | 'curl' | 'har' | 'log' | 'json' | 'embed' | 'file';

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

export type ForeignKind = 'jwt' | 'player-licence' | 'akamai-edgeauth' | 'cloudfront-policy' | 'paseto' | 'basic-token' | 'jwe' | 'unknown';

/** A request that came with the paste (curl, HAR, URL): fills the request editor. */
export interface FoundRequest {
  readonly url?: string;
  readonly method?: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  /** response facts of a HAR or `curl -i` log: status and the server's Date, for clock skew */
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
}
