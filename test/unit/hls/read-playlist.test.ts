import { describe, expect, it } from 'vitest';
import { addressForm, readPlaylist, rewritePlaylist } from '../../../shared/hls/read-playlist.ts';

const read = (text: string) => readPlaylist(text)?.items.map(({ kind, uri }) => `${kind} ${uri}`);

describe('a playlist', () => {
  it('is a master with renditions, media, I-frame lists and a session key', () => {
    const text = `#EXTM3U
#EXT-X-SESSION-KEY:METHOD=AES-128,URI="k.key"
#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="English, original",URI="audio/en.m3u8"
#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="s",NAME="en",URI="subs/en.m3u8"
#EXT-X-MEDIA:TYPE=CLOSED-CAPTIONS,GROUP-ID="c",NAME="en",INSTREAM-ID="CC1"
#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=1,URI="iframes.m3u8"
#EXT-X-STREAM-INF:BANDWIDTH=1
360p/index.m3u8
# a remark
#EXT-X-STREAM-INF:BANDWIDTH=2
https://other.example/720p/index.m3u8
`;
    expect(readPlaylist(text)?.isMaster).toBe(true);
    expect(read(text)).toEqual([
      'key k.key',
      'playlist audio/en.m3u8',
      'subtitles subs/en.m3u8',
      'playlist iframes.m3u8',
      'playlist 360p/index.m3u8',
      'playlist https://other.example/720p/index.m3u8',
    ]);
  });

  it('is a list of segments with keys, maps, byte ranges, parts and hints', () => {
    const text = `#EXTM3U
#EXT-X-MAP:URI="init.mp4",BYTERANGE="800@0"
#EXT-X-KEY:METHOD=NONE
#EXT-X-KEY:METHOD=AES-128,URI="https://keys.example/1?a=b,c",IV=0x1
#EXTINF:2,title, with a comma
#EXT-X-BYTERANGE:1000@800
all.mp4
#EXT-X-PART:DURATION=0.3,URI="p1.mp4"
#EXT-X-PRELOAD-HINT:TYPE=PART,URI="p2.mp4"
#EXT-X-RENDITION-REPORT:URI="../720p/index.m3u8",LAST-MSN=3
`;
    expect(readPlaylist(text)?.isMaster).toBe(false);
    expect(read(text)).toEqual([
      'init init.mp4',
      'key https://keys.example/1?a=b,c',
      'segment all.mp4',
      'segment p1.mp4',
      'segment p2.mp4',
      'playlist ../720p/index.m3u8',
    ]);
  });

  it('may have a byte order mark, Windows line breaks, spaces and no line break at its end', () => {
    expect(read('\uFEFF#EXTM3U\r\n#EXT-X-MAP:URI="i.mp4"\r\n\r\n  a.ts \r\nb.ts')).toEqual([
      'init i.mp4',
      'segment a.ts',
      'segment b.ts',
    ]);
  });

  it.each(['', '<html>', '#EXTINF:2\na.ts', ' #EXTM3U\na.ts', '{"error": "forbidden"}'])('is not %j', (text) => {
    expect(readPlaylist(text)).toBeUndefined();
  });

  it('says how many addresses are too many to be kept', () => {
    const text = `#EXTM3U\n${Array.from({ length: 50_007 }, (_, index) => `${index}.ts`).join('\n')}`;
    const playlist = readPlaylist(text);
    expect(playlist?.items).toHaveLength(50_000);
    expect(playlist?.more).toBe(7);
  });

  it('is written with other addresses, and nothing else of it changes', () => {
    const text = '\uFEFF#EXTM3U\r\n#EXT-X-MAP:URI="i.mp4",X="i.mp4"\r\n#EXTINF:2\r\na.ts\r\nb.ts\r\n';
    const playlist = readPlaylist(text);
    if (playlist === undefined) throw new Error('no playlist');
    const written = rewritePlaylist(text, playlist, ({ uri }) => (uri === 'a.ts' ? undefined : `/x/${uri}`));
    expect(written).toBe('\uFEFF#EXTM3U\r\n#EXT-X-MAP:URI="/x/i.mp4",X="i.mp4"\r\n#EXTINF:2\r\na.ts\r\n/x/b.ts\r\n');
  });
});

it.each([
  ['a.ts', 'relative'],
  ['../a.ts', 'relative'],
  ['?x=1', 'relative'],
  ['/a.ts', 'root-relative'],
  ['//h/a.ts', 'absolute'],
  ['HTTPS://h/a.ts', 'absolute'],
])('the address %s is %s', (uri, form) => {
  expect(addressForm(uri)).toBe(form);
});
