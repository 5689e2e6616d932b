import type { PreviewRow } from '../../../shared/contract/batch.ts';

const STATE = 86;
const NOTE = 165;

/** What a cell is shown as, and whether it is what a row is looked at for. */
interface ShownCell {
  readonly text: string;
  readonly matters: boolean;
}

/**
 * The widths of the rows' columns. What is wrong or was put right is read whole, and of the rest some gives way to why: most
 * of it in columns that nothing reads.
 */
export function rowTracks(
  columns: readonly string[],
  rows: readonly PreviewRow[],
  unused: readonly string[],
  show: (row: PreviewRow, at: number) => ShownCell,
): { readonly gridTemplateColumns: string; readonly minWidth: number } {
  const number = Math.max(
    52,
    widthOf(
      rows.map(({ row }) => row.toLocaleString('en')),
      0,
    ),
  );
  const hasProblems = rows.some(({ problems }) => problems.length > 0);
  const tracks = columns.map((column, at) => {
    const cells = rows.map((row) => show(row, at));
    const whole = widthOf([column, ...cells.slice(0, 50).map(({ text }) => text)]);
    const mattering = cells.filter(({ matters }) => matters).map(({ text }) => text);
    const least = mattering.length > 0 ? widthOf(mattering) : Math.min(whole, 60);
    if (!hasProblems) return { least, most: Math.max(least, whole) };
    if (mattering.length > 0) return { least, most: Math.max(least, Math.min(whole, 112)) };
    return unused.includes(column) ? { least: 48, most: 76 } : { least, most: Math.min(whole, 96) };
  });
  return {
    gridTemplateColumns: `${number}px ${tracks.map(({ least, most }) => `minmax(${least}px, ${most}px)`).join(' ')} ${STATE}px minmax(${NOTE}px, 1fr)`,
    minWidth: number + tracks.reduce((sum, { least }) => sum + least, 0) + STATE + NOTE,
  };
}

/** Of a column in pixels: as wide as its longest cell, within bounds. */
const widthOf = (texts: readonly string[], least = 60): number =>
  Math.min(148, Math.max(least, ...texts.map(({ length }) => Math.ceil(length * 7.3) + 18)));
