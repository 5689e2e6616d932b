import type { TraceRow } from '../../shared/contract/preview.ts';
import { untokenisedUrl } from '../../shared/flowplayer/tokenised-url.ts';
import { addressForm, type Playlist, type PlaylistItemKind } from '../../shared/hls/read-playlist.ts';

/** What playlists told about the addresses they name: what is there, and whether a token in the path went along. */
export interface Names {
  learn(playlist: Playlist, at: URL): void;
  kindOf(url: URL, source: URL): TraceRow['kind'];
  /** how an address without a token was named */
  formOf(url: URL, source: URL): NonNullable<TraceRow['lost']> | undefined;
  /** a playlist named something on this host */
  knowsHost(host: string): boolean;
  forget(): void;
}

interface Named {
  readonly kind: PlaylistItemKind;
  readonly form: ReturnType<typeof addressForm>;
}

/** A long live stream names new segments all the time; the oldest are behind it. */
const MOST_NAMES = 100_000;

export function createNames(): Names {
  const named = new Map<string, Named>();
  const hosts = new Set<string>();
  const key = (url: URL) => `${url.host}${url.pathname}`;
  return {
    learn: ({ items }, at) => {
      for (const { kind, uri } of items) {
        if (!URL.canParse(uri, at.href)) continue;
        const url = new URL(untokenisedUrl(new URL(uri, at).href).url);
        if (named.size >= MOST_NAMES) named.clear();
        named.set(key(url), { kind, form: addressForm(uri) });
        hosts.add(url.host);
      }
    },
    kindOf: (url, source) => {
      if (key(url) === key(source)) return 'master';
      return named.get(key(url))?.kind ?? kindByName(url.pathname);
    },
    formOf: (url, source) => {
      if (key(url) === key(source)) return undefined;
      const form = named.get(key(url))?.form;
      return form === 'absolute' || form === 'root-relative' ? form : 'elsewhere';
    },
    knowsHost: (host) => hosts.has(host),
    forget: () => {
      named.clear();
      hosts.clear();
    },
  };
}

function kindByName(pathname: string): TraceRow['kind'] {
  if (/\.m3u8$/i.test(pathname)) return 'playlist';
  if (/\.(?:ts|m4s|mp4|m4a|m4v|aac|cmf[av])$/i.test(pathname)) return 'segment';
  if (/\.(?:web)?vtt$/i.test(pathname)) return 'subtitles';
  if (/\.(?:jpe?g|png|webp|gif|svg)$/i.test(pathname)) return 'image';
  return /\.key$/i.test(pathname) ? 'key' : 'other';
}
