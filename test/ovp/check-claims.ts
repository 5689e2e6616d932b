import { isJsonObject, type Json, type JsonObject } from '../../shared/json.ts';

/**
 * The limits the API documents for the claims of `POST /playback_tokens`, checked by themselves and not through the app's own
 * reading of them. Gives the first complaint in the API's words; `undefined`: the claims are taken.
 */
export function checkClaims(body: JsonObject): string | undefined {
  for (const name of Object.keys(body)) if (!KNOWN.has(name)) return `${name} is not a supported parameter`;
  if (body['exp'] === undefined) return "Exp can't be blank";
  for (const name of ['exp', 'nbf', 'iat'])
    if (body[name] !== undefined && !Number.isInteger(Number(body[name]))) return `${name} must be an integer`;
  for (const name of ['iss', 'sub', 'aud', 'cti'])
    if (body[name] !== undefined && typeof body[name] !== 'string') return `${name} must be a string`;
  if (body['catv'] !== undefined && body['catv'] !== 1) return 'Catv must be equal to 1';
  return checkUri(body['catu']) ?? checkNetworks(body['catnip']) ?? checkCountries(body['catgeoiso3166']);
}

const KNOWN: ReadonlySet<string> = new Set(
  'key_id exp nbf iat iss sub aud cti catu catnip catgeoiso3166 catv'.split(' '),
);

function checkUri(catu: Json | undefined): string | undefined {
  if (catu === undefined) return undefined;
  if (!isJsonObject(catu)) return 'Catu must be an object';
  const entries = Object.entries(catu);
  if (entries.length > 5) return 'Catu is too long (maximum is 5 items)';
  for (const [component, match] of entries) {
    if (!/^[0-8]$/.test(component)) return `Catu key ${component} is not included in the list`;
    if (!Array.isArray(match) || match.length !== 2) return `Catu ${component} must be [type, text]`;
    const [type, text] = match as readonly Json[];
    if (typeof type !== 'number' || ![0, 1, 2, 3].includes(type)) return `Catu ${component} match type is not included`;
    if (typeof text !== 'string') return `Catu ${component} value must be a string`;
  }
  return undefined;
}

function checkNetworks(catnip: Json | undefined): string | undefined {
  if (catnip === undefined) return undefined;
  if (!Array.isArray(catnip) || catnip.length > 5) return 'Catnip must be an array of at most 5 items';
  for (const network of catnip as readonly Json[]) {
    if (!isJsonObject(network) || (network['tag'] !== 52 && network['tag'] !== 54))
      return 'Catnip tag must be 52 or 54';
    const value = network['value'];
    if (!Array.isArray(value) || typeof value[0] !== 'number' || !isJsonObject(value[1]))
      return 'Catnip value must be [prefix, bytes]';
    if (value[0] > (network['tag'] === 52 ? 32 : 128)) return 'Catnip prefix is out of range';
  }
  return undefined;
}

function checkCountries(codes: Json | undefined): string | undefined {
  if (codes === undefined) return undefined;
  if (!Array.isArray(codes) || codes.length > 5) return 'Catgeoiso3166 must be an array of at most 5 items';
  const odd = codes.find((code) => typeof code !== 'string' || !/^[A-Z]{2}(?:-[A-Z0-9]{1,3})?$/.test(code));
  return odd === undefined ? undefined : `Catgeoiso3166 ${JSON.stringify(odd)} is not included in the list`;
}
