import type { ComponentType } from 'react';
import type { JsonProblem } from '../../../../shared/claims/claim.ts';
import type { FieldMember, FieldSpec } from '../../../../shared/claims/field-spec.ts';
import { isJsonObject, type Json } from '../../../../shared/json.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { problemsUnder } from '../use-preview.ts';
import { emptyOf } from './empty-of.ts';
import type { FieldProps } from './field-props.ts';
import { Problems } from './typed-field.tsx';

/** Values made of values. `Field` draws the inner ones. */

const here = (problems: readonly JsonProblem[]) => problems.filter(({ path }) => path.length === 0);

export function Members(
  props: FieldProps & { readonly Field: ComponentType<FieldProps>; readonly members: readonly FieldMember[] },
) {
  const { json, onChange, problems, members, Field } = props;
  const value = isJsonObject(json) ? json : {};
  return (
    <fieldset className="is-group">
      <legend className="lbl">{props.label}</legend>
      {members.map(({ name, label, hint, field, optional }) => (
        <Field
          key={name}
          label={optional === true ? `${label} (optional)` : label}
          {...(hint === undefined ? {} : { hint })}
          field={field}
          json={value[name]}
          problems={problemsUnder(problems, name)}
          onChange={(next) => {
            const { [name]: _, ...others } = value;
            onChange(next === undefined ? others : { ...value, [name]: next });
          }}
        />
      ))}
      <Problems problems={here(problems)} />
    </fieldset>
  );
}

export function TupleField(
  props: FieldProps & { readonly Field: ComponentType<FieldProps>; readonly members: readonly FieldMember[] },
) {
  const { json, onChange, problems, members, Field } = props;
  const value: readonly Json[] = Array.isArray(json) ? json : [];
  return (
    <fieldset className="is-group">
      <legend className="lbl">{props.label}</legend>
      {members.map(({ name, label, hint, field }, index) => (
        <Field
          key={name}
          label={label}
          {...(hint === undefined ? {} : { hint })}
          field={field}
          json={value[index] ?? undefined}
          problems={problemsUnder(problems, index)}
          onChange={(next) => {
            const items = members.map((_, at) => (at === index ? (next ?? null) : (value[at] ?? null)));
            while (items.length > 0 && items.at(-1) === null) items.pop();
            onChange(items);
          }}
        />
      ))}
      <Problems problems={here(problems)} />
    </fieldset>
  );
}

export function ListField(
  props: FieldProps & { readonly Field: ComponentType<FieldProps>; readonly of: FieldSpec; readonly addLabel: string },
) {
  const { json, onChange, problems, of, addLabel, Field } = props;
  const items: readonly Json[] = Array.isArray(json) ? json : [];
  return (
    <fieldset className="is-group">
      <legend className="lbl">{props.label}</legend>
      {items.map((item, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the items are their places
        <div className="is-item" key={index}>
          <Field
            label={`${props.label.replace(' (optional)', '')} ${index + 1}`}
            field={of}
            json={item}
            problems={problemsUnder(problems, index)}
            onChange={(next) =>
              onChange(items.map((one, at) => (at === index ? (next === undefined ? emptyOf(of) : next) : one)))
            }
          />
          <IconButton
            label={`Remove ${index + 1}`}
            icon="close"
            onPress={() => onChange(items.filter((_, at) => at !== index))}
          />
        </div>
      ))}
      <Problems problems={here(problems)} />
      <span className="is-add">
        <Button size="small" variant="ghost" icon="plus" onPress={() => onChange([...items, emptyOf(of)])}>
          {addLabel}
        </Button>
      </span>
    </fieldset>
  );
}
