import type { ColumnSource } from './plan.ts';

/** Reads a value of a row by its source; a column that is not there is blank. */
export function columnReader(source: ColumnSource, columns: readonly string[]): (cells: readonly string[]) => string {
  if (source.kind === 'constant') return () => source.constant;
  const index = columns.indexOf(source.column);
  return (cells) => cells[index] ?? '';
}
