/** What an address in a playlist is the address of. */
export type PlaylistItemKind = 'playlist' | 'segment' | 'init' | 'key' | 'subtitles';

/** One address of a playlist, and where it stands in the text. */
export interface PlaylistItem {
  readonly kind: PlaylistItemKind;
  /** as written, relative or not */
  readonly uri: string;
  /** UTF-16 units */
  readonly start: number;
  readonly end: number;
}

export interface Playlist {
  /** it lists other playlists (RFC 8216 §4.3.4) */
  readonly isMaster: boolean;
  readonly items: readonly PlaylistItem[];
  /** addresses after the last of `items`: there are too many of them to be kept */
  readonly more: number;
}

/** A feature-length stream at two seconds a segment has a tenth of this. */
const MOST_ITEMS = 50_000;

/** Tags with an address of their own, by what it leads to. */
const TAGS: Readonly<Record<string, PlaylistItemKind>> = {
  'EXT-X-KEY': 'key',
  'EXT-X-SESSION-KEY': 'key',
  'EXT-X-MAP': 'init',
  'EXT-X-MEDIA': 'playlist',
  'EXT-X-I-FRAME-STREAM-INF': 'playlist',
  'EXT-X-PART': 'segment',
  'EXT-X-PRELOAD-HINT': 'segment',
  'EXT-X-RENDITION-REPORT': 'playlist',
};

/** Reads an HLS playlist (RFC 8216): every address in it, in order. `undefined`: the text is none. Never throws. */
export function readPlaylist(text: string): Playlist | undefined {
  if (!/^\uFEFF?#EXTM3U/.test(text)) return undefined;
  const items: PlaylistItem[] = [];
  let isMaster = false;
  let more = 0;
  let lineStart = text.startsWith('\uFEFF') ? 1 : 0;
  const keep = (item: PlaylistItem) => {
    if (items.length < MOST_ITEMS) items.push(item);
    else more += 1;
  };
  while (lineStart < text.length) {
    const lineBreak = text.indexOf('\n', lineStart);
    const lineEnd = lineBreak < 0 ? text.length : lineBreak;
    const line = text.slice(lineStart, lineEnd);
    if (line.startsWith('#EXT')) {
      if (/^#EXT-X-(?:STREAM-INF|I-FRAME-STREAM-INF|MEDIA):/.test(line)) isMaster = true;
      const item = readTag(line, lineStart);
      if (item !== undefined) keep(item);
    } else if (!line.startsWith('#') && line.trim() !== '') {
      const uri = line.trim();
      const start = lineStart + line.indexOf(uri);
      keep({ kind: isMaster ? 'playlist' : 'segment', uri, start, end: start + uri.length });
    }
    lineStart = lineEnd + 1;
  }
  return { isMaster, items, more };
}

function readTag(line: string, lineStart: number): PlaylistItem | undefined {
  const colon = line.indexOf(':');
  const kind = TAGS[line.slice(1, colon)];
  const match = kind === undefined ? null : /([:,]URI=")([^"]*)"/.exec(line);
  if (kind === undefined || match === null || match[2] === undefined || match[2] === '') return undefined;
  const start = lineStart + match.index + (match[1]?.length ?? 0);
  const subtitles = kind === 'playlist' && /[:,]TYPE=SUBTITLES/.test(line);
  return { kind: subtitles ? 'subtitles' : kind, uri: match[2], start, end: start + match[2].length };
}

/** The same playlist with other addresses; `undefined` leaves one as it is. */
export function rewritePlaylist(
  text: string,
  playlist: Playlist,
  rename: (item: PlaylistItem) => string | undefined,
): string {
  let written = '';
  let from = 0;
  for (const item of playlist.items) {
    const uri = rename(item);
    if (uri === undefined) continue;
    written += text.slice(from, item.start) + uri;
    from = item.end;
  }
  return written + text.slice(from);
}

/** How an address says where it leads: only a relative one keeps what stands in the path before it, a token for example. */
export function addressForm(uri: string): 'relative' | 'root-relative' | 'absolute' {
  if (/^[a-z][a-z0-9+.-]*:/i.test(uri) || uri.startsWith('//')) return 'absolute';
  return uri.startsWith('/') ? 'root-relative' : 'relative';
}
