import { findTokens } from '../carrier/find-tokens.ts';
import { parseUri } from '../evaluate/uri.ts';
import { readEmbeds } from '../flowplayer/read-embed.ts';
import { untokenisedUrl } from '../flowplayer/tokenised-url.ts';
import { err, ok, type Result } from '../result.ts';

/** What somebody wants to play, as they typed or pasted it. */
export type TypedSource =
  | { readonly kind: 'clip' }
  /** an address without its token */
  | { readonly kind: 'address'; readonly url: string; readonly token?: string }
  /** of the OVP: the address is still to be looked up */
  | { readonly kind: 'ovp'; readonly mediaId: string; readonly playerId?: string; readonly token?: string };

/** Where the bundled clip is played from unless another address is given: nobody is ever asked there. */
export const CLIP_URL = 'https://cdn.example.com/hls/7c9e2b41-5f0d-4a83-9b1e-2f6c8d03a517/playlist.m3u8';

const UUID = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';
/** A UUID, or eight characters as Wowza Video gives them; `<player>/<media>` as the player takes it. */
const OVP_ID = new RegExp(`^(?:(${UUID})/)?(${UUID}|[A-Za-z0-9]{8})$`, 'i');

/**
 * Reads a source: an address (with a token in its path or without), a media id, `<player>/<media>`, or an embed snippet.
 * Nothing at all is the bundled clip. The error is a sentence.
 */
export function parseSource(text: string): Result<TypedSource, string> {
  const typed = text.trim();
  if (typed === '') return ok({ kind: 'clip' });
  const id = OVP_ID.exec(typed);
  if (id !== null) return ok({ kind: 'ovp', ...idsOf(id[2], id[1]) });
  if (/^(?:https?:)?\/\/\S+$/i.test(typed) && !/embed\.jsp\?|embed\.flowplayer\.com/i.test(typed))
    return address(typed);
  for (const { src, mediaId, playerId, playbackToken } of readEmbeds(typed)) {
    if (src !== undefined) return address(src, playbackToken);
    if (mediaId !== undefined) {
      const token = playbackToken ?? findTokens(typed).tokens.find(({ kind }) => kind !== 'not-a-cat')?.text;
      return ok({ kind: 'ovp', ...idsOf(mediaId, playerId), ...(token !== undefined && { token }) });
    }
  }
  return err('This is no https address of a playlist, no media id and no embed of a player.');
}

function address(text: string, token?: string): Result<TypedSource, string> {
  const { url, tokens } = untokenisedUrl(text.startsWith('//') ? `https:${text}` : text);
  // the player takes an option before what stands in the address, and doubles it: one is enough
  const chosen = token ?? tokens[0];
  const { host, authority } = parseUri(url);
  if (host === undefined || host === '') return err('The address names no host.');
  if (authority?.includes('@')) return err('The address may not hold a user name or password.');
  // a fragment is never sent
  const [sent = url] = url.split('#');
  return ok({ kind: 'address', url: sent, ...(chosen !== undefined && { token: chosen }) });
}

const idsOf = (mediaId = '', playerId?: string) => ({ mediaId, ...(playerId !== undefined && { playerId }) });
