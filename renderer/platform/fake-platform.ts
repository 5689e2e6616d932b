import type { KeptState } from '../../shared/contract/kept.ts';
import { defaultGuard, type KeyRecord, type KeyVerification } from '../../shared/contract/keys.ts';
import type { EventName } from '../../shared/contract/names.ts';
import type { SecretStores, SecretsStatus } from '../../shared/contract/secrets.ts';
import { type AppError, createError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { keyId, millis } from '../../shared/units.ts';
import { createFakeOvp, type FakeOvpOptions } from './fake-ovp.ts';
import { createFakePreview } from './fake-preview.ts';
import type { Platform } from './platform.ts';

const KEPT: KeptState = { isKept: true, isLocked: false, where: 'gnome-keyring' };

export interface FakeOptions {
  readonly ovp?: FakeOvpOptions;
  readonly keys?: readonly KeyRecord[];
  readonly secrets?: SecretsStatus;
  /** what `keys.verify` answers, given the keys that are there */
  readonly verify?: (token: string, keys: readonly KeyRecord[]) => KeyVerification;
  /** makes `keys.import` fail */
  readonly importError?: AppError;
}

/** Main without Electron, for component tests: keeps what it is told, forgets secrets at once, and logs every call. */
export function createFakePlatform(
  options: FakeOptions = {},
): Platform & { readonly calls: readonly { readonly name: string; readonly input: unknown }[] } {
  const calls: { name: string; input: unknown }[] = [];
  const listeners = new Map<EventName, Set<(payload: never) => void>>();
  let keys: readonly KeyRecord[] = options.keys ?? [];
  let settings: Awaited<ReturnType<Platform['settings']['get']>> extends Result<infer S, AppError> ? S : never = {
    theme: 'system',
    density: 'compact',
    zoom: 1,
    verifier: 'cta-5007',
    firstRunDone: true,
    startClean: false,
    keepHistory: false,
    suggestClipboard: false,
    shortcuts: {},
    layout: {},
  };
  let offline = false;
  const secrets = (): SecretsStatus =>
    options.secrets ?? { kind: 'keychain', name: 'gnome-keyring', state: 'unlocked', count: keys.length };

  const stores = (): SecretStores => {
    const { kind, count: _count, ...place } = secrets();
    return { stores: [{ kind, ...place, count: keys.length }], notices: [] };
  };

  const emit = (name: EventName, payload: unknown) => {
    for (const listener of listeners.get(name) ?? []) listener(payload as never);
  };
  const on = (name: EventName) => (listener: (payload: never) => void) => {
    const set = listeners.get(name) ?? new Set();
    listeners.set(name, set.add(listener));
    return () => void set.delete(listener);
  };
  const answer = <T>(name: string, input: unknown, result: Result<T, AppError>): Promise<Result<T, AppError>> => {
    calls.push({ name, input });
    return Promise.resolve(result);
  };
  const setKeys = (next: readonly KeyRecord[]) => {
    keys = next;
    emit('keys.changed', keys);
    emit('secrets.changed', secrets());
  };
  const egress = () => ({ offline, sent: 0, refused: 0 });

  return {
    calls,
    app: {
      info: () =>
        answer(
          'app.info',
          undefined,
          ok({
            name: 'Catwalk',
            version: '0.0.0',
            platform: 'linux',
            packaged: false,
            versions: { electron: '', chrome: '', node: '' },
            notices: [],
          }),
        ),
    },
    clipboard: {
      look: () => answer('clipboard.look', undefined, ok(null)),
      take: (input) => answer('clipboard.take', input, ok(null)),
      dismiss: (input) => answer('clipboard.dismiss', input, ok(null)),
      write: (input) => answer('clipboard.write', input, ok({})),
    },
    egress: {
      list: () => answer('egress.list', undefined, ok({ ...egress(), entries: [] })),
      setOffline: (input) => {
        offline = input.offline;
        emit('egress.changed', egress());
        return answer('egress.setOffline', input, ok({ ...egress(), entries: [] }));
      },
      onChanged: on('egress.changed'),
    },
    history: {
      list: () => answer('history.list', undefined, ok({ isOn: settings.keepHistory, state: KEPT, entries: [] })),
      add: (input) => answer('history.add', input, ok(null)),
      open: (input) => answer('history.open', input, ok(null)),
      remove: (input) => answer('history.remove', input, ok(null)),
      wipe: () => answer('history.wipe', undefined, ok(null)),
      onChanged: on('history.changed'),
    },
    kept: {
      state: () => answer('kept.state', undefined, ok(KEPT)),
      load: () => answer('kept.load', undefined, ok({ state: KEPT, parts: {} })),
      save: (input) => answer('kept.save', input, ok(KEPT)),
    },
    issue: {
      sign: (input) => answer('issue.sign', input, err(createError('ERR_KEY_NOT_FOUND'))),
      handOver: (input) => answer('issue.handOver', input, ok(null)),
      negativePack: (input) => answer('issue.negativePack', input, err(createError('ERR_KEY_NOT_FOUND'))),
      log: () => answer('issue.log', undefined, ok([])),
      clearLog: () => answer('issue.clearLog', undefined, ok(null)),
      exportLog: () => answer('issue.exportLog', undefined, ok(null)),
      onLogged: on('issue.logged'),
    },
    issueMany: {
      openFile: () => answer('issueMany.openFile', undefined, ok(null)),
      openRows: (input) => answer('issueMany.openRows', input, err(createError('ERR_BATCH_TABLE'))),
      preview: (input) => answer('issueMany.preview', input, err(createError('ERR_BATCH_JOB'))),
      start: (input) => answer('issueMany.start', input, ok(null)),
      cancel: (input) => answer('issueMany.cancel', input, ok(null)),
      runs: () => answer('issueMany.runs', undefined, ok([])),
      resume: (input) => answer('issueMany.resume', input, err(createError('ERR_BATCH_GONE'))),
      forget: (input) => answer('issueMany.forget', input, ok(null)),
      reveal: (input) => answer('issueMany.reveal', input, ok(null)),
      onProgress: on('issueMany.progress'),
    },
    keys: {
      list: () => answer('keys.list', undefined, ok([...keys])),
      openFile: () => answer('keys.openFile', undefined, ok(null)),
      import: (input) => {
        if (options.importError !== undefined) return answer('keys.import', input, err(options.importError));
        const record: KeyRecord = {
          id: keyId(crypto.randomUUID()),
          name: input.name,
          environment: input.environment,
          ...(input.kid === undefined ? {} : { kid: input.kid }),
          family: 'hmac',
          part: 'secret',
          encoding: input.encoding,
          size: 32,
          fingerprint: '9c41e07d',
          createdAt: millis(0),
          origin: 'imported',
          notes: '',
          guard: defaultGuard(input.environment),
          store: 'keychain',
          item: `Catwalk: ${input.name}`,
          secret: 'ready',
        };
        setKeys([...keys, record]);
        return answer('keys.import', input, ok(record));
      },
      update: (input) => answer('keys.update', input, err(createError('ERR_KEY_NOT_FOUND'))),
      delete: (input) => {
        setKeys(keys.filter((key) => key.id !== input.id));
        return answer('keys.delete', input, ok(null));
      },
      verify: (input) =>
        answer(
          'keys.verify',
          input,
          ok(options.verify?.(input.token, keys) ?? { state: 'not-checked', tried: 0, reason: 'no key was tried' }),
        ),
      uses: (input) => answer('keys.uses', input, ok([])),
      generate: (input) => answer('keys.generate', input, err(createError('ERR_SECRETS_UNAVAILABLE'))),
      importSet: (input) => answer('keys.importSet', input, err(createError('ERR_KEY_NOT_A_SET'))),
      rotate: (input) => answer('keys.rotate', input, err(createError('ERR_KEY_NOT_FOUND'))),
      export: (input) => answer('keys.export', input, ok(null)),
      publicPart: (input) => answer('keys.publicPart', input, err(createError('ERR_KEY_NO_PUBLIC_PART'))),
      exportPublic: (input) => answer('keys.exportPublic', input, ok(null)),
      reveal: (input) => answer('keys.reveal', input, ok({ outcome: 'declined', seconds: 0 })),
      onChanged: on('keys.changed'),
    },
    menu: { onCommand: on('menu.command') },
    ovp: createFakeOvp(options.ovp ?? {}, answer, on),
    paste: {
      take: () => answer('paste.take', undefined, ok([])),
      openFile: () => answer('paste.openFile', undefined, ok(null)),
      onIncoming: on('paste.incoming'),
    },
    preview: createFakePreview(answer, on),
    sample: { make: (input) => answer('sample.make', input, err(createError('ERR_ISSUE_REFUSED'))) },
    secrets: {
      status: () => answer('secrets.status', undefined, ok(secrets())),
      recheck: () => answer('secrets.recheck', undefined, ok(secrets())),
      stores: () => answer('secrets.stores', undefined, ok(stores())),
      chooseStore: (input) => answer('secrets.chooseStore', input, ok({ ...stores(), choice: input })),
      createVault: (input) => answer('secrets.createVault', input, ok(stores())),
      unlock: (input) => answer('secrets.unlock', input, ok(stores())),
      lock: () => answer('secrets.lock', undefined, ok(stores())),
      changePassphrase: (input) => answer('secrets.changePassphrase', input, ok(stores())),
      putVaultAside: () => answer('secrets.putVaultAside', undefined, err(createError('ERR_VAULT_NONE'))),
      move: (input) => answer('secrets.move', input, ok({ moved: 0, leftBehind: 0, stores: stores() })),
      onChanged: on('secrets.changed'),
      onStoresChanged: on('secrets.storesChanged'),
    },
    settings: {
      get: () => answer('settings.get', undefined, ok(settings)),
      set: (input) => {
        settings = { ...settings, ...input, layout: { ...settings.layout, ...input.layout } } as typeof settings;
        emit('settings.changed', settings);
        return answer('settings.set', input, ok(settings));
      },
      export: () => answer('settings.export', undefined, ok(null)),
      import: () => answer('settings.import', undefined, ok(null)),
      onChanged: on('settings.changed'),
    },
    templates: {
      list: () => answer('templates.list', undefined, ok({ folder: '', templates: [], broken: [] })),
      save: (input) =>
        answer('templates.save', input, ok({ id: 'template', fileName: 'template.json', template: input.template })),
      delete: (input) => answer('templates.delete', input, ok({ folder: '', templates: [], broken: [] })),
      reveal: (input) => answer('templates.reveal', input, ok(null)),
    },
    window: {
      state: () => answer('window.state', undefined, ok({ maximised: false, fullScreen: false, focused: true })),
      minimise: () => answer('window.minimise', undefined, ok(null)),
      toggleMaximise: () => answer('window.toggleMaximise', undefined, ok(null)),
      close: () => answer('window.close', undefined, ok(null)),
      onChanged: on('window.changed'),
    },
  };
}
