import { useState } from 'react';
import type { Json } from '../../../../shared/json.ts';
import { Select } from '../../../ui/select.tsx';
import type { FieldProps } from './field-props.ts';
import { bytesHex, numberText, parseNumber } from './field-text.ts';
import { TypedField } from './typed-field.tsx';

type Kind = 'text' | 'hex' | 'number';
const KINDS: readonly { readonly id: Kind; readonly text: string }[] = [
  { id: 'text', text: 'Text' },
  { id: 'hex', text: 'Hex' },
  { id: 'number', text: 'Number' },
];

const kindOf = (json: Json): Kind =>
  typeof json === 'string' ? 'text' : bytesHex(json) === undefined ? 'number' : 'hex';
/** a number that is half typed is text for a while */
const fits = (kind: Kind, json: Json): boolean =>
  kind === kindOf(json) || (kind === 'number' && typeof json === 'string');

const READ = (json: Json | undefined): string => numberText(json) ?? bytesHex(json) ?? '';
const WRITE: Readonly<Record<Kind, (text: string) => Json | undefined>> = {
  text: (text) => text,
  hex: (text) => ({ hex: text.trim() }),
  number: parseNumber,
};

/** Text, bytes or a number: what it is, is chosen beside it. */
export function ScalarField(props: FieldProps & { readonly isNumber: boolean }) {
  const { label, json, onChange } = props;
  const [chosen, setChosen] = useState<Kind>('text');
  const kind = json === undefined || fits(chosen, json) ? chosen : kindOf(json);
  return (
    <div className="is-scalar">
      <TypedField {...props} key={kind} isMono={kind === 'hex'} read={READ} write={WRITE[kind]} />
      <Select
        label={`${label}, written as`}
        isLabelHidden
        options={KINDS.filter(({ id }) => id !== 'number' || props.isNumber)}
        selected={kind}
        onSelect={(next) => {
          setChosen(next);
          const text = READ(json);
          if (json !== undefined)
            onChange(WRITE[next](next === 'hex' && !/^(?:[0-9a-f]{2})*$/i.test(text) ? '' : text));
        }}
      />
    </div>
  );
}
