import path from 'node:path';
import { app, BrowserWindow, dialog, ipcMain, Menu, nativeTheme } from 'electron';
import type { KeyChanges } from '../../shared/commands/keys.ts';
import type { MenuCommand } from '../../shared/contract/menu.ts';
import type { Settings } from '../../shared/contract/settings.ts';
import type { AppError } from '../../shared/errors.ts';
import { createRate } from '../ipc/rate.ts';
import { registerCommands } from '../ipc/register.ts';
import { isTrustedSender } from '../ipc/sender.ts';
import type { Log } from '../log.ts';
import { createAppHandler, loadManifest } from '../security/app-protocol.ts';
import { createAppSession, type LockDownOptions } from '../security/lock-down.ts';
import type { CommandLine } from './command-line.ts';
import { addContextMenu } from './context-menu.ts';
import { createHandlers } from './handlers.ts';
import { createMainWindow } from './main-window.ts';
import { createMenuTemplate } from './menu.ts';
import { createServices } from './services.ts';

export interface StartOptions {
  readonly commandLine: CommandLine;
  readonly lock: LockDownOptions;
  readonly log: Log;
  /** the build's folder: main, preload and renderer lie in it */
  readonly dist: string;
}

/** What the rest of the system may ask of the running app. */
export interface Running {
  /** another start, a link or a file from outside */
  open(commandLine: CommandLine): void;
  /** as macOS does it when the app's icon is clicked and no window is open */
  activate(): void;
  /** resolves when everything is on the disk */
  finish(): Promise<void>;
}

/** calls of one command a second; a person causes a few, a page that has gone wild thousands */
const CALLS_PER_SECOND = 200;

/** Reads what is stored, opens the ways into main, opens the window. */
export async function start({ commandLine, lock, log, dist }: StartOptions): Promise<Running> {
  let window: BrowserWindow | undefined;
  const { devTools, origin } = lock;
  const services = await createServices({
    profile: app.getPath('userData'),
    dist,
    devTools,
    log,
    origin,
    window: () => window,
    openFailed: (fileName, error) => showError(window, `${fileName} was not opened`, error),
  });

  registerCommands(ipcMain, createHandlers(services), {
    isTrusted: (event) =>
      isTrustedSender(event, { has: (id) => window !== undefined && window.webContents.id === id }, (url) =>
        origin.isApp(url),
      ),
    admit: createRate(CALLS_PER_SECOND, 1000),
    log,
  });

  const applySettings = ({ theme, zoom, shortcuts }: Settings) => {
    nativeTheme.themeSource = theme;
    window?.webContents.setZoomFactor(zoom);
    setMenu(shortcuts);
  };
  let shown: KeyChanges | undefined;
  // only when it is another one: an open menu would close
  const setMenu = (shortcuts: KeyChanges) => {
    if (JSON.stringify(shown) === JSON.stringify(shortcuts)) return;
    shown = shortcuts;
    const send = (command: MenuCommand) => services.send('menu.command', command);
    const template = createMenuTemplate({ mac: process.platform === 'darwin', devTools, shortcuts, send });
    Menu.setApplicationMenu(Menu.buildFromTemplate(template));
  };
  services.onSettings(applySettings);
  applySettings(services.settings.get());

  const manifest = await loadManifest(dist);
  const session = await createAppSession(
    lock,
    createAppHandler(manifest, (message) => log.warn('app', message)),
  );

  const openWindow = () => {
    const opened = createMainWindow({
      session,
      preload: path.join(dist, 'preload/index.cjs'),
      devTools,
      place: services.place(),
      changed: (state) => services.send('window.changed', state),
      moved: (place) => services.setPlace(place),
    });
    window = opened;
    addContextMenu(opened);
    opened.on('close', (event) => {
      const held = services.ovp.countHeld();
      if (held > 0 && !confirmLoss(opened, held)) event.preventDefault();
    });
    opened.on('closed', () => {
      if (window === opened) window = undefined;
      services.preview.close();
    });
    opened.webContents.on('did-finish-load', () => opened.webContents.setZoomFactor(services.settings.get().zoom));
    opened.webContents.on('render-process-gone', (_event, details) => {
      log.error('window', `its process ended: ${details.reason} (${details.exitCode})`);
      if (commandLine.check) app.exit(1);
      else if (details.reason !== 'clean-exit') recover(opened);
    });
    opened.once('ready-to-show', () => {
      opened.show();
      if (!commandLine.check) return;
      process.stdout.write(`window ready in ${Math.round(Date.now() - (process.getCreationTime() ?? 0))} ms\n`);
      app.quit();
    });
    // a window that is closed while its page is on the way breaks the loading off, and that is no fault
    let closing = false;
    opened.once('close', () => {
      closing = true;
    });
    opened.loadURL(origin.page).catch((cause: unknown) => {
      // what the page itself asked for on its way, and was refused, is no fault of the page either
      if (closing || (isLoadError(cause) && cause.url !== origin.page)) return;
      log.error('window', 'the page did not load', cause);
      // in a window that never gets ready nobody could read why
      if (commandLine.check || !opened.isVisible()) app.exit(1);
    });
  };
  openWindow();
  services.incoming.addCommandLine(commandLine);
  // after the window has been asked for: the keychain may take its time, and may ask for its password
  void services.keys.list();

  return {
    open: (next) => {
      if (window === undefined) openWindow();
      if (window?.isMinimized()) window.restore();
      window?.focus();
      services.incoming.addCommandLine(next);
    },
    activate: () => {
      if (BrowserWindow.getAllWindows().length === 0) openWindow();
    },
    finish: () => services.finish(),
  };
}

/** A page that crashed is loaded again, unless it just was: then it would go on for ever. */
let recovered = 0;
function recover(window: BrowserWindow): void {
  const now = Date.now();
  if (now - recovered < 10_000) return;
  recovered = now;
  window.reload();
}

/** How Electron says which address could not be loaded. */
const isLoadError = (cause: unknown): cause is Error & { readonly url: string } =>
  cause instanceof Error && 'url' in cause && typeof cause.url === 'string';

/** A secret that the OVP gave and no store took is in memory only, and the OVP does not give it again. */
function confirmLoss(window: BrowserWindow, held: number): boolean {
  const answer = dialog.showMessageBoxSync(window, {
    type: 'warning',
    buttons: ['Keep open', 'Close and lose it'],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
    message: held === 1 ? 'A key’s secret is not stored yet' : `The secrets of ${held} keys are not stored yet`,
    detail: 'Closing loses what is in memory, and the OVP does not show it again. The Keys view can store it.',
  });
  return answer === 1;
}

function showError(window: BrowserWindow | undefined, message: string, error: AppError): void {
  const options = { type: 'error' as const, message, detail: [error.message, error.hint ?? ''].join('\n') };
  void (window ? dialog.showMessageBox(window, options) : dialog.showMessageBox(options));
}
