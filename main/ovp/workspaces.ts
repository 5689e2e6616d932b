import { randomUUID } from 'node:crypto';
import { type OvpWorkspace, type OvpWorkspaceInput, ovpTier } from '../../shared/contract/ovp.ts';
import { type SecretStoreKind, secretStoreKind } from '../../shared/contract/secrets.ts';
import { z } from '../../shared/contract/zod.ts';
import { type AppError, createError } from '../../shared/errors.ts';
import { parseBaseUrl } from '../../shared/flowplayer/api/base-url.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { findFreeItem, keepSecret } from '../secrets/keep-secret.ts';
import { Secret } from '../secrets/secret.ts';
import type { SecretHolder } from '../secrets/secret-holder.ts';
import type { SecretStore } from '../secrets/secret-store.ts';
import type { Secrets } from '../secrets/secrets.ts';
import { createJsonFile, type Loaded } from '../store/json-file.ts';
import type { Target } from './client.ts';

/** What is written down of a workspace: where its API key is, never the key. */
const storedWorkspace = z.object({
  id: z.uuid(),
  name: z.string(),
  address: z.string(),
  tier: ovpTier,
  apiKey: z
    .object({
      store: secretStoreKind,
      item: z.string(),
      /** the one address it was entered for */
      address: z.string(),
    })
    .exactOptional(),
  /** a token was made with one of its keys, here or by the OVP */
  tokenMade: z.boolean(),
  /** steps that a person said are done, by asset: `asset video/<id>` */
  told: z.array(z.string()),
});
export type StoredWorkspace = z.output<typeof storedWorkspace>;
const documentSchema = z.object({ workspaces: z.array(storedWorkspace) });

/** The OVP workspaces of this installation, and their API keys in the secret store. */
export interface Workspaces extends SecretHolder {
  list(): readonly OvpWorkspace[];
  find(id: string): Result<StoredWorkspace, AppError>;
  save(input: OvpWorkspaceInput): Promise<Result<OvpWorkspace, AppError>>;
  delete(id: string): Promise<Result<null, AppError>>;
  setApiKey(id: string, apiKey: string, store: SecretStoreKind): Promise<Result<OvpWorkspace, AppError>>;
  forgetApiKey(id: string): Promise<Result<OvpWorkspace, AppError>>;
  /** where its calls go, with its API key: only if the key was entered for this very address */
  target(id: string): Result<Target, AppError>;
  /** changes what is remembered of the guide's steps */
  note(id: string, change: Partial<Pick<StoredWorkspace, 'tokenMade' | 'told'>>): Promise<Result<void, AppError>>;
  /** everything but secrets and where they are */
  export(): string;
  settled(): Promise<void>;
}

export interface WorkspacesOptions {
  readonly file: string;
  readonly secrets: Secrets;
  readonly changed: (list: readonly OvpWorkspace[]) => void;
}

export interface LoadedWorkspaces {
  readonly workspaces: Workspaces;
  readonly notice?: Loaded<unknown>['notice'];
  readonly error?: AppError;
}

export async function loadWorkspaces({ file, secrets, changed }: WorkspacesOptions): Promise<LoadedWorkspaces> {
  const document = createJsonFile({
    path: file,
    version: 1,
    schema: documentSchema,
    initial: () => ({ workspaces: [] }),
  });
  const loaded = await document.load();
  let all: readonly StoredWorkspace[] = loaded.ok ? loaded.value.value.workspaces : [];
  /** API keys that were read once: a keychain is not asked again for every call */
  const apiKeys = new Map<string, Secret<string>>();
  /** read before the stores were looked at anew: for a keychain that went away since */
  let readBefore: ReadonlyMap<string, Secret<string>> = new Map();
  /** looked for and not found in the store */
  const missing = new Set<string>();
  let tail: Promise<unknown> = Promise.resolve();

  /** Changes run one after the other: each touches the store and the list, which must agree afterwards. */
  function change<T>(work: () => Promise<Result<T, AppError>>): Promise<Result<T, AppError>> {
    const run = tail.then(work);
    tail = run.catch(() => undefined);
    return run;
  }

  async function put(next: StoredWorkspace): Promise<Result<OvpWorkspace, AppError>> {
    const exists = all.some(({ id }) => id === next.id);
    const saved = await write(exists ? all.map((one) => (one.id === next.id ? next : one)) : [...all, next]);
    return saved.ok ? ok(view(next)) : saved;
  }

  async function write(next: readonly StoredWorkspace[]): Promise<Result<void, AppError>> {
    const saved = await document.save({ workspaces: next.map(withoutSession) });
    if (!saved.ok) return saved;
    all = next;
    changed(all.map(view));
    return ok(undefined);
  }

  const find = (id: string): Result<StoredWorkspace, AppError> => {
    const found = all.find((workspace) => workspace.id === id);
    return found ? ok(found) : err(createError('ERR_OVP_WORKSPACE_GONE'));
  };

  /** The item carries the workspace's name, so that its owner finds it. */
  const freeItem = (store: SecretStore, name: string) =>
    findFreeItem(store, `ovp/${name}`, (item) =>
      all.some(({ apiKey }) => apiKey?.store === store.kind && apiKey.item === item),
    );

  async function save(input: OvpWorkspaceInput): Promise<Result<OvpWorkspace, AppError>> {
    const base = parseBaseUrl(input.address);
    if (!base.ok) return err(createError('ERR_OVP_ADDRESS', { message: base.error }));
    const name = input.name.trim();
    if (all.some((other) => other.id !== input.id && other.name.toLowerCase() === name.toLowerCase()))
      return err(createError('ERR_OVP_WORKSPACE_NAME', { message: `A workspace named “${name}” already exists.` }));
    const told = { name, address: base.value.origin, tier: input.tier };
    if (input.id === undefined) return put({ id: randomUUID(), ...told, tokenMade: false, told: [] });
    const before = find(input.id);
    if (!before.ok) return before;
    const { apiKey } = before.value;
    if (apiKey === undefined || name === before.value.name) return put({ ...before.value, ...told });
    return rename({ ...before.value, ...told, apiKey });
  }

  /** The item moves with the name: the new one stands before the old one goes. */
  async function rename(
    next: StoredWorkspace & Required<Pick<StoredWorkspace, 'apiKey'>>,
  ): Promise<Result<OvpWorkspace, AppError>> {
    const store = await secrets.open(next.apiKey.store);
    if (!store.ok) return store;
    const secret = await store.value.get(next.apiKey.item);
    if (!secret.ok) return secret;
    if (secret.value === undefined) return put(next);
    const item = await freeItem(store.value, next.name);
    if (!item.ok) return item;
    const kept = await keepSecret(store.value, item.value, secret.value);
    if (!kept.ok) return kept;
    const saved = await put({ ...next, apiKey: { ...next.apiKey, item: item.value } });
    await store.value.delete(saved.ok ? next.apiKey.item : item.value);
    return saved;
  }

  async function setApiKey(id: string, apiKey: string, kind: SecretStoreKind): Promise<Result<OvpWorkspace, AppError>> {
    const found = find(id);
    if (!found.ok) return found;
    const { apiKey: before, ...workspace } = found.value;
    // what a header may hold (RFC 9110 §5.5): a key with anything else was copied wrong
    if (!/^[\x21-\x7e]+$/.test(apiKey))
      return err(createError('ERR_OVP_API_KEY', { message: 'An API key has no blanks and no letters outside ASCII.' }));
    const store = await secrets.open(kind);
    if (!store.ok) return store;
    const item = before?.store === kind ? ok(before.item) : await freeItem(store.value, workspace.name);
    if (!item.ok) return item;
    const secret = new Secret(new TextEncoder().encode(apiKey));
    const old = before?.store === kind ? await store.value.get(item.value) : undefined;
    const kept = await keepSecret(store.value, item.value, secret);
    if (!kept.ok) return kept;
    const { address } = workspace;
    const saved = await put({ ...workspace, apiKey: { store: kind, item: item.value, address } });
    if (!saved.ok) {
      // as it was: the list names the old key, or none
      if (old?.ok && old.value) await store.value.set(item.value, old.value);
      else await store.value.delete(item.value);
      return saved;
    }
    apiKeys.set(id, new Secret(apiKey));
    missing.delete(id);
    // one that lay elsewhere is not needed any more; if it cannot be reached it stays where its owner finds it
    if (before !== undefined && before.store !== kind) await removeItem(before);
    return saved;
  }

  async function removeItem(apiKey: NonNullable<StoredWorkspace['apiKey']>): Promise<Result<void, AppError>> {
    const store = await secrets.open(apiKey.store);
    if (!store.ok) return store;
    const deleted = await store.value.delete(apiKey.item);
    return deleted.ok ? ok(undefined) : deleted;
  }

  async function forgetApiKey(id: string): Promise<Result<OvpWorkspace, AppError>> {
    const found = find(id);
    if (!found.ok) return found;
    const { apiKey, ...rest } = found.value;
    if (apiKey !== undefined) {
      const removed = await removeItem(apiKey);
      if (!removed.ok) return removed;
    }
    apiKeys.delete(id);
    readBefore = new Map([...readBefore].filter(([other]) => other !== id));
    return put(rest);
  }

  function target(id: string): Result<Target, AppError> {
    const found = find(id);
    if (!found.ok) return found;
    const { apiKey, address, tier } = found.value;
    if (apiKey === undefined) return err(createError('ERR_OVP_API_KEY'));
    if (apiKey.address !== address)
      return err(
        createError('ERR_OVP_API_KEY', {
          message: `The API key was entered for ${apiKey.address} and is not sent to ${address}.`,
          hint: 'Enter the API key again if it is meant for this address.',
        }),
      );
    return ok({ id, address, tier, apiKey: () => readApiKey(id, address) });
  }

  /** Looked up again when the call’s turn has come: meanwhile the key or the address may have changed. */
  async function readApiKey(id: string, address: string): Promise<Result<Secret<string>, AppError>> {
    const found = find(id);
    if (!found.ok) return found;
    const { apiKey } = found.value;
    if (apiKey === undefined || apiKey.address !== address) return err(createError('ERR_OVP_API_KEY'));
    const known = apiKeys.get(id);
    if (known !== undefined) return ok(known);
    const store = await secrets.open(apiKey.store);
    const secret = store.ok ? await store.value.get(apiKey.item) : store;
    const before = readBefore.get(id);
    if (!secret.ok) return secret.error.code === 'ERR_SECRETS_UNAVAILABLE' && before ? ok(before) : secret;
    if (secret.value === undefined) {
      missing.add(id);
      return err(createError('ERR_SECRETS_MISSING', { message: 'The API key is not in the store any more.' }));
    }
    missing.delete(id);
    const read = new Secret(new TextDecoder().decode(secret.value.reveal()));
    apiKeys.set(id, read);
    return ok(read);
  }

  const workspaces: Workspaces = {
    name: 'OVP workspaces',
    secrets: () =>
      all.flatMap(({ id, name, apiKey }) => {
        if (apiKey === undefined) return [];
        const { store, item } = apiKey;
        return [{ id, label: `API key of ${name}`, store, item, isMissing: missing.has(id) }];
      }),
    point: (places) =>
      write(
        all.map((workspace) => {
          const place = places.get(workspace.id);
          const { apiKey } = workspace;
          return place === undefined || apiKey === undefined
            ? workspace
            : { ...workspace, apiKey: { ...apiKey, ...place } };
        }),
      ),
    exclusively: (work) => {
      const run = tail.then(work);
      tail = run.catch(() => undefined);
      return run;
    },
    reload: async () => {
      // of a vault that was locked nothing may stay
      readBefore = new Map(
        all.flatMap(({ id, apiKey }) => {
          const read = apiKeys.get(id) ?? readBefore.get(id);
          return read && apiKey?.store === 'keychain' ? [[id, read] as const] : [];
        }),
      );
      apiKeys.clear();
      missing.clear();
    },
    list: () => all.map(view),
    find,
    save: (input) => change(() => save(input)),
    delete: (id) =>
      change(async () => {
        // the API key first: a row without one can be deleted again, an item without a row is forgotten in the keychain
        const forgotten = await forgetApiKey(id);
        if (!forgotten.ok) return forgotten;
        const written = await write(all.filter((workspace) => workspace.id !== id));
        return written.ok ? ok(null) : written;
      }),
    setApiKey: (id, apiKey, kind) => change(() => setApiKey(id, apiKey, kind)),
    forgetApiKey: (id) => change(() => forgetApiKey(id)),
    target,
    note: (id, noted) =>
      change(async () => {
        const found = find(id);
        if (!found.ok) return found;
        const saved = await put({ ...found.value, ...noted });
        return saved.ok ? ok(undefined) : saved;
      }),
    export: () => {
      const exported = all.map(({ name, address, tier }) => ({ name, address, tier }));
      return `${JSON.stringify({ format: 'catwalk-ovp-workspaces', version: 1, workspaces: exported }, null, 2)}\n`;
    },
    settled: async () => {
      await tail;
      await document.settled();
    },
  };
  return {
    workspaces,
    ...(loaded.ok && loaded.value.notice ? { notice: loaded.value.notice } : {}),
    ...(loaded.ok ? {} : { error: loaded.error }),
  };
}

/** A file that named a key of the session would promise what is gone. */
function withoutSession(workspace: StoredWorkspace): StoredWorkspace {
  const { apiKey, ...rest } = workspace;
  return apiKey === undefined || apiKey.store === 'session' ? rest : workspace;
}

function view({ id, name, address, tier, apiKey }: StoredWorkspace): OvpWorkspace {
  const base = parseBaseUrl(address);
  return {
    id,
    name,
    address,
    host: base.ok ? base.value.host : address,
    isVendor: base.ok && base.value.isVendor,
    tier,
    apiKey: apiKey === undefined ? 'missing' : apiKey.address === address ? 'stored' : 'other-host',
    ...(apiKey === undefined ? {} : { apiKeyStore: apiKey.store, apiKeyItem: apiKey.item }),
  };
}
