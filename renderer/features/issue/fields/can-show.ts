import { assertNever } from '../../../../shared/assert-never.ts';
import { nodeFromJson } from '../../../../shared/claims/codec/node-json.ts';
import type { FieldSpec } from '../../../../shared/claims/field-spec.ts';
import { isJsonObject, type Json } from '../../../../shared/json.ts';
import { bytesHex, listText, numberText, parseNetworks, readRuleLines } from './field-text.ts';
import { readResponses } from './response-lines.ts';

const isListOf = (json: Json, fits: (item: Json) => boolean): boolean => Array.isArray(json) && json.every(fits);

const isScalar = (json: Json | undefined, isNumber: boolean): boolean =>
  typeof json === 'string' || bytesHex(json) !== undefined || (isNumber && numberText(json) !== undefined);

function isMatch(json: Json, options: readonly { readonly value: string }[]): boolean {
  if (!isJsonObject(json)) return false;
  const [name, ...others] = Object.keys(json);
  return (
    name !== undefined &&
    others.length === 0 &&
    options.some(({ value }) => value === name) &&
    isScalar(json[name], false)
  );
}

/** Whether a field can show a value whole, so that nothing is lost when it is changed there. */
export function canShow(field: FieldSpec, json: Json | undefined): boolean {
  if (json === undefined) return field.kind !== 'json';
  switch (field.kind) {
    case 'text':
      return typeof json === 'string';
    case 'integer':
    case 'number':
    case 'duration':
    case 'time':
    case 'choice':
      return numberText(json) !== undefined;
    case 'bytes':
      return bytesHex(json) !== undefined;
    case 'text-list':
      return Array.isArray(json)
        ? json.every((item: Json) => typeof item === 'string' && item !== '' && !item.includes('\n'))
        : typeof json === 'string' && field.single === true && !json.includes('\n');
    case 'countries':
    case 'methods':
      return (
        isListOf(json, (item) => typeof item === 'string' && /^[^\s,;]+$/.test(item)) &&
        new Set(json as readonly Json[]).size === (json as readonly Json[]).length
      );
    case 'networks':
      return (
        Array.isArray(json) &&
        json.length > 0 &&
        JSON.stringify(parseNetworks(listText(json, ' ') ?? '')) === JSON.stringify(json)
      );
    case 'uri-rules':
    case 'header-rules':
      return readRuleLines(json) !== undefined;
    case 'group': {
      const names = new Set(field.members.map(({ name }) => name));
      return isJsonObject(json) && Object.keys(json).every((name) => names.has(name));
    }
    case 'tuple':
      return Array.isArray(json) && json.length <= field.members.length;
    case 'list':
      return Array.isArray(json);
    case 'coordinates':
      return isListOf(json, (place) => Array.isArray(place) && place.length === 3);
    case 'claims-sets':
      return isListOf(json, isJsonObject);
    case 'scalar':
      return isScalar(json, field.number === true);
    case 'match':
      return json === null ? field.end !== undefined : isMatch(json, field.options);
    case 'choices':
      return isListOf(json, (item) => typeof item === 'string' || typeof item === 'number');
    case 'cbor':
      return nodeFromJson(json).ok;
    case 'responses':
      return readResponses(json) !== undefined;
    case 'json':
      return false;
    default:
      return assertNever(field);
  }
}
