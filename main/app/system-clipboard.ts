// as a whole: an import by name of a class that an older Electron does not have would keep the app from starting
import * as electron from 'electron';
import type { ClipboardPorts } from './clipboard.ts';
import { formatConcealed } from './concealed-formats.ts';

/** Electron's clipboard. Before 45 it takes one format at a time, so a concealed text cannot be marked, only cleared. */
export const systemClipboard: ClipboardPorts = {
  write: (text) => electron.clipboard.writeText(text),
  writeConcealed: (text) => {
    const { clipboard, ClipboardItem } = electron;
    if (ClipboardItem === undefined) return clipboard.writeText(text);
    return clipboard.write([new ClipboardItem({ ...formatConcealed(text, process.platform) })]);
  },
  read: () => electron.clipboard.readText(),
  clear: () => electron.clipboard.clear(),
};
