import type { RawRow, RowStream } from './row-stream.ts';

interface Axis {
  readonly column: string;
  readonly cells: readonly string[];
}

const ROWS_AT_ONCE = 1000;

/** How many combinations there are. */
export const matrixSize = (axes: readonly Axis[]): number => axes.reduce((size, { cells }) => size * cells.length, 1);

/** Every combination of the axes' values, the last axis turning fastest. */
export function matrixRows(axes: readonly Axis[]): RowStream {
  const size = matrixSize(axes);
  let done = 0;
  return {
    columns: axes.map(({ column }) => column),
    share: () => (size === 0 ? 1 : done / size),
    read: async (take) => {
      while (done < size) {
        const rows: RawRow[] = [];
        for (let index = done; index < Math.min(size, done + ROWS_AT_ONCE); index++)
          rows.push({ cells: combination(axes, index) });
        done += rows.length;
        if (!take(rows)) return;
        // so that somebody can say stop
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
  };
}

function combination(axes: readonly Axis[], index: number): readonly string[] {
  let rest = index;
  return axes
    .toReversed()
    .map(({ cells }) => {
      const cell = cells[rest % cells.length] ?? '';
      rest = Math.floor(rest / cells.length);
      return cell;
    })
    .reverse();
}
