import { type BrowserWindow, Menu, type MenuItemConstructorOptions } from 'electron';

/** What the page says about the place the menu was asked for, by the right mouse button, the menu key or Shift F10. */
export interface MenuPlace {
  readonly isEditable: boolean;
  readonly selectionText: string;
  readonly editFlags: Readonly<
    Record<'canUndo' | 'canRedo' | 'canCut' | 'canCopy' | 'canPaste' | 'canDelete' | 'canSelectAll', boolean>
  >;
}

/**
 * The menu of fields and of selected text; empty where there is neither, so that none opens. Items of a token have a menu of
 * the page's own, which keeps this one away. A field for a secret lets nothing be copied: Chromium's flags say so.
 */
export function contextMenuTemplate({ isEditable, selectionText, editFlags }: MenuPlace): MenuItemConstructorOptions[] {
  const copy: MenuItemConstructorOptions = { role: 'copy', enabled: editFlags.canCopy };
  if (!isEditable) return selectionText.trim() === '' ? [] : [copy];
  return [
    { role: 'undo', enabled: editFlags.canUndo },
    { role: 'redo', enabled: editFlags.canRedo },
    { type: 'separator' },
    { role: 'cut', enabled: editFlags.canCut },
    copy,
    { role: 'paste', enabled: editFlags.canPaste },
    { role: 'delete', enabled: editFlags.canDelete },
    { type: 'separator' },
    { role: 'selectAll', enabled: editFlags.canSelectAll },
  ];
}

export function addContextMenu(window: BrowserWindow): void {
  window.webContents.on('context-menu', (_event, place) => {
    const template = contextMenuTemplate(place);
    if (template.length > 0) Menu.buildFromTemplate(template).popup({ window, x: place.x, y: place.y });
  });
}
