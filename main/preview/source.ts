import type { PreviewSource } from '../../shared/contract/preview.ts';
import { type AppError, createError } from '../../shared/errors.ts';
import { playerCaveat } from '../../shared/flowplayer/tokenised-url.ts';
import { CLIP_URL, parseSource } from '../../shared/preview/parse-source.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Mount } from '../edge/media.ts';
import type { ChosenMedia } from './find-media.ts';

/** What is played: an address, and the files that answer for it as long as nothing is passed on. */
export interface Source {
  readonly title: string;
  /** without a token */
  readonly url: string;
  /** one that came with it */
  readonly token?: string;
  readonly mediaId?: string;
  readonly playerId?: string;
  /** chosen files; absent: the bundled clip */
  readonly files?: ChosenMedia;
}

/** Looks up the stream of a media id. */
export type FindStream = (
  mediaId: string,
) => Promise<Result<{ readonly name: string; readonly url: string }, AppError>>;

/** Reads what was typed or pasted. */
export async function openSource(text: string, findStream: FindStream): Promise<Result<Source, AppError>> {
  const parsed = parseSource(text);
  if (!parsed.ok) return err(createError('ERR_PREVIEW_SOURCE', { message: parsed.error }));
  const typed = parsed.value;
  if (typed.kind === 'clip') return ok({ title: 'Bundled clip', url: CLIP_URL });
  if (typed.kind === 'ovp') {
    const { mediaId, playerId, token } = typed;
    const found = await findStream(mediaId);
    if (!found.ok) return found;
    return ok({
      ...{ title: found.value.name, url: new URL(found.value.url).href, mediaId },
      ...(playerId !== undefined && { playerId }),
      ...(token !== undefined && { token }),
    });
  }
  if (!URL.canParse(typed.url)) return err(createError('ERR_PREVIEW_SOURCE'));
  const url = new URL(typed.url);
  return ok({
    title: url.pathname.split('/').at(-1) ?? url.host,
    url: url.href,
    ...(typed.token !== undefined && { token: typed.token }),
  });
}

/** Files of this computer, under an address that is played already or the bundled clip's: rules about it go on to hold. */
export const openFiles = (files: ChosenMedia, url = CLIP_URL): Source => ({ title: files.fileName, url, files });

const CLIP_FILE = 'playlist.m3u8';

export const mountOf = ({ url, files }: Source, clip: string): Mount => ({
  ...(files ?? { folder: clip, fileName: CLIP_FILE }),
  url: new URL(url),
});

/** As the window is told of it. */
export function viewSource({ title, url, mediaId, playerId, files }: Source, passOn: boolean): PreviewSource {
  const caveat = playerCaveat(url);
  return {
    ...{ kind: passOn ? 'origin' : files === undefined ? 'clip' : 'folder', title, url, host: new URL(url).host },
    ...(caveat !== undefined && { caveat }),
    ...(mediaId !== undefined && { mediaId }),
    ...(playerId !== undefined && { playerId }),
  };
}
