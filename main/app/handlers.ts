import path from 'node:path';
import { app, type BrowserWindow, dialog, shell } from 'electron';
import { createError } from '../../shared/errors.ts';
import { err, ok } from '../../shared/result.ts';
import { createBatchHandlers } from '../batch/handlers.ts';
import type { Handlers } from '../ipc/register.ts';
import { createIssueHandlers } from '../issue/handlers.ts';
import { logRequested } from '../issue/log-requested.ts';
import { openLink } from '../security/external-links.ts';
import { readTextFile } from '../store/read-file.ts';
import { chooseFile, saveFile } from './files.ts';
import { openPasteFile } from './incoming.ts';
import { createKeyHandlers } from './key-handlers.ts';
import { describeWindow } from './main-window.ts';
import type { Services } from './services.ts';
import { formatSettings, importSettings, type TransferPorts } from './settings-transfer.ts';

/** Joins each command of the contract to what carries it out. */
export function createHandlers(services: Services): Handlers {
  const { settings, ledger, incoming, clipboardOffers } = services;
  const transfer = describeTransfer(services);

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

    'clipboard.look': async () => ok(await clipboardOffers.look()),
    'clipboard.take': async ({ id }) => ok(await clipboardOffers.take(id)),
    'clipboard.dismiss': ({ id }) => {
      clipboardOffers.dismiss(id);
      return ok(null);
    },
    'clipboard.write': async ({ text, concealed }) => {
      try {
        clipboardOffers.ignore(text);
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

    ...createKeyHandlers({
      services,
      chooseKeyFile: () =>
        chooseFile(services.window(), 'Choose a key file', [
          { name: 'Keys', extensions: ['jwk', 'jwks', 'json', 'pem', 'key', 'pub', 'cbor', 'txt', 'bin'] },
          { name: 'All files', extensions: ['*'] },
        ]),
    }),

    ...services.history.handlers,
    ...services.kept.handlers,

    'links.open': (input) =>
      openLink(input, {
        confirm: (question) => confirmLink(services.window(), question),
        open: (address) => shell.openExternal(address),
      }),

    ...services.ovp.handlers,
    'ovp.requestToken': logRequested({ ovp: services.ovp.handlers, keys: services.keys, log: services.issue.log }),

    ...createIssueHandlers({
      ...services.issue,
      reveal: (place) => shell.showItemInFolder(place),
      saveLog: (content) =>
        saveFile(services.window(), {
          title: 'Export the issue log',
          fileName: 'catwalk-issue-log.csv',
          filters: [
            { name: 'CSV', extensions: ['csv'] },
            { name: 'JSON', extensions: ['json'] },
          ],
          content,
        }),
    }),
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
        {
          name: 'Tokens, requests and logs',
          extensions: ['txt', 'har', 'json', 'log', 'curl', 'html', 'm3u8', 'mpd', 'cbor', 'cwt'],
        },
        { name: 'All files', extensions: ['*'] },
      ]);
      return file === undefined ? ok(null) : openPasteFile(file);
    },

    ...services.preview.handlers,
    'sample.make': (input) => services.sample.make(input),
    ...services.secretStores.handlers,

    'settings.get': () => ok(settings.get()),
    'settings.set': (patch) => settings.set(patch),
    'settings.export': async () => {
      const content = await formatSettings(transfer);
      if (!content.ok) return content;
      const title = 'Export settings, without secrets';
      return saveFile(services.window(), { title, fileName: 'catwalk-settings.json', content: content.value });
    },
    'settings.import': async () => {
      const file = await chooseFile(services.window(), 'Import settings', [
        { name: 'Settings', extensions: ['json'] },
        { name: 'All files', extensions: ['*'] },
      ]);
      if (file === undefined) return ok(null);
      const text = await readTextFile(file, MAX_SETTINGS_BYTES);
      return text.ok ? importSettings(text.value, path.basename(file), transfer) : text;
    },

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

/** Hundreds of templates are less. */
const MAX_SETTINGS_BYTES = 16 * 1024 * 1024;

/** What an export of settings is made of, and what an import adds to. */
function describeTransfer({ settings, keys, ovp, issue }: Services): TransferPorts {
  return {
    settings,
    keys: () => keys.list(),
    workspaces: async () => ovp.handlers['ovp.workspaces'](undefined),
    addWorkspace: async (workspace) => ovp.handlers['ovp.saveWorkspace'](workspace),
    templates: async () => {
      const listed = await issue.templates.list();
      return listed.ok ? ok(listed.value.templates.map(({ template }) => template)) : listed;
    },
    addTemplate: (template) => issue.templates.save(template),
  };
}

function describePlatform(): 'linux' | 'darwin' | 'win32' | 'other' {
  const { platform } = process;
  return platform === 'linux' || platform === 'darwin' || platform === 'win32' ? platform : 'other';
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
