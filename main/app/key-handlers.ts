import { type BrowserWindow, dialog } from 'electron';
import { createError } from '../../shared/errors.ts';
import { err, ok } from '../../shared/result.ts';
import type { Handlers } from '../ipc/register.ts';
import { saveFile } from './files.ts';
import { revealSecret } from './reveal.ts';
import type { Services } from './services.ts';

type KeyHandlers = Pick<Handlers, Extract<keyof Handlers, `keys.${string}`>>;

export interface KeyHandlersOptions {
  readonly services: Services;
  chooseKeyFile(): Promise<string | undefined>;
}

export function createKeyHandlers({ services, chooseKeyFile }: KeyHandlersOptions): KeyHandlers {
  const { keys, keyFiles, sample, window } = services;
  return {
    'keys.list': async () => ok([...(await keys.list())]),
    'keys.openFile': async () => {
      const file = await chooseKeyFile();
      return file === undefined ? ok(null) : keyFiles.hold(file);
    },
    'keys.import': (input) => keys.import(input),
    'keys.importSet': (input) => keys.importSet(input),
    'keys.generate': (input) => keys.generate(input),
    'keys.rotate': (input) => keys.rotate(input),
    'keys.update': (input) => keys.update(input),
    'keys.delete': ({ id }) => keys.delete(id),
    'keys.uses': ({ id }) => keys.uses(id),
    'keys.verify': ({ token }) => {
      const verified = sample.verify(token);
      return verified === undefined ? keys.verify(token) : ok(verified);
    },

    'keys.export': async ({ ids, passphrase }) => {
      const exported = await keys.export(ids, passphrase);
      if (!exported.ok) return exported;
      const { fileName, names, json } = exported.value;
      // the dialog is the system's: it names the keys, whatever the page says
      const title = `Export with their secrets, encrypted: ${names.slice(0, 4).join(', ')}${names.length > 4 ? ', …' : ''}`;
      return saveFile(window(), { title, fileName, content: json });
    },
    'keys.publicPart': ({ id, format }) => keys.publicPart(id, format),
    'keys.exportPublic': async ({ id, format }) => {
      const part = await keys.publicPart(id, format);
      if (!part.ok) return part;
      const { fileName, publicKey } = part.value;
      return saveFile(window(), { title: 'Export the public key', fileName, content: publicKey });
    },
    'keys.reveal': (input) =>
      revealSecret(input, {
        find: async (id) => {
          const key = (await keys.list()).find((one) => one.id === id);
          if (key) return ok({ ...key, secret: () => keys.secret(id) });
          const held = services.ovp.heldSecret(id);
          const listed = await services.ovp.handlers['ovp.unfinishedKeys'](undefined);
          const waiting = listed.ok ? listed.value.find((one) => one.id === id) : undefined;
          if (!held || !waiting) return err(createError('ERR_KEY_NOT_FOUND'));
          const { name, environment } = waiting;
          return ok({ name, environment, store: 'held', secret: async () => ok(held) });
        },
        checkPassphrase: (passphrase) => services.vault.check(passphrase),
        confirm: (question) => confirm(window(), question),
        show: (what, secret) => services.revealWindow.show(what, secret),
        copy: (text) => services.clipboard.write(text, true),
      }),
  };
}

async function confirm(
  window: BrowserWindow | undefined,
  { message, detail, yes }: { readonly message: string; readonly detail: string; readonly yes: string },
): Promise<boolean> {
  const options: Electron.MessageBoxOptions = {
    type: 'warning',
    buttons: ['Cancel', yes],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
    message,
    detail,
  };
  const { response } = await (window ? dialog.showMessageBox(window, options) : dialog.showMessageBox(options));
  return response === 1;
}
