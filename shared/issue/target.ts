import type { CborValue } from '../cbor/node.ts';
import type { ClaimDefinition } from '../claims/claim.ts';
import type { VerifierId } from '../verifiers/verifier.ts';
import type { IssueNote, SayAboutClaim } from './issue-note.ts';

export type TargetId = 'flowplayer-ovp' | 'cta-5007-b' | 'akamai' | 'cloudfront' | 'node-cat';

/**
 * Where a token is to work: what is taken, refused and left out there. Claims that a target would not look at are left
 * out and said; what would make it refuse every request, or let pass more than was meant, is refused. Maps are
 * deterministic for every target: the standard does not ask for sorted keys, and nobody minds them.
 */
export interface Target {
  readonly id: TargetId;
  readonly name: string;
  /** one sentence */
  readonly summary: string;
  /** whose verdict shows what the token will do there */
  readonly verifier: VerifierId;
  /** names as in `cose/algorithms.ts`, the first when nothing else is chosen */
  readonly algorithms: readonly string[];
  readonly cwtTag: TagHabit;
  readonly coseTag: TagHabit;
  /** said when the draft has no kid */
  readonly withoutKid?: Remark;
  /** why a payload as hex text is refused, always or inside tag 61 only */
  readonly hexText: { readonly refused: 'always' | 'with-cwt-tag'; readonly why: string };
  /** names of the claims it takes, and why others are left out; absent: all */
  readonly takes?: { readonly names: ReadonlySet<string>; readonly why: string };
  /** what becomes of claims nobody here knows; absent: they are written as they are */
  readonly unknownClaims?: Omit<Remark, 'code'>;
  /** claims that must or should be there */
  readonly wants: readonly (Remark & { readonly claim: string })[];
  /** by the name of their claim */
  readonly rules: ReadonlyMap<string, ClaimRule>;
  /** what is wrong with claims side by side */
  readonly together?: (has: (claim: string) => boolean) => Remark | undefined;
  readonly maxBytes: { readonly limit: number; readonly kind: 'refused' | 'hint'; readonly why: string };
}

export interface Remark {
  readonly kind: IssueNote['kind'];
  readonly code: string;
  readonly message: string;
}

/** Whether a tag is written when nothing is chosen, and what to say of the other choice. */
export interface TagHabit {
  readonly written: boolean;
  readonly otherwise?: Remark;
}

/** What a target makes of one claim. */
export interface ClaimRule {
  /** says what is wrong with a value, or worth knowing */
  readonly check: (value: unknown, say: SayAboutClaim) => void;
  /** the shape this target reads, when it is not the registered one */
  readonly reshape?: (item: CborValue, say: SayAboutClaim) => CborValue;
}

/** A rule for the claim of a definition, typed by its value; one of a target's `rules`. */
export function claimRule<T>(
  definition: ClaimDefinition<T>,
  check: (value: T, say: SayAboutClaim) => void,
  reshape?: ClaimRule['reshape'],
): readonly [claim: string, rule: ClaimRule] {
  // the value comes from this very definition's `fromJson`
  const rule = { check: (value: unknown, say: SayAboutClaim) => check(value as T, say) };
  return [definition.name, reshape === undefined ? rule : { ...rule, reshape }];
}
