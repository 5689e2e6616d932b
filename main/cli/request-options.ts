import type { HeaderField, RecipientFacts, RequestFacts } from '../../shared/evaluate/request.ts';
import { type Seconds, seconds } from '../../shared/units.ts';
import type { Call } from './command.ts';
import { CliError, EXIT } from './exit.ts';
import { currentSeconds } from './now.ts';

/** The request and the recipient that `check` judges against. */
export const REQUEST_OPTIONS = {
  url: { type: 'string' },
  method: { type: 'string' },
  header: { type: 'string', multiple: true },
  ip: { type: 'string' },
  asn: { type: 'string' },
  country: { type: 'string' },
  lat: { type: 'string' },
  lon: { type: 'string' },
  alt: { type: 'string' },
  alpn: { type: 'string' },
  seen: { type: 'string' },
  now: { type: 'string' },
  skew: { type: 'string' },
  issuer: { type: 'string', multiple: true },
  audience: { type: 'string', multiple: true },
} as const;

/** What was said of the request; anything left out stays unknown, and claims that need it cannot be told. */
export function readRequest(call: Call): RequestFacts {
  const url = call.one('url');
  if (url !== undefined && !URL.canParse(url)) throw new CliError(EXIT.usage, `“${url}” is not an absolute URL.`);
  const headers = call.all('header').map(readHeader);
  return {
    ...optional('url', url),
    ...optional('method', call.one('method')),
    ...optional('headers', headers.length === 0 ? undefined : headers),
    ...optional('ip', call.one('ip')),
    ...optional('asn', wholeNumber(call, 'asn')),
    ...optional('country', call.one('country')),
    ...optional('location', readLocation(call)),
    ...optional('alpn', call.one('alpn')),
    ...optional('seen', wholeNumber(call, 'seen')),
  };
}

/** The recipient; `skewOtherwise` is what the verifier forgives by itself. */
export function readRecipient(call: Call, skewOtherwise: Seconds): RecipientFacts {
  const issuers = call.all('issuer');
  const audiences = call.all('audience');
  const skew = number(call, 'skew');
  if (skew !== undefined && skew < 0) throw new CliError(EXIT.usage, '--skew is a number of seconds, 0 or more.');
  return {
    now: readMoment(call.one('now')) ?? currentSeconds(),
    skew: skew === undefined ? skewOtherwise : seconds(skew),
    ...(issuers.length === 0 ? {} : { issuers }),
    ...(audiences.length === 0 ? {} : { audiences }),
  };
}

/** Seconds since 1970, or a date as ISO 8601 writes it. */
export function readMoment(text: string | undefined): Seconds | undefined {
  if (text === undefined) return undefined;
  if (/^[+-]?\d+(\.\d+)?$/.test(text)) return seconds(Number(text));
  const date = Date.parse(text);
  if (Number.isNaN(date)) throw new CliError(EXIT.usage, `“${text}” is neither seconds since 1970 nor an ISO date.`);
  return seconds(date / 1000);
}

function readHeader(text: string): HeaderField {
  const colon = text.indexOf(':');
  if (colon < 1) throw new CliError(EXIT.usage, `--header takes “Name: value”, not “${text}”.`);
  return { name: text.slice(0, colon).trim(), value: text.slice(colon + 1).trim() };
}

function readLocation(call: Call): RequestFacts['location'] {
  const latitude = number(call, 'lat');
  const longitude = number(call, 'lon');
  const altitude = number(call, 'alt');
  if (latitude === undefined && longitude === undefined && altitude === undefined) return undefined;
  if (latitude === undefined || longitude === undefined) throw new CliError(EXIT.usage, '--lat and --lon go together.');
  return { latitude, longitude, ...optional('altitude', altitude) };
}

function number(call: Call, name: string): number | undefined {
  const text = call.one(name);
  if (text === undefined) return undefined;
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value))
    throw new CliError(EXIT.usage, `--${name} is a number, not “${text}”.`);
  return value;
}

function wholeNumber(call: Call, name: string): number | undefined {
  const value = number(call, name);
  if (value !== undefined && (!Number.isInteger(value) || value < 0))
    throw new CliError(EXIT.usage, `--${name} is a whole number.`);
  return value;
}

const optional = <Name extends string, T>(name: Name, value: T | undefined) =>
  value === undefined ? {} : ({ [name]: value } as { readonly [key in Name]: T });
