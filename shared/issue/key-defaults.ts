import type { Draft, EnvelopeChoices } from './draft.ts';

/** What a key's record tells about the envelopes it is used in. */
export interface KeyFacts {
  readonly kid?: string;
  /** the one algorithm it is for */
  readonly alg?: string;
  /** how the issuer that made the key writes its envelopes, once that was learnt */
  readonly calibration?: { readonly envelope: EnvelopeChoices };
}

/** The draft with everything it leaves open chosen as its key has it. What the draft says itself stands. */
export function withKeyDefaults(draft: Draft, { kid, alg, calibration }: KeyFacts): Draft {
  const envelope: EnvelopeChoices = {
    ...calibration?.envelope,
    ...(kid !== undefined && { kid }),
    ...(alg !== undefined && { alg }),
    ...draft.envelope,
  };
  return { ...draft, envelope };
}
