import { app, protocol, type Session, session } from 'electron';
import { guardNavigation } from './navigation.ts';
import { APP_SCHEME, type TrustedOrigin } from './origin.ts';
import { guardPermissions } from './permissions.ts';
import { guardRequests, isLoadable } from './request-filter.ts';

export interface LockDownOptions {
  readonly origin: TrustedOrigin;
  readonly devTools: boolean;
  refused(what: string, url: string): void;
}

/** What holds for everything that Electron will ever make here. Must run before `ready`. */
export function lockDown({ origin, refused }: LockDownOptions): void {
  // Chromium's sandbox cannot work for root, and would take the window down with it; nobody else can switch it off
  if (process.getuid?.() !== 0) app.enableSandbox();
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
  // a session may load nothing and is permitted nothing until whoever made it says otherwise
  app.on('session-created', (created) => {
    guardPermissions(created, () => false);
    guardRequests(created, () => false);
    // the request filter does not see these when main itself asks
    created.protocol.handle('file', (request) => {
      refused('file', request.url);
      return new Response('refused', { status: 403 });
    });
  });
  app.on('web-contents-created', (_event, contents) => {
    guardNavigation(contents, { isPage: (url) => origin.isPage(url), refused });
    // a peer connection would be a way out that no request filter sees
    contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
  });
  app.on('select-client-certificate', (event) => event.preventDefault());
}

/** The session of the app's window: it loads `app://` and has no way to any network. */
export async function createAppSession(
  { origin, devTools, refused }: LockDownOptions,
  serve: (request: Request) => Promise<Response>,
): Promise<Session> {
  const created = session.fromPartition('persist:app', { cache: false });
  guardPermissions(created, (url) => origin.isApp(url));
  guardRequests(
    created,
    (url) => isLoadable(url, origin, devTools),
    (url) => refused('request', url),
  );
  created.protocol.handle(APP_SCHEME, serve);
  created.setSpellCheckerEnabled(false);
  created.on('will-download', (event, item) => {
    event.preventDefault();
    refused('download', item.getURL());
  });
  // should the filter ever miss something, it goes to a port of this machine where nobody listens
  if (origin.page.startsWith(`${APP_SCHEME}:`)) {
    await created.setProxy({ proxyRules: 'http://127.0.0.1:9', proxyBypassRules: '<-loopback>' });
  }
  return created;
}
