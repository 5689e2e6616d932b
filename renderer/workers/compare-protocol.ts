import type { EffectRow } from '../../shared/diff/diff-effect.ts';
import type { TokenDiff } from '../../shared/diff/diff-tokens.ts';
import type { RichText } from '../../shared/explain/rich-text.ts';
import type { Seconds } from '../../shared/units.ts';

/** Two pastes to compare, with addresses to try both tokens on. */
export interface CompareRequest {
  readonly id: number;
  readonly a: string;
  readonly b: string;
  readonly urls: readonly string[];
  readonly now: Seconds;
  readonly verifier: string;
}

export interface CompareAnswer {
  readonly id: number;
  readonly comparison: Comparison;
}

export interface Comparison {
  readonly a: Side;
  readonly b: Side;
  /** absent until both sides hold a token */
  readonly diff: TokenDiff | undefined;
  readonly effect: readonly EffectRow[];
}

/** One side as it was read. */
export interface Side {
  /** tokens in the paste; the first that is a CAT is compared */
  readonly count: number;
  /** what it is instead of a CAT */
  readonly instead: string | undefined;
  readonly token:
    | {
        readonly text: string;
        readonly where: string;
        readonly size: number;
        readonly bytes: Uint8Array;
        readonly sentence: RichText;
        readonly isDamaged: boolean;
      }
    | undefined;
}
