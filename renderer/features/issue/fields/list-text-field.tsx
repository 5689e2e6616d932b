import { useState } from 'react';
import type { Json } from '../../../../shared/json.ts';
import { Select } from '../../../ui/select.tsx';
import type { FieldProps } from './field-props.ts';
import { listText, parseLines } from './field-text.ts';
import { TypedField } from './typed-field.tsx';

/** What one text is written as. */
type Kind = 'text' | 'list';
const KINDS: readonly { readonly id: Kind; readonly text: string }[] = [
  { id: 'text', text: 'Text' },
  { id: 'list', text: 'List' },
];

const sizeOf = (json: Json | undefined): number => (Array.isArray(json) ? json.length : 0);
/** several can only be a list, and say nothing of how one would be written */
const fits = (kind: Kind, json: Json | undefined): boolean =>
  json === undefined || sizeOf(json) > 1 || (kind === 'list') === Array.isArray(json);

const read = (json: Json | undefined): string => listText(json, '\n') ?? '';
const WRITE: Readonly<Record<Kind, (text: string) => Json | undefined>> = {
  text: (text) => {
    const lines = parseLines(text);
    return lines.length > 1 ? lines : lines[0];
  },
  list: parseLines,
};

/** Texts, one a line. Where one may stand for itself or in a list, which of both is chosen beside it. */
export function ListTextField(props: FieldProps & { readonly single: boolean; readonly placeholder: string }) {
  const { label, json, onChange, single } = props;
  const [kind, setKind] = useState<Kind>(() => (fits('text', json) ? 'text' : 'list'));
  if (single && !fits(kind, json)) setKind(kind === 'text' ? 'list' : 'text');
  const field = (
    <TypedField
      {...props}
      key={single ? kind : 'list'}
      rows={2}
      hint={props.hint ?? 'One a line.'}
      read={read}
      // without a choice, nothing typed is nothing there
      write={single ? WRITE[kind] : (text) => (text.trim() === '' ? undefined : parseLines(text))}
    />
  );
  if (!single) return field;
  const isSeveral = sizeOf(json) > 1;
  return (
    <div className="is-scalar is-lines">
      {field}
      <Select
        label={`${label}, written as`}
        isLabelHidden
        options={isSeveral ? KINDS.filter(({ id }) => id === 'list') : KINDS}
        selected={isSeveral ? 'list' : kind}
        onSelect={(next) => {
          setKind(next);
          if (!isSeveral) onChange(WRITE[next](read(json)) ?? '');
        }}
      />
    </div>
  );
}
