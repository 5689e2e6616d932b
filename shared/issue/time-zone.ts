import { type Seconds, seconds, toMillis } from '../units.ts';

/** A date and a time of day as a clock on a wall shows them. */
export interface WallTime {
  readonly year: number;
  /** 1 to 12 */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

/** The moment of a wall time in a zone, and whether the zone's clocks have it once. */
export interface ZonedMoment {
  readonly at: Seconds;
  /** `skipped`: clocks jump over it, so the moment is as far after the jump; `repeated`: twice, and the first is taken */
  readonly clock: 'once' | 'skipped' | 'repeated';
}

const DAY = 86_400;
const formats = new Map<string, Intl.DateTimeFormat>();

/** Whether the host knows a zone by this name. */
export function isZone(zone: string): boolean {
  try {
    formatOf(zone);
    return true;
  } catch {
    return false;
  }
}

/** Wall time of a moment in a zone; the zone must be one (`isZone`). */
export function wallTime(at: Seconds, zone: string): WallTime {
  const parts = Object.fromEntries(
    formatOf(zone)
      .formatToParts(toMillis(seconds(Math.floor(at))))
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return { year, month, day, hour, minute, second };
}

/** Seconds that a zone's clocks are ahead of UTC at a moment. */
export const offsetAt = (at: Seconds, zone: string): number => wallSeconds(wallTime(at, zone)) - Math.floor(at);

/** The moment that a zone's clocks show this, with what daylight saving does to it. */
export function momentOf(wall: WallTime, zone: string): ZonedMoment {
  const asUtc = wallSeconds(wall);
  const before = offsetAt(seconds(asUtc - DAY), zone);
  const after = offsetAt(seconds(asUtc + DAY), zone);
  const fits = (offset: number): boolean => offsetAt(seconds(asUtc - offset), zone) === offset;
  const moments = [...new Set([before, after])].filter(fits).map((offset) => asUtc - offset);
  const first = Math.min(...moments);
  // no clock shows it: read by the clock that was right until the jump
  if (moments.length === 0) return { at: seconds(asUtc - before), clock: 'skipped' };
  return { at: seconds(first), clock: moments.length === 1 ? 'once' : 'repeated' };
}

/** Whether there is such a day and such a time of day. */
export function isWallTime(wall: WallTime): boolean {
  const date = new Date(toMillis(seconds(wallSeconds(wall))));
  return (
    date.getUTCFullYear() === wall.year &&
    date.getUTCMonth() + 1 === wall.month &&
    date.getUTCDate() === wall.day &&
    date.getUTCHours() === wall.hour &&
    date.getUTCMinutes() === wall.minute &&
    date.getUTCSeconds() === wall.second
  );
}

/** The same time of day some days later. */
export function plusDays(wall: WallTime, days: number): WallTime {
  const date = new Date(Date.UTC(wall.year, wall.month - 1, wall.day + days));
  return { ...wall, year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
}

/** 0 is Sunday. */
export const weekday = ({ year, month, day }: WallTime): number => new Date(Date.UTC(year, month - 1, day)).getUTCDay();

/** `2026-11-24 16:07:32 Europe/Stockholm (UTC+01:00)` */
export function formatZoned(at: Seconds, zone: string): string {
  const { year, month, day, hour, minute, second } = wallTime(at, zone);
  const two = (value: number): string => String(value).padStart(2, '0');
  const date = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
  return `${date} ${two(hour)}:${two(minute)}:${two(second)} ${zone}${zone === 'UTC' ? '' : ` (${formatOffset(offsetAt(at, zone))})`}`;
}

function formatOffset(offset: number): string {
  const minutes = Math.abs(Math.trunc(offset / 60));
  const two = (value: number): string => String(value).padStart(2, '0');
  return `UTC${offset < 0 ? '-' : '+'}${two(Math.trunc(minutes / 60))}:${two(minutes % 60)}`;
}

const wallSeconds = ({ year, month, day, hour, minute, second }: WallTime): number =>
  Date.UTC(year, month - 1, day, hour, minute, second) / 1000;

function formatOf(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known !== undefined) return known;
  const format = new Intl.DateTimeFormat('en-u-ca-iso8601', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(zone, format);
  return format;
}
