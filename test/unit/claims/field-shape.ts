import { assertNever } from '../../../shared/assert-never.ts';
import type { FieldSpec } from '../../../shared/claims/field-spec.ts';
import { isJsonObject, type Json } from '../../../shared/json.ts';

/** Whether a form of this kind can hold and make a claims JSON value. */
export function fitsForm(form: FieldSpec, json: Json): boolean {
  switch (form.kind) {
    case 'text':
      return typeof json === 'string';
    case 'text-list':
      if (typeof json === 'string') return form.single === true;
      return (
        isListOf(json, (item) => typeof item === 'string') && json.length <= (form.max ?? Number.POSITIVE_INFINITY)
      );
    case 'integer':
      return typeof json === 'number' && Number.isInteger(json) && isWithin(json, form.min, form.max);
    case 'number':
      return isNumber(json) && (typeof json !== 'number' || isWithin(json, form.min, form.max));
    case 'time':
    case 'duration':
      return isNumber(json);
    case 'choice':
      return form.options.some(({ value }) => value === json);
    case 'bytes':
      return isJsonObject(json) && typeof json['hex'] === 'string';
    case 'countries':
    case 'methods':
      return isListOf(json, (item) => typeof item === 'string');
    case 'networks':
    case 'coordinates':
      return Array.isArray(json);
    case 'uri-rules':
    case 'header-rules':
      return isJsonObject(json) && Object.values(json).every(isJsonObject);
    case 'group':
      return isJsonObject(json) && fitsMembers(form.members, json, Object.keys(json));
    case 'tuple': {
      if (!Array.isArray(json)) return false;
      const byName = Object.fromEntries(form.members.map(({ name }, index) => [name, json[index]]));
      const present = form.members.slice(0, json.length).map(({ name }) => name);
      return json.length <= form.members.length && fitsMembers(form.members, byName, present);
    }
    case 'list':
      return isListOf(json, (item) => fitsForm(form.of, item));
    case 'claims-sets':
      return isListOf(json, isJsonObject);
    case 'scalar':
      return isScalar(json, form.number === true);
    case 'match':
      if (json === null) return form.end !== undefined;
      return (
        isJsonObject(json) &&
        Object.keys(json).length === 1 &&
        form.options.some(({ value }) => value in json && isScalar(json[value] ?? null, false))
      );
    case 'choices':
      return isListOf(
        json,
        (item) => typeof item === 'number' || (typeof item === 'string' && form.options.includes(item)),
      );
    case 'responses':
      return isJsonObject(json) && Object.values(json).every((one) => Array.isArray(one));
    case 'cbor':
    case 'json':
      return true;
    default:
      return assertNever(form);
  }
}

type Group = Extract<FieldSpec, { kind: 'group' }>;

function fitsMembers(members: Group['members'], json: { readonly [key: string]: Json | undefined }, present: string[]) {
  const known = present.every((name) => members.some((member) => member.name === name));
  return (
    known &&
    members.every(({ name, optional, field }) => {
      const value = present.includes(name) ? json[name] : undefined;
      return value === undefined ? optional === true : fitsForm(field, value);
    })
  );
}

const isScalar = (json: Json, number: boolean): boolean =>
  typeof json === 'string' ||
  (typeof json === 'number' ? number : isJsonObject(json) && typeof json['hex'] === 'string');

const isNumber = (json: Json): boolean =>
  typeof json === 'number' || (isJsonObject(json) && typeof json['int'] === 'string');

const isWithin = (value: number, min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY): boolean =>
  value >= min && value <= max;

const isListOf = (json: Json, fits: (item: Json) => boolean): json is readonly Json[] =>
  Array.isArray(json) && json.every(fits);
