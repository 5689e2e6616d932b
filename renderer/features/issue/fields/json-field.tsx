import { useState } from 'react';
import type { Json } from '../../../../shared/json.ts';
import { TextField } from '../../../ui/field.tsx';
import { parseJsonText } from '../parse-json-text.ts';
import type { FieldProps } from './field-props.ts';
import { useTyped } from './use-typed.ts';

const print = (json: Json | undefined): string => (json === undefined ? '' : JSON.stringify(json, undefined, 2));

/** A value as claims JSON, for what no field can show. Half-typed JSON stays in the field, and the value as it was. */
export function JsonField({ label, json, onChange, problems }: FieldProps) {
  const [error, setError] = useState<string | undefined>(undefined);
  const [text, setText] = useTyped(json, print, (typed) => {
    const read = parseJsonText(typed);
    return read.ok ? read.value : json;
  });
  const said = problems.map(({ path, message }) => [...path, message].join(': ')).join('. ');
  return (
    <TextField
      label={`${label}, as claims JSON`}
      isMono
      rows={Math.min(10, Math.max(3, text.split('\n').length))}
      value={text}
      onChange={(next) => {
        setText(next);
        if (next.trim() === '') {
          setError(undefined);
          onChange(undefined);
          return;
        }
        const read = parseJsonText(next);
        setError(read.ok ? undefined : read.error.message);
        if (read.ok) onChange(read.value);
      }}
      error={error ?? (said === '' ? undefined : said)}
    />
  );
}
