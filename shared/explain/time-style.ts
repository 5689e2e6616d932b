import { type Seconds, seconds, toMillis } from '../units.ts';
import type { TimeStyle } from './rich-text.ts';

/** Beyond what a Date can hold (±8.64e15 ms) a NumericDate is printed as the number it is. */
const LAST_DATE = 8.64e12;

/** UTC, to the second, as the command line and reports say it: `2026-11-24 14:07:32 UTC`. */
export const UTC_STYLE: TimeStyle = {
  time: (at) => (isDate(at) ? `${isoSeconds(at).replace('T', ' ').replace('Z', '')} UTC` : `${at} s after 1970`),
  duration: formatDuration,
};

const isDate = (at: Seconds): boolean => Number.isFinite(at) && Math.abs(at) <= LAST_DATE;

const isoSeconds = (at: Seconds): string => new Date(toMillis(at)).toISOString().replace(/\.\d+Z$/, 'Z');

const UNITS: readonly (readonly [size: number, name: string])[] = [
  [365 * 86_400, 'y'],
  [86_400, 'd'],
  [3_600, 'h'],
  [60, 'min'],
  [1, 's'],
];

/** At most two units, the smaller dropped when it is zero: `3 h`, `4 min 36 s`. The sign is not said. */
export function formatDuration(span: Seconds): string {
  const total = Math.abs(span);
  if (!Number.isFinite(total)) return 'forever';
  if (total < 1) return total === 0 ? '0 s' : 'under 1 s';
  const first = UNITS.findIndex(([size]) => total >= size);
  const [size, name] = UNITS[first] ?? [1, 's'];
  const whole = Math.floor(total / size);
  const next = UNITS[first + 1];
  if (next === undefined) return `${whole} ${name}`;
  const rest = Math.floor((total - whole * size) / next[0]);
  return rest === 0 ? `${whole} ${name}` : `${whole} ${name} ${rest} ${next[1]}`;
}

/** How far `at` lies from `now`: `in 2 h`, `3 h ago`, `now`. */
export function formatRelative(at: Seconds, now: Seconds): string {
  const span = at - now;
  if (span === 0) return 'now';
  return span > 0 ? `in ${formatDuration(seconds(span))}` : `${formatDuration(seconds(span))} ago`;
}
