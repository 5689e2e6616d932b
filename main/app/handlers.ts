import { app, type BrowserWindow, dialog, shell } from 'electron';
import { createError } from '../../shared/errors.ts';
import { err, ok } from '../../shared/result.ts';
import { createBatchHandlers } from '../batch/handlers.ts';
import type { Handlers } from '../ipc/register.ts';
import { createIssueHandlers } from '../issue/handlers.ts';
import { openLink } from '../security/external-links.ts';
import { openPasteFile } from './incoming.ts';
import { describeWindow } from './main-window.ts';
import type { Services } from './services.ts';

/** Joins each command of the contract to what carries it out. */
export function createHandlers(services: Services): Handlers {
  const { settings, ledger, keys, keyFiles, secrets, incoming } = services;
  const status = async () => ok({ ...(await secrets.status()), count: keys.ready() });

  return {
    'app.info': () =>
      ok({
        name: app.getName(),
        version: app.getVersion(),
        platform: describePlatform(),
        packaged: app.isPackaged,
        versions: {
          electron: process.versions.electron,
          chrome: process.versions['chrome'] ?? '',
          node: process.versions.node,
        },
        notices: [...services.notices],
      }),

    'clipboard.write': async ({ text, concealed }) => {
      try {
        return ok(await services.clipboard.write(text, concealed));
      } catch {
        return err(createError('ERR_CLIPBOARD'));
      }
    },

    'egress.list': () => ok(ledger.list()),
    'egress.setOffline': async ({ offline }) => {
      // the switch works even if it cannot be remembered
      ledger.setOffline(offline);
      const saved = await settings.setOffline(offline);
      return saved.ok ? ok(ledger.list()) : saved;
    },

    'keys.list': async () => ok([...(await keys.list())]),
    'keys.openFile': async () => {
      const file = await chooseFile(services.window(), 'Choose a key file', [
        { name: 'Keys', extensions: ['jwk', 'json', 'pem', 'key', 'pub', 'txt', 'bin'] },
        { name: 'All files', extensions: ['*'] },
      ]);
      return file === undefined ? ok(null) : keyFiles.hold(file);
    },
    'keys.import': (input) => keys.import(input),
    'keys.update': (input) => keys.update(input),
    'keys.delete': ({ id }) => keys.delete(id),
    'keys.verify': ({ token }) => keys.verify(token),

    'links.open': (input) =>
      openLink(input, {
        confirm: (question) => confirmLink(services.window(), question),
        open: (address) => shell.openExternal(address),
      }),

    ...services.ovp.handlers,

    ...createIssueHandlers({ ...services.issue, reveal: (place) => shell.showItemInFolder(place) }),
    ...createBatchHandlers({
      batches: services.batches,
      chooseTable: () =>
        chooseFile(services.window(), 'Open a table', [
          { name: 'Tables', extensions: ['csv', 'tsv', 'txt', 'json', 'ndjson', 'jsonl'] },
          { name: 'All files', extensions: ['*'] },
        ]),
      chooseOutput: (suggestion) => chooseOutput(services.window(), suggestion),
      reveal: (place) => shell.showItemInFolder(place),
    }),

    'paste.take': () => ok([...incoming.take()]),
    'paste.openFile': async () => {
      const file = await chooseFile(services.window(), 'Open a token, request or log', [
        { name: 'Tokens, requests and logs', extensions: ['txt', 'har', 'json', 'log', 'curl', 'html', 'm3u8', 'mpd'] },
        { name: 'All files', extensions: ['*'] },
      ]);
      return file === undefined ? ok(null) : openPasteFile(file);
    },

    'secrets.status': status,
    'secrets.recheck': async () => {
      await secrets.recheck();
      await keys.reload();
      return status();
    },

    'settings.get': () => ok(settings.get()),
    'settings.set': (patch) => settings.set(patch),

    'window.state': () => {
      const window = services.window();
      return ok(window ? describeWindow(window) : { maximised: false, fullScreen: false, focused: false });
    },
    'window.minimise': () => {
      services.window()?.minimize();
      return ok(null);
    },
    'window.toggleMaximise': () => {
      const window = services.window();
      if (window?.isMaximized()) window.unmaximize();
      else window?.maximize();
      return ok(null);
    },
    'window.close': () => {
      services.window()?.close();
      return ok(null);
    },
  };
}

function describePlatform(): 'linux' | 'darwin' | 'win32' | 'other' {
  const { platform } = process;
  return platform === 'linux' || platform === 'darwin' || platform === 'win32' ? platform : 'other';
}

async function chooseFile(
  window: BrowserWindow | undefined,
  title: string,
  filters: Electron.FileFilter[],
): Promise<string | undefined> {
  const options: Electron.OpenDialogOptions = { title, filters, properties: ['openFile', 'dontAddToRecent'] };
  const { canceled, filePaths } = await (window
    ? dialog.showOpenDialog(window, options)
    : dialog.showOpenDialog(options));
  return canceled ? undefined : filePaths[0];
}

async function chooseOutput(window: BrowserWindow | undefined, suggestion: string): Promise<string | undefined> {
  const options: Electron.SaveDialogOptions = {
    title: 'Where the tokens go',
    defaultPath: suggestion,
    properties: ['createDirectory', 'showOverwriteConfirmation', 'dontAddToRecent'],
  };
  const { canceled, filePath } = await (window
    ? dialog.showSaveDialog(window, options)
    : dialog.showSaveDialog(options));
  return canceled || filePath === '' ? undefined : filePath;
}

async function confirmLink(
  window: BrowserWindow | undefined,
  { host, address }: { readonly host: string; readonly address: string },
): Promise<boolean> {
  const options: Electron.MessageBoxOptions = {
    type: 'question',
    buttons: ['Cancel', 'Open in browser'],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
    message: `Open ${host} in the browser?`,
    detail: address.length > 400 ? `${address.slice(0, 400)}…` : address,
  };
  const { response } = await (window ? dialog.showMessageBox(window, options) : dialog.showMessageBox(options));
  return response === 1;
}
