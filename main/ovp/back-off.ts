import { LONGEST_WAIT } from './queue.ts';

/** How an attempt failed. */
export interface FailedAttempt {
  /** counts from 1 */
  readonly attempt: number;
  /** absent: the connection broke off before an answer */
  readonly status?: number;
  /** as the answer asked, in milliseconds */
  readonly retryAfter?: number;
  /** making it twice does what making it once does */
  readonly idempotent: boolean;
}

const MOST_ATTEMPTS = { tooMany: 6, fault: 3 };
const FIRST_WAIT = 1000;
const LONGEST_GUESS = 30_000;

/**
 * How long to wait before the next attempt, in milliseconds; `undefined`: no further attempt. 429 is repeated whatever the
 * call is, since nothing was done. Faults of a server and broken connections only where a second call does no harm.
 */
export function backOff(failed: FailedAttempt, random: () => number): number | undefined {
  const { attempt, status, retryAfter, idempotent } = failed;
  const isTooMany = status === 429;
  const isFault = status === undefined || [500, 502, 503, 504].includes(status);
  if (!isTooMany && !(isFault && idempotent)) return undefined;
  if (attempt >= (isTooMany ? MOST_ATTEMPTS.tooMany : MOST_ATTEMPTS.fault)) return undefined;
  if (retryAfter !== undefined) return retryAfter > LONGEST_WAIT ? undefined : retryAfter;
  // half of it is certain, half is chance: clients that were refused together do not come back together
  const most = Math.min(LONGEST_GUESS, FIRST_WAIT * 2 ** (attempt - 1));
  return Math.round(most / 2 + (random() * most) / 2);
}
