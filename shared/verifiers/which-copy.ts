import { value as literal, type RichText, rich } from '../explain/rich-text.ts';
import type { Channel, Verifier } from './verifier.ts';

/** One copy of a token in a request, and where it stood. */
export interface TokenCopy {
  readonly channel: Channel;
  /** header, cookie or parameter name as sent; for a path, what stands before the token in its segment: `pt:` or nothing */
  readonly name: string;
}

/** Which of a request's copies a verifier judges. */
export interface CopyChoice {
  /** positions of the copies it judges: one, or with `all` every one it finds */
  readonly used: readonly number[];
  /** for each copy: why it is judged, or why it is not */
  readonly reasons: readonly RichText[];
  /** it finds none of them, though the request carries one */
  readonly finds: 'token' | 'nothing';
}

/**
 * The copies of a token that a verifier would look at. `hasCookies` says that the request has a Cookie header at all,
 * since to some verifiers any cookie hides a token in the query.
 */
export function whichCopy(copies: readonly TokenCopy[], verifier: Verifier, hasCookies: boolean): CopyChoice {
  const { carrier, name } = verifier;
  if (carrier.choice === 'caller') {
    const reason = rich`${name} is handed its token by the code around it`;
    return { used: copies.map((_, index) => index), reasons: copies.map(() => reason), finds: 'token' };
  }
  const reasons = copies.map((copy): RichText | undefined =>
    isLookedFor(copy, verifier) ? undefined : rich`${name} does not look for a token in ${placeOf(copy)}`,
  );
  const used: number[] = [];
  let closedBy: RichText | undefined;
  for (const channel of carrier.order) {
    copies.forEach((copy, index) => {
      if (copy.channel !== channel || reasons[index] !== undefined) return;
      if (closedBy === undefined) {
        used.push(index);
        reasons[index] = rich`${name} judges the token in ${placeOf(copy)}`;
        if (carrier.choice === 'first') closedBy = rich`the one in ${placeOf(copy)} comes first`;
      } else {
        reasons[index] = rich`${name} does not get to ${placeOf(copy)}: ${closedBy}`;
      }
    });
    const isThere = channel === 'cookie' && hasCookies;
    if (closedBy === undefined && isThere && carrier.stopsAt.includes(channel)) {
      closedBy = rich`the request has cookies, and it looks no further`;
    }
  }
  return {
    used,
    reasons: reasons.map((reason) => reason ?? rich`${name} does not look there`),
    finds: used.length > 0 ? 'token' : 'nothing',
  };
}

function isLookedFor({ channel, name }: TokenCopy, { carrier }: Verifier): boolean {
  switch (channel) {
    case 'header':
      // RFC 9110 §5.1: field names have no case
      return includes(carrier.headers, name, false);
    case 'cookie':
      return includes(carrier.cookies, name, carrier.exactCase.cookies);
    case 'query':
      return includes(carrier.queries, name, carrier.exactCase.queries);
    case 'path':
      return carrier.pathPrefix === name;
  }
}

const includes = (names: readonly string[], name: string, exactCase: boolean): boolean =>
  exactCase ? names.includes(name) : names.some((one) => one.toLowerCase() === name.toLowerCase());

function placeOf({ channel, name }: TokenCopy): RichText {
  switch (channel) {
    case 'header':
      return rich`header ${literal(name)}`;
    case 'cookie':
      return rich`cookie ${literal(name)}`;
    case 'query':
      return rich`query parameter ${literal(name)}`;
    case 'path':
      return name === '' ? rich`the path` : rich`the path, after ${literal(`/${name}`)}`;
  }
}
