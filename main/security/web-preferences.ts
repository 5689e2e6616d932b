import type { Session, WebPreferences } from 'electron';

/**
 * What the window's page may do: nothing of Node, nothing of Electron. `webSecurity`, `allowRunningInsecureContent` and
 * experimental features are left alone on purpose: their defaults are the safe ones.
 */
export function createWebPreferences(options: {
  readonly preload: string;
  readonly session: Session;
  readonly devTools: boolean;
}): WebPreferences {
  return {
    preload: options.preload,
    session: options.session,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    // a spelling checker keeps what is typed, and fetches its dictionary
    spellcheck: false,
    // a middle click would open a window
    disableBlinkFeatures: 'Auxclick',
    devTools: options.devTools,
  };
}
