import { escapeText } from '../ui/hostile-text.ts';

const MAX_NAME = 40;

/** What a token is called, from the best that is known: what was asked for with it, else who made it. Never the token. */
export function nameToken(known: {
  /** the address it came with */
  readonly url?: string | undefined;
  readonly text?: string | undefined;
  readonly issuer?: string | undefined;
  readonly kid?: string | undefined;
  /** what the envelope is */
  readonly kind?: string | undefined;
}): string | undefined {
  const name = fileOf(known.url, known.text) ?? known.issuer ?? known.kid ?? known.kind;
  return name === undefined ? undefined : shorten(escapeText(name));
}

function fileOf(address: string | undefined, token: string | undefined): string | undefined {
  if (address === undefined || !URL.canParse(address)) return undefined;
  const { pathname, host } = new URL(address);
  const last = pathname.split('/').findLast((segment) => segment !== '');
  // a token may stand in the path; a long segment may be one that nobody recognised
  const isToken = last !== undefined && (last.length > MAX_NAME || token?.includes(last) === true);
  return last === undefined || isToken ? host : last;
}

const shorten = (name: string): string => (name.length > MAX_NAME ? `${name.slice(0, MAX_NAME - 1)}…` : name);
