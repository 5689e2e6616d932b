import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadPlayerFiles } from '../../../../main/preview/player-files.ts';

let folder: string;
const write = (name: string, content: string) => {
  const file = path.join(folder, 'player', name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, content);
};
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'catwalk-player-'));
  fs.writeFileSync(path.join(folder, 'secret.js'), 'secret');
  write('player/index.html', '<html>');
  write('assets/hls-engine-1.js', 'hls');
  write('assets/hls-engine-1.js.map', 'map');
  write('assets/flowplayer-engine-1.css', 'css');
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const load = () => loadPlayerFiles(path.join(folder, 'player'));

describe('the files of the player’s page', () => {
  it('are what the build put there, under a policy, never cached', async () => {
    const files = await load();
    const page = await files.answer('/');
    expect(await page?.text()).toBe('<html>');
    expect(page?.headers.get('content-type')).toMatch(/^text\/html/);
    expect(page?.headers.get('content-security-policy')).toMatch(/^default-src 'none'; script-src 'self'; /);
    expect(page?.headers.get('cache-control')).toBe('no-store');
    expect(await (await files.answer('/assets/hls-engine-1.js'))?.text()).toBe('hls');
  });

  it.each([
    '/secret.js',
    '/../secret.js',
    '/%2e%2e/secret.js',
    '/assets/../../secret.js',
    '/assets/..%2f..%2fsecret.js',
    '/assets/hls-engine-1.js.map',
    '/assets',
    '/player/',
  ])('hold nothing at %s', async (pathname) => {
    expect(await (await load()).answer(pathname)).toBeUndefined();
  });

  it('tell whether Flowplayer’s code is among them', async () => {
    expect((await load()).flowplayer).toBe(false);
    write('assets/flowplayer-engine-1.js', 'flowplayer');
    expect((await load()).flowplayer).toBe(true);
  });

  it('may be missing altogether', async () => {
    const files = await loadPlayerFiles(path.join(folder, 'nowhere'));
    expect(files.flowplayer).toBe(false);
    expect(await files.answer('/')).toBeUndefined();
  });
});
