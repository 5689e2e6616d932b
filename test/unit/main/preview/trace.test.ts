import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTrace } from '../../../../main/preview/trace.ts';
import type { TraceRow } from '../../../../shared/contract/preview.ts';
import { millis } from '../../../../shared/units.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

type Begun = Omit<TraceRow, 'id' | 'retryOf'>;
const begun = (path: string, more: Partial<Begun> = {}): Begun => ({
  ...{ at: millis(0), method: 'GET', url: `https://h${path}`, host: 'h', path, kind: 'segment' },
  ...{ hidden: false, by: 'edge', copies: 1, verdict: 'none', size: 0, took: 0 },
  ...more,
});

function start() {
  const told: { rows: number[]; cleared: boolean }[] = [];
  const trace = createTrace(({ rows, cleared }) => void told.push({ rows: rows.map(({ id }) => id), cleared }));
  const ask = (path: string, status: number, hidden = false) => {
    const row = trace.begin(begun(path));
    trace.end({ ...row, status, hidden });
    return row;
  };
  return { trace, told, ask };
}

describe('the trace', () => {
  it('numbers what begins, and puts its end in the same place', () => {
    const { trace } = start();
    const one = trace.begin(begun('/1'));
    const two = trace.begin(begun('/2'));
    trace.end({ ...two, status: 200 });
    trace.end({ ...one, status: 403 });
    expect(trace.rows().map(({ id, status }) => [id, status])).toEqual([
      [1, 403],
      [2, 200],
    ]);
  });

  it('tells the window in batches, each row once and as it is then', () => {
    const { trace, told, ask } = start();
    ask('/1', 200);
    const two = trace.begin(begun('/2'));
    expect(told).toEqual([]);
    vi.runAllTimers();
    expect(told).toEqual([{ rows: [1, 2], cleared: false }]);
    trace.end({ ...two, status: 200 });
    vi.runAllTimers();
    expect(told.at(-1)).toEqual({ rows: [2], cleared: false });
  });

  it('knows what repeats a refusal, and all repeats of one by the first', () => {
    const { ask } = start();
    expect(ask('/1', 403).retryOf).toBeUndefined();
    expect(ask('/2', 200).retryOf).toBeUndefined();
    expect(ask('/1', 403).retryOf).toBe(1);
    expect(ask('/1', 200).retryOf).toBe(1);
    expect(ask('/1', 200).retryOf).toBeUndefined();
    ask('/3', 200, true);
    expect(ask('/3', 200).retryOf).toBe(6);
  });

  it('is cleared, and goes on counting; what was on its way does not come back', () => {
    const { trace, told, ask } = start();
    const one = trace.begin(begun('/1'));
    trace.clear();
    trace.end({ ...one, status: 403 });
    expect(trace.rows()).toEqual([]);
    expect(ask('/1', 200)).toMatchObject({ id: 2 });
    vi.runAllTimers();
    expect(told).toEqual([{ rows: [2], cleared: true }]);
  });

  it('keeps the newest of very many', () => {
    const { trace, ask } = start();
    for (let number = 1; number <= 5003; number++) ask(`/${number}`, 200);
    expect(trace.rows()).toHaveLength(5000);
    expect(trace.rows()[0]?.id).toBe(4);
  });
});
