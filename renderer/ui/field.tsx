import type { ReactNode, Ref } from 'react';
import {
  SearchField as AriaSearchField,
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
  FieldError,
  Input,
  Label,
  Text,
  TextArea,
} from 'react-aria-components';
import { IconButton } from './button.tsx';
import './field.css';
import { Icon } from './icon.tsx';

export interface TextFieldProps extends Omit<AriaTextFieldProps, 'children' | 'className' | 'style'> {
  /** left out only with an `aria-label` */
  readonly label?: string;
  readonly hint?: ReactNode;
  /** said below the field; its presence makes the field invalid */
  readonly error?: string | undefined;
  readonly placeholder?: string;
  readonly isMono?: boolean;
  readonly rows?: number;
  readonly end?: ReactNode;
  readonly inputRef?: Ref<HTMLInputElement>;
  readonly areaRef?: Ref<HTMLTextAreaElement>;
}

export function TextField(props: TextFieldProps) {
  const { label, hint, error, placeholder = '', isMono = false, rows, end, inputRef, areaRef, ...rest } = props;
  const control = isMono ? 'mono grow' : 'grow';
  return (
    <AriaTextField {...rest} className="field" isInvalid={error !== undefined}>
      {label === undefined ? null : <Label>{label}</Label>}
      {rows === undefined ? (
        <span className={error === undefined ? 'input' : 'input is-error'}>
          <Input
            className={control}
            placeholder={placeholder}
            {...(inputRef === undefined ? {} : { ref: inputRef })}
            spellCheck={false}
          />
          {end}
        </span>
      ) : (
        <span className={error === undefined ? 'input input-area' : 'input input-area is-error'}>
          <TextArea
            className={control}
            placeholder={placeholder}
            rows={rows}
            {...(areaRef === undefined ? {} : { ref: areaRef })}
            spellCheck={false}
          />
          {end}
        </span>
      )}
      {hint === undefined || error !== undefined ? null : (
        <Text slot="description" className="hint">
          {hint}
        </Text>
      )}
      <FieldError className="er">
        <Icon name="fail" size={12} />
        <span>{error}</span>
      </FieldError>
    </AriaTextField>
  );
}

export function SearchField(props: {
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** in a dialog that is opened to find something */
  readonly isFocusedFirst?: boolean;
}) {
  return (
    <AriaSearchField
      aria-label={props.label}
      value={props.value}
      onChange={props.onChange}
      autoFocus={props.isFocusedFirst === true}
      className="input find"
    >
      <Icon name="search" size={13} />
      <Input className="grow" placeholder={props.placeholder} spellCheck={false} />
      {props.value === '' ? null : (
        <IconButton label="Clear" icon="close" size={12} slot={null} onPress={() => props.onChange('')} />
      )}
    </AriaSearchField>
  );
}
