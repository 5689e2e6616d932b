import { encodeHex } from '../../../../shared/bytes/hex.ts';
import type { FieldSpec } from '../../../../shared/claims/field-spec.ts';
import type { Json } from '../../../../shared/json.ts';

/** What a claim or item starts from when it is added: nothing is guessed that would let anybody in or keep them out. */
export function emptyOf(field: FieldSpec): Json {
  switch (field.kind) {
    case 'bytes':
      return { hex: field.random === undefined ? '' : encodeHex(crypto.getRandomValues(new Uint8Array(field.random))) };
    case 'choice':
      return field.options[0]?.value ?? '';
    case 'group':
    case 'uri-rules':
    case 'header-rules':
    case 'responses':
    case 'json':
      return {};
    case 'text-list':
      return field.single === true ? '' : [];
    case 'match':
      return { [field.options[0]?.value ?? '']: '' };
    case 'cbor':
      return { hex: '' };
    case 'tuple':
    case 'list':
    case 'claims-sets':
    case 'coordinates':
    case 'networks':
    case 'countries':
    case 'methods':
    case 'choices':
      return [];
    default:
      return '';
  }
}
