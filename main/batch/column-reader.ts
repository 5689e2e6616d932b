import type { CellReplacement, ColumnSource } from './plan.ts';

/** Reads a value of a row by its source; a column that is not there is blank. */
export function columnReader(source: ColumnSource, columns: readonly string[]): (cells: readonly string[]) => string {
  if (source.kind === 'constant') return () => source.constant;
  const index = columns.indexOf(source.column);
  return (cells) => cells[index] ?? '';
}

/** As `columnReader`, with what is read in place of some cells; a column without any is read as it is. */
export function replacingReader(
  source: ColumnSource,
  columns: readonly string[],
  replacements: readonly CellReplacement[] = [],
): (cells: readonly string[]) => string {
  const read = columnReader(source, columns);
  const own = replacements.filter(({ column }) => source.kind === 'column' && source.column === column);
  if (own.length === 0) return read;
  const uses = new Map(own.map(({ cell, use }) => [cell.trim(), use]));
  return (cells) => {
    const text = read(cells);
    return uses.get(text.trim()) ?? text;
  };
}
