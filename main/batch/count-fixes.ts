import type { CountedReplacement } from '../../shared/contract/batch.ts';
import { findRespelling } from '../../shared/issue/read-variable.ts';
import { seconds } from '../../shared/units.ts';
import type { BatchPlan } from './plan.ts';
import type { LocatedFault } from './run-rows.ts';

/** Cells that differ and are offered at once; what is left is offered once these were taken over. */
const MOST = 1000;

/** Counts cells that are replaced, and those that could be. */
export interface FixCount {
  /** of every row */
  row(cells: readonly string[]): void;
  /** of a row without a token: its faults, in words that leave to the fix what to write */
  faults(cells: readonly string[], faults: readonly LocatedFault[]): readonly LocatedFault[];
  result(): { readonly fixes: CountedReplacement[]; readonly replaced: CountedReplacement[] };
}

export function countFixes(plan: BatchPlan, columns: readonly string[]): FixCount {
  const { template, mapping, zone, replacements = [] } = plan;
  const clock = { now: seconds(plan.now), zone };
  const replaced = replacements.map((one) => ({ ...one, rows: 0 }));
  const byColumn = [...new Set(replaced.map(({ column }) => column))].map((column) => {
    const own = replaced.filter((one) => one.column === column);
    return { at: columns.indexOf(column), uses: new Map(own.map((one) => [one.cell.trim(), one])) };
  });
  const found = new Map<string, CountedReplacement>();
  const variablesOf = (column: string) =>
    template.variables.filter(({ name }) => {
      const source = mapping[name];
      return source?.kind === 'column' && source.column === column;
    });

  /** once for each row, however many claims the cell is in */
  const find = (column: string, cells: readonly string[], seen: Set<string>): string | undefined => {
    const cell = (cells[columns.indexOf(column)] ?? '').trim();
    const meant = variablesOf(column)
      .map((variable) => findRespelling(variable, cell, clock))
      .find((one) => one !== undefined);
    if (meant === undefined) return undefined;
    const id = JSON.stringify([column, cell]);
    const known = found.get(id);
    if (known === undefined && found.size >= MOST) return undefined;
    if (!seen.has(id)) found.set(id, { column, cell, use: meant.use, rows: (known?.rows ?? 0) + 1 });
    seen.add(id);
    return meant.fault;
  };

  return {
    row: (cells) => {
      for (const { at, uses } of byColumn) {
        const one = uses.get((cells[at] ?? '').trim());
        if (one !== undefined) one.rows++;
      }
    },
    faults: (cells, faults) => {
      const seen = new Set<string>();
      return faults.map((fault) => {
        const message = fault.column === undefined ? undefined : find(fault.column, cells, seen);
        return message === undefined ? fault : { ...fault, message };
      });
    },
    result: () => ({ fixes: [...found.values()], replaced }),
  };
}
