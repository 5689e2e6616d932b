import fs from 'node:fs/promises';
import path from 'node:path';
import { type AppError, createError } from '../../shared/errors.ts';
import { type Playlist, readPlaylist } from '../../shared/hls/read-playlist.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Mount } from '../edge/media.ts';
import { readTextFile } from '../store/read-file.ts';

export type ChosenMedia = Pick<Mount, 'folder' | 'fileName'>;

const MAX_PLAYLIST = 16 * 1024 * 1024;
const MOST_LOOKED_AT = 100;

/** What to begin with, of a playlist or a folder that somebody chose: in a folder the one that lists others. */
export async function findMedia(chosen: string): Promise<Result<ChosenMedia, AppError>> {
  const names = await fs.readdir(chosen).catch(() => undefined);
  if (names === undefined) {
    const read = await readPlaylistFile(chosen);
    return read.ok ? ok({ folder: path.dirname(chosen), fileName: path.basename(chosen) }) : read;
  }
  const lists = names.filter((name) => PLAYLIST.test(name)).sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  let first: string | undefined;
  for (const fileName of lists.slice(0, MOST_LOOKED_AT)) {
    const read = await readPlaylistFile(path.join(chosen, fileName));
    if (!read.ok) continue;
    if (read.value.isMaster) return ok({ folder: chosen, fileName });
    first ??= fileName;
  }
  return first === undefined ? err(createError('ERR_PREVIEW_MEDIA')) : ok({ folder: chosen, fileName: first });
}

const PLAYLIST = /\.m3u8$/i;

async function readPlaylistFile(file: string): Promise<Result<Playlist, AppError>> {
  if (!PLAYLIST.test(file)) return err(createError('ERR_PREVIEW_MEDIA'));
  const text = await readTextFile(file, MAX_PLAYLIST);
  if (!text.ok) return text;
  const playlist = readPlaylist(text.value);
  return playlist === undefined ? err(createError('ERR_PREVIEW_MEDIA')) : ok(playlist);
}

/** As packagers call the first one. */
const USUAL = ['playlist.m3u8', 'master.m3u8', 'index.m3u8'];
function rank(name: string): number {
  const at = USUAL.indexOf(name.toLowerCase());
  return at < 0 ? USUAL.length : at;
}
