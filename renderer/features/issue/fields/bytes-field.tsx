import { encodeHex } from '../../../../shared/bytes/hex.ts';
import { IconButton } from '../../../ui/button.tsx';
import type { FieldProps } from './field-props.ts';
import { bytesHex } from './field-text.ts';
import { TypedField } from './typed-field.tsx';

/** Bytes in hex, drawn at random where that makes sense. */
export function BytesField(props: FieldProps & { readonly random: number | undefined }) {
  const { random } = props;
  return (
    <TypedField
      {...props}
      isMono
      read={(json) => bytesHex(json) ?? ''}
      write={(text) => (text.trim() === '' ? undefined : { hex: text.trim() })}
      placeholder="hex"
      end={
        random === undefined ? undefined : (
          <IconButton
            label={`Draw ${random} random bytes`}
            icon="reset"
            onPress={() => props.onChange({ hex: encodeHex(crypto.getRandomValues(new Uint8Array(random))) })}
          />
        )
      }
    />
  );
}
