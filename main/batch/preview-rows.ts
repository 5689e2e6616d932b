import type { IssueManyPreview, PreviewRow } from '../../shared/contract/batch.ts';
import type { CandidateKey, CryptoPort } from '../../shared/cose/crypto-port.ts';
import { type AppError, createError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { countFixes } from './count-fixes.ts';
import { openRows } from './open-rows.ts';
import type { BatchPlan } from './plan.ts';
import { TableError } from './row-stream.ts';
import { type LocatedFault, prepareRows } from './run-rows.ts';
import { createRowWriter } from './write-rows.ts';

/** Rows that are shown of each kind: a person looks at some, the counts are of all. */
const SHOWN = 200;

/**
 * A dry run: every row is made into a token under a key that is none, and thrown away. What it tells is what the real run
 * will do, but for the MAC.
 */
export async function previewRows(
  plan: BatchPlan,
  crypto: CryptoPort,
  isCancelled: () => boolean,
): Promise<Result<IssueManyPreview, AppError>> {
  try {
    const rows = openRows(plan.origin);
    const material: CandidateKey['material'] = { kind: 'secret', bytes: crypto.randomBytes(32) };
    // the real key may be of another kind, whose algorithm this one cannot serve
    const { alg, ...key } = plan.key;
    const isMac = alg === undefined || alg.startsWith('HS');
    const prepared = prepareRows({ ...plan, key: isMac ? plan.key : key }, rows, material, crypto);
    if (!prepared.ok) return prepared;
    const { notes, unused, run } = prepared.value;
    const writer = createRowWriter(plan.output, rows);
    const fixes = countFixes(plan, rows.columns);
    const counts = { rows: 0, ready: 0, warnings: 0, errors: 0 };
    const wrong: PreviewRow[] = [];
    const warned: PreviewRow[] = [];
    const first: PreviewRow[] = [];
    let cancelled = false;
    const look = { notes: notes.map((note) => ({ ...note })), unused: [...unused] };
    const problemsOf = (row: number, faults: readonly LocatedFault[]) => faults.map((fault) => ({ ...fault, row }));
    const fail = (row: number, cells: readonly string[], faults: readonly LocatedFault[]) => {
      counts.rows++;
      counts.errors++;
      fixes.row(cells);
      const said = fixes.faults(cells, faults);
      if (wrong.length < SHOWN) wrong.push({ row, cells: [...cells], state: 'error', problems: problemsOf(row, said) });
    };
    await run(
      {
        token: (row, raw, { bytes, expires, notes: own, assumed }) => {
          const line = writer.row(raw, Buffer.from(bytes).toString('base64url'), 0, row);
          if (!line.ok) return fail(row, raw.cells, [line.error]);
          counts.rows++;
          fixes.row(raw.cells);
          const problems = [
            ...problemsOf(
              row,
              own.map(({ claim, message }) => ({ ...(claim !== undefined && { claim }), message })),
            ),
            // what no column fills is the same in every row, and no news
            ...assumed.flatMap(({ variable, otherwise }) => {
              const source = plan.mapping[variable];
              if (source?.kind !== 'column') return [];
              return [{ row, column: source.column, message: `Blank: the template’s ${otherwise} is used.` }];
            }),
          ];
          const state = problems.length > 0 ? ('warning' as const) : ('ready' as const);
          counts[state === 'warning' ? 'warnings' : 'ready']++;
          const into = state === 'warning' ? warned : first;
          if (into.length < SHOWN)
            into.push({
              ...{ row, cells: [...raw.cells], state, size: bytes.length, problems },
              ...(expires !== undefined && { expires }),
            });
        },
        faults: fail,
        pause: () => {
          cancelled = isCancelled();
          return !cancelled;
        },
      },
      0,
    );
    if (cancelled) return err(createError('ERR_BATCH_CANCELLED'));
    return ok({ ...counts, ...look, ...fixes.result(), problems: [...wrong, ...warned].slice(0, SHOWN), first });
  } catch (cause) {
    if (cause instanceof TableError) return err(createError('ERR_BATCH_TABLE', { message: cause.message }));
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT')
      return err(createError('ERR_FILE_NOT_FOUND'));
    throw cause;
  }
}
