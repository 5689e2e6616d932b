import { addressForm, type Playlist, type PlaylistItemKind } from './read-playlist.ts';

/** An address that playlists lead to, as a player would ask for it. */
export interface WalkedAddress {
  /** resolved against the playlist that names it, whatever that one's own address has in it */
  readonly url: string;
  readonly kind: 'master' | PlaylistItemKind;
  /** how the playlist wrote it; the first one was typed */
  readonly form: ReturnType<typeof addressForm>;
  /** 0: the first playlist */
  readonly depth: number;
  /** how often its playlist names it */
  readonly times: number;
}

/** Why a playlist's own addresses are not walked. */
type NotWalked = 'again' | 'too-many';

/** What is found at an address. `Found` is the visitor's own. */
export interface Visit<Found> {
  readonly found: Found;
  readonly playlist?: Playlist;
  /** what the playlist's addresses are relative to, where it came from another address than it was asked at */
  readonly base?: string;
}

export interface WalkedEntry<Found> {
  readonly address: WalkedAddress;
  readonly found: Found;
  readonly notWalked?: NotWalked;
  /** of its addresses, those beyond the most that are visited */
  readonly cut: number;
}

/** Bounds of a walk; a playlist may name what it likes, itself included. */
export interface WalkBounds {
  /** addresses altogether; the playlists of one list share what is left */
  readonly all: number;
  /** playlists that are read */
  readonly playlists: number;
  /** the first playlist is at 0 */
  readonly depth: number;
}

/** An address beside the one of the playlist that names it, as a client makes it; `undefined`: none that it would ask for. */
type Resolve = (uri: string, base: string) => string | undefined;

export const WALK_BOUNDS: WalkBounds = { all: 5000, playlists: 200, depth: 5 };

/**
 * Visits every address that `first` leads to, the entries of a playlist right after it; each playlist is read once. What an
 * address leads to is the visitor's to say: `visit` is told whether its playlist would be walked.
 */
export async function walkPlaylists<Found>(
  first: string,
  resolve: Resolve,
  visit: (address: WalkedAddress, isWalked: boolean) => Promise<Visit<Found>>,
  bounds: WalkBounds = WALK_BOUNDS,
): Promise<readonly WalkedEntry<Found>[]> {
  const entries: WalkedEntry<Found>[] = [];
  const walked = new Set<string>();

  /** adds `most` entries at most, and no fewer than one */
  async function step(address: WalkedAddress, most: number): Promise<void> {
    const notWalked = isPlaylist(address) ? refuse(address) : undefined;
    const isWalked = isPlaylist(address) && notWalked === undefined;
    if (isWalked) walked.add(address.url);
    const { found, playlist, base = address.url } = await visit(address, isWalked);
    const at = entries.length;
    const entry = { address, found, ...(notWalked !== undefined && { notWalked }) };
    entries.push({ ...entry, cut: 0 });
    if (!isWalked || playlist === undefined) return;
    const named = resolveItems(playlist, base, address.depth + 1, resolve);
    let visited = 0;
    for (const one of named) {
      const left = at + most - entries.length;
      if (left < 1) break;
      await step(one, Math.max(1, Math.floor(left / (named.length - visited))));
      visited += 1;
    }
    const cut = named.length - visited + playlist.more;
    if (cut > 0) entries[at] = { ...entry, cut };
  }

  function refuse({ url, depth }: WalkedAddress): NotWalked | undefined {
    if (walked.has(url)) return 'again';
    return walked.size >= bounds.playlists || depth >= bounds.depth ? 'too-many' : undefined;
  }

  await step({ url: first, kind: 'master', form: 'absolute', depth: 0, times: 1 }, bounds.all);
  return entries;
}

const isPlaylist = ({ kind }: WalkedAddress): boolean =>
  kind === 'master' || kind === 'playlist' || kind === 'subtitles';

/** The addresses of a playlist, each once. */
function resolveItems({ items }: Playlist, base: string, depth: number, resolve: Resolve): readonly WalkedAddress[] {
  const named = new Map<string, WalkedAddress>();
  for (const { uri, kind } of items) {
    const url = resolve(uri, base);
    if (url === undefined) continue;
    const known = named.get(url);
    named.set(
      url,
      known === undefined
        ? { url, kind, form: addressForm(uri), depth, times: 1 }
        : { ...known, times: known.times + 1 },
    );
  }
  return [...named.values()];
}
