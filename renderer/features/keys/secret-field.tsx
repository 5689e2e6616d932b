import { type Ref, useId, useState } from 'react';
import { IconButton } from '../../ui/button.tsx';

/**
 * A field for a secret: hidden unless shown while typing. Its text stays in the field and nowhere else: React is told
 * only what `onChange` makes of it, and whoever submits reads the field and empties it.
 */
export function SecretField(props: {
  readonly label: string;
  readonly placeholder: string;
  /** several lines, for PEM and JWK */
  readonly isLong: boolean;
  readonly hint: string;
  readonly fieldRef: Ref<HTMLInputElement & HTMLTextAreaElement>;
  readonly onChange: (text: string) => void;
}) {
  const [isShown, setShown] = useState(false);
  const id = useId();
  const common = {
    id,
    ref: props.fieldRef,
    className: 'mono grow',
    placeholder: props.placeholder,
    autoComplete: 'off',
    spellCheck: false,
    'aria-describedby': `${id}-hint`,
    'data-secret': true,
  };
  return (
    <div className="field">
      <label htmlFor={id}>{props.label}</label>
      <span className={props.isLong ? 'input input-area' : 'input'}>
        {props.isLong ? (
          <textarea
            {...common}
            className={isShown ? 'mono grow' : 'mono grow is-masked'}
            rows={6}
            onInput={(event) => props.onChange(event.currentTarget.value)}
          />
        ) : (
          <input
            {...common}
            type={isShown ? 'text' : 'password'}
            onInput={(event) => props.onChange(event.currentTarget.value)}
          />
        )}
        <IconButton
          label={isShown ? 'Hide' : 'Show while typing'}
          icon={isShown ? 'hide' : 'reveal'}
          onPress={() => setShown(!isShown)}
        />
      </span>
      <span className="hint" id={`${id}-hint`}>
        {props.hint}
      </span>
    </div>
  );
}
