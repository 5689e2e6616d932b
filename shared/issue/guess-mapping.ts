import type { TemplateVariable } from './template.ts';

/** Other names that tables have for what templates call so. */
const ALSO_CALLED: Readonly<Record<string, readonly string[]>> = {
  video: ['videoid', 'media', 'mediaid', 'asset', 'assetid', 'stream', 'streamid', 'content', 'contentid'],
  network: ['ip', 'ipaddress', 'address', 'cidr', 'clientip'],
  countries: ['country', 'geo', 'region', 'regions', 'territory', 'territories'],
  length: ['hours', 'duration', 'validfor', 'valid', 'ttl', 'lifetime'],
  from: ['start', 'starts', 'begin', 'begins', 'notbefore', 'nbf'],
  until: ['end', 'ends', 'expires', 'expiry', 'exp'],
  viewer: ['viewerid', 'user', 'userid', 'subscriber', 'subscriberid', 'sub', 'customer', 'customerid'],
};

const plain = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** Which column likely fills which variable, by their names; a column fills one variable at most. */
export function guessMapping(
  columns: readonly string[],
  variables: readonly TemplateVariable[],
): Readonly<Record<string, string>> {
  const free = new Set(columns);
  const mapping: Record<string, string> = {};
  const take = (variable: TemplateVariable, names: readonly string[]): void => {
    if (mapping[variable.name] !== undefined) return;
    const column = [...free].find((one) => names.includes(plain(one)));
    if (column === undefined) return;
    mapping[variable.name] = column;
    free.delete(column);
  };
  for (const variable of variables) take(variable, [plain(variable.name)]);
  for (const variable of variables) take(variable, [plain(variable.label)]);
  for (const variable of variables) take(variable, ALSO_CALLED[variable.name] ?? []);
  return mapping;
}
