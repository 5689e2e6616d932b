import type { Seconds } from '../units.ts';

/**
 * The request a token is judged against, and what the recipient knows. A member that is left out is not known:
 * claims that need it come out `unknown`, never `pass`.
 */
export interface RequestFacts {
  /** absolute URL as sent, the token possibly still in it */
  readonly url?: string;
  readonly method?: string;
  /** in received order; a repeated field stands repeated (RFC 9110 §5.2) */
  readonly headers?: readonly HeaderField[];
  /** textual IPv4 or IPv6 address of the client as the recipient sees it */
  readonly ip?: string;
  readonly asn?: number;
  /** ISO 3166-1 alpha-2, or with subdivision as in ISO 3166-2: `SE`, `SE-AB` */
  readonly country?: string;
  readonly location?: {
    readonly latitude: number;
    readonly longitude: number;
    /** metres */
    readonly altitude?: number;
  };
  /** negotiated ALPN protocol id; `null` = the connection was not TLS or negotiated none */
  readonly alpn?: string | null;
  /** DER SubjectPublicKeyInfo of the TLS peer certificate */
  readonly tlsPublicKey?: Uint8Array;
  /** how many times this `cti` was seen before this request */
  readonly seen?: number;
  /** the outcome of checking a DPoP proof that came along, made by `evaluate/dpop.ts` */
  readonly dpop?: DpopFacts;
  /** a draw in [0, 1) for `catpor`, and whether its id is on the recipient's block list */
  readonly chance?: number;
  readonly blocked?: boolean;
  /** what a MOQT relay is asked to do (CAT-4-MOQT); an HTTP request has none */
  readonly moqt?: MoqtFacts;
  /** fingerprints of the TLS client hello the recipient took, by kind: `{ JA4: 't13d…' }` */
  readonly tlsFingerprints?: Readonly<Record<string, string>>;
}

export interface MoqtFacts {
  /** number of the action, see `claims/definitions/moqt.ts` */
  readonly action: number;
  readonly namespace: readonly Uint8Array[];
  readonly track?: Uint8Array;
}

export interface HeaderField {
  readonly name: string;
  readonly value: string;
}

export interface DpopFacts {
  /** RFC 7638 SHA-256 thumbprint of the key in the proof, 32 bytes */
  readonly thumbprint: Uint8Array;
  /** whether the proof's signature verifies under its own key; `undefined` = it was not checked */
  readonly verified: boolean | undefined;
  readonly issuedAt: Seconds;
  readonly method?: string;
  readonly uri?: string;
  readonly jti?: string;
  /** whether this `jti` was seen before within the window; left out = nobody counted */
  readonly jtiSeen?: boolean;
  /** whether `ath` is the hash of the token that came with it; left out = there was no `ath`, or no token to compare */
  readonly tokenMatches?: boolean;
}

/** The recipient's side of the judgement: its clock and whom it trusts. */
export interface RecipientFacts {
  readonly now: Seconds;
  /** clock difference that is forgiven on exp and nbf; the standard forgives none */
  readonly skew: Seconds;
  /** issuers the recipient knows; left out = it was not said which */
  readonly issuers?: readonly string[];
  /** names the recipient answers to as an audience; left out = not said */
  readonly audiences?: readonly string[];
  /** how often a MOQT relay can ask again whether a token still holds; left out = not said */
  readonly revalidatesEvery?: Seconds;
}
