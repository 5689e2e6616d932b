import type { TraceRow } from '../../../shared/contract/preview.ts';
import { type Millis, millis } from '../../../shared/units.ts';
import { isDenied } from './model.ts';

/**
 * Seconds after the first refusal of a segment at which hls.js, which is in Flowplayer too, asks again: 1 s, then twice as
 * long each time, 8 s at most, six times (`fragLoadPolicy`). Playlists are asked for anew at once or not at all.
 */
const AGAIN = [1, 3, 7, 15, 23, 31] as const;
const SECOND = 1000;
/** one that is later than this will not come: the player was paused, or plays on by another rendition */
const PATIENCE_MS = 2000;

export interface NextTry {
  readonly of: TraceRow;
  /** how often it was refused by now */
  readonly denied: number;
  readonly due: Millis;
  /** when the player stops if every try is refused */
  readonly givesUp: Millis;
  readonly isLast: boolean;
}

/** The next try of a segment whose last request was refused; `undefined` when none is to be expected. */
export function nextTry(rows: readonly TraceRow[], now: Millis): NextTry | undefined {
  const last = rows.findLast(({ status }) => status !== undefined);
  if (last === undefined || !isDenied(last) || (last.kind !== 'segment' && last.kind !== 'init')) return undefined;
  const firstId = last.retryOf ?? last.id;
  const of = rows.find(({ id }) => id === firstId);
  if (of === undefined) return undefined;
  const denied = rows.filter(({ id, retryOf }) => id === firstId || retryOf === firstId).length;
  const [wait, end] = [AGAIN[denied - 1], AGAIN.at(-1)];
  if (wait === undefined || end === undefined) return undefined;
  const due = millis(of.at + wait * SECOND);
  if (now > due + PATIENCE_MS) return undefined;
  return { of, denied, due, givesUp: millis(of.at + end * SECOND), isLast: denied === AGAIN.length };
}
