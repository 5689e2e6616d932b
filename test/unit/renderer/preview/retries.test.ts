import { describe, expect, it } from 'vitest';
import { nextTry } from '../../../../renderer/features/preview/retry-schedule.ts';
import { writeRowCurl } from '../../../../renderer/features/preview/row-curl.ts';
import type { TraceRow } from '../../../../shared/contract/preview.ts';
import { millis } from '../../../../shared/units.ts';

const denied = (id: number, at: number, more: Partial<TraceRow> = {}): TraceRow => ({
  ...{ id, at: millis(at), method: 'GET', url: 'https://h/pt:A/seg.ts', host: 'h', path: '/seg.ts', kind: 'segment' },
  ...{ status: 403, hidden: false, by: 'edge', copies: 1, verdict: 'fail', cause: 'claims', size: 9, took: 1 },
  ...more,
});

describe('the next try of a player', () => {
  const tries = [0, 1, 3, 7, 15, 23, 31].map((at, index) =>
    denied(index + 1, at * 1000, index === 0 ? {} : { retryOf: 1 }),
  );

  it('comes after twice the time of the last, and the player gives up after the seventh', () => {
    const said = tries.map((last, index) => {
      const next = nextTry(tries.slice(0, index + 1), last.at);
      return next && [next.denied, next.due / 1000, next.isLast];
    });
    expect(said).toEqual([
      [1, 1, false],
      [2, 3, false],
      [3, 7, false],
      [4, 15, false],
      [5, 23, false],
      [6, 31, true],
      undefined,
    ]);
    expect(nextTry(tries.slice(0, 2), millis(1000))?.givesUp).toBe(31_000);
  });

  it('is not expected once something came through, is overdue, or is of a playlist', () => {
    const [first] = tries;
    if (first === undefined) throw new Error('no try');
    const passed = { ...denied(8, 500), verdict: 'pass' as const, status: 200 };
    delete passed.cause;
    expect(nextTry([first, passed], millis(500))).toBeUndefined();
    expect(nextTry([first], millis(9000))).toBeUndefined();
    expect(nextTry([denied(1, 0, { kind: 'playlist' })], millis(0))).toBeUndefined();
    expect(nextTry([], millis(0))).toBeUndefined();
  });

  it('waits for a request that has no answer yet to be counted', () => {
    const { status: _, cause: __, ...pending } = denied(2, 1000, { retryOf: 1 });
    expect(nextTry([denied(1, 0), pending], millis(1000))?.denied).toBe(2);
  });
});

describe('a row as curl', () => {
  it('has the slot where the token was, in the address or in a header', () => {
    const copy = (channel: 'path' | 'header', slot: 'A' | null) =>
      ({ copy: { ...{ channel, slot }, name: 'CTA-Common-Access-Token' } }) as Partial<TraceRow>;
    expect(writeRowCurl(denied(1, 0, copy('path', 'A')))).toBe("curl 'https://h/pt:A/seg.ts'");
    expect(writeRowCurl(denied(1, 0, { ...copy('header', null), url: "https://h/it's", method: 'HEAD' }))).toBe(
      "curl -X HEAD 'https://h/it'\\''s' -H 'CTA-Common-Access-Token: REDACTED'",
    );
  });
});
