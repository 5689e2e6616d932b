import { describe, expect, it } from 'vitest';
import { rowTracks } from '../../../../renderer/features/batch/row-tracks.ts';
import type { PreviewRow } from '../../../../shared/contract/batch.ts';

const COLUMNS = ['viewer', 'video', 'country', 'email'];
const cells = ['v-1041', '7c9e2b41-5f0d-4a83-9b1e-2f6c8d03a517', 'Great Britain', 'somebody@example.com'];
const ready: PreviewRow = { row: 1, cells, state: 'ready', problems: [] };
const wrong: PreviewRow = { ...ready, state: 'error', problems: [{ row: 1, column: 'country', message: 'why' }] };
const tracksOf = (row: PreviewRow) => {
  const { gridTemplateColumns, minWidth } = rowTracks(COLUMNS, [row], ['email'], (one, at) => ({
    text: one.cells[at] ?? '',
    matters: one.problems.some(({ column }) => column === COLUMNS[at]),
  }));
  const most = [...gridTemplateColumns.matchAll(/minmax\((\d+)px, (\d+)px\)/g)].map(([, , px]) => Number(px));
  return { most, minWidth };
};

describe('the widths of rows', () => {
  it('give cells room while nothing is wrong, and take it back for the reason', () => {
    const [calm, alarmed] = [tracksOf(ready).most, tracksOf(wrong).most];
    expect(alarmed[1]).toBeLessThan(calm[1] ?? 0);
    expect(alarmed[3]).toBeLessThan(alarmed[1] ?? 0);
    // what is wrong is read whole
    expect(alarmed[2]).toBe(calm[2]);
  });

  it('fit beside the columns in the smallest window', () => {
    expect(tracksOf(wrong).minWidth).toBeLessThan(720);
  });
});
