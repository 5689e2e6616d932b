import { decodeBase64url } from '../bytes/base64.ts';
import { encodeUtf8 } from '../bytes/utf8.ts';
import type { Rules } from '../verifiers/rules.ts';

/** Parts of a URI by RFC 3986 §3; the derived ones of catu are `uriComponent`'s. */
export interface Uri {
  readonly scheme: string | undefined;
  /** as written: user information, host and port */
  readonly authority: string | undefined;
  readonly host: string | undefined;
  readonly port: string | undefined;
  readonly path: string;
  readonly query: string | undefined;
}

/** Components of catu in the order of their labels 0–8 (CTA-5007-B §4.6.10). */
export const URI_COMPONENTS = [
  'scheme',
  'host',
  'port',
  'path',
  'query',
  'parent-path',
  'filename',
  'stem',
  'extension',
] as const;
export type UriComponent = (typeof URI_COMPONENTS)[number];

/** Query parameters that carry a token and nothing else (CAT.md e); removed whatever they hold. */
const TOKEN_PARAMETERS: ReadonlySet<string> = new Set(['CAT', 'cat', 'CTA-Common-Access-Token', 'Common-Access-Token']);
/** Parameters that may carry one (cat-token's callers strip these); removed when they hold one. */
const POSSIBLE_TOKEN_PARAMETERS: ReadonlySet<string> = new Set(['token', 'access_token']);

const DEFAULT_PORTS: ReadonlyMap<string, string> = new Map([
  ['http', '80'],
  ['https', '443'],
  ['ws', '80'],
  ['wss', '443'],
]);

/** The request's URI as a recipient compares it: the token taken out first, then normalised (CTA-5007-B §4.6.10). */
export function requestUri(url: string, rules: Rules['uri']): Uri {
  if (last?.url === url && last.rules === rules) return last.uri;
  const parsed = parseUri(url);
  const bare = rules.removeToken ? removeToken(parsed, rules.tokenParameters) : parsed;
  const uri = normaliseUri(bare, rules.normalise);
  last = { url, rules, uri };
  return uri;
}

/** The answer given last: branches of a composite, and the tokens of one request, ask for the same again and again. */
let last: { readonly url: string; readonly rules: Rules['uri']; readonly uri: Uri } | undefined;

/** RFC 3986 appendix B; total: what has no scheme or authority is a path. */
export function parseUri(text: string): Uri {
  const [, scheme, authority, path = '', query] =
    /^(?:([^:/?#]+):)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?/.exec(text) ?? [];
  if (authority === undefined) return { scheme, authority, host: undefined, port: undefined, path, query };
  const hostPort = authority.slice(authority.lastIndexOf('@') + 1);
  // the colons of an IPv6 address stand in brackets
  const colon = hostPort.indexOf(':', Math.max(0, hostPort.lastIndexOf(']')));
  const host = colon === -1 ? hostPort : hostPort.slice(0, colon);
  return { scheme, authority, host, port: colon === -1 ? undefined : hostPort.slice(colon + 1), path, query };
}

/**
 * Takes the token out: query parameters that carry one, a first path segment `pt:…` (Flowplayer), and a first segment
 * that is one (the CloudFront SDKs). Given `parameters`, exactly those go.
 */
export function removeToken(uri: Uri, parameters?: readonly string[]): Uri {
  return { ...uri, path: pathWithoutToken(uri.path), query: queryWithoutToken(uri.query, parameters) };
}

function pathWithoutToken(path: string): string {
  const end = path.indexOf('/', 1);
  const first = path.slice(1, end === -1 ? undefined : end);
  const isToken = path.startsWith('/') && (/^pt(:|%3a)/i.test(first) || looksLikeToken(first));
  if (!isToken) return path;
  return end === -1 ? '/' : path.slice(end);
}

function queryWithoutToken(query: string | undefined, parameters: readonly string[] | undefined): string | undefined {
  if (query === undefined) return undefined;
  const pairs = query.split('&');
  const kept = pairs.filter((pair) => {
    const equals = pair.indexOf('=');
    const name = equals === -1 ? pair : pair.slice(0, equals);
    if (parameters !== undefined) return !parameters.includes(name);
    if (TOKEN_PARAMETERS.has(name)) return false;
    return !POSSIBLE_TOKEN_PARAMETERS.has(name) || !looksLikeToken(pair.slice(equals + 1));
  });
  if (kept.length === pairs.length) return query;
  return kept.length === 0 ? undefined : kept.join('&');
}

/** Whether a text starts as a CWT or COSE message does: tags 61, 16–18, or an array whose first item is a byte string. */
function looksLikeToken(text: string): boolean {
  if (text.length < 32 || !/^[\w-]+(=|%3d)*$/i.test(text)) return false;
  const start = decodeBase64url(text.slice(0, 4));
  if (!start.ok) return false;
  const [first = 0, second = 0] = start.value;
  if (first === 0xd8) return second === 0x3d;
  if (first >= 0xd0 && first <= 0xd2) return second === 0x83 || second === 0x84;
  return (first === 0x83 || first === 0x84) && second >= 0x40 && second < 0x58;
}

/**
 * RFC 3986 §6.2.2–6.2.3 and RFC 9110 §4.2.3. Without `full` only what every URL parser does of its own accord: scheme
 * and host in lower case, dot segments resolved, an empty path as `/`, the default port left out.
 */
export function normaliseUri(uri: Uri, full: boolean): Uri {
  const scheme = uri.scheme?.toLowerCase();
  const isDefault = uri.port === '' || (scheme !== undefined && uri.port === DEFAULT_PORTS.get(scheme));
  const path = removeDotSegments(normalisePercent(uri.path, full));
  return {
    scheme,
    authority: uri.authority,
    host: uri.host === undefined ? undefined : normalisePercent(uri.host, full).toLowerCase(),
    port: isDefault ? undefined : uri.port,
    path: path === '' && uri.host !== undefined ? '/' : path,
    query: uri.query === undefined ? undefined : normalisePercent(uri.query, full),
  };
}

/**
 * Characters that may not stand in a URI are encoded, as any client does before it sends one. In `full`, RFC 3986
 * §6.2.2.1–2: hex digits in upper case, and unreserved characters decoded.
 */
function normalisePercent(text: string, full: boolean): string {
  const encoded = /^[!-~]*$/.test(text) ? text : text.replace(/[^!-~]+/gu, percentEncode);
  if (!full || !encoded.includes('%')) return encoded;
  return encoded.replace(/%[0-9a-f]{2}/gi, (triplet) => {
    const character = String.fromCharCode(Number.parseInt(triplet.slice(1), 16));
    return /[\w.~-]/.test(character) ? character : triplet.toUpperCase();
  });
}

function percentEncode(text: string): string {
  let encoded = '';
  for (const byte of encodeUtf8(text)) encoded += `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  return encoded;
}

/** A segment of one or two dots. An encoded dot is a dot, also to parsers that leave other encodings alone. */
const DOT_SEGMENT = /(^|\/)(\.|%2e){1,2}(\/|$)/i;

/** RFC 3986 §5.2.4, on whole segments. */
function removeDotSegments(path: string): string {
  if (!DOT_SEGMENT.test(path)) return path;
  const segments = path.split('/');
  const kept: string[] = [];
  let isDots = false;
  for (const segment of segments) {
    isDots = DOT_SEGMENT.test(segment);
    if (!isDots) kept.push(segment);
    // ".." is longer than "." however it is encoded; the empty segment before the first slash stays
    else if (segment.replace(/%2e/gi, '.').length === 2 && kept.length > 1) kept.pop();
  }
  if (isDots) kept.push('');
  return kept.join('/');
}

/** What a recipient compares. `undefined` = the URI does not have it (no host in a bare path). */
export function uriComponent(
  component: UriComponent,
  uri: Uri,
  rules: Rules['uri'],
  hostHeader: string | undefined,
): string | undefined {
  switch (component) {
    case 'scheme':
      return uri.scheme;
    case 'host':
      return hostOf(uri, rules, hostHeader);
    case 'port':
      return portOf(uri, rules);
    case 'path':
      return uri.path;
    case 'query':
      return rules.queryOrder === 'sorted' ? sortQuery(uri.query ?? '') : (uri.query ?? '');
    case 'parent-path': {
      const parent = uri.path.slice(0, uri.path.lastIndexOf('/') + (rules.parentPath === 'with-slash' ? 1 : 0));
      return parent === '' && uri.path.startsWith('/') ? '/' : parent;
    }
    case 'filename': {
      const filename = filenameOf(uri);
      return rules.filenameNeedsDot && !filename.includes('.') ? '' : filename;
    }
    case 'stem':
      return splitFilename(filenameOf(uri), rules.stem === 'to-first-dot')[0];
    case 'extension': {
      const extension = splitFilename(filenameOf(uri), rules.extension === 'from-first-dot')[1];
      return rules.extension === 'without-dot' ? extension.slice(1) : extension;
    }
  }
}

function hostOf(
  { host, port, authority }: Uri,
  rules: Rules['uri'],
  hostHeader: string | undefined,
): string | undefined {
  if (rules.host === 'first-colon') return authority?.split(':', 1)[0];
  if (rules.host === 'hostname') return host;
  return hostHeader ?? (host === undefined || port === undefined ? host : `${host}:${port}`);
}

function portOf({ scheme, host, port }: Uri, rules: Rules['uri']): string | undefined {
  if (host === undefined || port !== undefined) return port;
  return rules.defaultPort === 'number' && scheme !== undefined ? (DEFAULT_PORTS.get(scheme) ?? '') : '';
}

const filenameOf = ({ path }: Uri): string => path.slice(path.lastIndexOf('/') + 1);

/** Stem and extension with its dot. A dot that a name begins with separates nothing. */
function splitFilename(filename: string, atFirstDot: boolean): readonly [stem: string, extension: string] {
  const dot = atFirstDot ? filename.indexOf('.', 1) : filename.lastIndexOf('.');
  return dot < 1 ? [filename, ''] : [filename.slice(0, dot), filename.slice(dot)];
}

/**
 * Parameters in the order of their names and encoded anew, as `URLSearchParams.sort` leaves them: node-cat compares
 * both sides so.
 */
export function sortQuery(query: string): string {
  const pairs = (query.startsWith('?') ? query.slice(1) : query).split('&').filter((pair) => pair !== '');
  return pairs
    .map((pair): readonly [string, string] => {
      const equals = pair.indexOf('=');
      return equals === -1 ? [pair, ''] : [pair.slice(0, equals), pair.slice(equals + 1)];
    })
    .map(([name, text]): readonly [string, string] => [formEncode(name), formEncode(text)])
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([name, text]) => `${name}=${text}`)
    .join('&');
}

/** One application/x-www-form-urlencoded text from whatever encoding it had. */
function formEncode(text: string): string {
  return text
    .replace(/%20/g, '+')
    .replace(/%[0-9a-f]{2}/gi, (triplet) => {
      const character = String.fromCharCode(Number.parseInt(triplet.slice(1), 16));
      return /[\w.*-]/.test(character) ? character : triplet.toUpperCase();
    })
    .replace(/%(?![0-9A-F]{2})|[^\w.*+%-]+/gu, percentEncode);
}
