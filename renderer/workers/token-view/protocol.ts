import type { Found, FoundToken } from '../../../shared/carrier/found.ts';
import type { RequestFacts } from '../../../shared/evaluate/request.ts';
import type { ClaimVerdict } from '../../../shared/evaluate/verdict.ts';
import type { Seconds } from '../../../shared/units.ts';
import type { TokenView } from './token-view.ts';

/** What the window asks of the inspecting worker, which keeps the last text it read. */
export type InspectRequest =
  | { readonly kind: 'read'; readonly id: number; readonly text: string; readonly now: Seconds }
  | { readonly kind: 'view'; readonly id: number; readonly index: number; readonly now: Seconds }
  | { readonly kind: 'judge'; readonly id: number; readonly question: Question };

/** The token that is looked at, against a request, at a moment, as a verifier would judge it. */
export interface Question {
  readonly request: RequestFacts;
  readonly at: Seconds;
  readonly verifier: string;
}

export type InspectAnswer =
  | { readonly kind: 'reading'; readonly id: number; readonly reading: Reading }
  /** in the order of the claims, then what the verifier misses */
  | { readonly kind: 'verdicts'; readonly id: number; readonly verdicts: readonly ClaimVerdict[] };

/** What was found, and one of the tokens in full: of thousands only the one that is looked at is drawn. */
export interface Reading {
  readonly found: FoundSummary;
  /** index of the token in `found.tokens` */
  readonly index: number;
  /** absent for what is not a CAT, and when nothing was found */
  readonly view: TokenView | undefined;
}

export interface FoundSummary extends Pick<Found, 'input' | 'requests' | 'requestOf' | 'stoppedAt'> {
  readonly tokens: readonly FoundEntry[];
}

export interface FoundEntry extends Pick<FoundToken, 'kind' | 'instead' | 'source' | 'start' | 'end' | 'repairs'> {
  readonly size: number;
}
