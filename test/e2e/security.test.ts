import { spawn } from 'node:child_process';
import dgram from 'node:dgram';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import net from 'node:net';
import path from 'node:path';
import type { Page } from '@playwright/test';
import type { CatwalkApi } from '../../shared/contract/api.ts';
import { COMMANDS, EVENTS } from '../../shared/contract/contract.ts';
import { expect, test } from './fixtures.ts';
import { REFUSALS } from './refusals.ts';

declare const catwalk: CatwalkApi;

// most of what follows is refused, which Chromium says on the console
test.use({ expectedErrors: [REFUSALS, { scope: 'test' }] });

/** A port of this machine that knows whether anybody knocked. */
async function listen(): Promise<{ readonly port: number; readonly knocks: () => number; close(): void }> {
  let knocks = 0;
  const server = net.createServer((socket) => {
    knocks += 1;
    socket.on('error', () => undefined);
    socket.end('HTTP/1.1 200 OK\r\naccess-control-allow-origin: *\r\ncontent-length: 2\r\n\r\nhi');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as net.AddressInfo).port, knocks: () => knocks, close: () => server.close() };
}

const settle = (page: Page) => page.waitForTimeout(1500);

test.describe('the page', () => {
  test('is served by app:// under the policy, with nothing but the contract in it', async ({ page }) => {
    expect(page.url()).toBe('app://catwalk/index.html');
    const policy = await page.evaluate(async () => (await fetch('/')).headers.get('content-security-policy'));
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self' 'nonce-");
    expect(policy).toContain("require-trusted-types-for 'script'; trusted-types app-worker");

    const found = await page.evaluate(() => ({
      api: Object.entries(catwalk).flatMap(([group, verbs]) =>
        Object.entries(verbs as object).map(([verb, member]) => `${group}.${verb}: ${typeof member}`),
      ),
      frozen: (() => {
        try {
          (catwalk as unknown as Record<string, unknown>)['keys'] = 1;
        } catch {
          // it throws in strict mode
        }
        return typeof catwalk.keys.list;
      })(),
      node: ['require', 'process', 'module', 'global', 'Buffer', 'ipcRenderer', 'electron', 'setImmediate'].filter(
        (name) => name in globalThis,
      ),
    }));
    const events = Object.keys(EVENTS).map((name) =>
      name.replace(/\.(.)/, (_all, first: string) => `.on${first.toUpperCase()}`),
    );
    expect(found.api.sort()).toEqual([...Object.keys(COMMANDS), ...events].map((name) => `${name}: function`).sort());
    expect(found.frozen).toBe('function');
    expect(found.node).toEqual([]);
  });

  test('runs sandboxed', async ({ app, page }) => {
    await page.waitForLoadState();
    const preferences = await app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
        getLastWebPreferences(): Record<string, unknown>;
      };
      return contents.getLastWebPreferences();
    });
    expect(preferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
    });
    expect(preferences['webSecurity']).not.toBe(false);
    expect(preferences['allowRunningInsecureContent']).not.toBe(true);
    expect(preferences['experimentalFeatures']).not.toBe(true);
  });

  test('runs no text as a script', async ({ page }) => {
    const outcomes = await page.evaluate(
      () =>
        new Promise<Record<string, string>>((resolve) => {
          const attempt = (work: () => unknown) => {
            try {
              return `done: ${String(work())}`;
            } catch (cause) {
              return (cause as Error).name;
            }
          };
          // from a timer, so that the policy decides and not the debugger that runs this
          setTimeout(() => {
            const script = document.createElement('script');
            resolve({
              eval: attempt(() => Reflect.get(globalThis, 'eval')('1')),
              function: attempt(() => Reflect.construct(Reflect.get(globalThis, 'Function'), ['return 1'])()),
              timer: attempt(() => setTimeout('globalThis.ran = 1' as unknown as () => void)),
              html: attempt(() => {
                document.body.innerHTML = '<img src=x onerror="globalThis.ran = 1">';
              }),
              script: attempt(() => {
                script.textContent = 'globalThis.ran = 1';
              }),
              worker: attempt(() => new Worker('data:text/javascript,1')),
              policy: attempt(() =>
                (
                  globalThis as unknown as { trustedTypes: { createPolicy(name: string, rules: object): unknown } }
                ).trustedTypes.createPolicy('other', {}),
              ),
              attribute: attempt(() => document.body.setAttribute('onclick', 'globalThis.ran = 1')),
            });
          });
        }),
    );
    for (const [what, outcome] of Object.entries(outcomes)) expect(outcome, what).not.toMatch(/^done/);
    await settle(page);
    expect(await page.evaluate(() => 'ran' in globalThis)).toBe(false);
  });

  test('takes styles with the nonce of its load, and no others', async ({ page }) => {
    const colours = await page.evaluate(() => {
      const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
      const colour = (setUp: (element: HTMLElement) => void) => {
        const element = document.createElement('p');
        document.body.append(element);
        setUp(element);
        const { color } = getComputedStyle(element);
        element.remove();
        return color;
      };
      const withSheet = (given: string) => (element: HTMLElement) => {
        const style = document.createElement('style');
        if (given) style.nonce = given;
        style.textContent = 'p { color: rgb(1, 2, 3) !important }';
        element.append(style);
      };
      return {
        nonce: nonce.length,
        withNonce: colour(withSheet(nonce)),
        without: colour(withSheet('')),
        wrong: colour(withSheet('AAAAAAAAAAAAAAAAAAAAAA==')),
        attribute: colour((element) => element.setAttribute('style', 'color: rgb(1, 2, 3)')),
        byScript: colour((element) => {
          element.style.color = 'rgb(1, 2, 3)';
        }),
      };
    });
    expect(colours).toMatchObject({ nonce: 24, withNonce: 'rgb(1, 2, 3)', byScript: 'rgb(1, 2, 3)' });
    for (const name of ['without', 'wrong', 'attribute'] as const) expect(colours[name]).not.toBe('rgb(1, 2, 3)');
  });
});

test.describe('the network', () => {
  test('is out of the page’s reach, by every way a page has', async ({ page }) => {
    const server = await listen();
    const outcomes = await page.evaluate(async (port) => {
      const url = `http://127.0.0.1:${port}/`;
      const attempt = (work: () => unknown) =>
        Promise.race([
          Promise.resolve()
            .then(work)
            .then(
              () => 'done',
              () => 'refused',
            ),
          new Promise<string>((resolve) => setTimeout(() => resolve('nothing came'), 1000)),
        ]);
      const element = (tag: string, members: object, parent = document.body) =>
        new Promise((resolve, reject) => {
          const made = Object.assign(document.createElement(tag), members, { onload: resolve, onerror: reject });
          parent.append(made);
        });
      const outcomes = {
        fetch: await attempt(() => fetch(url)),
        noCors: await attempt(() => fetch(url, { mode: 'no-cors' })),
        https: await attempt(() => fetch('https://example.com/')),
        xhr: await attempt(
          () =>
            new Promise((resolve, reject) => {
              const request = new XMLHttpRequest();
              request.onload = resolve;
              request.onerror = reject;
              request.open('GET', url);
              request.send();
            }),
        ),
        image: await attempt(() => element('img', { src: url })),
        stylesheet: await attempt(() => element('link', { rel: 'stylesheet', href: url }, document.head)),
        prefetch: await attempt(() => element('link', { rel: 'prefetch', href: url }, document.head)),
        preconnect: await attempt(() => element('link', { rel: 'preconnect', href: url }, document.head)),
        frame: await attempt(() => element('iframe', { src: url }).then(() => Promise.reject(new Error('empty')))),
        socket: await attempt(
          () =>
            new Promise((resolve, reject) => {
              const socket = new WebSocket(url.replace('http', 'ws'));
              socket.onopen = resolve;
              socket.onerror = reject;
            }),
        ),
        events: await attempt(
          () =>
            new Promise((resolve, reject) => {
              const source = new EventSource(url);
              source.onopen = resolve;
              source.onerror = reject;
            }),
        ),
      };
      navigator.sendBeacon(url, 'x');
      const form = Object.assign(document.createElement('form'), { action: url, method: 'post' });
      document.body.append(form);
      form.submit();
      return outcomes;
    }, server.port);
    for (const [way, outcome] of Object.entries(outcomes)) expect(outcome, way).not.toBe('done');
    await settle(page);
    expect(server.knocks()).toBe(0);
    expect(page.url()).toBe('app://catwalk/index.html');
    server.close();
  });

  test('is refused by the session too, where no policy stands in front of it', async ({ app, page }) => {
    await page.waitForLoadState();
    const server = await listen();
    const outcomes = await app.evaluate(async ({ session }, port) => {
      const results: string[] = [];
      for (const partition of ['persist:app', 'persist:made-by-somebody-else'])
        for (const url of [`http://127.0.0.1:${port}/`, 'https://example.com/', 'file:///etc/passwd'])
          results.push(
            await session
              .fromPartition(partition)
              .fetch(url)
              .then(
                (response) => String(response.status),
                () => 'refused',
              ),
          );
      return results;
    }, server.port);
    expect(outcomes.filter((outcome) => outcome === '200')).toEqual([]);
    expect(server.knocks()).toBe(0);
    server.close();
  });

  test('is not reached by a peer connection either', async ({ page }) => {
    const received: number[] = [];
    const socket = dgram.createSocket('udp4', (message) => received.push(message.length));
    await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
    const port = socket.address().port;
    const candidates = await page.evaluate(async (stun) => {
      const peer = new RTCPeerConnection({ iceServers: [{ urls: `stun:127.0.0.1:${stun}` }] });
      const found: string[] = [];
      peer.onicecandidate = ({ candidate }) => candidate && found.push(candidate.candidate);
      peer.createDataChannel('x');
      await peer.setLocalDescription(await peer.createOffer());
      await new Promise((resolve) => setTimeout(resolve, 2500));
      return found;
    }, port);
    expect(received).toEqual([]);
    expect(candidates.filter((candidate) => candidate.includes(' udp '))).toEqual([]);
    socket.close();
  });

  test('gives no file of the disk and no file outside the build', async ({ page }) => {
    const statuses = await page.evaluate(() =>
      Promise.all(
        [
          'file:///etc/passwd',
          'app://catwalk/package.json',
          'app://catwalk/../package.json',
          'app://catwalk/%2e%2e/package.json',
          'app://catwalk/..%2fpackage.json',
          'app://catwalk/..%5c..%5cpackage.json',
          'app://catwalk//etc/passwd',
          'app://catwalk/../main/index.js',
          'app://other/index.html',
          'app://catwalk/',
        ].map((url) =>
          fetch(url).then(
            (response) => response.status,
            () => 0,
          ),
        ),
      ),
    );
    expect(statuses).toEqual([0, 404, 404, 404, 404, 404, 404, 404, 0, 200]);
  });
});

test.describe('the window', () => {
  test('stays on its page', async ({ app, page }) => {
    const server = await listen();
    const places = [
      `http://127.0.0.1:${server.port}/`,
      'https://example.com/',
      'file:///etc/passwd',
      'data:text/html,x',
      'javascript:document.title="gone"',
      'app://other/index.html',
      'app://catwalk/renderer-manifest.json',
      'catwalk://inspect?text=x',
    ];
    for (const place of places) {
      await page.evaluate((url) => {
        location.href = url;
      }, place);
      await page.waitForTimeout(150);
      expect(page.url(), place).toBe('app://catwalk/index.html');
    }
    expect(await page.evaluate(() => document.title)).toMatch(/Catwalk/);
    expect(app.windows()).toHaveLength(1);
    expect(server.knocks()).toBe(0);
    server.close();
  });

  test('opens no other', async ({ app, page }) => {
    const opened = await page.evaluate(() => {
      const link = Object.assign(document.createElement('a'), { href: 'https://example.com/', target: '_blank' });
      document.body.append(link);
      link.click();
      const webview = document.createElement('webview');
      webview.setAttribute('src', 'https://example.com/');
      document.body.append(webview);
      return [open('https://example.com/'), open('about:blank'), open('app://catwalk/index.html')].map(String);
    });
    expect(opened).toEqual(['null', 'null', 'null']);
    await settle(page);
    expect(app.windows()).toHaveLength(1);
    expect(await app.evaluate(({ webContents }) => webContents.getAllWebContents().length)).toBe(1);
  });

  test('keeps its place when a file is dropped on it', async ({ page }) => {
    await page.evaluate(() => {
      const data = new DataTransfer();
      data.items.add(new File(['<script>1</script>'], 'a.html', { type: 'text/html' }));
      data.setData('text/uri-list', 'https://example.com/');
      for (const type of ['dragenter', 'dragover', 'drop'])
        document.body.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
    });
    await settle(page);
    expect(page.url()).toBe('app://catwalk/index.html');
  });

  test('is given no permission but to copy', async ({ page }) => {
    const states = await page.evaluate(async () => {
      const query = (name: string) =>
        navigator.permissions.query({ name: name as PermissionName }).then(
          ({ state }) => state,
          () => 'unknown',
        );
      const refused = (work: () => Promise<unknown>) =>
        Promise.race([
          Promise.resolve()
            .then(work)
            .then(
              () => 'granted',
              () => 'denied',
            ),
          new Promise<string>((resolve) => setTimeout(() => resolve('no answer'), 3000)),
        ]);
      return {
        geolocation: await query('geolocation'),
        notifications: await query('notifications'),
        camera: await query('camera'),
        microphone: await query('microphone'),
        midi: await query('midi'),
        clipboardRead: await query('clipboard-read'),
        ask: await Notification.requestPermission(),
        read: await refused(() => navigator.clipboard.readText()),
        media: await refused(() => navigator.mediaDevices.getUserMedia({ audio: true })),
        screen: await refused(() => navigator.mediaDevices.getDisplayMedia()),
        place: await refused(
          () => new Promise((resolve, reject) => navigator.geolocation.getCurrentPosition(resolve, reject)),
        ),
      };
    });
    for (const [what, state] of Object.entries(states)) expect(state, what).toBe('denied');
  });

  test('saves no download', async ({ app, page }) => {
    await app.evaluate(({ session }) => {
      session.fromPartition('persist:app').on('will-download', (event) => {
        (globalThis as { prevented?: boolean }).prevented = event.defaultPrevented;
      });
    });
    await page.evaluate(() => {
      const href = URL.createObjectURL(new Blob(['x']));
      Object.assign(document.createElement('a'), { href, download: 'x.txt' }).click();
    });
    await settle(page);
    expect(await app.evaluate(() => (globalThis as { prevented?: boolean }).prevented)).not.toBe(false);
  });
});

test.describe('main', () => {
  test('answers its own window and nobody else, even with the same preload', async ({ app, page }) => {
    expect(await page.evaluate(() => catwalk.window.state())).toMatchObject({ ok: true });
    const opened = app.waitForEvent('window');
    await app.evaluate(({ app, BrowserWindow, session }) => {
      const preload = `${app.getAppPath()}/dist/preload/index.cjs`;
      const other = new BrowserWindow({
        show: false,
        webPreferences: {
          preload,
          sandbox: true,
          contextIsolation: true,
          session: session.fromPartition('persist:app'),
        },
      });
      return other.loadURL('app://catwalk/index.html');
    });
    const other = await opened;
    await other.waitForFunction(() => 'catwalk' in globalThis);
    const answer = await other.evaluate(() => catwalk.keys.list());
    expect(answer).toMatchObject({ ok: false, error: { code: 'ERR_IPC_SENDER' } });
  });

  test('does not answer a blank page, which may keep the origin it came from', async ({ page }) => {
    await page.evaluate(() => {
      location.href = 'about:blank';
    });
    await page.waitForURL('about:blank');
    await page.waitForFunction(() => 'catwalk' in globalThis);
    const answer = await page.evaluate(() => catwalk.keys.list());
    expect(answer).toMatchObject({ ok: false, error: { code: 'ERR_IPC_SENDER' } });
  });

  test('takes nothing that the contract does not describe', async ({ page }) => {
    const codes = await page.evaluate(async () => {
      const api = catwalk as unknown as Record<
        string,
        Record<string, (...args: unknown[]) => Promise<{ error?: { code: string } }>>
      >;
      const code = async (group: string, verb: string, input?: unknown) =>
        (await api[group]?.[verb]?.(input))?.error?.code;
      return [
        await code('keys', 'list', { all: true }),
        await code('keys', 'import', { name: 'x' }),
        await code('keys', 'delete', { id: '../../etc' }),
        await code('keys', 'verify', { token: 'x'.repeat(1_000_000) }),
        await code('settings', 'set', { theme: 'pink' }),
        await code('settings', 'set', { offline: true }),
        await code('links', 'open', { kind: 'address', url: 'file:///etc/passwd' }),
        await code('links', 'open', { kind: 'address', url: 'https://a@b' }),
        await code('links', 'open', { kind: 'document', id: '__proto__' }),
        await code('paste', 'openFile', { path: '/etc/passwd' }),
      ];
    });
    expect(codes).toEqual([
      'ERR_IPC_INPUT',
      'ERR_IPC_INPUT',
      'ERR_IPC_INPUT',
      'ERR_IPC_TOO_LARGE',
      'ERR_IPC_INPUT',
      'ERR_IPC_INPUT',
      'ERR_LINK_REFUSED',
      'ERR_LINK_REFUSED',
      'ERR_IPC_INPUT',
      'ERR_IPC_INPUT',
    ]);
  });

  test('slows a page that has gone wild', async ({ page }) => {
    const refused = await page.evaluate(async () => {
      const answers = await Promise.all(Array.from({ length: 1000 }, () => catwalk.window.state()));
      return answers.filter((answer) => !answer.ok && answer.error.code === 'ERR_IPC_RATE').length;
    });
    expect(refused).toBeGreaterThan(500);
    await page.waitForTimeout(1200);
    expect(await page.evaluate(() => catwalk.window.state())).toMatchObject({ ok: true });
  });

  test('takes a link from a second start, which does not become a second app', async ({ page, profile }) => {
    const electron = createRequire(import.meta.url)('electron') as unknown as string;
    const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    const second = spawn(
      electron,
      [...sandbox, '.', `--user-data-dir=${profile}`, 'catwalk://inspect?text=out%20of%20a%20link'],
      { stdio: 'ignore' },
    );
    const ended = new Promise((resolve) => second.once('exit', resolve));
    // what it shows, not the event: that may come before anybody listens here
    await expect(page.getByRole('region', { name: 'Token text' })).toHaveText('out of a link');
    expect(await ended).toBe(0);
  });

  test('writes files that only their owner can read', async ({ launch, profile }) => {
    const app = await launch();
    const page = await app.firstWindow();
    await page.evaluate(() => catwalk.settings.set({ density: 'comfortable' }));
    await app.close();
    const entries = fs.readdirSync(profile, { recursive: true, withFileTypes: true });
    const open = entries
      .map((entry) => path.join(entry.parentPath, entry.name))
      .filter((file) => (fs.lstatSync(file).mode & 0o077) !== 0 && !fs.lstatSync(file).isSymbolicLink());
    expect(open).toEqual([]);
    expect(entries.map((entry) => entry.name)).toEqual(expect.arrayContaining(['settings.json', 'window.json']));
  });
});
