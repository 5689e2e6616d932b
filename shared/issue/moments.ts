import { formatRelative } from '../explain/time-style.ts';
import { err, ok, type Result } from '../result.ts';
import { type Seconds, seconds } from '../units.ts';
import {
  formatZoned,
  isWallTime,
  isZone,
  momentOf,
  plusDays,
  type WallTime,
  wallTime,
  weekday,
  type ZonedMoment,
} from './time-zone.ts';

/** What a text about time is read by. */
export interface Clock {
  readonly now: Seconds;
  /** IANA name, for wall times that name none */
  readonly zone: string;
}

/** A moment that was read. */
export interface Moment {
  /** whole seconds: recipients differ on fractions */
  readonly at: Seconds;
  /** what was understood, to be shown beside the field: "2026-11-24 16:07:32 Europe/Stockholm (UTC+01:00), in 2 h" */
  readonly understood: string;
  /** it moves with the clock it is read by, as "+2h" does and "2026-11-24 20:00" does not */
  readonly relative: boolean;
}

/** Last second that a date can hold: 9999-12-31T23:59:59Z. Epoch seconds and spans stop here as well. */
const LAST = 253_402_300_799;

/**
 * The moment a person means: "now", "+2h", "in 90 min", "3 days ago", "tonight 23:59", "tomorrow 06:00", "friday 20:00",
 * "20:00", "2026-11-24 20:00 Europe/Stockholm", ISO 8601, or seconds since 1970. The error is one sentence.
 */
export function parseMoment(text: string, clock: Clock): Result<Moment, string> {
  const words = text.trim().replace(/\s+/g, ' ');
  if (words === '') return err('A moment is needed, as +2h or 2026-11-24 20:00');
  if (!isZone(clock.zone)) return err(`There is no time zone “${clock.zone}”`);
  const span = parseSpan(words);
  if (span !== undefined) return finish(clock.now + span, true, clock, clock.zone);
  if (/^-?\d+(\.\d+)?$/.test(words)) return parseEpoch(words, clock);
  const { rest, zone, offset } = splitZone(words);
  if (zone === undefined) return err(`There is no time zone “${words.slice(words.lastIndexOf(' ') + 1)}”`);
  const wall = parseWall(rest.toLowerCase(), { ...clock, zone: zone === '' ? clock.zone : zone });
  if (!wall.ok) return wall;
  const named = zone === '' ? clock.zone : zone;
  if (offset !== undefined) {
    const { at } = momentOf(wall.value.wall, 'UTC');
    return finish(at - offset, false, clock, named);
  }
  return finishZoned(momentOf(wall.value.wall, named), wall.value, clock, named);
}

const SIZES: readonly (readonly [pattern: string, size: number])[] = [
  ['seconds?|secs?|s', 1],
  ['minutes?|mins?|m', 60],
  ['hours?|hrs?|h', 3_600],
  ['days?|d', 86_400],
  ['weeks?|w', 604_800],
];
const PART = SIZES.map(([pattern]) => `(?:(\\d+(?:\\.\\d+)?) ?(?:${pattern}))?`);
const SIZES_IN_ORDER = new RegExp(`^${[...PART].reverse().join(' ?')}$`);

/** Seconds of a length of time: "2h", "90 min", "1h30m", "1.5 days"; units from large to small. `undefined` = it is none. */
export function parseDuration(text: string): Seconds | undefined {
  const match = SIZES_IN_ORDER.exec(text.trim().replace(/\s+/g, ' ').toLowerCase());
  if (match === null || match[0] === '') return undefined;
  const amounts = match.slice(1).reverse();
  const total = amounts.reduce((sum, amount, index) => sum + Number(amount ?? 0) * (SIZES[index]?.[1] ?? 0), 0);
  return total <= LAST ? seconds(total) : undefined;
}

/** A length of time as people write it and `parseDuration` reads it: `24h`, `2h30m`, `3d`. */
export function writeDuration(span: Seconds): string {
  if (!Number.isInteger(span) || span <= 0) return `${span}s`;
  if (span % 86_400 === 0 && span > 86_400) return `${span / 86_400}d`;
  const amounts = [Math.floor(span / 3_600), Math.floor((span % 3_600) / 60), span % 60];
  return amounts.map((amount, index) => (amount === 0 ? '' : `${amount}${'hms'[index] ?? ''}`)).join('');
}

/** A span from now with its sign, or "now"; `undefined` = the text is about something else. */
function parseSpan(words: string): number | undefined {
  const lower = words.toLowerCase();
  if (lower === 'now') return 0;
  const match = /^(?:([+-]) ?|in )?(.+?)( from now| ago)?$/.exec(lower);
  const span = parseDuration(match?.[2] ?? '');
  if (span === undefined) return undefined;
  const past = match?.[1] === '-' ? match[3] === undefined : match?.[3] === ' ago';
  return past ? 0 - span : span;
}

function parseEpoch(words: string, clock: Clock): Result<Moment, string> {
  const value = Number(words);
  const digits = words.replace(/^-|\..*$/g, '').length;
  // 13 digits are milliseconds until 2286; as seconds they would be the year 33658
  return finish(digits >= 12 && digits <= 14 ? value / 1000 : value, false, clock, clock.zone);
}

interface SplitZone {
  readonly rest: string;
  /** `''`: none is named; `undefined`: one is named that nobody knows */
  readonly zone: string | undefined;
  /** seconds ahead of UTC, when the text says that instead */
  readonly offset?: number;
}

function splitZone(words: string): SplitZone {
  const offset = /(?<=\d) ?(?:UTC|GMT)?([+-])(\d\d):?(\d\d)?$/.exec(words);
  // "-24" of a date alone is no offset
  if (offset !== null && /\d:\d\d/.test(words.slice(0, offset.index))) {
    const [all, sign, hours, minutes = '0'] = offset;
    const size = Number(hours) * 3600 + Number(minutes) * 60;
    return { rest: words.slice(0, -all.length), zone: '', offset: sign === '-' ? -size : size };
  }
  if (/\d ?z$/i.test(words)) return { rest: words.slice(0, -1).trim(), zone: 'UTC' };
  const last = /^(.*\S) ([A-Za-z][A-Za-z_]*(?:\/[A-Za-z0-9_+-]+)*)$/.exec(words);
  const [, rest = '', name = ''] = last ?? [];
  if (last === null || /^(?:noon|midnight|at|am|pm)$/i.test(name)) return { rest: words, zone: '' };
  return { rest, zone: isZone(name) ? name : undefined };
}

interface ReadWall {
  readonly wall: WallTime;
  readonly relative: boolean;
  readonly remark?: string;
}

const DATE = /^(\d{4})-(\d{2})-(\d{2})(?:[ t](.+))?$/;
const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
const DAYS: Readonly<Record<string, number>> = { yesterday: -1, today: 0, tonight: 0, tomorrow: 1 };

function parseWall(words: string, { now, zone }: Clock): Result<ReadWall, string> {
  const date = DATE.exec(words);
  if (date !== null) {
    const [, year, month, day, time = '00:00'] = date;
    return withTime({ year: Number(year), month: Number(month), day: Number(day) }, time, false);
  }
  const today = wallTime(now, zone);
  const [first = '', ...others] = words.split(' ');
  const time = others.filter((word, index) => index > 0 || word !== 'at').join(' ');
  const days = DAYS[first];
  if (days !== undefined)
    return withTime(plusDays(today, days), time === '' ? (first === 'tonight' ? '23:59' : '00:00') : time, true);
  const wanted = WEEKDAYS.findIndex((name) => name === first || (first.length === 3 && name.startsWith(first)));
  if (wanted >= 0) {
    const ahead = (wanted - weekday(today) + 7) % 7;
    const read = withTime(plusDays(today, ahead), time === '' ? '00:00' : time, true);
    return read.ok && momentOf(read.value.wall, zone).at <= now
      ? ok({ ...read.value, wall: plusDays(read.value.wall, 7) })
      : read;
  }
  const alone = withTime(today, words.replace(/^at /, ''), true);
  if (!alone.ok)
    return err(`“${words}” is no moment: write +2h, tonight 23:59, 2026-11-24 20:00 or seconds since 1970`);
  return momentOf(alone.value.wall, zone).at > now
    ? alone
    : ok({ wall: plusDays(alone.value.wall, 1), relative: true, remark: 'tomorrow, since it is past today' });
}

function withTime(date: Pick<WallTime, 'year' | 'month' | 'day'>, time: string, relative: boolean) {
  const named = NAMED_TIMES[time] ?? time;
  const match = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?$/.exec(named);
  if (match === null) return err(`“${time}” is no time of day: write it as 20:00`);
  const [, hour, minute, second = '0'] = match;
  // 24:00 ends a day (ISO 8601-1 §5.3.2)
  const ends = named === '24:00';
  const wall = {
    ...{ year: date.year, month: date.month, day: date.day },
    ...{ hour: ends ? 0 : Number(hour), minute: Number(minute), second: Number(second) },
  };
  if (!isWallTime(wall)) return err('There is no such day or time of day');
  return ok({ wall: ends ? plusDays(wall, 1) : wall, relative });
}
const NAMED_TIMES: Readonly<Record<string, string>> = { noon: '12:00', midnight: '24:00' };

function finishZoned(
  { at, clock: shown }: ZonedMoment,
  { relative, remark }: ReadWall,
  clock: Clock,
  zone: string,
): Result<Moment, string> {
  const moment = finish(at, relative, clock, zone);
  if (!moment.ok) return moment;
  const remarks = [
    ...(remark === undefined ? [] : [remark]),
    ...(shown === 'skipped' ? ['clocks skip the time that was written, so it is as much later'] : []),
    ...(shown === 'repeated' ? ['clocks show this time twice, and the first is taken'] : []),
  ];
  return ok({ ...moment.value, understood: [moment.value.understood, ...remarks].join('; ') });
}

function finish(value: number, relative: boolean, { now }: Clock, zone: string): Result<Moment, string> {
  const at = seconds(Math.floor(value));
  if (!(Math.abs(at) <= LAST)) return err('It is further away than dates go');
  return ok({ at, relative, understood: `${formatZoned(at, zone)}, ${formatRelative(at, now)}` });
}
