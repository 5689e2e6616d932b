import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import type { Page } from '@playwright/test';
import type { CatwalkApi } from '../../shared/contract/api.ts';
import { expect, test } from './fixtures.ts';
import { expectPlaying, playClip, playerPage } from './preview-page.ts';
import { REFUSALS } from './refusals.ts';

declare const catwalk: CatwalkApi;

const MARK = 'said-by-the-player-page-4711';

// what is tried here is refused, which Chromium says on the console
test.use({ expectedErrors: [[...REFUSALS, new RegExp(`^${MARK} `)], { scope: 'test' }] });

/** What a page gets for each address: the status of an answer it may read, or `refused`. */
const fetchAll = (page: Page, addresses: readonly string[]) =>
  page.evaluate(
    async (urls) =>
      Object.fromEntries(
        await Promise.all(
          urls.map((url) =>
            fetch(url).then(
              async (response) => [url, `${response.status} ${(await response.text()).slice(0, 20)}`] as const,
              () => [url, 'refused'] as const,
            ),
          ),
        ),
      ) as Record<string, string>,
    addresses,
  );

test('keeps the player’s page from the contract, the files, the network and the window’s storage', async ({
  app,
  page,
  profile,
}) => {
  let output = '';
  for (const stream of [app.process().stdout, app.process().stderr])
    stream?.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
  await page.evaluate(() => localStorage.setItem('of-the-window', 'secret'));
  await playClip(page);
  const player = await playerPage(app);
  await expectPlaying(player, 0.5);

  // nothing of Node, Electron or the contract, and no window to ask
  expect(
    await player.evaluate(() => ({
      names: ['catwalk', 'require', 'process', 'module', 'global', 'Buffer', 'ipcRenderer', 'electron'].filter(
        (name) => name in globalThis,
      ),
      opener: window.opener as unknown,
      isTop: window.top === window && window.parent === window && window.frames.length === 0,
    })),
  ).toEqual({ names: [], opener: null, isTop: true });
  const views = await app.evaluate(({ webContents, session }) =>
    webContents.getAllWebContents().map((contents) => {
      const { sandbox, contextIsolation, nodeIntegration, preload, webviewTag } = (
        contents as unknown as { getLastWebPreferences(): Record<string, unknown> }
      ).getLastWebPreferences();
      return {
        isPlayer: contents.getURL().startsWith('https://localhost/'),
        isApart: contents.session === session.fromPartition('preview') && !contents.session.isPersistent(),
        preferences: { sandbox, contextIsolation, nodeIntegration, preload, webviewTag },
      };
    }),
  );
  expect(views.filter(({ isPlayer }) => isPlayer)).toEqual([
    {
      ...{ isPlayer: true, isApart: true },
      preferences: { sandbox: true, contextIsolation: true, nodeIntegration: false, webviewTag: false },
    },
  ]);
  expect(views.filter(({ isPlayer, isApart }) => !isPlayer && isApart)).toEqual([]);

  // files: of the disk, of the window, of the build beside the player's own
  const knocked = { times: 0 };
  const server = net.createServer((socket) => {
    knocked.times += 1;
    socket.on('error', () => undefined).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as net.AddressInfo;
  const refused = [
    ...['file:///etc/passwd', `file://${profile}/keys.json`, 'app://catwalk/index.html', 'app://catwalk/'],
    ...['devtools://devtools/bundled/inspector.html', 'chrome://version/', 'catwalk://inspect?text=x'],
    ...[`http://127.0.0.1:${port}/`, `https://127.0.0.1:${port}/`, 'https://example.org/', 'https://app.catwalk/'],
  ];
  const got = await fetchAll(player, refused);
  for (const address of refused) expect(got[address], address).toBe('refused');
  const absent = [
    ...['/main/index.js', '/../main/index.js', '/%2e%2e/main/index.js', '/..%2fmain%2findex.js', '/package.json'],
    ...['/etc/passwd', '//etc/passwd', '/renderer/index.html', '/preload/preload.cjs', '/clip/playlist.m3u8', '/ipc'],
  ].map((name) => `https://localhost${name}`);
  const missing = await fetchAll(player, absent);
  for (const address of absent) expect(missing[address], address).toMatch(/^404 $/);
  expect(
    await player.evaluate(async (to) => {
      const socket = new Promise((resolve) => {
        const opened = new WebSocket(`ws://127.0.0.1:${to}/`);
        opened.onopen = () => resolve('open');
        opened.onerror = () => resolve('refused');
      });
      const report = await fetch('/report', { method: 'POST', body: '{"kind":"sign","keyId":"x"}' });
      const long = await fetch('/report', { method: 'POST', body: 'x'.repeat(20_000) });
      return [await socket, report.status, long.status];
    }, port),
  ).toEqual(['refused', 400, 400]);
  expect(knocked.times).toBe(0);
  server.close();

  // elements and workers are under the page's own policy
  expect(
    await player.evaluate(async () => {
      const load = (tag: string, members: object) =>
        new Promise<string>((resolve) => {
          const made = Object.assign(document.createElement(tag), members);
          made.onload = () => resolve('loaded');
          made.onerror = () => resolve('refused');
          document.body.append(made);
        });
      return [
        await load('img', { src: 'file:///usr/share/pixmaps/debian-logo.png' }),
        await load('script', { src: 'https://example.org/x.js' }),
        await load('script', { src: 'data:text/javascript,globalThis.ran=1' }),
        await load('link', { rel: 'stylesheet', href: 'https://example.org/x.css' }),
        'ran' in globalThis,
      ];
    }),
  ).toEqual(['refused', 'refused', 'refused', 'refused', false]);

  // storage, permissions
  expect(
    await player.evaluate(async () => ({
      seen: localStorage.getItem('of-the-window'),
      cookies: document.cookie,
      databases: (await indexedDB.databases()).length,
      clipboard: await navigator.clipboard.readText().then(
        () => 'read',
        () => 'refused',
      ),
      camera: await navigator.mediaDevices.getUserMedia({ video: true }).then(
        () => 'given',
        () => 'refused',
      ),
      place: (await navigator.permissions.query({ name: 'geolocation' })).state,
    })),
  ).toEqual({ seen: null, cookies: '', databases: 0, clipboard: 'refused', camera: 'refused', place: 'denied' });
  // a navigation to an address with a token in it is refused, and the log says so without the token
  const tokenised = `https://cdn.example.com/pt:${'q8KcT0'.repeat(12)}/x.m3u8`;
  await player.evaluate((url) => {
    location.href = url;
  }, tokenised);
  await player.evaluate(() => localStorage.setItem('of-the-player', 'x'));
  expect(await page.evaluate(() => localStorage.getItem('of-the-player'))).toBeNull();

  // it stays where it is, and opens nothing
  const places = [
    ...['app://catwalk/index.html', 'file:///etc/passwd', 'https://example.org/', 'https://localhost/other'],
    ...['data:text/html,x', 'javascript:document.title="gone"', 'catwalk://inspect?text=x'],
  ];
  const opened = await player.evaluate(() => {
    const link = Object.assign(document.createElement('a'), { href: 'https://example.org/', target: '_blank' });
    document.body.append(link);
    link.click();
    const download = Object.assign(document.createElement('a'), { href: '/player/index.html', download: 'x.html' });
    document.body.append(download);
    download.click();
    return [open('https://example.org/'), open('about:blank'), open('app://catwalk/index.html')].map(String);
  });
  expect(opened).toEqual(['null', 'null', 'null']);
  for (const place of places) {
    await player.evaluate((url) => {
      const form = Object.assign(document.createElement('form'), { action: url, method: 'get' });
      document.body.append(form);
      form.submit();
      location.href = url;
    }, place);
    // an evaluation after it comes to an end where the page is still there
    expect(await player.evaluate(() => location.href), place).toBe('https://localhost/');
  }
  expect(await player.evaluate(() => document.title)).not.toBe('gone');
  expect(app.windows()).toHaveLength(2);
  await expectPlaying(player, 0.5);

  // every host that it tried to reach is written down as blocked, and nothing was sent
  const { sent, blocked } = await page.evaluate(async () => {
    const ledger = await catwalk.egress.list();
    if (!ledger.ok) throw new Error(ledger.error.message);
    return {
      sent: ledger.value.sent,
      blocked: ledger.value.entries.filter(({ outcome }) => outcome.kind === 'blocked').map(({ host }) => host),
    };
  });
  expect(sent).toBe(0);
  expect(blocked).toEqual(expect.arrayContaining(['example.org', `127.0.0.1:${port}`]));

  // what the page says stays in it: an error of a player has the address, and the address the token
  await player.evaluate((mark) => {
    console.error(`${mark} error`);
    console.log(`${mark} log`);
    setTimeout(() => {
      throw new Error(`${mark} thrown`);
    });
    void Promise.reject(new Error(`${mark} rejected`));
  }, MARK);
  await page.getByRole('button', { name: 'Expire now' }).click();
  await expect(page.getByRole('region', { name: 'Why it was denied' })).toBeVisible();
  await app.evaluate(() => console.log('main can be heard'));
  await expect.poll(() => output).toContain('main can be heard');
  await app.close();
  expect(output).not.toContain(MARK);
  expect(output).not.toMatch(/pt:[\w-]{20,}/);
  const files = fs
    .readdirSync(profile, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(?:log|json|ndjson|txt)$/.test(entry.name));
  for (const file of files) {
    const text = fs.readFileSync(path.join(file.parentPath, file.name), 'latin1');
    expect(text, file.name).not.toContain(MARK);
    expect(text, file.name).not.toMatch(/pt:[\w-]{20,}/);
  }
});
