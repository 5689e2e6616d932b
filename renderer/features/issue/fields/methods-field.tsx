import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import type { Json } from '../../../../shared/json.ts';
import { Literal } from '../../../ui/literal.tsx';
import type { FieldProps } from './field-props.ts';
import { Problems } from './typed-field.tsx';

/** What players and their pages send; a clone may name others. */
const METHODS = ['GET', 'HEAD', 'OPTIONS', 'POST', 'PUT', 'DELETE'];

const asText = (item: Json): string => (typeof item === 'string' ? item : JSON.stringify(item));

/** Methods, or other words, as switches; with none chosen it is not there. */
export function MethodsField(props: FieldProps & { readonly options?: readonly string[] }) {
  const { label, json, onChange, problems, hint, options = METHODS } = props;
  const items: readonly Json[] = Array.isArray(json) ? json : [];
  const chosen = items.map(asText);
  const all = [...options, ...chosen.filter((word) => !options.includes(word))];
  return (
    <div className="field">
      <span className="lbl">{label}</span>
      <div className="row is-methods">
        <ToggleButtonGroup
          className="is-toggles"
          aria-label={label}
          selectionMode="multiple"
          selectedKeys={chosen}
          onSelectionChange={(keys) => {
            // in the order they were, then as they came
            const kept = items.filter((item) => keys.has(asText(item)));
            const added = all.filter((method) => keys.has(method) && !chosen.includes(method));
            onChange(keys.size === 0 ? undefined : [...kept, ...added]);
          }}
        >
          {all.map((method) => (
            <ToggleButton key={method} id={method} className="is-toggle">
              <Literal text={method} />
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
        {chosen.length === 0 ? <span className="hint">{hint}</span> : null}
      </div>
      <Problems problems={problems} />
    </div>
  );
}
