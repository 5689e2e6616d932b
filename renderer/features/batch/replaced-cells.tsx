import type { CountedReplacement } from '../../../shared/contract/batch.ts';
import { LinkButton } from '../../ui/button.tsx';
import { escapeText } from '../../ui/hostile-text.ts';
import { Literal } from '../../ui/literal.tsx';
import { Note } from '../../ui/note.tsx';
import { findReplacement, replacementsOf } from './job.ts';
import { useBatchModel } from './model.ts';
import { count } from './source-bar.tsx';
import type { RowsPreview } from './use-rows-preview.ts';

/** Lines of a column; more would push the columns after it out of sight. */
const SHOWN = 4;

/** What a cell of a column is read as, in how many rows, and the way back. */
export function ReplacedCells({ column, preview }: { readonly column: string; readonly preview: RowsPreview }) {
  const model = useBatchModel();
  const own = replacementsOf(preview.choices).filter((one) => one.column === column);
  if (own.length === 0) return null;
  return (
    <ul className="bt-repl" aria-label={`Cells of ${escapeText(column)} that are read otherwise`}>
      {own.slice(0, SHOWN).map((one) => {
        const counted = findReplacement(preview.result?.replaced ?? [], column, one.cell);
        return (
          <li key={one.cell}>
            <span>
              <b className="mono">
                <Literal text={`${one.cell} → ${one.use}`} />
              </b>
              {counted === undefined ? '' : ` in ${count(counted.rows, 'row')}`}
            </span>
            <LinkButton
              aria-label={`Undo: read ${escapeText(one.cell)} as it is`}
              onPress={() => model.undoReplacements([one])}
            >
              Undo
            </LinkButton>
          </li>
        );
      })}
      {own.length > SHOWN ? (
        <li>
          <span>and {count(own.length - SHOWN, 'cell')} more</span>
          <LinkButton
            aria-label={`Undo all: read every cell of ${escapeText(column)} as it is`}
            onPress={() => model.undoReplacements(own)}
          >
            Undo all
          </LinkButton>
        </li>
      ) : null}
      <li className="faint">The output keeps the cell as it is.</li>
    </ul>
  );
}

/** Takes over the right spelling of a cell, in every row that has it. */
export function FixButton({ fix, onPress }: { readonly fix: CountedReplacement; readonly onPress?: () => void }) {
  const model = useBatchModel();
  return (
    <LinkButton
      onPress={() => {
        model.replace([fix]);
        onPress?.();
      }}
    >
      Use <Literal text={fix.use} /> in {count(fix.rows, 'row')}
    </LinkButton>
  );
}

const NAMED = 3;

/** Where several spellings are wrong: which they are, and all of them at once. */
export function AllFixes({ fixes }: { readonly fixes: readonly CountedReplacement[] }) {
  const model = useBatchModel();
  if (fixes.length < 2) return null;
  const more = fixes.length - NAMED;
  return (
    <div className="bt-said">
      <Note kind="info">
        {count(fixes.length, 'spelling')} can be put right:{' '}
        <span className="mono">
          <Literal
            text={fixes
              .slice(0, NAMED)
              .map(({ cell, use }) => `${cell} → ${use}`)
              .join(', ')}
          />
        </span>
        {more > 0 ? ` and ${more} more` : ''}. <LinkButton onPress={() => model.replace(fixes)}>Use all</LinkButton>
      </Note>
    </div>
  );
}
