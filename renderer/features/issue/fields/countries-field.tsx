import { useState } from 'react';
import { Button as AriaButton, ComboBox, Input, Label, ListBox, ListBoxItem, Popover } from 'react-aria-components';
import { COUNTRIES, countryName } from '../../../../shared/geo/countries.ts';
import type { Json } from '../../../../shared/json.ts';
import { Icon } from '../../../ui/icon.tsx';
import { Literal } from '../../../ui/literal.tsx';
import type { FieldProps } from './field-props.ts';
import { Problems } from './typed-field.tsx';

const OPTIONS = Object.entries(COUNTRIES)
  .map(([id, [, name]]) => ({ id, name }))
  .sort((a, b) => a.name.localeCompare(b.name, 'en'));

const asText = (item: Json): string => (typeof item === 'string' ? item : JSON.stringify(item));
const nameOf = (code: string): string => countryName(code.split('-', 1)[0]?.toUpperCase() ?? '') ?? code;

/** Countries as chips, added by name or code; parts of countries by their code, as US-CA. */
export function CountriesField(props: FieldProps) {
  const { label, json, onChange, problems } = props;
  const codes: readonly string[] = Array.isArray(json) ? json.map(asText) : [];
  const [typed, setTyped] = useState('');
  const add = (code: string) => {
    setTyped('');
    const wanted = code
      .split(/[\s,;]+/)
      .filter((word) => word !== '')
      .map((word) => word.toUpperCase());
    const next = [...new Set([...codes, ...wanted])];
    if (next.length > codes.length) onChange(next);
  };
  const remove = (gone: string) => {
    const left = codes.filter((code) => code !== gone);
    onChange(left.length === 0 ? undefined : left);
  };
  return (
    <div className="field">
      <ComboBox
        className="field"
        allowsCustomValue
        menuTrigger="focus"
        inputValue={typed}
        onInputChange={setTyped}
        selectedKey={null}
        onSelectionChange={(key) => {
          if (key !== null) add(String(key));
        }}
      >
        <Label>{label}</Label>
        <span className={problems.length === 0 ? 'input is-tags' : 'input is-tags is-error'}>
          {codes.length === 0 ? null : (
            <ul className="is-taglist" aria-label={`${label}, chosen`}>
              {codes.map((code) => (
                <li key={code} className="chip is-tag" title={nameOf(code)}>
                  <Literal text={code} />
                  {/* a slot of its own: the box takes a button without one for the one that opens its list */}
                  <AriaButton
                    slot={null}
                    className="is-untag"
                    aria-label={`Remove ${nameOf(code)}`}
                    onPress={() => remove(code)}
                  >
                    <Icon name="close" size={11} />
                  </AriaButton>
                </li>
              ))}
            </ul>
          )}
          <Input
            className="grow"
            placeholder={codes.length === 0 ? 'everywhere' : 'add…'}
            onKeyDown={(event) => {
              // a code that is in no list is added as it is
              if (event.key === 'Enter' && typed.trim() !== '' && !hasMatch(typed)) {
                event.preventDefault();
                add(typed);
              }
            }}
            onBlur={() => {
              if (/^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,3})?$/.test(typed.trim())) add(typed);
            }}
          />
        </span>
        <Popover className="pop" offset={4}>
          <ListBox className="list" items={OPTIONS.filter(({ id }) => !codes.includes(id))}>
            {({ id, name }) => (
              <ListBoxItem id={id} textValue={`${name} ${id}`} className="list-i">
                <span className="grow">{name}</span>
                <span className="hint">{id}</span>
              </ListBoxItem>
            )}
          </ListBox>
        </Popover>
      </ComboBox>
      {codes.length === 0 ? null : <span className="hint">{codes.map(nameOf).join(', ')}</span>}
      <Problems problems={problems} />
    </div>
  );
}

const hasMatch = (typed: string): boolean =>
  OPTIONS.some(({ id, name }) => `${name} ${id}`.toLowerCase().includes(typed.trim().toLowerCase()));
