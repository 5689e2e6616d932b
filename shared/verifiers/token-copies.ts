import { findTokens } from '../carrier/find-tokens.ts';
import type { RequestFacts } from '../evaluate/request.ts';
import type { TokenCopy } from './which-copy.ts';

/** A copy of a token in a request, with its canonical text. */
export interface FoundCopy extends TokenCopy {
  readonly text: string;
}

/** More copies than any request means to carry. */
const MOST = 50;

/** Every token a request carries in a place where some verifier looks, in the order address, headers. Never throws. */
export function tokenCopies({ url, headers = [] }: RequestFacts): readonly FoundCopy[] {
  const copies = [
    ...(url === undefined ? [] : copiesIn(url)),
    ...headers.flatMap(({ name, value }) => copiesIn(`${name}: ${value}`)),
  ];
  return copies.slice(0, MOST);
}

function copiesIn(text: string): readonly FoundCopy[] {
  return findTokens(text).tokens.flatMap((token): readonly FoundCopy[] => {
    const place = token.kind === 'not-a-cat' ? undefined : readPlace(token.source.where);
    return place === undefined ? [] : [{ ...place, text: token.text }];
  });
}

/** The place as the finder calls it; `undefined` for one where nobody looks: a fragment, an address inside a header. */
function readPlace(where: string): TokenCopy | undefined {
  const named = /^(header|cookie|query parameter) (\S+)$/.exec(where);
  const [, channel, name] = named ?? [];
  if (name !== undefined) {
    if (channel === 'header') return { channel: 'header', name };
    return { channel: channel === 'cookie' ? 'cookie' : 'query', name };
  }
  if (/^path segment \d+$/.test(where)) return { channel: 'path', name: '' };
  const prefix = /^path \/(\S+)$/.exec(where)?.[1];
  return prefix === undefined ? undefined : { channel: 'path', name: prefix };
}
