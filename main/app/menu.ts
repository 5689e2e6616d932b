import type { MenuItemConstructorOptions } from 'electron';
import type { MenuCommand } from '../../shared/contract/menu.ts';

export interface MenuPorts {
  readonly mac: boolean;
  readonly devTools: boolean;
  send(command: MenuCommand): void;
  /** factor to zoom by; `undefined` is 100 % again */
  zoom(by: number | undefined): void;
}

/**
 * The native menu. The window carries its own keys (they can be rebound), so entries only show them: except on macOS, where
 * a menu always listens, the window has the first word on each key.
 */
export function createMenuTemplate({ mac, devTools, send, zoom }: MenuPorts): MenuItemConstructorOptions[] {
  const entry = (label: string, command: MenuCommand, accelerator?: string): MenuItemConstructorOptions => ({
    label,
    ...(accelerator === undefined ? {} : { accelerator }),
    registerAccelerator: false,
    click: () => send(command),
  });
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const settings = entry('Settings', 'view.settings', 'CmdOrCtrl+,');

  const app: MenuItemConstructorOptions = {
    label: 'Catwalk',
    submenu: [
      { role: 'about' },
      separator,
      settings,
      separator,
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      separator,
      { role: 'quit' },
    ],
  };
  const file: MenuItemConstructorOptions = {
    label: 'File',
    submenu: [
      entry('New tab', 'new-tab', 'CmdOrCtrl+T'),
      entry('Open file…', 'open-file', 'CmdOrCtrl+O'),
      entry('Close tab', 'close-tab', 'CmdOrCtrl+W'),
      ...(mac ? [] : [separator, settings, separator, { role: 'quit' } as const]),
    ],
  };
  const edit: MenuItemConstructorOptions = {
    label: 'Edit',
    submenu: [
      { role: 'undo' },
      { role: 'redo' },
      separator,
      { role: 'cut' },
      { role: 'copy' },
      { role: 'paste' },
      { role: 'selectAll' },
    ],
  };
  const view: MenuItemConstructorOptions = {
    label: 'View',
    submenu: [
      entry('Inspect', 'view.inspect', 'CmdOrCtrl+1'),
      entry('Issue', 'view.issue', 'CmdOrCtrl+2'),
      entry('Preview', 'view.preview', 'CmdOrCtrl+3'),
      entry('Batch', 'view.batch', 'CmdOrCtrl+4'),
      entry('Keys', 'view.keys', 'CmdOrCtrl+5'),
      entry('History', 'view.history'),
      separator,
      entry('Command palette', 'palette', 'CmdOrCtrl+K'),
      separator,
      { label: 'Actual size', accelerator: 'CmdOrCtrl+0', registerAccelerator: false, click: () => zoom(undefined) },
      { label: 'Zoom in', accelerator: 'CmdOrCtrl+Plus', click: () => zoom(1.1) },
      { label: 'Zoom out', accelerator: 'CmdOrCtrl+-', click: () => zoom(1 / 1.1) },
      { role: 'togglefullscreen' },
      ...(devTools ? [separator, { role: 'reload' } as const, { role: 'toggleDevTools' } as const] : []),
    ],
  };
  const window: MenuItemConstructorOptions = { label: 'Window', submenu: [{ role: 'minimize' }, { role: 'zoom' }] };
  const help: MenuItemConstructorOptions = {
    label: 'Help',
    role: 'help',
    submenu: [entry('Keyboard shortcuts', 'shortcuts', 'CmdOrCtrl+/')],
  };
  return mac ? [app, file, edit, view, window, help] : [file, edit, view, help];
}
