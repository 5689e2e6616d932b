import type { Seconds } from '../../../shared/units.ts';
import { formatMoment } from '../../ui/local-time.ts';
import { type Axis, positionOf, roundMoments } from './axis.ts';

export interface Tick {
  readonly key: string;
  readonly at: Seconds;
  readonly position: number;
  readonly time: string;
  /** `nbf`, `exp`, `now`; round hours have none */
  readonly word: string | undefined;
  readonly tone: 'now' | 'asof' | undefined;
  /** which side of its place the label stands on, so that neighbours do not overlap */
  readonly align: 'middle' | 'before' | 'after';
}

/** room a label needs, as a share of the axis */
const ROOM = 0.13;
const ROOM_ROUND = 0.075;
const EDGE = 0.05;

interface Moments {
  readonly notBefore: Seconds | undefined;
  readonly expires: Seconds | undefined;
  readonly now: Seconds;
  readonly asOf: Seconds | undefined;
}

/** Labels below the axis: the moments that count, and round hours where there is room between them. */
export function placeTicks(axis: Axis, { notBefore, expires, now, asOf }: Moments): readonly Tick[] {
  const named: Tick[] = [];
  const add = (key: string, at: Seconds | undefined, word: string, tone: Tick['tone'] = undefined) => {
    if (at === undefined) return;
    const time = tone === 'asof' ? `as of ${formatMoment(at, now)}` : formatMoment(at, now);
    named.push({ key, at, position: positionOf(axis, at), time, word, tone, align: 'middle' });
  };
  add('nbf', notBefore, 'nbf');
  add('exp', expires, 'exp');
  add('now', now, 'now', asOf === undefined ? 'now' : undefined);
  add('asof', asOf, '', 'asof');
  named.sort((a, b) => a.position - b.position);
  const placed = keepApart(named);

  // beside a gap nobody could tell which day a round hour belongs to
  if (axis.stretches.some((stretch) => stretch.isBroken)) return placed;
  const { step, moments } = roundMoments(axis, -new Date(now * 1000).getTimezoneOffset() * 60);
  const round = moments
    .map(
      (at): Tick => ({
        key: `round-${at}`,
        at,
        position: positionOf(axis, at),
        time: formatRound(at, step),
        word: undefined,
        tone: undefined,
        align: 'middle',
      }),
    )
    .filter((tick) => tick.position > EDGE / 2 && tick.position < 1 - EDGE / 2)
    .filter((tick) =>
      placed.every(
        (other) => Math.abs(other.position - tick.position) > (other.align === 'middle' ? ROOM_ROUND : ROOM),
      ),
    );
  return [...placed, ...round];
}

/** Labels that would overlap stand on either side of their places; a third in the same place is left out. */
function keepApart(ticks: readonly Tick[]): readonly Tick[] {
  const placed: Tick[] = [];
  for (const tick of ticks) {
    const before = placed.at(-1);
    const edge = tick.position < EDGE ? 'after' : tick.position > 1 - EDGE ? 'before' : 'middle';
    if (before === undefined || tick.position - before.position >= ROOM) placed.push({ ...tick, align: edge });
    else if (before.align === 'after') {
      if (tick.tone !== undefined) placed[placed.length - 1] = { ...tick, align: edge };
    } else {
      placed[placed.length - 1] = { ...before, align: before.position < EDGE ? 'after' : 'before' };
      placed.push({ ...tick, align: 'after' });
    }
  }
  return placed;
}

function formatRound(at: Seconds, step: number): string {
  const date = new Date(at * 1000);
  const two = (value: number) => String(value).padStart(2, '0');
  if (step >= 86_400) return `${date.getDate()} ${date.toLocaleDateString('en-GB', { month: 'short' })}`;
  return step >= 3600 ? two(date.getHours()) : `${two(date.getHours())}:${two(date.getMinutes())}`;
}
