import { describe, expect, it } from 'vitest';
import { findTokens } from '../../../shared/carrier/find-tokens.ts';
import { readServerClock } from '../../../shared/inspect/server-clock.ts';
import { seconds } from '../../../shared/units.ts';
import { URL_SAFE } from '../carrier/samples.ts';

const DATE = 'Tue, 24 Nov 2026 13:07:32 GMT';
const AT = Date.UTC(2026, 10, 24, 13, 7, 32) / 1000;

describe('readServerClock', () => {
  it('measures the skew of a HAR, whose client clock is known', () => {
    const request = { headers: [], serverDate: DATE, sentAt: '2026-11-24T13:07:30.000Z', took: 400 };
    expect(readServerClock(request, seconds(AT + 86_400))).toEqual({
      at: AT,
      isPast: true,
      // 13:07:32.5 less 13:07:30.2
      skew: { seconds: expect.closeTo(2.3, 6), precision: 'about' },
    });
  });

  it('bounds the skew of an answer that was pasted at once', () => {
    expect(readServerClock({ headers: [], serverDate: DATE }, seconds(AT + 40))).toEqual({
      at: AT,
      isPast: false,
      skew: { seconds: -40, precision: 'at-most' },
    });
    expect(readServerClock({ headers: [], serverDate: DATE }, seconds(AT - 90))?.skew).toEqual({
      seconds: 90,
      precision: 'at-least',
    });
  });

  it('takes an old answer for what it is, and measures nothing by it', () => {
    expect(readServerClock({ headers: [], serverDate: DATE }, seconds(AT + 7200))).toEqual({ at: AT, isPast: true });
  });

  it('says nothing without a Date that reads', () => {
    expect(readServerClock({ headers: [] }, seconds(AT))).toBeUndefined();
    expect(readServerClock({ headers: [], serverDate: 'yesterday' }, seconds(AT))).toBeUndefined();
  });

  it.each([
    ['combined', `203.0.113.44 - - [24/Nov/2026:14:07:32 +0100] "GET /a?CAT=${URL_SAFE} HTTP/1.1" 403 12`],
    [
      'CloudFront',
      `2026-11-24\t13:07:32\tARN1\t12\t203.0.113.44\tGET\tcdn.example.com\t/a\t403\t-\t-\tCAT=${URL_SAFE}\t-`,
    ],
  ])('reads the time of a log line (%s)', (_, line) => {
    const [request] = findTokens(line).requests;
    expect(request && readServerClock(request, seconds(AT + 7200))?.at).toBe(AT);
  });

  it('reads the times of a HAR', () => {
    const har = {
      log: {
        entries: [
          {
            startedDateTime: '2026-11-24T13:07:30.000Z',
            time: 400,
            request: { method: 'GET', url: `https://cdn.example.com/a?CAT=${URL_SAFE}`, headers: [] },
            response: { status: 403, headers: [{ name: 'date', value: DATE }] },
          },
        ],
      },
    };
    expect(findTokens(JSON.stringify(har)).requests[0]).toMatchObject({
      sentAt: '2026-11-24T13:07:30.000Z',
      took: 400,
      serverDate: DATE,
      status: 403,
    });
  });
});
