import { type BrowserWindow, type Session, session, WebContentsView } from 'electron';
import type { ViewBounds } from '../../shared/contract/preview.ts';
import { guardPermissions } from '../security/permissions.ts';
import { guardRequests } from '../security/request-filter.ts';
import { PLAYER_ORIGIN } from './player-origin.ts';

const PLAYER_PAGE = `${PLAYER_ORIGIN}/`;

/** The player's own view in the window. */
export interface PlayerView {
  /** in CSS pixels of the window's page; `null` hides it */
  setBounds(bounds: ViewBounds | null): void;
  close(): void;
}

let playerSession: Session | undefined;

/**
 * The session of the player: in memory, permitted nothing, and without a network. Every http and https request is handed to
 * `answer`; everything else is refused.
 */
function openSession(
  answer: (request: Request) => Promise<Response>,
  refused: (what: string, url: string) => void,
): Session {
  playerSession ??= session.fromPartition('preview', { cache: false });
  const opened = playerSession;
  guardPermissions(opened, () => false);
  guardRequests(
    opened,
    (url) => /^(?:https?|blob|data):/.test(url),
    (url) => refused('request', url),
  );
  for (const scheme of ['https', 'http']) {
    if (opened.protocol.isProtocolHandled(scheme)) opened.protocol.unhandle(scheme);
    opened.protocol.handle(scheme, answer);
  }
  opened.setSpellCheckerEnabled(false);
  opened.removeAllListeners('will-download');
  opened.on('will-download', (event, item) => {
    event.preventDefault();
    refused('download', item.getURL());
  });
  // should anything ever get past the two handlers, it goes to a port of this machine where nobody listens
  void opened.setProxy({ proxyRules: 'http://127.0.0.1:9', proxyBypassRules: '<-loopback>' });
  return opened;
}

export interface PlayerViewOptions {
  readonly window: BrowserWindow;
  readonly devTools: boolean;
  answer(request: Request): Promise<Response>;
  refused(what: string, url: string): void;
  /** its process ended by itself */
  gone(reason: string): void;
}

/** Makes the view and loads the player's page. It is hidden until it has bounds. */
export function openPlayerView({ window, devTools, answer, refused, gone }: PlayerViewOptions): PlayerView {
  const view = new WebContentsView({
    webPreferences: {
      session: openSession(answer, refused),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      disableBlinkFeatures: 'Auxclick',
      autoplayPolicy: 'no-user-gesture-required',
      // it plays on while the window shows something over it
      backgroundThrottling: false,
      devTools,
    },
  });
  const { webContents } = view;
  let closed = false;
  view.setBackgroundColor('#000000');
  view.setVisible(false);
  window.contentView.addChildView(view);
  // its page is the only one there is, and the window's own is none of its places
  webContents.on('will-navigate', (event) => {
    event.preventDefault();
    refused('navigation', event.url);
  });
  webContents.on('render-process-gone', (_event, { reason }) => {
    if (!closed) gone(reason);
  });
  webContents.loadURL(PLAYER_PAGE).catch((cause: unknown) => {
    if (!closed) gone(String(cause));
  });
  return {
    setBounds: (bounds) => {
      if (closed) return;
      view.setVisible(bounds !== null && bounds.width > 0 && bounds.height > 0);
      if (bounds === null) return;
      const zoom = window.webContents.getZoomFactor();
      const scaled = (value: number) => Math.round(value * zoom);
      view.setBounds({
        x: scaled(bounds.x),
        y: scaled(bounds.y),
        width: scaled(bounds.width),
        height: scaled(bounds.height),
      });
    },
    close: () => {
      if (closed) return;
      closed = true;
      if (!window.isDestroyed()) window.contentView.removeChildView(view);
      if (!webContents.isDestroyed()) webContents.close();
    },
  };
}
