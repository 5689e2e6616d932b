import type { FoundRequest } from '../carrier/found.ts';
import { millis, type Seconds, seconds, toSeconds } from '../units.ts';

/** What an answer's Date tells about the clock that judged its request. */
export interface ServerClock {
  /** when the server answered, by its own clock */
  readonly at: Seconds;
  /** the answer lies so far from now that it is not about now */
  readonly isPast: boolean;
  /** the server's clock less the client's */
  readonly skew?: ClockSkew;
}

export interface ClockSkew {
  /** positive: the server is ahead */
  readonly seconds: Seconds;
  /** `about`: both clocks are known; else the answer may be older than it looks, which makes a server look behind */
  readonly precision: 'about' | 'at-least' | 'at-most';
}

/** An answer that was pasted within this many seconds of its Date is taken for one about now. */
const FRESH = 300;

/**
 * The server's clock as a request's answer shows it (RFC 9110 §6.6.1: whole seconds). A HAR knows when the client sent
 * it; any other paste knows only when it was pasted, some time after the answer. `undefined`: there is no Date.
 */
export function readServerClock(request: FoundRequest, pastedAt: Seconds): ServerClock | undefined {
  const at = parseDate(request.serverDate);
  if (at === undefined) return undefined;
  const isPast = Math.abs(at - pastedAt) > FRESH;
  const sent = parseDate(request.sentAt);
  if (sent !== undefined) {
    // the Date was written about half way, and dropped its fraction of a second
    const middle = sent + (request.took ?? 0) / 2000;
    return { at, isPast, skew: { seconds: seconds(at + 0.5 - middle), precision: 'about' } };
  }
  if (isPast) return { at, isPast };
  const difference = seconds(at - pastedAt);
  return { at, isPast, skew: { seconds: difference, precision: difference > 0 ? 'at-least' : 'at-most' } };
}

function parseDate(text: string | undefined): Seconds | undefined {
  const parsed = text === undefined ? Number.NaN : Date.parse(text);
  return Number.isFinite(parsed) ? toSeconds(millis(parsed)) : undefined;
}
