import type { Found, FoundRequest, FoundToken } from '../../../shared/carrier/found.ts';
import type { Mend } from '../../../shared/evaluate/mend.ts';
import type { Prediction } from '../../../shared/evaluate/predict-elsewhere.ts';
import type { RecipientFacts, RequestFacts } from '../../../shared/evaluate/request.ts';
import type { ClaimVerdict } from '../../../shared/evaluate/verdict.ts';
import type { RichText } from '../../../shared/explain/rich-text.ts';
import type { Seconds } from '../../../shared/units.ts';
import type { TokenCopy } from '../../../shared/verifiers/which-copy.ts';
import type { TokenView } from './token-view.ts';

/** What the window asks of the inspecting worker, which keeps the last text it read. */
export type InspectRequest =
  | { readonly kind: 'read'; readonly id: number; readonly text: string; readonly now: Seconds }
  | { readonly kind: 'view'; readonly id: number; readonly index: number; readonly now: Seconds }
  | { readonly kind: 'judge'; readonly id: number; readonly question: Question }
  | { readonly kind: 'elsewhere'; readonly id: number; readonly question: Question }
  | { readonly kind: 'copy'; readonly id: number; readonly item: string };

/** The token that is looked at, against a request, at a moment, as a verifier would judge it. */
export interface Question {
  readonly request: RequestFacts;
  /** whom the recipient trusts and who it is, as far as a person said */
  readonly recipient: Pick<RecipientFacts, 'issuers' | 'audiences'>;
  readonly at: Seconds;
  readonly verifier: string;
}

export type InspectAnswer =
  /** characters that are behind the search; more of these come before the reading */
  | { readonly kind: 'progress'; readonly id: number; readonly done: number }
  | { readonly kind: 'reading'; readonly id: number; readonly reading: Reading }
  | { readonly kind: 'looked'; readonly id: number; readonly looked: Looked | undefined }
  | { readonly kind: 'judgement'; readonly id: number; readonly judgement: Judgement }
  | { readonly kind: 'predictions'; readonly id: number; readonly predictions: readonly Prediction[] }
  | { readonly kind: 'copies'; readonly id: number; readonly copies: ItemCopies | undefined };

export interface Judgement {
  /** in the order of the claims, then what the verifier misses */
  readonly verdicts: readonly ClaimVerdict[];
  /** of a refused request: what about the token would have to change */
  readonly mend: Mend | undefined;
  /** of the tokens in the request, which one the verifier judges; empty when it carries none */
  readonly copies: readonly JudgedCopy[];
}

export interface JudgedCopy extends TokenCopy {
  /** it is the token that is looked at */
  readonly isLooked: boolean;
  readonly isUsed: boolean;
  readonly reason: RichText;
  /** its place among the tokens of the paste, when it came with one */
  readonly index: number | undefined;
}

/** One item of the token in every form it can be taken along in. */
export interface ItemCopies {
  readonly json: string;
  readonly edn: string;
  readonly hex: string;
  /** by names: `catu.path.prefix`; labels: `312/3/1` */
  readonly path: string;
}

/** What was found, and one of the tokens in full: of thousands only the one that is looked at is drawn. */
export interface Reading extends Looked {
  readonly found: FoundSummary;
}

/** One token of a text, and the request it came with. */
export interface Looked {
  /** index of the token in `found.tokens`; of a request that carried none `placeOfRequest` */
  readonly index: number;
  /** absent for what is not a CAT, and when nothing was found */
  readonly view: TokenView | undefined;
  readonly request: FoundRequest | undefined;
}

export interface FoundSummary extends Pick<Found, 'input' | 'requestOf' | 'stoppedAt'> {
  readonly tokens: readonly FoundEntry[];
  /** without their headers: of thousands only one is looked at */
  readonly requests: readonly FoundRequestEntry[];
}

export type FoundRequestEntry = Pick<FoundRequest, 'method' | 'url' | 'status'>;

export interface FoundEntry extends Pick<FoundToken, 'kind' | 'instead' | 'source' | 'start' | 'end' | 'repairs'> {
  readonly size: number;
}

/** Where a request without a token stands among what can be looked at: before the tokens, which begin at 0. */
export const placeOfRequest = (request: number): number => -1 - request;
/** Its own inverse; `undefined`: it is the place of a token. */
export const requestAt = (place: number): number | undefined => (place < 0 ? -1 - place : undefined);
