import { decodePercent } from '../carrier/escape.ts';
import { isTokenParameter } from '../carrier/url.ts';
import type { HeaderField } from '../evaluate/request.ts';
import { untokenisedUrl } from '../flowplayer/tokenised-url.ts';
import { cta5007 } from '../verifiers/cta-5007.ts';
import type { Channel, Verifier } from '../verifiers/verifier.ts';
import type { TokenCopy } from '../verifiers/which-copy.ts';

/** A copy of a token as it came with a request. */
export interface SentCopy extends TokenCopy {
  /** as sent, its percent-encoding undone */
  readonly text: string;
}

/**
 * A verifier behind an edge that also takes the token from the path, after `/pt:`, as Flowplayer's player sends it. A
 * library, which has no habits of its own, gets those of the standard.
 */
export function behindEdge(verifier: Verifier): Verifier {
  const known = edges.get(verifier);
  if (known !== undefined) return known;
  const carrier = verifier.carrier.choice === 'caller' ? cta5007.carrier : verifier.carrier;
  const order: readonly Channel[] = carrier.order.includes('path') ? carrier.order : ['path', ...carrier.order];
  const edge: Verifier = { ...verifier, carrier: { ...carrier, order, pathPrefix: 'pt:' } };
  edges.set(verifier, edge);
  return edge;
}
const edges = new Map<Verifier, Verifier>();

/** Every copy of a token that stands where some verifier would look: `/pt:…` segments, and the names of its carrier. */
export function findCopies(
  url: string,
  headers: readonly HeaderField[],
  { carrier }: Pick<Verifier, 'carrier'>,
): readonly SentCopy[] {
  const copies: SentCopy[] = [];
  const [, path = '', query = ''] = /^(?:[^:/?#]+:)?(?:\/\/[^/?#]*)?([^?#]*)(?:\?([^#]*))?/.exec(url) ?? [];
  for (const [, text = ''] of leadingTokens(path))
    copies.push({ channel: 'path', name: 'pt:', text: decodePercent(text) });
  for (const pair of query === '' ? [] : query.split('&')) {
    const [name, text] = cut(pair, '=');
    if (text !== '' && hasName(carrier.queries, decodePercent(name), carrier.exactCase.queries))
      copies.push({ channel: 'query', name: decodePercent(name), text: decodePercent(text) });
  }
  for (const { name, value } of headers) {
    if (hasName(carrier.headers, name, false))
      copies.push({ channel: 'header', name, text: value.replace(/^(?:bearer|dpop)\s+/i, '').trim() });
    if (name.toLowerCase() !== 'cookie') continue;
    for (const pair of value.split(';')) {
      const [cookie, text] = cut(pair.trim(), '=');
      if (text !== '' && hasName(carrier.cookies, cookie, carrier.exactCase.cookies))
        copies.push({ channel: 'cookie', name: cookie, text: decodePercent(text) });
    }
  }
  return copies;
}

/** The request without any token that `findCopies` or a recipient of tokens would see: what goes on to one that knows none. */
export function withoutCopies<Request extends { readonly url: string; readonly headers: readonly HeaderField[] }>(
  request: Request,
  { carrier }: Pick<Verifier, 'carrier'>,
): Request {
  const [, path = '', query, rest = ''] = /^([^?#]*)(?:\?([^#]*))?(.*)$/s.exec(untokenisedUrl(request.url).url) ?? [];
  const isToken = (pair: string) => isNamed(decodePercent(cut(pair, '=')[0]), carrier.queries);
  const kept = query?.split('&').filter((pair) => !isToken(pair)) ?? [];
  return {
    ...request,
    url: path + (kept.length === 0 ? '' : `?${kept.join('&')}`) + rest,
    headers: request.headers.filter(({ name }) => !isNamed(name, [...carrier.headers, 'authorization', 'cookie'])),
  };
}
const isNamed = (name: string, names: readonly string[]): boolean =>
  isTokenParameter(name) || hasName(names, name, false);

/** `/pt:a/pt:b/…`: a player that was given a tokenised address puts its own in front. */
function* leadingTokens(path: string): Generator<RegExpExecArray> {
  const segment = /\/pt(?::|%3a)([^/]*)/iy;
  for (let match = segment.exec(path); match !== null; match = segment.exec(path)) yield match;
}

function cut(text: string, sign: string): readonly [string, string] {
  const at = text.indexOf(sign);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

const hasName = (names: readonly string[], name: string, exactCase: boolean): boolean =>
  exactCase ? names.includes(name) : names.some((one) => one.toLowerCase() === name.toLowerCase());
