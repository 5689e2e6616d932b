import type { FieldSpec } from '../../../../shared/claims/field-spec.ts';
import { isJsonObject } from '../../../../shared/json.ts';
import { Select } from '../../../ui/select.tsx';
import { problemsUnder } from '../use-preview.ts';
import type { FieldProps } from './field-props.ts';
import { ScalarField } from './scalar-field.tsx';
import { Problems } from './typed-field.tsx';

const ANY = 'any';
const END = 'end';

/** How something is compared, and with what. */
export function MatchField(
  props: FieldProps & {
    readonly options: Extract<FieldSpec, { kind: 'match' }>['options'];
    readonly end: string | undefined;
  },
) {
  const { label, json, onChange, problems, options, end, field } = props;
  const [[kind, value] = []] = isJsonObject(json) ? Object.entries(json) : [];
  return (
    <div className="field grow">
      <div className="is-match">
        <Select
          label={label}
          selected={json === null ? END : (kind ?? ANY)}
          options={[
            ...options.map((option) => ({ id: option.value, text: option.label })),
            // within a list each has its place: it may end there, and is not left out
            end === undefined ? { id: ANY, text: 'anything' } : { id: END, text: end },
          ]}
          onSelect={(id) => onChange(id === ANY ? undefined : id === END ? null : { [id]: value ?? '' })}
        />
        {kind === undefined ? null : (
          <ScalarField
            label={`Text of ${label.replace(' (optional)', '').toLowerCase()}`}
            field={field}
            isNumber={false}
            json={value}
            problems={problemsUnder(problems, kind)}
            onChange={(next) => onChange({ [kind]: next ?? '' })}
          />
        )}
      </div>
      <Problems problems={problems.filter(({ path }) => path[0] !== kind)} />
    </div>
  );
}
