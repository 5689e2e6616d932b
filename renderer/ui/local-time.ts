import type { TimeStyle } from '../../shared/explain/rich-text.ts';
import { formatDuration } from '../../shared/explain/time-style.ts';
import { type Seconds, toMillis } from '../../shared/units.ts';

/** Beyond what a Date can hold (±8.64e15 ms) a NumericDate is shown as the number it is. */
const LAST_DATE = 8.64e12;
const isDate = (at: Seconds): boolean => Number.isFinite(at) && Math.abs(at) <= LAST_DATE;
const asDate = (at: Seconds): Date => new Date(toMillis(at));

// one language and a 24-hour clock everywhere, in the zone of this computer
const format = (options: Intl.DateTimeFormatOptions) =>
  new Intl.DateTimeFormat('en-GB', { hourCycle: 'h23', ...options });
const TIME = format({ hour: '2-digit', minute: '2-digit' });
const TIME_SECONDS = format({ hour: '2-digit', minute: '2-digit', second: '2-digit' });
const DAY = format({ day: 'numeric', month: 'short' });
const DAY_YEAR = format({ day: 'numeric', month: 'short', year: 'numeric' });
const WEEKDAY = format({ weekday: 'short' });
const ZONE = format({ timeZoneName: 'short' });
const OFFSET = format({ timeZoneName: 'shortOffset' });

const zonePart = (formatter: Intl.DateTimeFormat, at: Seconds): string =>
  formatter.formatToParts(asDate(at)).find((part) => part.type === 'timeZoneName')?.value ?? '';

/** `CET`, `GMT+2`: the zone at that moment, so summer time is said as it was then. */
export const zoneAt = (at: Seconds): string => (isDate(at) ? zonePart(ZONE, at) : '');

/** `CET (UTC+1)` */
export function describeZone(at: Seconds): string {
  const name = zoneAt(at);
  const offset = zonePart(OFFSET, at).replace('GMT', 'UTC');
  return name === offset || name === 'UTC' ? name : name.startsWith('GMT') ? offset : `${name} (${offset})`;
}

const number = (at: Seconds): string => `${at} s after 1970`;

const dayOf = (at: Seconds, now: Seconds): string =>
  asDate(at).getFullYear() === asDate(now).getFullYear() ? DAY.format(asDate(at)) : DAY_YEAR.format(asDate(at));

const isSameDay = (at: Seconds, now: Seconds): boolean => asDate(at).toDateString() === asDate(now).toDateString();

/** For a sentence or an axis: `11:04`, `23 Nov 11:04`, `23 Nov 2025 11:04`. */
export function formatMoment(at: Seconds, now: Seconds): string {
  if (!isDate(at)) return number(at);
  const time = TIME.format(asDate(at));
  return isSameDay(at, now) ? time : `${dayOf(at, now)} ${time}`;
}

/** For a table: `24 Nov 11:04:00`, with the year when it is not this one. */
export const formatExact = (at: Seconds, now: Seconds): string =>
  isDate(at) ? `${dayOf(at, now)} ${TIME_SECONDS.format(asDate(at))}` : number(at);

/** `14:07:32` */
export const formatTimeOfDay = (at: Seconds): string => (isDate(at) ? TIME_SECONDS.format(asDate(at)) : number(at));

/** For the status bar: `Tue 24 Nov 2026, 14:07:32 CET`. */
export const formatClock = (at: Seconds): string =>
  `${WEEKDAY.format(asDate(at))} ${DAY_YEAR.format(asDate(at))}, ${TIME_SECONDS.format(asDate(at))} ${zoneAt(at)}`;

/** For hovering: UTC and the number on the wire. */
export const formatUtcAndEpoch = (at: Seconds): string =>
  isDate(at)
    ? `${asDate(at)
        .toISOString()
        .replace('T', ' ')
        .replace(/\.000Z$/, 'Z')
        .replace('Z', ' UTC')}, ${at}`
    : number(at);

/** A day for a list: `14:01` today, `yesterday`, `12 Oct`, `2 Mar 2025`. */
export function formatRecent(at: Seconds, now: Seconds): string {
  if (isSameDay(at, now)) return TIME.format(asDate(at));
  const dayBefore = asDate(now);
  dayBefore.setDate(dayBefore.getDate() - 1);
  return asDate(at).toDateString() === dayBefore.toDateString() ? 'yesterday' : dayOf(at, now);
}

/** How this window says the times of a rich text. */
export const localStyle = (now: Seconds): TimeStyle => ({
  time: (at) => formatMoment(at, now),
  duration: formatDuration,
});
