import type { TraceRow } from '../../shared/contract/preview.ts';

/** The rows of a trace, and who has to be told of them. */
export interface Trace {
  rows(): readonly TraceRow[];
  /** the row gets the next id, and `retryOf` when it repeats one that was refused */
  begin(row: Omit<TraceRow, 'id' | 'retryOf'>): TraceRow;
  /** puts another row in the place of one, by its id */
  end(row: TraceRow): void;
  clear(): void;
}

/** An hour of two renditions at two seconds a segment. */
const MOST_ROWS = 5000;
/** the window is told ten times a second at most */
const TELL_MILLIS = 100;

export function createTrace(tell: (batch: { readonly rows: TraceRow[]; readonly cleared: boolean }) => void): Trace {
  let rows: TraceRow[] = [];
  let lastId = 0;
  let cleared = false;
  let timer: NodeJS.Timeout | undefined;
  const waiting = new Map<number, TraceRow>();
  /** the newest row of an address */
  const newest = new Map<string, TraceRow>();

  const flush = () => {
    timer = undefined;
    const batch = { rows: [...waiting.values()], cleared };
    waiting.clear();
    cleared = false;
    tell(batch);
  };
  const soon = () => {
    if (timer === undefined) timer = setTimeout(flush, TELL_MILLIS);
  };
  const put = (row: TraceRow) => {
    newest.set(row.path, row);
    waiting.set(row.id, row);
    soon();
  };

  return {
    rows: () => rows,
    begin: (started) => {
      lastId += 1;
      const before = newest.get(started.path);
      const retryOf = before !== undefined && isRefused(before) ? (before.retryOf ?? before.id) : undefined;
      const row: TraceRow = { id: lastId, ...started, ...(retryOf !== undefined && { retryOf }) };
      rows = [...rows.slice(-MOST_ROWS + 1), row];
      put(row);
      return row;
    },
    end: (row) => {
      const at = rows.findLastIndex(({ id }) => id === row.id);
      // it may have been cleared while it was on its way
      if (at < 0) return;
      rows[at] = row;
      put(row);
    },
    clear: () => {
      rows = [];
      waiting.clear();
      newest.clear();
      cleared = true;
      soon();
    },
  };
}

const isRefused = ({ status, hidden }: TraceRow): boolean => hidden || (status !== undefined && status >= 400);
