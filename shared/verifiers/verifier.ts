import type { Rules } from './rules.ts';

/** The verifiers the house knows, each a file of its own in this folder. */
export type VerifierId =
  | 'cta-5007'
  | 'flowplayer'
  | 'akamai'
  | 'node-cat'
  | 'node-cat-http'
  | 'cloudfront'
  | 'fastly'
  | 'zig'
  | 'cat-token';

/** Everything known about how somebody's verifier behaves: its rules are data, so that a prediction is one pass. */
export interface Verifier {
  readonly id: VerifierId;
  readonly name: string;
  readonly version: string;
  /** how it is known: the standard's rules, the code run and observed, the code read, or only what its vendor writes */
  readonly basis: 'standard' | 'executed' | 'read' | 'documented';
  /** one sentence */
  readonly summary: string;
  /** what a person must know before trusting a prediction */
  readonly notes: readonly string[];
  readonly rules: Rules;
  /** questions nobody outside can answer: a claim that comes out differently under one of them cannot be told */
  readonly open: readonly OpenQuestion[];
  readonly envelope: EnvelopeHabits;
  readonly carrier: CarrierHabits;
  readonly outcome: OutcomeStyle;
}

export interface OpenQuestion {
  /** name of the claim it matters to */
  readonly claim: string;
  /** "whether the token's own segment is part of the path" */
  readonly question: string;
  /** the rules of the other answer */
  readonly rules: Rules;
}

/** What it demands of the envelope (CAT.md e, f). */
export interface EnvelopeHabits {
  readonly cwtTag: 'required' | 'optional';
  readonly coseTag: 'required' | 'optional';
  /** whether tag 17 with a signature algorithm is refused */
  readonly tagMustFitAlgorithm: boolean;
  /** names as in `cose/algorithms.ts` */
  readonly algorithms: readonly string[];
  /** `token`: it does what the header says, whatever the key is for (algorithm confusion) */
  readonly algorithmFrom: 'key' | 'token';
  readonly macContexts: readonly ('MAC0' | 'Signature1')[];
  /** accepts HS256/64 */
  readonly truncatedMac: boolean;
  readonly hexTextPayload: boolean;
  /** accepts only the smaller of the two values of s in a signature */
  readonly lowS: boolean;
  /** `false`: it decodes the MAC or signature and never looks at it */
  readonly verifiesIntegrity: boolean;
  readonly keyChoice: 'every-key' | 'kid' | 'issuer-and-kid' | 'one-key';
  /** longer tokens are refused; `undefined` = no limit known */
  readonly maxBytes: number | undefined;
}

export type Channel = 'header' | 'cookie' | 'query' | 'path';

/** Where it looks for the token. */
export interface CarrierHabits {
  /** `first`: one copy is judged; `all`: one acceptable copy is enough; `caller`: a library that is handed the token */
  readonly choice: 'first' | 'all' | 'caller';
  readonly order: readonly Channel[];
  /** channels that end the search as soon as they are there at all, token or not: any Cookie header hides the query */
  readonly stopsAt: readonly Channel[];
  readonly headers: readonly string[];
  readonly cookies: readonly string[];
  readonly queries: readonly string[];
  /** what stands before the token in its path segment (`pt:`); `undefined` = it is not looked for in the path */
  readonly pathPrefix: string | undefined;
  /** whether names are compared with their case; header names never are (RFC 9110 §5.1) */
  readonly exactCase: { readonly cookies: boolean; readonly queries: boolean };
}

/** What a client gets to see, where that is known. */
export interface OutcomeStyle {
  readonly missing?: Outcome;
  readonly unknownKey?: Outcome;
  readonly unmetClaim?: Outcome;
  readonly otherFailure?: Outcome;
}

export interface Outcome {
  readonly status?: number;
  readonly message?: string;
}
