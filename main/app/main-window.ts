import { BrowserWindow, nativeTheme, type Session, screen } from 'electron';
import type { WindowState } from '../../shared/contract/window.ts';
import { createWebPreferences } from '../security/web-preferences.ts';
import { fitBounds, MIN_SIZE, type Rectangle, type WindowPlace } from './window-bounds.ts';

export interface MainWindowOptions {
  readonly session: Session;
  readonly preload: string;
  readonly devTools: boolean;
  readonly place: WindowPlace;
  changed(state: WindowState): void;
  /** where the window is now, to be opened there again */
  moved(place: WindowPlace): void;
}

/** `--surface-1`, so that nothing flashes before the page is painted */
const BACKGROUND = { dark: '#131518', light: '#f6f7f9' } as const;

const REST_MILLIS = 400;

/** The one window. It is shown when its page is ready to be seen. */
export function createMainWindow(options: MainWindowOptions): BrowserWindow {
  const window = new BrowserWindow({
    ...fitBounds(options.place.bounds, workAreas()),
    minWidth: MIN_SIZE.width,
    minHeight: MIN_SIZE.height,
    title: 'Catwalk',
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light,
    // the page draws the title bar; on macOS the traffic lights lie in the first 68 pixels of it
    titleBarStyle: 'hidden',
    trafficLightPosition: { x: 12, y: 12 },
    webPreferences: createWebPreferences(options),
  });
  if (options.place.maximised) window.maximize();

  const tell = () => options.changed(describeWindow(window));
  window.on('maximize', tell);
  window.on('unmaximize', tell);
  window.on('enter-full-screen', tell);
  window.on('leave-full-screen', tell);
  window.on('focus', tell);
  window.on('blur', tell);
  followPlace(window, options.moved);
  return window;
}

/** Told when the window has come to rest, not for every pixel, and when it closes: a crash forgets no more than the last move. */
function followPlace(window: BrowserWindow, moved: MainWindowOptions['moved']): void {
  let resting: NodeJS.Timeout | undefined;
  const tell = () => {
    clearTimeout(resting);
    moved({ bounds: window.getNormalBounds(), maximised: window.isMaximized() });
  };
  const wait = () => {
    clearTimeout(resting);
    resting = setTimeout(tell, REST_MILLIS);
  };
  window.on('move', wait);
  window.on('resize', wait);
  window.on('close', tell);
  // a screen that is unplugged takes no window with it
  const comeBack = () => {
    const now = window.getNormalBounds();
    const fitting = fitBounds(now, workAreas());
    if (fitting.x !== now.x || fitting.y !== now.y) window.setBounds(fitting);
  };
  screen.on('display-removed', comeBack);
  screen.on('display-metrics-changed', comeBack);
  window.on('closed', () => {
    clearTimeout(resting);
    screen.off('display-removed', comeBack);
    screen.off('display-metrics-changed', comeBack);
  });
}

/** Where windows may lie, the primary screen first. */
function workAreas(): readonly Rectangle[] {
  const primary = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter((display) => display.id !== primary.id);
  return [primary, ...others].map((display) => display.workArea);
}

export const describeWindow = (window: BrowserWindow): WindowState => ({
  maximised: window.isMaximized(),
  fullScreen: window.isFullScreen(),
  focused: window.isFocused(),
});
