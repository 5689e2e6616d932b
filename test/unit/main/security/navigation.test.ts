import { EventEmitter } from 'node:events';
import type { Session, WebContents } from 'electron';
import { beforeEach, describe, expect, it } from 'vitest';
import { guardNavigation } from '../../../../main/security/navigation.ts';
import { createTrustedOrigin } from '../../../../main/security/origin.ts';
import { guardRequests, isLoadable } from '../../../../main/security/request-filter.ts';
import { createWebPreferences } from '../../../../main/security/web-preferences.ts';

const origin = createTrustedOrigin();

describe('guardNavigation', () => {
  let contents: EventEmitter & { open?: (details: { url: string }) => unknown };
  let refused: string[];

  beforeEach(() => {
    refused = [];
    contents = new EventEmitter();
    const withHandler = Object.assign(contents, {
      setWindowOpenHandler: (handler: (details: { url: string }) => unknown) => {
        contents.open = handler;
      },
    });
    guardNavigation(withHandler as unknown as WebContents, {
      isPage: (url) => origin.isPage(url),
      refused: (what, url) => refused.push(`${what} ${url}`),
    });
  });

  const isPrevented = (event: string, url: string, isMainFrame = true) => {
    let prevented = false;
    contents.emit(event, { url, isMainFrame, preventDefault: () => (prevented = true) });
    return prevented;
  };

  const ELSEWHERE = [
    'https://example.com/',
    'http://localhost/',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/html,x',
    'blob:app://catwalk/1',
    'about:blank',
    'app://evil/index.html',
    'app://catwalk/assets/a.js',
    'catwalk://inspect',
    '',
  ];

  it.each(['will-navigate', 'will-redirect', 'will-frame-navigate'])(
    '%s goes to the page and nowhere else',
    (event) => {
      expect(isPrevented(event, 'app://catwalk/index.html')).toBe(false);
      for (const url of ELSEWHERE) expect(isPrevented(event, url), url).toBe(true);
      expect(refused).toHaveLength(ELSEWHERE.length);
    },
  );

  it('lets no frame go anywhere, not even to the page', () => {
    expect(isPrevented('will-frame-navigate', 'app://catwalk/index.html', false)).toBe(true);
  });

  it('opens no window and attaches no webview', () => {
    expect(contents.open?.({ url: 'https://example.com/' })).toEqual({ action: 'deny' });
    expect(contents.open?.({ url: 'app://catwalk/index.html' })).toEqual({ action: 'deny' });
    expect(isPrevented('will-attach-webview', '')).toBe(true);
  });
});

describe('requests', () => {
  const REFUSED = [
    'https://example.com/',
    'http://127.0.0.1:9229/json',
    'ws://localhost:5173/',
    'wss://example.com/',
    'ftp://example.com/',
    'file:///etc/passwd',
    'app://evil/x',
    'blob:app://catwalk/1',
    'chrome://gpu',
    'chrome-extension://x/y',
    'data:text/plain,x',
    '',
  ];

  it('are those of the app', () => {
    expect(isLoadable('app://catwalk/assets/a.js', origin, false)).toBe(true);
    for (const url of [...REFUSED, 'devtools://devtools/x']) expect(isLoadable(url, origin, false), url).toBe(false);
    for (const url of REFUSED) expect(isLoadable(url, origin, true), url).toBe(false);
    expect(isLoadable('devtools://devtools/x', origin, true)).toBe(true);
  });

  it('while developing are also those of Vite', () => {
    const dev = createTrustedOrigin('http://localhost:5173/');
    expect(isLoadable('http://localhost:5173/main.tsx', dev, true)).toBe(true);
    expect(isLoadable('ws://localhost:5173/?token=x', dev, true)).toBe(true);
    expect(isLoadable('ws://localhost:5174/', dev, true)).toBe(false);
    expect(isLoadable('https://example.com/', dev, true)).toBe(false);
  });

  it('are cancelled before they leave', () => {
    type Answer = (response: { cancel: boolean }) => void;
    let listener: ((details: { url: string }, answer: Answer) => void) | undefined;
    const refused: string[] = [];
    const session = {
      webRequest: {
        onBeforeRequest: (handler: typeof listener) => {
          listener = handler;
        },
      },
    };
    guardRequests(
      session as unknown as Session,
      (url) => url === 'app://catwalk/',
      (url) => refused.push(url),
    );
    const answers: boolean[] = [];
    listener?.({ url: 'app://catwalk/' }, ({ cancel }) => answers.push(cancel));
    listener?.({ url: 'https://example.com/' }, ({ cancel }) => answers.push(cancel));
    expect(answers).toEqual([false, true]);
    expect(refused).toEqual(['https://example.com/']);
  });
});

describe('web preferences', () => {
  it('give the page nothing', () => {
    const session = {} as Session;
    expect(createWebPreferences({ preload: '/p.cjs', session, devTools: false })).toEqual({
      preload: '/p.cjs',
      session,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      disableBlinkFeatures: 'Auxclick',
      devTools: false,
    });
  });
});
