import { useState } from 'react';
import { decodeHex } from '../../../../shared/bytes/hex.ts';
import { decode } from '../../../../shared/cbor/decode.ts';
import { formatEdn } from '../../../../shared/cbor/edn.ts';
import { encode } from '../../../../shared/cbor/encode.ts';
import { parseEdn } from '../../../../shared/cbor/parse-edn.ts';
import { nodeFromJson, nodeToJson } from '../../../../shared/claims/codec/node-json.ts';
import type { Json } from '../../../../shared/json.ts';
import { err, ok, type Result } from '../../../../shared/result.ts';
import { TextField } from '../../../ui/field.tsx';
import type { FieldProps } from './field-props.ts';
import { errorOf } from './typed-field.tsx';
import { useTyped } from './use-typed.ts';

function print(json: Json | undefined): string {
  const node = json === undefined ? undefined : nodeFromJson(json);
  return node?.ok ? formatEdn(decode(encode(node.value)).root).text : '';
}

/** Diagnostic notation, or encoded CBOR in hex. */
function parse(text: string): Result<Json, string> {
  const edn = parseEdn(text);
  if (edn.ok) return ok(nodeToJson(edn.value));
  const bytes = decodeHex(text.replace(/\s+/g, ''));
  const decoded = bytes.ok && bytes.value.length > 0 ? decode(bytes.value) : undefined;
  return decoded !== undefined && decoded.issues.length === 0
    ? ok(nodeToJson(decoded.root))
    : err(`Not EDN at column ${edn.error.column}: ${edn.error.message}`);
}

/** Any CBOR item. What cannot be read stays in the field, and the value as it was. */
export function CborField(props: FieldProps & { readonly blank?: Json; readonly placeholder?: string }) {
  const { label, json, onChange, problems, hint, blank, placeholder = '' } = props;
  const [error, setError] = useState<string | undefined>(undefined);
  const [text, setText] = useTyped(
    json,
    (value) => (value === blank ? '' : print(value)),
    (typed) => {
      if (typed.trim() === '') return blank;
      const read = parse(typed);
      return read.ok ? read.value : json;
    },
  );
  return (
    <TextField
      label={label}
      isMono
      value={text}
      placeholder={placeholder}
      onChange={(next) => {
        setText(next);
        const read = next.trim() === '' ? undefined : parse(next);
        setError(read?.ok === false ? read.error : undefined);
        if (read === undefined) onChange(blank);
        else if (read.ok) onChange(read.value);
      }}
      error={error ?? errorOf(problems)}
      {...(hint === undefined ? {} : { hint })}
    />
  );
}
