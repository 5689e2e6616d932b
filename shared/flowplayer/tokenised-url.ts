import { err, ok, type Result } from '../result.ts';

/** An address with a playback token in its path, as the Flowplayer player asks for it. */
export interface TokenisedUrl {
  readonly url: string;
  /**
   * whether the player itself would put the token in: only into `https://` sources; an `http://` or `//host` source
   * plays without it and nothing is said (@flowplayer/player 3.31 to 3.37)
   */
  readonly byPlayer: boolean;
  /** tokens that stood there before and were taken out: the player would have doubled them */
  readonly replaced: readonly string[];
}

export interface TokenisedUrlError {
  readonly code: 'not-an-address' | 'no-token' | 'token-breaks-path';
  readonly message: string;
}

const ADDRESS = /^(https?:)?\/\/([^/?#\s]+)([^?#]*)(.*)$/is;
/** base64url and the dots of the dot form: what the path setter of a URL leaves as it is */
const SAFE_TOKEN = /^[\w.-]+$/;

/**
 * Puts a token at the front of an address's path, `https://host/pt:<token>/a.m3u8`; one that stands there already is
 * replaced. Standard base64 is refused, since its `/` would cut the token in two on the way.
 */
export function tokenisedUrl(url: string, token: string): Result<TokenisedUrl, TokenisedUrlError> {
  const bare = untokenisedUrl(url.trim());
  const [, scheme = '', host = '', path = '', rest = ''] = ADDRESS.exec(bare.url) ?? [];
  if (host === '')
    return err({ code: 'not-an-address', message: 'An absolute http or https address is needed to put a token in.' });
  const trimmed = token.trim();
  if (trimmed === '') return err({ code: 'no-token', message: 'There is no token to put in.' });
  if (!SAFE_TOKEN.test(trimmed))
    return err({
      code: 'token-breaks-path',
      message: 'The token has characters that break a path. Use base64url without padding: - for +, _ for /, no =.',
    });
  return ok({
    url: `${scheme}//${host}/pt:${trimmed}${path === '' ? '/' : path}${rest}`,
    byPlayer: scheme.toLowerCase() === 'https:',
    replaced: bare.tokens,
  });
}

/** Takes every `/pt:<token>` off the front of an address's path; the tokens in order, none when there was none. */
export function untokenisedUrl(url: string): { readonly url: string; readonly tokens: readonly string[] } {
  const [, scheme = '', host = '', path = '', rest = ''] = ADDRESS.exec(url) ?? [];
  const tokens: string[] = [];
  let bare = path;
  for (let match = FIRST_SEGMENT.exec(bare); match; match = FIRST_SEGMENT.exec(bare)) {
    tokens.push(match[1] ?? '');
    bare = bare.slice(match[0].length);
  }
  return tokens.length === 0
    ? { url, tokens }
    : { url: `${scheme}//${host}${bare === '' ? '/' : bare}${rest}`, tokens };
}

const FIRST_SEGMENT = /^\/pt(?::|%3a)([^/]+)/i;

/** What the player does with an address by itself, to be said beside it; `undefined` when it takes the token. */
export function playerCaveat(url: string): string | undefined {
  if (/^https:\/\//.test(url))
    return untokenisedUrl(url).tokens.length > 0
      ? 'The address carries a token already. Given a playback_token as well, the player would put a second one in front.'
      : undefined;
  return /^http:\/\//i.test(url)
    ? 'The player puts the token only into https addresses: this one would be asked for without it.'
    : 'The player puts the token only into sources that begin with https://: this one would be asked for without it.';
}
