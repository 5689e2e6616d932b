import type { WebContents } from 'electron';

export interface NavigationRules {
  /** the one address a window may be at */
  isPage(url: string): boolean;
  refused(what: string, url: string): void;
}

/** For every `WebContents` that comes into being, also those that nobody meant to make. */
export function guardNavigation(contents: WebContents, rules: NavigationRules): void {
  contents.on('will-navigate', (event) => {
    if (rules.isPage(event.url)) return;
    event.preventDefault();
    rules.refused('navigation', event.url);
  });
  contents.on('will-redirect', (event) => {
    if (rules.isPage(event.url)) return;
    event.preventDefault();
    rules.refused('redirect', event.url);
  });
  contents.on('will-frame-navigate', (event) => {
    // the window has no frames, so none may go anywhere
    if (event.isMainFrame && rules.isPage(event.url)) return;
    event.preventDefault();
    rules.refused('frame navigation', event.url);
  });
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
    rules.refused('webview', '');
  });
  contents.setWindowOpenHandler(({ url }) => {
    rules.refused('window', url);
    return { action: 'deny' };
  });
}
