import { describe, expect, it } from 'vitest';
import { readPlaylist } from '../../../shared/hls/read-playlist.ts';
import { WALK_BOUNDS, type WalkBounds, walkPlaylists } from '../../../shared/hls/walk-playlists.ts';

const FIRST = 'https://h/pt:T/a/b/master.m3u8';
const resolve = (uri: string, base: string) => (URL.canParse(uri, base) ? new URL(uri, base).href : undefined);
const list = (...uris: string[]) => ['#EXTM3U', ...uris].join('\n');
const master = (...uris: string[]) => list(...uris.map((uri) => `#EXT-X-STREAM-INF:BANDWIDTH=1\n${uri}`));
const numbered = (count: number) => Array.from({ length: count }, (_, index) => `${index}.ts`);

async function walk(texts: Readonly<Record<string, string>>, bounds: Partial<WalkBounds> = {}) {
  const read: string[] = [];
  const entries = await walkPlaylists(
    FIRST,
    resolve,
    async ({ url }, isWalked) => {
      if (isWalked) read.push(url);
      const playlist = isWalked ? readPlaylist(texts[url] ?? '') : undefined;
      return { found: null, ...(playlist !== undefined && { playlist }) };
    },
    { ...WALK_BOUNDS, ...bounds },
  );
  return { read, entries };
}

describe('a walk', () => {
  it('visits what each playlist names right after it, the form and depth beside it', async () => {
    const { entries } = await walk({
      [FIRST]: master('360p/i.m3u8', '/hq/i.m3u8', 'https://x/i.m3u8'),
      'https://h/pt:T/a/b/360p/i.m3u8': list('#EXT-X-MAP:URI="init.mp4"', '#EXT-X-KEY:URI="../k.key"', '1.m4s'),
      'https://h/hq/i.m3u8': list('1.m4s'),
    });
    expect(entries.map(({ address: { depth, kind, form, url } }) => `${depth} ${kind} ${form} ${url}`)).toEqual([
      `0 master absolute ${FIRST}`,
      '1 playlist relative https://h/pt:T/a/b/360p/i.m3u8',
      '2 init relative https://h/pt:T/a/b/360p/init.mp4',
      '2 key relative https://h/pt:T/a/b/k.key',
      '2 segment relative https://h/pt:T/a/b/360p/1.m4s',
      '1 playlist root-relative https://h/hq/i.m3u8',
      '2 segment relative https://h/hq/1.m4s',
      '1 playlist absolute https://x/i.m3u8',
    ]);
  });

  it('visits an address once that its playlist names often: byte ranges, and the key of every segment', async () => {
    const { entries } = await walk({
      [FIRST]: list(
        ...['1000@0', '1000@1000', '500@2000'].map(
          (range) => `#EXT-X-KEY:METHOD=AES-128,URI="k"\n#EXTINF:2\n#EXT-X-BYTERANGE:${range}\nall.ts`,
        ),
      ),
    });
    expect(entries.slice(1).map(({ address: { kind, times } }) => `${kind} ${times}`)).toEqual(['key 3', 'segment 3']);
  });

  it('reads a playlist once, though they name each other and themselves', async () => {
    const { read, entries } = await walk({
      [FIRST]: master('other.m3u8', 'master.m3u8'),
      'https://h/pt:T/a/b/other.m3u8': master('master.m3u8'),
    });
    expect(read).toEqual([FIRST, 'https://h/pt:T/a/b/other.m3u8']);
    expect(entries.map(({ notWalked }) => notWalked)).toEqual([undefined, undefined, 'again', 'again']);
  });

  it('stops in a tree that never ends', async () => {
    let number = 0;
    const read: string[] = [];
    const entries = await walkPlaylists(FIRST, resolve, async ({ url }, isWalked) => {
      if (!isWalked) return { found: null };
      read.push(url);
      number += 1;
      const playlist = readPlaylist(master(`${number}/a.m3u8`, `${number}/b.m3u8`, `${number}/c.m3u8`));
      return { found: null, ...(playlist !== undefined && { playlist }) };
    });
    expect(read.length).toBeLessThanOrEqual(WALK_BOUNDS.playlists);
    expect(Math.max(...entries.map(({ address }) => address.depth))).toBe(WALK_BOUNDS.depth);
    expect(entries.some(({ notWalked }) => notWalked === 'too-many')).toBe(true);
  });

  it('cuts ten thousand segments and says how many', async () => {
    const { entries } = await walk({ [FIRST]: list(...numbered(10_000)) });
    expect(entries).toHaveLength(WALK_BOUNDS.all);
    expect(entries[0]?.cut).toBe(10_000 - (WALK_BOUNDS.all - 1));
  });

  it('gives each rendition its share, and what one leaves to the next', async () => {
    const { entries } = await walk(
      {
        [FIRST]: master('1/i.m3u8', '2/i.m3u8', '3/i.m3u8'),
        'https://h/pt:T/a/b/1/i.m3u8': list(...numbered(100)),
        'https://h/pt:T/a/b/2/i.m3u8': list(...numbered(3)),
        'https://h/pt:T/a/b/3/i.m3u8': list(...numbered(100)),
      },
      { all: 31 },
    );
    const playlists = entries.filter(({ address }) => address.kind === 'playlist');
    expect(playlists.map(({ cut }) => cut)).toEqual([91, 0, 85]);
    expect(entries).toHaveLength(31);
  });

  it('of something that is no playlist has one entry', async () => {
    expect((await walk({ [FIRST]: '<html>' })).entries).toHaveLength(1);
  });

  it('goes on from where a playlist was redirected to', async () => {
    const entries = await walkPlaylists(FIRST, resolve, async ({ depth }) => {
      const playlist = depth === 0 ? readPlaylist(list('1.ts')) : undefined;
      return { found: null, base: 'https://elsewhere/x/', ...(playlist !== undefined && { playlist }) };
    });
    expect(entries[1]?.address.url).toBe('https://elsewhere/x/1.ts');
  });
});
