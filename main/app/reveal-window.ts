import { randomBytes, randomUUID } from 'node:crypto';
import { BrowserWindow, type Session, session } from 'electron';
import { APP_SCHEME } from '../security/origin.ts';
import { guardRequests } from '../security/request-filter.ts';
import { REVEAL_SECONDS } from './reveal.ts';
import { CLOSE_LINK, COPY_LINK, formatRevealPage, formatRevealPolicy } from './reveal-page.ts';
import type { SecretText } from './secret-text.ts';

export interface RevealWindow {
  /** resolves when it is on the screen; it closes itself */
  show(what: { readonly name: string; readonly environment: string }, secret: SecretText): Promise<void>;
  close(): void;
}

export interface RevealWindowOptions {
  readonly parent: () => BrowserWindow | undefined;
  copy(text: string): void;
}

/**
 * A window of main's own for one secret: another session and so another process than the app's page, no preload, no script,
 * no request but the one for its page, which is served once.
 */
export function createRevealWindow({ parent, copy }: RevealWindowOptions): RevealWindow {
  let ownSession: Session | undefined;
  let open: BrowserWindow | undefined;
  let page: { readonly address: string; readonly html: string; readonly nonce: string } | undefined;

  function openSession(): Session {
    const created = session.fromPartition('reveal', { cache: false });
    guardRequests(created, (url) => url === page?.address);
    created.protocol.handle(APP_SCHEME, (request) => {
      const asked = page;
      if (asked?.address !== request.url) return new Response('not found', { status: 404 });
      page = undefined;
      return new Response(asked.html, {
        headers: {
          'content-type': 'text/html; charset=utf-8',
          'content-security-policy': formatRevealPolicy(asked.nonce),
          'cache-control': 'no-store',
          'x-content-type-options': 'nosniff',
          'referrer-policy': 'no-referrer',
        },
      });
    });
    return created;
  }

  const close = () => {
    page = undefined;
    open?.destroy();
    open = undefined;
  };

  return {
    close,
    show: async (what, secret) => {
      close();
      ownSession ??= openSession();
      const owner = parent();
      const window = new BrowserWindow({
        width: 560,
        height: 340,
        useContentSize: true,
        resizable: false,
        minimizable: false,
        maximizable: false,
        fullscreenable: false,
        show: false,
        title: `Secret of ${what.name}`,
        ...(owner ? { parent: owner, modal: process.platform !== 'darwin' } : {}),
        webPreferences: {
          session: ownSession,
          sandbox: true,
          contextIsolation: true,
          nodeIntegration: false,
          javascript: false,
          images: false,
          webviewTag: false,
          navigateOnDragDrop: false,
          spellcheck: false,
          devTools: false,
          disableBlinkFeatures: 'Auxclick',
        },
      });
      open = window;
      // no menu: its entries would copy what is shown without a mark
      window.removeMenu();
      // left out of screenshots and shared screens where the system can do that
      window.setContentProtection(true);
      const timer = setTimeout(() => closeThis(), REVEAL_SECONDS * 1000);
      const closeThis = () => {
        if (!window.isDestroyed()) window.destroy();
      };
      window.once('closed', () => {
        clearTimeout(timer);
        if (open === window) open = undefined;
      });
      window.webContents.on('did-navigate-in-page', (_event, url) => {
        if (url.endsWith(COPY_LINK)) copy(secret.text);
        else if (url.endsWith(CLOSE_LINK)) closeThis();
      });
      window.webContents.on('before-input-event', (event, input) => {
        if (input.type !== 'keyDown') return;
        const isCommand = process.platform === 'darwin' ? input.meta : input.control;
        if (input.key === 'Escape') closeThis();
        else if (isCommand && input.key.toLowerCase() === 'c') copy(secret.text);
        // keys that move about in the page are all it needs
        if (isCommand || input.key === 'Escape') event.preventDefault();
      });
      const nonce = randomBytes(16).toString('base64');
      const address = `${APP_SCHEME}://reveal/${randomUUID()}`;
      page = { address, nonce, html: formatRevealPage({ ...what, secret, seconds: REVEAL_SECONDS, nonce }) };
      await window.loadURL(address);
      if (!window.isDestroyed()) window.show();
    },
  };
}
