import type { TemplateVariable } from '../../../shared/issue/template.ts';
import { TextField } from '../../ui/field.tsx';
import { escapeText } from '../../ui/hostile-text.ts';
import { Icon } from '../../ui/icon.tsx';
import { Literal } from '../../ui/literal.tsx';
import { Select } from '../../ui/select.tsx';
import { useBatch, useBatchModel } from './model.ts';
import { OutputFields } from './output-fields.tsx';
import { ReplacedCells } from './replaced-cells.tsx';
import { SameForAll } from './same-for-all.tsx';
import type { RowsPreview } from './use-rows-preview.ts';

const UNUSED = '-';

/** Which column fills which gap of the template, and what is written where no column does. */
export function ColumnsPanel({ preview }: { readonly preview: RowsPreview }) {
  const rows = useBatch((state) => state.rows);
  const mapping = useBatch((state) => state.mapping);
  const variables = useBatch((state) => state.template.template.variables);
  if (rows?.kind !== 'table') return null;
  const { columns, rows: first } = rows.table;
  const unfilled = variables.filter(({ name }) => mapping[name] === undefined);
  return (
    <aside className="panel" aria-label="Columns" data-region>
      <div className="ph">
        <h2>Columns</h2>
        <span className="hint">
          {Object.keys(mapping).length} of {columns.length} used
        </span>
      </div>
      <div className="scroll bt-map">
        {columns.map((column, index) => (
          <ColumnRow key={column} column={column} example={first[0]?.[index] ?? ''} preview={preview} />
        ))}
        {unfilled.length === 0 ? null : (
          <section className="bt-sec" aria-label="Not in the table">
            <h3>Not in the table</h3>
            {unfilled.map((variable) => (
              <Constant key={variable.name} variable={variable} />
            ))}
          </section>
        )}
        <SameForAll />
        <OutputFields preview={preview} />
      </div>
    </aside>
  );
}

function ColumnRow(props: { readonly column: string; readonly example: string; readonly preview: RowsPreview }) {
  const { column, example, preview } = props;
  const model = useBatchModel();
  const mapping = useBatch((state) => state.mapping);
  const variables = useBatch((state) => state.template.template.variables);
  const variable = variables.find(({ name }) => mapping[name] === column);
  return (
    <div className="bt-mp">
      <span className="bt-mpc">
        <b className="mono ell" title={escapeText(column)}>
          <Literal text={column} />
        </b>
        <span className="mono faint ell" title={escapeText(example)}>
          {example === '' ? 'blank' : <Literal text={example} />}
        </span>
      </span>
      <Icon name="step" size={13} />
      <span className={variable === undefined ? 'bt-none' : undefined}>
        <Select
          label={`What ${column} fills`}
          isLabelHidden
          selected={variable?.name ?? UNUSED}
          options={[
            { id: UNUSED, text: 'not used' },
            ...variables.map(({ name, label, hint }) => ({
              id: name,
              text: label,
              ...(hint !== undefined && { hint }),
            })),
          ]}
          onSelect={(name) => model.map(column, name === UNUSED ? undefined : name)}
        />
      </span>
      {variable === undefined ? null : <Remark variable={variable} example={example} />}
      <ReplacedCells column={column} preview={preview} />
    </div>
  );
}

/** What is worth knowing about a gap; a whole address names a person, which is a warning. */
function Remark(props: { readonly variable: TemplateVariable; readonly example: string }) {
  const { hint, type } = props.variable;
  const isNetwork = type === 'network' || type === 'networks';
  const isPersonal = isNetwork && isWholeAddress(props.example);
  if (hint === undefined || (isNetwork && !isPersonal)) return null;
  return (
    <p className={isPersonal ? 'bt-mpn is-personal' : 'bt-mpn'}>
      {isPersonal ? <Icon name="warning" size={12} /> : null}
      {hint}
    </p>
  );
}

const isWholeAddress = (cell: string): boolean =>
  /[.:]/.test(cell) && (!cell.includes('/') || /\/(32|128)$/.test(cell));

function Constant({ variable }: { readonly variable: TemplateVariable }) {
  const model = useBatchModel();
  const text = useBatch((state) => state.constants[variable.name] ?? '');
  const { name, label, otherwise, example } = variable;
  return (
    <TextField
      label={`${label}, in every row`}
      value={text}
      onChange={(next) => model.setConstant(name, next)}
      placeholder={otherwise ?? example ?? ''}
      isRequired={otherwise === undefined}
      hint={otherwise === undefined ? 'Needed: choose a column for it, or fill it in.' : undefined}
    />
  );
}
