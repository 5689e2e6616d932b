import type { Json } from '../../../../shared/json.ts';
import { Icon } from '../../../ui/icon.tsx';
import type { FieldProps } from './field-props.ts';
import { listText, parseNetworks } from './field-text.ts';
import { TypedField } from './typed-field.tsx';

/** Networks and addresses, with a word of caution where one names a person. */
export function NetworksField(props: FieldProps) {
  const isPerson =
    Array.isArray(props.json) &&
    props.json.some((one: Json) => typeof one === 'string' && (!one.includes('/') || /\/(32|128)$/.test(one)));
  return (
    <>
      <TypedField
        {...props}
        isMono
        placeholder="203.0.113.0/24"
        read={(json) => listText(json, ', ') ?? ''}
        write={(text) => (text.trim() === '' ? undefined : parseNetworks(text))}
      />
      {isPerson ? (
        <p className="is-warn">
          <Icon name="warning" size={12} />A full address identifies a person to everybody who holds the token. Use a
          range such as /24, or /56 for IPv6.
        </p>
      ) : null}
    </>
  );
}
