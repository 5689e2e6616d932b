import { decodePercent } from '../carrier/escape.ts';

/** A token after `/pt:` or under a usual name, and what stands before it. */
const TOKENS = /(\/pt(?::|%3a))([^/?#]*)|([?&](?:cat|(?:cta-)?common-access-token)=)([^&#]*)/gi;

/** The tokens that an address carries, absolute or not, their percent-encoding undone. */
export const tokensInUrl = (url: string): readonly string[] =>
  [...url.matchAll(TOKENS)].map(([, , inPath, , inQuery]) => decodePercent(inPath ?? inQuery ?? ''));

/** The address with something else in the place of each token; `undefined` leaves one as it is. */
export const replaceTokens = (url: string, by: (token: string) => string | undefined): string =>
  url.replace(TOKENS, (all, path: string | undefined, inPath = '', query = '', inQuery = '') => {
    const [head, text] = path === undefined ? [query, inQuery] : [path, inPath];
    const other = by(decodePercent(text));
    return other === undefined ? all : head + other;
  });
