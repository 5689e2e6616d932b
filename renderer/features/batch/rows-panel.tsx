import { Fragment, useMemo, useState } from 'react';
import type { PreviewRow } from '../../../shared/contract/batch.ts';
import { useKeysOf } from '../../shell/commands.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ErrorNote } from '../../ui/error-note.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { Literal } from '../../ui/literal.tsx';
import { Note } from '../../ui/note.tsx';
import { Panel } from '../../ui/panel.tsx';
import { SegmentedControl } from '../../ui/segmented-control.tsx';
import { columnsOf, findReplacement, missingOf, replacementsOf } from './job.ts';
import { useBatch } from './model.ts';
import { Peek } from './peek.tsx';
import { AllFixes } from './replaced-cells.tsx';
import { RowLines } from './row-lines.tsx';
import { SignRow } from './sign-row.tsx';
import { useOpenRow } from './use-open-row.ts';
import type { RowsPreview } from './use-rows-preview.ts';
import type { Runs } from './use-runs.ts';

type Filter = 'all' | 'error' | 'warning' | 'ready';

/** Every kind of row with what will become of it, problems first, before anything is written. */
export function RowsPanel({ preview, runs }: { readonly preview: RowsPreview; readonly runs: Runs }) {
  const { result, choices, error } = preview;
  const table = useBatch((state) => (state.rows?.kind === 'table' ? state.rows.table : undefined));
  const [filter, setFilter] = useState<Filter>('all');
  const [peeked, setPeeked] = useState<PreviewRow | undefined>(undefined);
  const openRow = useOpenRow(preview);
  const keys = [
    ['peek', useKeysOf('batch.peek')],
    ['open in Inspect', useKeysOf('batch.open')],
  ] as const;
  const columns = columnsOf(choices);
  const lines = useMemo(() => {
    const all = result === undefined ? [] : [...result.problems, ...result.first];
    return filter === 'all' ? all : all.filter(({ state }) => state === filter);
  }, [result, filter]);
  // a table whose gaps are not filled yet is shown as it is
  const unjudged = useMemo(
    () =>
      (table?.rows ?? []).map((cells, index): PreviewRow => ({ row: index + 1, cells, state: 'ready', problems: [] })),
    [table],
  );
  const isJudged = result !== undefined;
  const shown = isJudged ? lines : unjudged;
  const replacements = replacementsOf(choices);
  // what was taken over is gone at once, before the rows are checked again
  const fixes = (result?.fixes ?? []).filter(
    ({ column, cell }) => findReplacement(replacements, column, cell) === undefined,
  );
  const missing = missingOf(choices);
  const isMatrix = choices.rows?.kind === 'matrix';
  return (
    <Panel label="Rows" className="bt-rows">
      <div className="ph" data-region>
        <h2>Rows</h2>
        {result === undefined ? null : (
          <SegmentedControl
            label="Which rows"
            options={[
              { id: 'all', title: `All ${format(result.rows)}` },
              { id: 'error', title: `Errors ${format(result.errors)}` },
              { id: 'warning', title: `Warnings ${format(result.warnings)}` },
              { id: 'ready', title: `Ready ${format(result.ready)}` },
            ]}
            selected={filter}
            onSelect={setFilter}
          />
        )}
        <span className="hint">{hintOf(preview, filter, shown.length)}</span>
        <span className="ph-end hint bt-keys">
          {keys.map(([does, pressed]) =>
            pressed === undefined ? null : (
              <Fragment key={does}>
                <Kbd keys={pressed} /> {does}
              </Fragment>
            ),
          )}
        </span>
      </div>
      {error === undefined ? null : (
        <div className="bt-said">
          <ErrorNote error={error} />
          {error.problems?.map(({ path, message }) => (
            <p key={path.join('.')} className="hint">
              <Literal text={`${path.join('.')}: ${message}`} />
            </p>
          ))}
        </div>
      )}
      {result === undefined
        ? null
        : result.notes.map(({ code, claim, kind, message }) => (
            <div className="bt-said" key={`${code} ${claim ?? ''}`}>
              <Note kind={kind === 'refused' ? 'fail' : kind === 'hint' ? 'info' : 'warning'}>
                {claim === undefined ? null : <b className="mono">{claim} </b>}
                {message}
              </Note>
            </div>
          ))}
      <AllFixes fixes={fixes} />
      {missing.length === 0 ? null : (
        <div className="bt-said">
          <Note kind="info">
            <b>{missing.map(({ label }) => label).join(', ')}</b>{' '}
            {isMatrix
              ? 'needs at least one value.'
              : `${missing.length === 1 ? 'needs' : 'need'} a column or a value before rows can be checked.`}
          </Note>
        </div>
      )}
      {isMatrix && shown.length === 0 && !isJudged ? (
        <EmptyState icon="matrix" title="No combination yet">
          List values in the fields beside, one a line. Every combination of them makes a row: videos × countries ×
          lengths of time.
        </EmptyState>
      ) : (
        <RowLines
          rows={shown}
          columns={columns}
          fixes={fixes}
          replacements={replacements}
          unused={result?.unused ?? NONE}
          isJudged={isJudged}
          isStale={preview.isStale}
          onPeek={setPeeked}
          onOpen={(row) => void openRow(row)}
        />
      )}
      {isJudged && shown.length === 0 ? <p className="bt-nores muted">No row is of this kind.</p> : null}
      <SignRow preview={preview} runs={runs} />
      {peeked === undefined ? null : (
        <Peek
          row={peeked}
          preview={preview}
          onClose={() => setPeeked(undefined)}
          onOpen={() => {
            setPeeked(undefined);
            void openRow(peeked);
          }}
        />
      )}
    </Panel>
  );
}

const NONE: readonly string[] = [];
const format = (number: number): string => number.toLocaleString('en');

function hintOf({ result, isStale, job, error, choices }: RowsPreview, filter: Filter, shown: number): string {
  if (result === undefined && (job === undefined || error !== undefined))
    return choices.rows?.kind === 'matrix' ? '' : 'as they are in the table';
  if (result === undefined) return 'Checking every row…';
  if (isStale && error === undefined) return 'Checking every row…';
  if (filter !== 'all') {
    const of = { error: result.errors, warning: result.warnings, ready: result.ready }[filter];
    return shown < of ? `The first ${format(shown)} are shown` : '';
  }
  return shown < result.rows ? `Problems first; ${format(shown)} shown, all checked` : 'Problems first';
}
