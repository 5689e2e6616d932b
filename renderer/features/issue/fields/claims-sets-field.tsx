import type { ComponentType } from 'react';
import { CLAIMS, claimByName } from '../../../../shared/claims/registry.ts';
import { isJsonObject, type Json, type JsonObject } from '../../../../shared/json.ts';
import { Button, IconButton } from '../../../ui/button.tsx';
import { Select } from '../../../ui/select.tsx';
import { problemsUnder } from '../use-preview.ts';
import { emptyOf } from './empty-of.ts';
import type { FieldProps } from './field-props.ts';
import { Problems } from './typed-field.tsx';

/** Sets of claims inside a composite, each with its own; `Field` draws a claim, another composite included. */
export function ClaimsSetsField(props: FieldProps & { readonly Field: ComponentType<FieldProps> }) {
  const { label, json, onChange, problems, Field } = props;
  const sets: readonly JsonObject[] = Array.isArray(json) ? json.filter((one: Json) => isJsonObject(one)) : [];
  return (
    <fieldset className="is-group">
      <legend className="lbl">{label}</legend>
      {sets.map((set, index) => (
        <ClaimsSet
          // biome-ignore lint/suspicious/noArrayIndexKey: the sets are their places
          key={index}
          label={`Set ${index + 1}`}
          set={set}
          problems={problemsUnder(problems, index)}
          Field={Field}
          onChange={(next) => onChange(sets.map((one, at) => (at === index ? next : one)))}
          onRemove={() => onChange(sets.filter((_, at) => at !== index))}
        />
      ))}
      <Problems problems={problems.filter(({ path }) => path.length === 0)} />
      <span className="is-add">
        <Button size="small" variant="ghost" icon="plus" onPress={() => onChange([...sets, {}])}>
          Add set
        </Button>
      </span>
    </fieldset>
  );
}

function ClaimsSet(props: {
  readonly label: string;
  readonly set: JsonObject;
  readonly problems: FieldProps['problems'];
  readonly Field: ComponentType<FieldProps>;
  readonly onChange: (set: JsonObject) => void;
  readonly onRemove: () => void;
}) {
  const { label, set, problems, Field, onChange } = props;
  const addable = CLAIMS.filter(({ name }) => set[name] === undefined);
  return (
    <fieldset className="is-group is-set">
      <legend className="lbl">{label}</legend>
      {Object.entries(set).map(([name, json]) => {
        const definition = claimByName(name.replace(/#\d+$/, ''));
        return (
          <div className="is-item" key={name}>
            <div className="field grow">
              <Field
                label={definition === undefined ? name : `${definition.title} (${name})`}
                field={definition?.form ?? { kind: 'json' }}
                json={json}
                problems={problemsUnder(problems, name)}
                onChange={(next) => onChange(next === undefined ? without(set, name) : { ...set, [name]: next })}
              />
            </div>
            <IconButton label={`Remove ${name}`} icon="close" onPress={() => onChange(without(set, name))} />
          </div>
        );
      })}
      {Object.keys(set).length === 0 ? <p className="hint">A set without claims asks for nothing.</p> : null}
      <Problems problems={problems.filter(({ path }) => path.length === 0)} />
      <div className="row">
        <span className="is-addclaim">
          <Select
            label={`Add a claim to ${label.toLowerCase()}`}
            isLabelHidden
            selected=""
            options={[
              { id: '', text: 'Add a claim…' },
              ...addable.map(({ name, title }) => ({ id: name, text: `${title} (${name})` })),
            ]}
            onSelect={(name) => {
              const definition = claimByName(name);
              if (definition !== undefined) onChange({ ...set, [name]: emptyOf(definition.form) });
            }}
          />
        </span>
        <Button size="small" variant="ghost" onPress={props.onRemove}>
          Remove {label.toLowerCase()}
        </Button>
      </div>
    </fieldset>
  );
}

const without = (set: JsonObject, gone: string): JsonObject =>
  Object.fromEntries(Object.entries(set).filter(([name]) => name !== gone));
