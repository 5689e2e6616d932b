import { encodeHex } from '../bytes/hex.ts';
import { findTokens } from '../carrier/find-tokens.ts';
import { claimValue } from '../claims/claims-set.ts';
import { catr } from '../claims/definitions/catr.ts';
import { catreplay } from '../claims/definitions/catreplay.ts';
import { iat } from '../claims/definitions/iat.ts';
import { type RichText, rich, time } from '../explain/rich-text.ts';
import { inspectToken } from '../inspect/inspect-token.ts';
import type { Inspection } from '../inspect/inspection.ts';
import { type Seconds, seconds } from '../units.ts';

/** A token as the player will get it, and what to know before it is played. */
export interface SlotToken {
  /** base64url without padding, or the dot form */
  readonly text: string;
  readonly sentence: RichText;
  readonly expires?: Seconds;
  readonly notBefore?: Seconds;
  readonly issuedAt?: Seconds;
  readonly kid?: string;
  readonly alg?: string;
  /** most urgent first */
  readonly warnings: readonly SlotWarning[];
}

export interface SlotWarning {
  readonly code: 'replay' | 'renewal' | 'expired' | 'short' | 'unreadable';
  readonly sentence: RichText;
}

/** A stream that starts takes longer than this to be judged by. */
const SHORT: Seconds = seconds(60);

/** The first token of a text; `undefined` when there is none. */
export function readSlot(text: string, now: Seconds): SlotToken | undefined {
  const found = findTokens(text).tokens.find(({ kind }) => kind !== 'not-a-cat');
  if (found === undefined) return undefined;
  const inspection = inspectToken(found, { now });
  const { envelope, claims, sentence } = inspection;
  const { expires, notBefore } = inspection.time;
  const issuedAt = claims === undefined ? undefined : claimValue(claims, iat);
  return {
    text: found.text,
    sentence,
    ...(expires !== undefined && { expires }),
    ...(notBefore !== undefined && { notBefore }),
    ...(issuedAt !== undefined && { issuedAt: seconds(Number(issuedAt)) }),
    ...(envelope.kid !== undefined && { kid: envelope.kid.text ?? encodeHex(envelope.kid.bytes) }),
    ...(envelope.alg?.name !== undefined && { alg: envelope.alg.name }),
    warnings: warningsOf(inspection, now),
  };
}

function warningsOf({ claims, time: { state, expires } }: Inspection, now: Seconds): readonly SlotWarning[] {
  const warnings: SlotWarning[] = [];
  if (claims === undefined)
    return [{ code: 'unreadable', sentence: rich`Its claims cannot be read, so nothing can be said beforehand` }];
  const replay = claimValue(claims, catreplay);
  if (replay === 1)
    warnings.push({
      code: 'replay',
      sentence: rich`It may be used once only: the first request burns it, and a stream needs many`,
    });
  if (state === 'expired' && expires !== undefined)
    warnings.push({ code: 'expired', sentence: rich`It expired at ${time(expires)}` });
  else if (expires !== undefined && expires - now < SHORT)
    warnings.push({ code: 'short', sentence: rich`It expires within a minute, while the stream plays` });
  const renewal = claimValue(claims, catr);
  if (renewal !== undefined)
    warnings.push({
      code: 'renewal',
      sentence: rich`It is ${catr.explain(renewal)}: the player does not take a renewed token up by itself`,
    });
  return warnings;
}
