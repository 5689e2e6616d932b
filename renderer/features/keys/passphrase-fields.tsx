import { type RefObject, useRef, useState } from 'react';
import { MIN_PASSPHRASE } from '../../../shared/passphrase.ts';
import { SecretField } from './secret-field.tsx';

type Field = HTMLInputElement & HTMLTextAreaElement;

export interface NewPassphrase {
  readonly first: RefObject<Field | null>;
  readonly second: RefObject<Field | null>;
  readonly look: () => void;
  /** why it cannot be taken yet */
  readonly blocked: string | undefined;
  /** reads it once and empties the fields */
  readonly take: () => string;
}

/** A passphrase typed twice. It stays in its fields until it is taken. */
export function useNewPassphrase(): NewPassphrase {
  const first = useRef<Field>(null);
  const second = useRef<Field>(null);
  const [blocked, setBlocked] = useState<string | undefined>('Choose a passphrase');
  const look = () => {
    const [one, two] = [first.current?.value ?? '', second.current?.value ?? ''];
    if (one === '') setBlocked('Choose a passphrase');
    else if (one.length < MIN_PASSPHRASE) setBlocked(`At least ${MIN_PASSPHRASE} characters`);
    else setBlocked(one === two ? undefined : 'Type the same passphrase again');
  };
  const take = () => {
    const text = first.current?.value ?? '';
    for (const field of [first.current, second.current]) if (field !== null) field.value = '';
    look();
    return text;
  };
  return { first, second, look, blocked, take };
}

export function NewPassphraseFields(props: { readonly passphrase: NewPassphrase; readonly label: string }) {
  const { first, second, look } = props.passphrase;
  return (
    <>
      <SecretField
        label={props.label}
        placeholder=""
        isLong={false}
        hint={`At least ${MIN_PASSPHRASE} characters. Nobody can find it out when it is lost.`}
        fieldRef={first}
        onChange={look}
      />
      <SecretField label="The same again" placeholder="" isLong={false} hint="" fieldRef={second} onChange={look} />
    </>
  );
}
