import type { MenuItemConstructorOptions } from 'electron';
import { COMMAND_TABLE, type CommandId } from '../../shared/commands/command-table.ts';
import { type KeyChanges, keysOf, toAccelerator } from '../../shared/commands/keys.ts';
import type { MenuCommand } from '../../shared/contract/menu.ts';

export interface MenuPorts {
  readonly mac: boolean;
  readonly devTools: boolean;
  /** what somebody changed about the keys of commands */
  readonly shortcuts: KeyChanges;
  send(command: MenuCommand): void;
}

/**
 * The native menu. The window carries its own keys (they can be rebound), so entries only show them: except on macOS, where
 * a menu always listens, the window has the first word on each key.
 */
export function createMenuTemplate(ports: MenuPorts): MenuItemConstructorOptions[] {
  const { mac, devTools, shortcuts, send } = ports;
  const entry = (id: CommandId, label = COMMAND_TABLE[id].title): MenuItemConstructorOptions => {
    const accelerator = toAccelerator(keysOf(id, shortcuts));
    return {
      id,
      label,
      ...(accelerator === undefined ? {} : { accelerator }),
      registerAccelerator: false,
      click: () => send(id),
    };
  };
  const separator: MenuItemConstructorOptions = { type: 'separator' };
  const settings = entry('view.settings', 'Settings…');

  const app: MenuItemConstructorOptions = {
    label: 'Catwalk',
    submenu: [
      { role: 'about' },
      separator,
      settings,
      separator,
      { role: 'services' },
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
      entry('new-tab'),
      entry('open-file'),
      entry('reopen-tab'),
      entry('close-tab'),
      separator,
      entry('copy-report'),
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
      { role: 'delete' },
      { role: 'selectAll' },
    ],
  };
  const view: MenuItemConstructorOptions = {
    label: 'View',
    submenu: [
      entry('view.inspect', 'Inspect'),
      entry('view.compare', 'Compare'),
      entry('view.issue', 'Issue'),
      entry('view.preview', 'Preview'),
      entry('view.batch', 'Batch'),
      entry('view.keys', 'Keys'),
      entry('view.activity', 'Activity'),
      entry('view.history', 'History'),
      separator,
      entry('palette'),
      separator,
      entry('previous-tab'),
      entry('next-tab'),
      separator,
      entry('zoom-reset'),
      entry('zoom-in'),
      entry('zoom-out'),
      { role: 'togglefullscreen' },
      ...(devTools ? [separator, { role: 'reload' } as const, { role: 'toggleDevTools' } as const] : []),
    ],
  };
  const token: MenuItemConstructorOptions = {
    label: 'Token',
    submenu: [
      entry('inspect.clone'),
      entry('inspect.preview'),
      entry('inspect.compare'),
      separator,
      entry('inspect.bytes'),
      entry('inspect.edn'),
      entry('inspect.json'),
      entry('inspect.findings'),
      separator,
      entry('inspect.now'),
      separator,
      entry('issue.sign'),
    ],
  };
  const window: MenuItemConstructorOptions = { label: 'Window', submenu: [{ role: 'minimize' }, { role: 'zoom' }] };
  const help: MenuItemConstructorOptions = {
    label: 'Help',
    role: 'help',
    submenu: [entry('shortcuts', 'Keyboard shortcuts')],
  };
  return mac ? [app, file, edit, view, token, window, help] : [file, edit, view, token, help];
}
