import { describe, expect, it } from 'vitest';
import type { TraceRow } from '../../../shared/contract/preview.ts';
import { foldRows } from '../../../shared/preview/fold-rows.ts';
import { millis } from '../../../shared/units.ts';

const row = (id: number, more: Partial<TraceRow> = {}): TraceRow => ({
  ...{ id, at: millis(id * 1000), method: 'GET', url: '', host: 'h', path: '/x', kind: 'segment', status: 403 },
  ...{ hidden: false, by: 'edge', copies: 1, verdict: 'fail', size: 9, took: 1 },
  ...more,
});

describe('retries', () => {
  it('of one request are one line where the first of them stands, also when others come between', () => {
    const rows = [row(1), row(2, { retryOf: 1 }), row(3, { path: '/y', status: 200 }), row(5, { retryOf: 1 })];
    expect(foldRows(rows)).toEqual([
      { kind: 'row', row: rows[0] },
      { kind: 'retries', of: rows[0], rows: [rows[1], rows[3]], after: [1, 4] },
      { kind: 'row', row: rows[2] },
    ]);
  });

  it('that came through stand for themselves, and so does a single one', () => {
    const rows = [row(1), row(2, { retryOf: 1 }), row(3, { retryOf: 1, status: 200 })];
    expect(foldRows(rows).map(({ kind }) => kind)).toEqual(['row', 'row', 'row']);
  });

  it('of a row that was cleared stand for themselves', () => {
    expect(foldRows([row(7, { retryOf: 1 }), row(8, { retryOf: 1 })]).map(({ kind }) => kind)).toEqual(['row', 'row']);
  });

  it('that were hidden from the page are refusals as well', () => {
    const rows = [
      row(1, { status: 200, hidden: true }),
      row(2, { status: 200, hidden: true, retryOf: 1 }),
      row(3, { status: 200, hidden: true, retryOf: 1 }),
    ];
    expect(foldRows(rows)[1]).toMatchObject({ kind: 'retries', after: [1, 2] });
  });
});
