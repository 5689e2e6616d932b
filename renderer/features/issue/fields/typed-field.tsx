import type { ReactNode } from 'react';
import type { JsonProblem } from '../../../../shared/claims/claim.ts';
import type { Json } from '../../../../shared/json.ts';
import { TextField } from '../../../ui/field.tsx';
import { Icon } from '../../../ui/icon.tsx';
import type { FieldProps } from './field-props.ts';
import { useTyped } from './use-typed.ts';

/** The problems of a value in one text. */
export const errorOf = (problems: readonly JsonProblem[]): string | undefined =>
  problems.length === 0 ? undefined : problems.map(({ path, message }) => [...path, message].join(': ')).join('. ');

/** A value typed as text, which stays as it was typed for as long as it means the value. */
export function TypedField(
  props: FieldProps & {
    readonly read: (json: Json | undefined) => string;
    readonly write: (text: string) => Json | undefined;
    readonly placeholder?: string;
    readonly rows?: number;
    readonly end?: ReactNode;
    readonly isMono?: boolean;
  },
) {
  const { label, json, onChange, problems, hint, read, write, placeholder, rows, end, isMono } = props;
  const [text, setText] = useTyped(json, read, write);
  return (
    <TextField
      label={label}
      value={text}
      onChange={(next) => {
        setText(next);
        onChange(write(next));
      }}
      error={errorOf(problems)}
      {...(hint === undefined ? {} : { hint })}
      {...(placeholder === undefined ? {} : { placeholder })}
      {...(rows === undefined ? {} : { rows })}
      {...(isMono === undefined ? {} : { isMono })}
      end={end}
    />
  );
}

/** What is wrong with a value that has no field of its own to say it. */
export function Problems({ problems }: { readonly problems: readonly JsonProblem[] }) {
  const text = errorOf(problems);
  return text === undefined ? null : (
    <p className="er" role="alert">
      <Icon name="fail" size={12} />
      <span>{text}</span>
    </p>
  );
}
