import fs from 'node:fs/promises';
import path from 'node:path';
import type { EdgeSettings } from '../../shared/contract/preview.ts';
import { type Playlist, type PlaylistItem, readPlaylist, rewritePlaylist } from '../../shared/hls/read-playlist.ts';

/** A folder of HLS on this computer, and the address it is played from. */
export interface Mount {
  readonly folder: string;
  /** of the playlist to begin with, in that folder */
  readonly fileName: string;
  /** the address of that playlist, without a token */
  readonly url: URL;
}

/** A file as the edge hands it out. */
export interface MediaFile {
  readonly bytes: Uint8Array;
  readonly type: string;
  /** of a playlist */
  readonly playlist?: Playlist;
}

const TYPES: Readonly<Record<string, string>> = {
  '.m3u8': 'application/vnd.apple.mpegurl',
  '.ts': 'video/mp2t',
  '.m4s': 'video/iso.segment',
  '.mp4': 'video/mp4',
  '.m4a': 'audio/mp4',
  '.m4v': 'video/mp4',
  '.cmfv': 'video/mp4',
  '.cmfa': 'audio/mp4',
  '.aac': 'audio/aac',
  '.mp3': 'audio/mpeg',
  '.vtt': 'text/vtt',
  '.webvtt': 'text/vtt',
  '.key': 'application/octet-stream',
  '.jpg': 'image/jpeg',
  '.png': 'image/png',
};

/** A file of a stream is a few seconds of it. */
const MAX_FILE = 256 * 1024 * 1024;

/**
 * The file at a path of the mounted address, playlists with the addresses that were asked for; `undefined`: none is there.
 * Only files of media are handed out, and only those inside the folder, links followed.
 */
export async function readMedia(
  mount: Mount,
  pathname: string,
  addresses: EdgeSettings['addresses'],
): Promise<MediaFile | undefined> {
  const found = await findFile(mount, pathname);
  if (found === undefined) return undefined;
  const { type } = found;
  const bytes = await fs.readFile(found.file).catch(() => undefined);
  if (bytes === undefined) return undefined;
  if (type !== TYPES['.m3u8']) return { bytes, type };
  const text = new TextDecoder().decode(bytes);
  const read = readPlaylist(text);
  if (read === undefined) return { bytes, type };
  const written = rewritePlaylist(text, read, (item) =>
    rename(mount, new URL(pathname, mount.url), item, read, addresses),
  );
  const playlist = readPlaylist(written) ?? read;
  return { bytes: new TextEncoder().encode(written), type, playlist };
}

/** Whether `readMedia` would find something. */
export const hasMedia = async (mount: Mount, pathname: string): Promise<boolean> =>
  (await findFile(mount, pathname)) !== undefined;

async function findFile(
  mount: Mount,
  pathname: string,
): Promise<{ readonly file: string; readonly type: string } | undefined> {
  const name = findName(mount, pathname);
  const type = name === undefined ? undefined : TYPES[path.extname(name).toLowerCase()];
  if (name === undefined || type === undefined) return undefined;
  try {
    const root = await fs.realpath(mount.folder);
    const file = await fs.realpath(path.join(root, name));
    const stat = await fs.stat(file);
    const isOurs = file.startsWith(root + path.sep) && stat.isFile() && stat.size <= MAX_FILE;
    return isOurs ? { file, type } : undefined;
  } catch {
    return undefined;
  }
}

/** Path of a file in the folder; the address's own name of its first playlist may be another than the file's. */
function findName({ url, fileName }: Mount, pathname: string): string | undefined {
  if (pathname === url.pathname) return fileName;
  const base = folderOf(url.pathname);
  const inside = [base, secondFolder(base)].find((folder) => pathname.startsWith(folder));
  if (inside === undefined) return undefined;
  let name: string;
  try {
    name = decodeURIComponent(pathname.slice(inside.length));
  } catch {
    return undefined;
  }
  const steps = name.split('/');
  return steps.some((step) => step === '' || step === '..' || /[\\:\0]/.test(step)) ? undefined : name;
}

function rename(
  { url }: Mount,
  at: URL,
  item: PlaylistItem,
  playlist: Playlist,
  addresses: EdgeSettings['addresses'],
): string | undefined {
  const target = new URL(item.uri, at);
  if (target.host !== url.host) return undefined;
  switch (addresses) {
    case 'relative':
      return undefined;
    case 'root-relative':
      return target.pathname + target.search;
    case 'absolute':
      return target.href;
    case 'two-folders': {
      const base = folderOf(url.pathname);
      const last = playlist.items.findLast(({ kind }) => kind === 'playlist');
      if (!playlist.isMaster || item !== last || !target.pathname.startsWith(base)) return undefined;
      const moved = secondFolder(base) + target.pathname.slice(base.length);
      return path.posix.relative(folderOf(at.pathname), moved);
    }
  }
}

const folderOf = (pathname: string): string => pathname.slice(0, pathname.lastIndexOf('/') + 1);

/** `/hls-hq/<id>/` beside `/hls/<id>/`: a folder that a rule about the first one does not cover. */
const secondFolder = (base: string): string => base.replace(/^\/([^/]*)/, '/$1-hq');
