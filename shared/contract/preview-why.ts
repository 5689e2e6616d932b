import { millis, seconds } from '../units.ts';
import { command } from './command.ts';
import { environment, keyIdSchema } from './keys.ts';
import { previewState, rowCause, tokenSlot, traceRow } from './preview.ts';
import { richText } from './rich-text.ts';
import { z } from './zod.ts';

/** Why a request got the answer it got, from the facts that the edge had when it answered. */
const count = z.number().int().min(0);
const moment = z.number().transform(seconds);
const time = z.number().transform(millis);

/** One claim, told by the rule inside it that decides. */
const judgedClaim = z.object({
  name: z.string(),
  verdict: z.enum(['pass', 'fail', 'unknown', 'ignored']),
  reason: richText,
  /** the place inside: `catu.path` */
  claim: z.string(),
});

export const refusal = z.object({
  row: traceRow,
  cause: rowCause.nullable(),
  /** one sentence */
  sentence: richText,
  integrity: z.object({
    state: z.enum(['verified', 'failed', 'not-checked', 'cannot-check', 'no-token']),
    /** a sentence where it is not verified */
    reason: z.string(),
    /** the key that made it, also when the edge does not know that one */
    key: z.object({ id: keyIdSchema, name: z.string(), environment, kid: z.string().exactOptional() }).exactOptional(),
    kidMatches: z.boolean().exactOptional(),
  }),
  time: z.object({
    state: z.enum(['valid', 'expired', 'not-yet', 'unbounded', 'no-token']),
    expires: moment.exactOptional(),
    notBefore: moment.exactOptional(),
  }),
  /** in the token's order; those that refuse are not put first */
  claims: z.array(judgedClaim),
  /** what the rule that refused asks for and what the request has; `at` counts from 1 */
  diff: z
    .object({ claim: z.string(), expected: z.string(), actual: z.string(), at: count.exactOptional() })
    .exactOptional(),
  copies: z.array(
    z.object({
      channel: z.enum(['path', 'query', 'header', 'cookie']),
      name: z.string(),
      slot: tokenSlot.nullable(),
      judged: z.boolean(),
      reason: richText,
    }),
  ),
  /** the answer, its body as far as it is text that says why */
  said: z.object({ status: count, words: z.string(), size: count }),
  clocks: z.object({ here: time, edge: time }),
  /** requests before it that passed with the same token, and the last of them */
  before: z.object({ passed: count, last: count.exactOptional() }),
  /** a fresh token came with the answer (catr): how, until when it holds, and what the player makes of it */
  renewed: z
    .object({ by: z.enum(['cookie', 'header', 'redirect']), expires: moment.exactOptional(), sentence: richText })
    .exactOptional(),
  /** what about the token would have to change; absent where no change of it would help */
  mend: z
    .object({
      sentence: richText,
      /** `before` and `after` are claims JSON as text */
      changes: z.array(
        z.object({
          claim: z.string(),
          before: z.string().exactOptional(),
          after: z.string().exactOptional(),
          sentence: richText,
        }),
      ),
      decisions: z.array(z.object({ claim: z.string(), reason: richText })),
      sufficient: z.boolean(),
    })
    .exactOptional(),
  /** the smallest thing that helps; `decide`: it widens what the token allows, which is a person's decision */
  fix: z.object({
    kind: z.enum(['reissue', 'change-key', 'use-token', 'addresses', 'clear-fault', 'decide', 'none']),
    sentence: richText,
    /** the key to re-issue with, or the one the edge should know */
    keyId: keyIdSchema.exactOptional(),
  }),
});
export type Refusal = z.output<typeof refusal>;

const rowId = z.number().int().min(1);

export const previewWhyCommands = {
  /** of any row that main still has the facts of, also one that passed; `ERR_PREVIEW_ROW` when it has not */
  'preview.why': command(z.strictObject({ row: rowId }), refusal),
  /** the request itself as a curl, its token in it: for Inspect, not to be passed around; `ERR_PREVIEW_ROW` as above */
  'preview.curl': command(z.strictObject({ row: rowId }), z.object({ text: z.string() })),
  /**
   * Makes the row's token anew with its smallest mend, under a key, puts it into the row's slot and swaps in place. Production
   * keys want their name, as `issue.sign` does. `ERR_PREVIEW_DECISION`: the mend would widen what the token allows.
   */
  'preview.reissue': command(
    z.strictObject({ row: rowId, keyId: keyIdSchema, confirmName: z.string().max(200).exactOptional() }),
    previewState,
  ),
  /** puts the fresh token that came with a row's answer into a slot, to look at, compare or use */
  'preview.takeRenewed': command(z.strictObject({ row: rowId, slot: tokenSlot }), previewState),
};

export const previewWhyEvents = {
  /** the first refusal of a run, and each one that has another cause than the last: told as soon as it is answered */
  'preview.refused': refusal,
};
