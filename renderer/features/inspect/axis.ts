import { type Seconds, seconds } from '../../../shared/units.ts';

/** Gaps longer than this are broken on the axis, not squeezed. */
const LONGEST_GAP = 7 * 86_400;
/** share of the axis that one broken gap takes, against what is drawn to scale */
const BREAK_SHARE = 0.28;
/** room at both ends when all the moments fall together */
const LEAST_SPAN = 2 * 3600;

/** A stretch of the axis: to scale, or broken. Positions run from 0 to 1. */
export interface Stretch {
  readonly from: Seconds;
  readonly to: Seconds;
  readonly start: number;
  readonly end: number;
  readonly isBroken: boolean;
}

export interface Axis {
  readonly from: Seconds;
  readonly to: Seconds;
  readonly stretches: readonly Stretch[];
}

/** An axis that fits all the moments, with room at both ends. */
export function createAxis(moments: readonly Seconds[]): Axis {
  const sorted = [...new Set(moments.filter(Number.isFinite))].sort((a, b) => a - b);
  const first = sorted[0] ?? seconds(0);
  const last = sorted.at(-1) ?? first;
  const gaps = sorted.slice(1).map((to, index) => ({ from: sorted[index] ?? to, to }));
  const toScale = gaps
    .filter(({ from, to }) => to - from <= LONGEST_GAP)
    .reduce((sum, { from, to }) => sum + to - from, 0);
  const pad = Math.max(toScale * 0.1, LEAST_SPAN / 4);
  const scaled = toScale + 2 * pad;
  const pieces = [
    { from: seconds(first - pad), to: first, weight: pad },
    ...gaps.map(({ from, to }) => ({ from, to, weight: to - from <= LONGEST_GAP ? to - from : scaled * BREAK_SHARE })),
    { from: last, to: seconds(last + pad), weight: pad },
  ];
  const total = pieces.reduce((sum, piece) => sum + piece.weight, 0);
  let start = 0;
  const stretches = pieces.map(({ from, to, weight }): Stretch => {
    const end = start + weight / total;
    const stretch = { from, to, start, end, isBroken: to - from > LONGEST_GAP };
    start = end;
    return stretch;
  });
  return { from: seconds(first - pad), to: seconds(last + pad), stretches };
}

/** Where a moment stands, 0 to 1; moments outside stand at the ends. */
export function positionOf(axis: Axis, at: Seconds): number {
  for (const stretch of axis.stretches) {
    if (at <= stretch.to) {
      const share = (Math.max(at, stretch.from) - stretch.from) / (stretch.to - stretch.from || 1);
      return stretch.start + share * (stretch.end - stretch.start);
    }
  }
  return 1;
}

/** The whole second at a position. */
export function momentAt(axis: Axis, position: number): Seconds {
  const stretch = axis.stretches.find((candidate) => position <= candidate.end) ?? axis.stretches.at(-1);
  if (stretch === undefined) return axis.from;
  const share = (Math.max(position, stretch.start) - stretch.start) / (stretch.end - stretch.start || 1);
  return seconds(Math.round(stretch.from + Math.min(share, 1) * (stretch.to - stretch.from)));
}

const STEPS = [60, 300, 900, 1800, 3600, 3 * 3600, 6 * 3600, 12 * 3600, 86_400];
const MOST_TICKS = 7;

/** Round moments on the parts of the axis that are to scale. `offset`: seconds that local time is ahead of UTC. */
export function roundMoments(
  axis: Axis,
  offset: number,
): { readonly step: number; readonly moments: readonly Seconds[] } {
  const scaled = axis.stretches.filter((stretch) => !stretch.isBroken);
  const span = scaled.reduce((sum, { from, to }) => sum + to - from, 0);
  const step = STEPS.find((candidate) => span / candidate <= MOST_TICKS) ?? 86_400;
  const moments = scaled.flatMap(({ from, to }) => {
    const inside: Seconds[] = [];
    for (let at = Math.ceil((from + offset) / step) * step - offset; at < to && inside.length <= MOST_TICKS; at += step)
      inside.push(seconds(at));
    return inside;
  });
  return { step, moments };
}
