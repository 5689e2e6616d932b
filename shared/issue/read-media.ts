import { checkPathId } from '../flowplayer/api/path-id.ts';
import { readEmbeds } from '../flowplayer/read-embed.ts';
import { untokenisedUrl } from '../flowplayer/tokenised-url.ts';

/** The video that a pasted text is about, and what else it says of it. */
export interface Media {
  readonly id: string;
  /** what it was read from */
  readonly from: 'embed' | 'address' | 'pair';
  readonly playerId?: string;
  readonly siteId?: string;
  /** address of the stream, without a token */
  readonly url?: string;
}

const PAIR = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/([0-9A-Za-z-]{8,36})$/i;

/**
 * Reads a video's id out of an embed, the address of a stream, or the `<player>/<media>` of a configuration. `undefined`: it
 * is none of them, as an id by itself is. Of several ids in an address the last is the video's: the workspace's comes first.
 */
export function readMedia(text: string): Media | undefined {
  const pasted = text.trim();
  for (const { mediaId, playerId, siteId, src } of readEmbeds(pasted)) {
    const ids = { ...(playerId !== undefined && { playerId }), ...(siteId !== undefined && { siteId }) };
    if (mediaId !== undefined) return { id: mediaId, from: 'embed', ...ids };
    const inSource = src === undefined ? undefined : readAddress(src);
    if (inSource !== undefined) return { ...inSource, from: 'embed', ...ids };
  }
  const [, playerId, id] = PAIR.exec(pasted) ?? [];
  if (playerId !== undefined && id !== undefined) return { id, from: 'pair', playerId };
  return /^(?:https?:)?\/\/\S+$/i.test(pasted) ? readAddress(pasted) : undefined;
}

function readAddress(address: string): Media | undefined {
  const check = checkPathId(address, '');
  const id = check.kind === 'other' ? check.ids.at(-1) : undefined;
  return id === undefined ? undefined : { id, from: 'address', url: untokenisedUrl(address).url };
}
