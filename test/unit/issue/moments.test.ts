import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Clock, parseDuration, parseMoment, writeDuration } from '../../../shared/issue/moments.ts';
import { seconds } from '../../../shared/units.ts';

/** 2026-11-24 14:07:32 in Stockholm, a Tuesday. */
const CLOCK: Clock = { now: seconds(Date.UTC(2026, 10, 24, 13, 7, 32) / 1000), zone: 'Europe/Stockholm' };
const utc = (iso: string) => Date.parse(iso) / 1000;

describe('a moment in words', () => {
  it.each([
    ['now', CLOCK.now],
    ['+2h', CLOCK.now + 7200],
    ['in 90 min', CLOCK.now + 5400],
    ['90 min', CLOCK.now + 5400],
    ['+2h30m', CLOCK.now + 9000],
    ['-15m', CLOCK.now - 900],
    ['3 days ago', CLOCK.now - 3 * 86_400],
    ['tonight', utc('2026-11-24T22:59:00Z')],
    ['tonight 23:59', utc('2026-11-24T22:59:00Z')],
    ['tomorrow 06:00', utc('2026-11-25T05:00:00Z')],
    ['friday 20:00', utc('2026-11-27T19:00:00Z')],
    // the coming one, not today’s that is over
    ['tue 14:00', utc('2026-12-01T13:00:00Z')],
    ['20:00', utc('2026-11-24T19:00:00Z')],
    ['at 09:00', utc('2026-11-25T08:00:00Z')],
    ['midnight', utc('2026-11-24T23:00:00Z')],
    ['2026-11-24 20:00', utc('2026-11-24T19:00:00Z')],
    ['2026-11-24 20:00 America/New_York', utc('2026-11-25T01:00:00Z')],
    ['2026-11-24T20:00:30Z', utc('2026-11-24T20:00:30Z')],
    ['2026-11-24T20:00+05:30', utc('2026-11-24T14:30:00Z')],
    ['2026-11-24 24:00', utc('2026-11-24T23:00:00Z')],
    ['1800000000', 1_800_000_000],
    // milliseconds by their length
    ['1800000000000', 1_800_000_000],
  ])('%s', (text, at) => {
    expect(parseMoment(text, CLOCK)).toMatchObject({ ok: true, value: { at } });
  });

  it.each([
    ['', 'A moment is needed'],
    ['+2 parsecs', 'There is no time zone “parsecs”'],
    ['20:00 Mars/Olympus', 'There is no time zone “Mars/Olympus”'],
    ['2026-02-30 20:00', 'There is no such day'],
    ['tomorrow 25:00', 'There is no such day or time of day'],
    ['tomorrow soon', 'There is no time zone “soon”'],
    ['99999999999999999', 'further away than dates go'],
  ])('says what is wrong with “%s”', (text, message) => {
    const moment = parseMoment(text, CLOCK);
    expect(moment.ok ? 'a moment' : moment.error).toContain(message);
  });

  it('says when clocks skip a time or show it twice', () => {
    const said = (text: string) => {
      const moment = parseMoment(text, CLOCK);
      return moment.ok ? moment.value.understood : moment.error;
    };
    expect(said('2026-03-29 02:30')).toContain('clocks skip the time');
    expect(said('2026-10-25 02:30')).toContain('clocks show this time twice');
    expect(said('+2h')).toBe('2026-11-24 16:07:32 Europe/Stockholm (UTC+01:00), in 2 h');
  });
});

describe('a length of time', () => {
  it.each([
    [7200, '2h'],
    [86_400, '24h'],
    [9000, '2h30m'],
    [900, '15m'],
    [3661, '1h1m1s'],
    [3 * 86_400, '3d'],
  ])('%d s is written %s', (span, text) => {
    expect(writeDuration(seconds(span))).toBe(text);
  });

  it('is read as it was written', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 ** 9 }), (span) => {
        expect(parseDuration(writeDuration(seconds(span)))).toBe(span);
      }),
    );
  });

  it('is none in other words', () => {
    for (const text of ['', '2', 'h', '2h 1d', '2 parsecs', '-2h']) expect(parseDuration(text)).toBeUndefined();
  });
});
