import { BrowserWindow, nativeTheme, type Session, screen } from 'electron';
import type { WindowState } from '../../shared/contract/window.ts';
import { createWebPreferences } from '../security/web-preferences.ts';
import { fitBounds, MIN_SIZE, type WindowPlace } from './window-bounds.ts';

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

/** The one window. It is shown when its page is ready to be seen. */
export function createMainWindow(options: MainWindowOptions): BrowserWindow {
  const primary = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter((display) => display.id !== primary.id);
  const areas = [primary, ...others].map((display) => display.workArea);
  const window = new BrowserWindow({
    ...fitBounds(options.place.bounds, areas),
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
  window.on('close', () => {
    options.moved({ bounds: window.getNormalBounds(), maximised: window.isMaximized() });
  });
  return window;
}

export const describeWindow = (window: BrowserWindow): WindowState => ({
  maximised: window.isMaximized(),
  fullScreen: window.isFullScreen(),
  focused: window.isFocused(),
});
