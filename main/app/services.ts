import path from 'node:path';
import { app, type BrowserWindow, powerMonitor } from 'electron';
import type { AppInfo } from '../../shared/contract/app.ts';
import type { Settings } from '../../shared/contract/settings.ts';
import { type AppError, createError } from '../../shared/errors.ts';
import { type Batches, createBatches } from '../batch/batches.ts';
import { loadRunList } from '../batch/run-list.ts';
import { nodeCrypto } from '../crypto/node-crypto.ts';
import { createApiFetch } from '../egress/api-session.ts';
import { createAskOrigin } from '../egress/ask-origin.ts';
import { createLedger, type Ledger } from '../egress/ledger.ts';
import { createHistory, type History } from '../history/history.ts';
import { createSend, type Send } from '../ipc/events.ts';
import { type IssueLog, loadIssueLog } from '../issue/issue-log.ts';
import { createIssuing, type Issuing } from '../issue/issuing.ts';
import { createTemplatesFolder, type TemplatesFolder } from '../issue/templates-folder.ts';
import { createKept, type Kept } from '../kept/kept.ts';
import { loadKeptKey } from '../kept/kept-key.ts';
import { createKeyFiles, type KeyFiles } from '../keys/key-files.ts';
import { loadKeyRecords } from '../keys/key-records.ts';
import { createKeys, type Keys } from '../keys/keys.ts';
import type { Log } from '../log.ts';
import { createOvp, type Ovp } from '../ovp/ovp.ts';
import { createPreview, type Preview } from '../preview/preview.ts';
import { createKeytarStore } from '../secrets/keytar-store.ts';
import { loadMoveJournal } from '../secrets/move-journal.ts';
import type { SecretHolder } from '../secrets/secret-holder.ts';
import { createSecretStores, type SecretStoresControl } from '../secrets/secret-stores.ts';
import { createSecrets } from '../secrets/secrets.ts';
import { createSessionStore } from '../secrets/session-store.ts';
import { loadStoreChoice } from '../secrets/store-choice.ts';
import { createVaultStore, type Vault } from '../secrets/vault-store.ts';
import type { TrustedOrigin } from '../security/origin.ts';
import { createJsonFile, type Loaded } from '../store/json-file.ts';
import { type Clipboard, createClipboard } from './clipboard.ts';
import { type ClipboardOffers, createClipboardOffers } from './clipboard-offer.ts';
import { chooseFile, chooseFolder, saveFile } from './files.ts';
import { createIncoming, type Incoming } from './incoming.ts';
import { createUseFinders } from './key-uses.ts';
import { createRevealWindow, type RevealWindow } from './reveal-window.ts';
import { createSample, type Sample } from './sample.ts';
import { loadSettings, type SettingsStore } from './settings.ts';
import { systemClipboard } from './system-clipboard.ts';
import { type WindowPlace, windowPlaceSchema } from './window-bounds.ts';

/** All that main does for the window, joined once at the start. */
export interface Services {
  readonly window: () => BrowserWindow | undefined;
  readonly send: Send;
  readonly notices: AppInfo['notices'];
  readonly settings: SettingsStore;
  readonly ledger: Ledger;
  readonly keys: Keys;
  readonly kept: Kept;
  readonly history: History;
  readonly keyFiles: KeyFiles;
  readonly secretStores: SecretStoresControl;
  readonly vault: Vault;
  readonly revealWindow: RevealWindow;
  readonly ovp: Ovp;
  readonly issue: { readonly issuing: Issuing; readonly log: IssueLog; readonly templates: TemplatesFolder };
  readonly batches: Batches;
  readonly preview: Preview;
  readonly sample: Sample;
  readonly incoming: Incoming;
  readonly clipboard: Clipboard;
  readonly clipboardOffers: ClipboardOffers;
  /** told of each change, after it was stored */
  onSettings(apply: (settings: Settings) => void): void;
  place(): WindowPlace;
  setPlace(place: WindowPlace): void;
  finish(): Promise<void>;
}

export interface ServicesOptions {
  readonly profile: string;
  /** the build's folder */
  readonly dist: string;
  readonly devTools: boolean;
  readonly log: Log;
  readonly origin: TrustedOrigin;
  readonly window: () => BrowserWindow | undefined;
  openFailed(fileName: string, error: AppError): void;
}

type Outcome = { readonly notice?: Loaded<unknown>['notice']; readonly error?: AppError };

export async function createServices(options: ServicesOptions): Promise<Services> {
  const { profile, log, origin, window } = options;
  const notices: AppError[] = [];
  const note = (what: string, { notice, error }: Outcome) => {
    if (error) notices.push({ ...error, message: `${what}: ${error.message}` });
    if (notice) log.warn('store', `${what}: ${notice.kind}, kept as ${path.basename(notice.keptAs)}`);
    if (notice?.kind === 'put-aside') notices.push(describePutAside(what, path.basename(notice.keptAs)));
  };

  const send = createSend(
    () => {
      const open = window();
      return open === undefined ? [] : [open.webContents];
    },
    (url) => origin.isApp(url),
  );

  const settings = await loadSettings(path.join(profile, 'settings.json'));
  note('The settings file', settings);
  const keyRecords = await loadKeyRecords(path.join(profile, 'keys.json'));
  note('The list of keys', keyRecords);
  const placeFile = createJsonFile({
    path: path.join(profile, 'window.json'),
    version: 1,
    schema: windowPlaceSchema,
    initial: () => ({ maximised: false }),
  });
  // where the window was is worth no sentence
  const loadedPlace = await placeFile.load();
  let place: WindowPlace = loadedPlace.ok ? loadedPlace.value.value : { maximised: false };

  const ledger = createLedger({
    offline: settings.store.offline(),
    changed: (summary) => send('egress.changed', summary),
  });
  const choice = await loadStoreChoice(path.join(profile, 'secrets.json'));
  note('The choice of a place for secrets', choice);
  const moveJournal = await loadMoveJournal(path.join(profile, 'secrets-move.json'));
  note('The journal of moved secrets', moveJournal);
  const vault = createVaultStore({ file: path.join(profile, 'vault.catwalk') });
  const keychain = createKeytarStore();
  const secrets = createSecrets({
    keychain,
    session: createSessionStore(),
    vault,
    choice: () => choice.choice.choice(),
    changed: (status) => {
      log.info('secrets', `${status.kind} ${status.name} ${status.state} ${status.reason ?? ''}`);
      void secretStores.tell();
    },
  });
  const clipboard = createClipboard(systemClipboard);
  const revealWindow = createRevealWindow({ parent: window, copy: (text) => void clipboard.write(text, true) });
  const holders: SecretHolder[] = [];
  const secretStores = createSecretStores({
    ...{ secrets, vault, choice: choice.choice, journal: moveJournal.journal, holders },
    changed: (stores, status) => {
      send('secrets.changed', status);
      send('secrets.storesChanged', stores);
      void history.refresh();
    },
    locked: () => revealWindow.close(),
  });
  const keyFiles = createKeyFiles();
  const keys = createKeys({
    records: keyRecords.records,
    secrets,
    files: keyFiles,
    crypto: nodeCrypto,
    changed: (list) => {
      send('keys.changed', [...list]);
      void secretStores.tell();
    },
  });
  const issueLog = await loadIssueLog(path.join(profile, 'issue-log.json'), (entry) => send('issue.logged', entry));
  note('The log of issued tokens', issueLog);
  const issuing = createIssuing({ keys, log: issueLog.log, crypto: nodeCrypto });
  const templates = createTemplatesFolder(path.join(profile, 'templates'));
  const runList = await loadRunList(path.join(profile, 'issue-runs.json'));
  note('The list of unfinished runs', runList);
  const batches = createBatches({
    ...{ keys, log, issueLog: issueLog.log, list: runList.list },
    changed: (run) => send('issueMany.progress', run),
  });

  const ovp = await createOvp({
    profile,
    fetch: createApiFetch('ovp'),
    ledger,
    secrets,
    keys,
    crypto: nodeCrypto,
    send,
    note,
    apiKeysChanged: () => void secretStores.tell(),
  });
  const keptKey = await loadKeptKey(path.join(profile, 'kept-key.json'), secrets);
  note('The record of the key of tabs and history', keptKey);
  const kept = createKept({
    ...{ folder: path.join(profile, 'kept'), key: keptKey.key, log },
    startClean: () => settings.store.get().startClean,
  });
  const history = createHistory({
    ...{ file: path.join(profile, 'history.sealed'), key: keptKey.key },
    isOn: () => settings.store.get().keepHistory,
    changed: (list) => send('history.changed', list),
  });
  holders.push(keys.holder, ovp.holder, keptKey.key.holder);
  const preview = createPreview({
    ...{ dist: options.dist, devTools: options.devTools, window, send, log, ledger, keys, issuing },
    crypto: nodeCrypto,
    askOrigin: createAskOrigin(ledger),
    findStream: ovp.findStream,
    verifier: () => settings.store.get().verifier,
    saveText: (file) => saveFile(window(), file),
    chooseMedia: (kind) =>
      kind === 'folder'
        ? chooseFolder(window(), 'Play a folder of HLS')
        : chooseFile(window(), 'Play a playlist', [{ name: 'HLS playlists', extensions: ['m3u8'] }]),
    creator: { name: app.getName(), version: app.getVersion() },
  });
  const incoming = createIncoming({ arrived: () => send('paste.incoming', null), failed: options.openFailed });
  await secretStores.resume();
  // whoever comes back to a machine that was locked gives the passphrase again
  const lockVault = () => void secretStores.lockVault();
  powerMonitor.on('lock-screen', lockVault);
  powerMonitor.on('suspend', lockVault);
  for (const find of createUseFinders({ ovp, batches, issueLog: issueLog.log })) keys.addUseFinder(find);

  const appliers: ((settings: Settings) => void)[] = [];
  const appliedSettings: SettingsStore = {
    ...settings.store,
    set: async (patch) => {
      const changed = await settings.store.set(patch);
      if (!changed.ok) return changed;
      for (const apply of appliers) apply(changed.value);
      if (patch.startClean === true) await kept.wipe();
      if (patch.keepHistory !== undefined) void history.refresh();
      send('settings.changed', changed.value);
      return changed;
    },
  };

  return {
    window,
    send,
    notices,
    settings: appliedSettings,
    ledger,
    keys,
    kept,
    history,
    keyFiles,
    secretStores,
    vault,
    revealWindow,
    ovp,
    issue: { issuing, log: issueLog.log, templates },
    batches,
    preview,
    sample: createSample(nodeCrypto),
    incoming,
    clipboard,
    clipboardOffers: createClipboardOffers({
      isOn: () => settings.store.get().suggestClipboard,
      read: systemClipboard.read,
    }),
    onSettings: (apply) => void appliers.push(apply),
    place: () => place,
    setPlace: (next) => {
      place = next;
      void placeFile.save(next);
    },
    finish: async () => {
      preview.close();
      await kept.settled();
      await history.settled();
      await batches.close();
      await issueLog.log.settled();
      await ovp.close();
      revealWindow.close();
      vault.lock();
      await Promise.all([
        clipboard.clearConcealed(),
        keys.settled(),
        keptKey.key.settled(),
        secretStores.settled(),
        settings.store.settled(),
        placeFile.settled(),
      ]);
      await keychain.close();
    },
  };
}

const describePutAside = (what: string, keptAs: string): AppError =>
  createError('ERR_STORE_CORRUPT', {
    message: `${what} could not be read. Catwalk started without it.`,
    hint: `It was kept as “${keptAs}” in the profile folder.`,
  });
