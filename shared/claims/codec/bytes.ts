import { decodeHex, encodeHex } from '../../bytes/hex.ts';
import { isJsonObject, type Json } from '../../json.ts';
import { bare, type Codec, type FromJson, problem, wrongType } from './codec.ts';

/** bstr ↔ `{ "hex": "…" }`. A JSON string of hex digits is taken as well: node-cat writes byte strings so. */
export const bytesCodec: Codec<Uint8Array> = {
  read(node, ctx) {
    const item = bare(node, ctx);
    return item.kind === 'bytes' ? item.value : wrongType(item, 'a byte string', ctx);
  },
  write: (value) => ({ kind: 'bytes', value }),
  toJson: (value) => ({ hex: encodeHex(value) }),
  fromJson: bytesFromJson,
};

/** `{ "hex": "…" }` or hex digits alone. */
export function bytesFromJson(json: Json): FromJson<Uint8Array> {
  const hex = isJsonObject(json) ? json['hex'] : json;
  if (typeof hex !== 'string') return problem('Must be bytes, as { "hex": "…" }');
  const bytes = decodeHex(hex);
  return bytes.ok ? bytes : problem(`Must be hex digits in pairs; character ${bytes.error.at + 1} is wrong or missing`);
}
