import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hasMedia, type Mount, readMedia } from '../../../../main/edge/media.ts';
import { findMedia } from '../../../../main/preview/find-media.ts';

const MASTER = '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n360p/i.m3u8\n#EXT-X-STREAM-INF:BANDWIDTH=2\n720p/i.m3u8\n';
const MEDIA = '#EXTM3U\n#EXTINF:2\n1.ts\n';

let outside: string;
let folder: string;
let mount: Mount;

beforeEach(() => {
  outside = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'catwalk-media-')));
  folder = path.join(outside, 'stream');
  fs.mkdirSync(path.join(folder, '360p'), { recursive: true });
  fs.mkdirSync(path.join(folder, 'folder.ts'));
  fs.writeFileSync(path.join(folder, 'first.m3u8'), MASTER);
  fs.writeFileSync(path.join(folder, '360p/i.m3u8'), MEDIA);
  fs.writeFileSync(path.join(folder, '360p/1.ts'), 'one');
  fs.writeFileSync(path.join(folder, '360p/a b.ts'), 'two');
  fs.writeFileSync(path.join(folder, 'notes.txt'), 'private');
  fs.writeFileSync(path.join(outside, 'outside.ts'), 'outside');
  // a folder whose name begins like the other's
  fs.mkdirSync(path.join(outside, 'stream-2'));
  fs.writeFileSync(path.join(outside, 'stream-2/1.ts'), 'outside');
  mount = { folder, fileName: 'first.m3u8', url: new URL('https://h.example/v/7/playlist.m3u8') };
});
afterEach(() => fs.rmSync(outside, { recursive: true, force: true }));

const read = async (pathname: string) => {
  const file = await readMedia(mount, pathname, 'relative');
  expect(await hasMedia(mount, pathname)).toBe(file !== undefined);
  return file && new TextDecoder().decode(file.bytes);
};

describe('a mounted folder', () => {
  it('answers for the address: its first playlist by the address’s own name, the others by theirs', async () => {
    expect(await read('/v/7/playlist.m3u8')).toBe(MASTER);
    expect(await read('/v/7/first.m3u8')).toBe(MASTER);
    expect(await read('/v/7/360p/i.m3u8')).toBe(MEDIA);
    expect(await read('/v/7/360p/a%20b.ts')).toBe('two');
    expect(await readMedia(mount, '/v/7/360p/1.ts', 'relative')).toMatchObject({ type: 'video/mp2t' });
  });

  it.each([
    '/v/7/../outside.ts',
    '/v/7/%2e%2e/outside.ts',
    '/v/7/..%2foutside.ts',
    '/v/7/%2E%2E%2Foutside.ts',
    '/v/7/..%5coutside.ts',
    '/v/7/360p/../../outside.ts',
    '/v/7//360p/1.ts',
    '/v/7/%2fetc/passwd.ts',
    '/v/7/c%3a/1.ts',
    '/v/7/360p/1.ts%00',
    '/v/7/%zz.ts',
    '/v/8/360p/1.ts',
    '/v/7-hq/360p/1.ts',
    '/v/7',
    '/',
  ])('has nothing at %s', async (pathname) => {
    expect(await read(pathname)).toBeUndefined();
  });

  it.each(['/v/7/notes.txt', '/v/7/folder.ts', '/v/7/360p', '/v/7/360p/', '/v/7/2.ts'])(
    'gives no file of another kind, and no folder: %s',
    async (pathname) => {
      expect(await read(pathname)).toBeUndefined();
    },
  );

  it('follows a link that stays inside, and none that leads out', async () => {
    fs.symlinkSync(path.join(folder, '360p/1.ts'), path.join(folder, 'inside.ts'));
    fs.symlinkSync(path.join(outside, 'outside.ts'), path.join(folder, 'link.ts'));
    fs.symlinkSync(path.join(outside, 'stream-2'), path.join(folder, 'linked'));
    expect(await read('/v/7/inside.ts')).toBe('one');
    expect(await read('/v/7/link.ts')).toBeUndefined();
    expect(await read('/v/7/linked/1.ts')).toBeUndefined();
  });

  it('is itself allowed to be a link', async () => {
    const link = path.join(outside, 'link-to-stream');
    fs.symlinkSync(folder, link);
    mount = { ...mount, folder: link };
    expect(await read('/v/7/360p/1.ts')).toBe('one');
  });

  it('names what it lists as it is told to', async () => {
    const lines = async (addresses: Parameters<typeof readMedia>[2]) => {
      const file = await readMedia(mount, '/v/7/playlist.m3u8', addresses);
      return file?.playlist?.items.map(({ uri }) => uri);
    };
    expect(await lines('relative')).toEqual(['360p/i.m3u8', '720p/i.m3u8']);
    expect(await lines('root-relative')).toEqual(['/v/7/360p/i.m3u8', '/v/7/720p/i.m3u8']);
    expect(await lines('absolute')).toEqual(['https://h.example/v/7/360p/i.m3u8', 'https://h.example/v/7/720p/i.m3u8']);
    expect(await lines('two-folders')).toEqual(['360p/i.m3u8', '../../v-hq/7/720p/i.m3u8']);
  });

  it('answers for its second folder with the same files', async () => {
    expect(await read('/v-hq/7/360p/1.ts')).toBe('one');
  });
});

describe('what was chosen', () => {
  it('is a playlist, and its folder with it', async () => {
    const file = path.join(folder, '360p/i.m3u8');
    expect(await findMedia(file)).toEqual({ ok: true, value: { folder: path.dirname(file), fileName: 'i.m3u8' } });
  });

  it('is a folder: of its playlists the one that lists others, by the usual names first', async () => {
    const first = async () => {
      const found = await findMedia(folder);
      return found.ok ? found.value.fileName : found.error.code;
    };
    fs.writeFileSync(path.join(folder, 'a.m3u8'), MEDIA);
    fs.writeFileSync(path.join(folder, 'b.m3u8'), '<html>');
    expect(await first()).toBe('first.m3u8');
    fs.writeFileSync(path.join(folder, 'Master.m3u8'), MASTER);
    expect(await first()).toBe('Master.m3u8');
    fs.rmSync(path.join(folder, 'Master.m3u8'));
    fs.rmSync(path.join(folder, 'first.m3u8'));
    expect(await first()).toBe('a.m3u8');
    fs.rmSync(path.join(folder, 'a.m3u8'));
    expect(await first()).toBe('ERR_PREVIEW_MEDIA');
  });

  it.each([
    ['notes.txt', 'ERR_PREVIEW_MEDIA'],
    ['360p/1.ts', 'ERR_PREVIEW_MEDIA'],
    ['gone.m3u8', 'ERR_FILE_NOT_FOUND'],
  ])('may be nothing to play: %s', async (name, code) => {
    expect(await findMedia(path.join(folder, name))).toMatchObject({ ok: false, error: { code } });
  });
});
