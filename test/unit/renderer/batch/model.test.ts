import { expect, it } from 'vitest';
import { BUILT_IN, createBatchModel } from '../../../../renderer/features/batch/model.ts';
import type { RowTable } from '../../../../shared/contract/batch.ts';

const table = (...columns: string[]) => ({ handle: 'h', fileName: 'a.csv', columns, rows: [] }) as unknown as RowTable;

it('opens a table with the template that reads most of it and misses least', () => {
  const model = createBatchModel();
  model.openTable(table('video', 'countries', 'hours'), BUILT_IN);
  expect(model.store.getState()).toMatchObject({
    template: { id: 'one-region' },
    mapping: { video: 'video', countries: 'countries', length: 'hours' },
  });
  model.openTable(table('video', 'ip', 'hours'), BUILT_IN);
  expect(model.store.getState().template.id).toBe('one-viewer');
  model.openTable(table('video', 'note'), BUILT_IN);
  expect(model.store.getState()).toMatchObject({ template: { id: 'one-video' }, mapping: { video: 'video' } });
});

it('fills a variable from one column, and lets a column fill one variable', () => {
  const model = createBatchModel();
  model.openTable(table('video', 'other', 'hours'), BUILT_IN);
  model.map('other', 'video');
  expect(model.store.getState().mapping).toMatchObject({ video: 'other' });
  model.map('other', 'length');
  expect(model.store.getState().mapping).toEqual({ length: 'other' });
  model.map('other', undefined);
  expect(model.store.getState().mapping).toEqual({});
});

it('offers no template that makes a pack', () => {
  expect(BUILT_IN.map(({ id }) => id)).not.toContain('negative-pack');
  expect(BUILT_IN.length).toBeGreaterThan(3);
});

it('keeps what was typed into a matrix, and forgets what else is written with another table', () => {
  const model = createBatchModel();
  model.openMatrix();
  model.setAxis('video', 'a\nb');
  model.setExtra('url', { kind: 'constant', constant: 'https://a.example/' });
  model.openMatrix();
  expect(model.store.getState()).toMatchObject({ axes: { video: 'a\nb' }, extras: { url: { kind: 'constant' } } });
  model.setExtra('url', undefined);
  expect(model.store.getState().extras).toEqual({});
  model.close();
  expect(model.store.getState().rows).toBeUndefined();
});

it('takes right spellings over, each cell once, gives them back, and forgets them with another table', () => {
  const model = createBatchModel();
  const replaced = () => model.store.getState().replacements;
  const [uk, el] = [
    { column: 'country', cell: 'UK', use: 'GB' },
    { column: 'country', cell: 'EL', use: 'GR' },
  ];
  model.replace([uk]);
  model.replace([{ ...uk, rows: 2 } as typeof uk, el]);
  expect(replaced()).toEqual([uk, el]);
  model.undoReplacements([{ ...uk, cell: ' UK ' }]);
  expect(replaced()).toEqual([el]);
  model.openTable(table('video'), BUILT_IN);
  expect(replaced()).toEqual([]);
});
