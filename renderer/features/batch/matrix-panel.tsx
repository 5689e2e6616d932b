import { Fragment } from 'react';
import { TextField } from '../../ui/field.tsx';
import { matrixSize, valuesOf } from './job.ts';
import { useBatch, useBatchModel } from './model.ts';
import { OutputFields } from './output-fields.tsx';
import { ReplacedCells } from './replaced-cells.tsx';
import { SameForAll } from './same-for-all.tsx';
import { count } from './source-bar.tsx';
import type { RowsPreview } from './use-rows-preview.ts';

/** Every combination of the values that are listed: videos × durations × regions. */
export function MatrixPanel({ preview }: { readonly preview: RowsPreview }) {
  const model = useBatchModel();
  const axes = useBatch((state) => state.axes);
  const variables = useBatch((state) => state.template.template.variables);
  const sizes = variables.map(({ name }) => valuesOf(axes[name] ?? '').length).filter((size) => size > 0);
  return (
    <aside className="panel" aria-label="Matrix" data-region>
      <div className="ph">
        <h2>Matrix</h2>
        <span className="hint">
          {sizes.length < 2
            ? count(matrixSize(preview.choices), 'row')
            : `${sizes.join(' × ')} = ${count(matrixSize(preview.choices), 'row')}`}
        </span>
      </div>
      <div className="scroll bt-map">
        <div className="bt-axes">
          {variables.map(({ name, label, otherwise, example, hint }) => (
            <Fragment key={name}>
              <TextField
                label={label}
                rows={Math.min(6, Math.max(2, (axes[name] ?? '').split('\n').length))}
                isMono
                value={axes[name] ?? ''}
                onChange={(text) => model.setAxis(name, text)}
                placeholder={otherwise ?? example ?? 'one a line'}
                isRequired={otherwise === undefined}
                hint={['One a line.', hint].filter((part) => part !== undefined).join(' ')}
              />
              <ReplacedCells column={name} preview={preview} />
            </Fragment>
          ))}
        </div>
        <SameForAll />
        <OutputFields preview={preview} />
      </div>
    </aside>
  );
}
