import type { Session } from 'electron';
import type { TrustedOrigin } from './origin.ts';

/**
 * What the window's session may load. Everything else is cancelled before it leaves, whatever scheme it has: the window has
 * no network of its own.
 */
export function isLoadable(url: string, origin: TrustedOrigin, devTools: boolean): boolean {
  if (origin.isApp(url)) return true;
  if (!devTools) return false;
  // the developer tools' own pages, and the socket that reloads the page while developing
  const page = new URL(origin.page);
  return url.startsWith('devtools://') || (page.protocol === 'http:' && url.startsWith(`ws://${page.host}/`));
}

export function guardRequests(
  session: Session,
  allow: (url: string) => boolean,
  refused: (url: string) => void = () => undefined,
): void {
  session.webRequest.onBeforeRequest((details, answer) => {
    const loadable = allow(details.url);
    if (!loadable) refused(details.url);
    answer({ cancel: !loadable });
  });
}
