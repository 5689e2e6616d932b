import type { RequestFacts } from '../../../shared/evaluate/request.ts';
import type { Recipient } from './model.ts';

export type MoreFact = 'asn' | 'alpn' | 'seen' | 'latitude' | 'longitude' | 'altitude' | 'issuers' | 'audiences';
/** What stands in each field; empty = not known */
export type Typed = Readonly<Record<MoreFact, string>>;

interface Field {
  readonly name: MoreFact;
  readonly label: string;
  readonly placeholder: string;
}

export const MORE_FACTS: readonly Field[] = [
  { name: 'issuers', label: 'Issuers it trusts', placeholder: 'nordlys-media, other' },
  { name: 'audiences', label: 'Audiences it answers to', placeholder: 'cdn-a, cdn-b' },
  { name: 'asn', label: 'Network number (ASN)', placeholder: '64500' },
  { name: 'alpn', label: 'Protocol (ALPN)', placeholder: 'h2, or none' },
  { name: 'seen', label: 'Token id seen before', placeholder: 'times, as 0' },
  { name: 'latitude', label: 'Latitude', placeholder: '59.33' },
  { name: 'longitude', label: 'Longitude', placeholder: '18.07' },
  { name: 'altitude', label: 'Altitude in metres', placeholder: '25' },
];

export function typeFacts({ asn, alpn, seen, location }: RequestFacts, recipient: Recipient): Typed {
  const text = (value: number | undefined) => (value === undefined ? '' : String(value));
  return {
    asn: text(asn),
    alpn: alpn === null ? 'none' : (alpn ?? ''),
    seen: text(seen),
    latitude: text(location?.latitude),
    longitude: text(location?.longitude),
    altitude: text(location?.altitude),
    issuers: recipient.issuers?.join(', ') ?? '',
    audiences: recipient.audiences?.join(', ') ?? '',
  };
}

interface ReadFacts {
  readonly request: RequestFacts;
  readonly recipient: Recipient;
  /** sentences for fields that do not read; those count as not known */
  readonly errors: Readonly<Partial<Record<MoreFact, string>>>;
}

/** What was typed as facts; everything of `before` that has no field here stays. */
export function readFacts(typed: Typed, before: RequestFacts): ReadFacts {
  const errors: Partial<Record<MoreFact, string>> = {};
  const number = (name: MoreFact, is: (value: number) => boolean, expected: string): number | undefined => {
    const text = typed[name].trim();
    if (text === '') return undefined;
    const value = Number(text);
    if (Number.isFinite(value) && is(value)) return value;
    errors[name] = `Expected ${expected}`;
    return undefined;
  };
  const whole = (value: number) => Number.isInteger(value) && value >= 0;
  const asn = number('asn', (value) => whole(value) && value < 2 ** 32, 'a number from 0 to 4294967295');
  const seen = number('seen', whole, 'a whole number from 0 on');
  const latitude = number('latitude', (value) => Math.abs(value) <= 90, 'degrees from −90 to 90');
  const longitude = number('longitude', (value) => Math.abs(value) <= 180, 'degrees from −180 to 180');
  const altitude = number('altitude', () => true, 'a number of metres');
  const alpn = typed.alpn.trim();
  const { asn: _asn, alpn: _alpn, seen: _seen, location: _location, ...rest } = before;
  const issuers = list(typed.issuers);
  const audiences = list(typed.audiences);
  return {
    request: {
      ...rest,
      ...(asn === undefined ? {} : { asn }),
      ...(alpn === '' ? {} : { alpn: alpn === 'none' ? null : alpn }),
      ...(seen === undefined ? {} : { seen }),
      ...(latitude === undefined || longitude === undefined
        ? {}
        : { location: { latitude, longitude, ...(altitude === undefined ? {} : { altitude }) } }),
    },
    recipient: {
      ...(issuers === undefined ? {} : { issuers }),
      ...(audiences === undefined ? {} : { audiences }),
    },
    errors,
  };
}

function list(text: string): readonly string[] | undefined {
  const items = text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');
  return items.length === 0 ? undefined : items;
}
