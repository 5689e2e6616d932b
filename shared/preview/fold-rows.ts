import type { TraceRow } from '../contract/preview.ts';

/** A line of the trace: a request, or the repeats of one that was refused. */
export type TraceLine =
  | { readonly kind: 'row'; readonly row: TraceRow }
  | {
      readonly kind: 'retries';
      /** the request they repeat */
      readonly of: TraceRow;
      readonly rows: readonly TraceRow[];
      /** whole seconds after it, one for each */
      readonly after: readonly number[];
    };

/**
 * Folds what a player asks for again and again: the repeats of one refused request are one line, where the first of them
 * stands. A repeat that came through is a row of its own: something was mended.
 */
export function foldRows(rows: readonly TraceRow[]): readonly TraceLine[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const folded = new Map<number, TraceRow[]>();
  const lines: (TraceRow | TraceRow[])[] = [];
  for (const row of rows) {
    const first = row.retryOf === undefined ? undefined : byId.get(row.retryOf);
    if (first === undefined || isFine(row)) {
      lines.push(row);
      continue;
    }
    const known = folded.get(first.id);
    if (known !== undefined) {
      known.push(row);
      continue;
    }
    const retries = [row];
    folded.set(first.id, retries);
    lines.push(retries);
  }
  return lines.map((line): TraceLine => {
    if (!isRetries(line)) return { kind: 'row', row: line };
    const of = byId.get(line[0]?.retryOf ?? -1);
    const [only] = line;
    if (of === undefined || only === undefined) throw new Error('retries of nothing');
    if (line.length === 1) return { kind: 'row', row: only };
    return { kind: 'retries', of, rows: line, after: line.map(({ at }) => Math.round((at - of.at) / 1000)) };
  });
}

const isRetries = (line: TraceRow | TraceRow[]): line is TraceRow[] => Array.isArray(line);

const isFine = ({ status, hidden }: TraceRow): boolean => status !== undefined && status < 400 && !hidden;
