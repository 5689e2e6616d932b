import type { FieldSpec } from '../../../../shared/claims/field-spec.ts';
import type { Json } from '../../../../shared/json.ts';
import { Select } from '../../../ui/select.tsx';
import type { FieldProps } from './field-props.ts';
import { Problems } from './typed-field.tsx';

const NONE = 'none';

/** One of a few values, or none; a value that is not among them is offered as it is. */
export function ChoiceField(
  props: FieldProps & { readonly options: Extract<FieldSpec, { kind: 'choice' }>['options'] },
) {
  const { label, json, onChange, problems, options } = props;
  const known = options.some(({ value }) => value === json);
  const all = [
    { id: NONE, text: 'Not there' },
    ...options.map(({ value, label: text, hint }) => ({
      id: JSON.stringify(value),
      text,
      ...(hint === undefined ? {} : { hint }),
    })),
    ...(json === undefined || known ? [] : [{ id: JSON.stringify(json), text: JSON.stringify(json) }]),
  ];
  return (
    <>
      <Select
        label={label}
        options={all}
        selected={json === undefined ? NONE : JSON.stringify(json)}
        onSelect={(id) => onChange(id === NONE ? undefined : (JSON.parse(id) as Json))}
        {...(props.hint === undefined ? {} : { hint: props.hint })}
      />
      <Problems problems={problems} />
    </>
  );
}
