import path from 'node:path';
import type { EventName } from '../../shared/contract/names.ts';
import type { OvpKeyList } from '../../shared/contract/ovp.ts';
import type { CryptoPort } from '../../shared/cose/crypto-port.ts';
import { type AppError, createError, type ErrorProblem } from '../../shared/errors.ts';
import { describeSetUp, type SetUpStep } from '../../shared/flowplayer/api/set-up.ts';
import { type TokenRequestError, writeTokenRequest } from '../../shared/flowplayer/api/token-request.ts';
import type { JsonObject } from '../../shared/json.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { type KeyId, millis } from '../../shared/units.ts';
import type { Ledger } from '../egress/ledger.ts';
import type { Send } from '../ipc/events.ts';
import type { Handlers } from '../ipc/register.ts';
import type { Keys } from '../keys/keys.ts';
import type { SecretBytes } from '../secrets/secret.ts';
import type { SecretHolder } from '../secrets/secret-holder.ts';
import type { Secrets } from '../secrets/secrets.ts';
import type { Loaded } from '../store/json-file.ts';
import { createCache } from './cache.ts';
import { calibrateKey } from './calibrate-key.ts';
import {
  createTokenCall,
  deleteKeyCall,
  listAssetsCall,
  listKeysCall,
  PAGE_SIZE,
  probeCall,
  showAssetCall,
} from './calls.ts';
import { type Call, createClient } from './client.ts';
import { type Clock, systemClock } from './clock.ts';
import { createKeyMaker } from './create-key.ts';
import type { Fetch } from './exchange.ts';
import { type FoundStream, findStream } from './find-stream.ts';
import { createQueue } from './queue.ts';
import { loadUnfinishedKeys } from './unfinished-keys.ts';
import { loadWorkspaces } from './workspaces.ts';

type OvpCommand = Extract<keyof Handlers, `ovp.${string}`>;
type OvpEvent = Extract<EventName, `ovp.${string}`>;
export type OvpHandlers = Pick<Handlers, OvpCommand>;

/** All that main does with OVPs. */
export interface Ovp {
  readonly handlers: OvpHandlers;
  /** the API keys, for whoever moves secrets between stores */
  readonly holder: SecretHolder;
  /** a token was signed here with a key of this workspace: a step of the guide */
  noteTokenMade(workspace: string): Promise<void>;
  /** the stream of a media id, of whatever workspace; `request` is its name in the queue */
  findStream(id: string, request?: string): Promise<Result<FoundStream, AppError>>;
  /** secrets that closing the app would lose: ask before it closes */
  countHeld(): number;
  /** the secret of a held key, for a reveal that its owner confirmed */
  heldSecret(id: KeyId): SecretBytes | undefined;
  /** sends nothing more, and resolves when all that was under way is written down */
  close(): Promise<void>;
}

export interface OvpOptions {
  readonly profile: string;
  readonly fetch: Fetch;
  readonly ledger: Ledger;
  readonly secrets: Secrets;
  readonly keys: Keys;
  readonly crypto: CryptoPort;
  readonly send: Send;
  /** what was found when a file of the profile was read */
  note(what: string, outcome: { readonly notice?: Loaded<unknown>['notice']; readonly error?: AppError }): void;
  /** a workspace came, changed or went, and with it perhaps its API key */
  readonly apiKeysChanged?: () => void;
  readonly clock?: Clock;
  readonly timeoutMillis?: number;
}

export async function createOvp(options: OvpOptions): Promise<Ovp> {
  const { profile, fetch, ledger, secrets, keys, crypto, send, note, clock = systemClock, timeoutMillis } = options;
  const tell: <Name extends OvpEvent>(name: Name, payload: Parameters<typeof send<Name>>[1]) => void = send;
  const loaded = await loadWorkspaces({
    file: path.join(profile, 'ovp-workspaces.json'),
    secrets,
    changed: (list) => {
      tell('ovp.workspacesChanged', [...list]);
      options.apiKeysChanged?.();
    },
  });
  note('The list of OVP workspaces', loaded);
  const loadedUnfinished = await loadUnfinishedKeys(path.join(profile, 'ovp-unfinished.json'), (list) =>
    tell('ovp.unfinishedChanged', [...list]),
  );
  note('The list of unfinished keys', loadedUnfinished);

  const { workspaces } = loaded;
  const queue = createQueue({ clock, changed: () => tell('ovp.queueChanged', queue.state()) });
  const client = createClient({
    fetch,
    ledger,
    queue,
    clock,
    ...(timeoutMillis === undefined ? {} : { timeoutMillis }),
  });
  const cache = createCache(path.join(profile, 'ovp'), clock.now);
  const maker = createKeyMaker({ client, keys, unfinished: loadedUnfinished.unfinished, now: clock.now });

  /** A call of a workspace; what goes wrong as the error that is shown. */
  async function call<T>(workspace: string, what: Call<T>, request: string | undefined): Promise<Result<T, AppError>> {
    const target = workspaces.target(workspace);
    if (!target.ok) return target;
    const answer = await client.call(target.value, what, request);
    return answer.ok ? answer : err(answer.error.error);
  }

  async function viewKeys(workspace: string): Promise<OvpKeyList> {
    const cached = await cache.keys(workspace);
    const local = new Map((await keys.list()).map((key) => [key.kid, key.id]));
    return {
      ...cached,
      keys: cached.keys.map(({ id, name, createdAt }) => {
        const here = local.get(id);
        return {
          kid: id,
          name,
          ...(createdAt === undefined ? {} : { createdAt }),
          ...(here === undefined ? {} : { local: here }),
        };
      }),
    };
  }

  async function refreshKeys(workspace: string, request: string | undefined): Promise<Result<OvpKeyList, AppError>> {
    const list = await call(workspace, listKeysCall(), request);
    if (list.ok) {
      const { keys: fresh, total } = list.value;
      const fetchedAt = millis(clock.now());
      const told = total === undefined ? {} : { total };
      await cache.putKeys(workspace, { keys: [...fresh], ...told, fetchedAt, offered: 'yes' });
      return ok(await viewKeys(workspace));
    }
    if (list.error.code === 'ERR_OVP_NOT_OFFERED')
      await cache.putKeys(workspace, { ...(await cache.keys(workspace)), offered: 'no' });
    return list;
  }

  async function requestToken(workspace: string, kid: string, claims: JsonObject, request: string | undefined) {
    const body = writeTokenRequest(claims, kid);
    if (!body.ok) return err(describeClaims(body.error));
    const token = await call(
      workspace,
      createTokenCall(() => body.value.body),
      request,
    );
    if (!token.ok) return token;
    // not waited for: tokens arrive in the order they were asked for
    void noteTokenMade(workspace);
    return ok({ token: token.value, notes: [...body.value.notes] });
  }

  async function noteTokenMade(workspace: string): Promise<void> {
    const found = workspaces.find(workspace);
    if (found.ok && !found.value.tokenMade) await workspaces.note(workspace, { tokenMade: true });
  }

  async function setUp(workspace: string, asset: ChosenAsset | undefined) {
    const found = workspaces.find(workspace);
    if (!found.ok) return found;
    const { told, tokenMade } = found.value;
    const cached = asset && (await cache.asset(workspace, asset.kind, asset.id));
    const ready = (await keys.list()).filter((key) => key.workspace === workspace && key.secret === 'ready');
    const steps = (['asset', 'embed'] as const).filter((step) => asset && told.includes(toldName(step, asset)));
    const listed = workspaces.list().find(({ id }) => id === workspace);
    return ok([
      ...describeSetUp({
        hasApiKey: listed?.apiKey === 'stored',
        ...(asset === undefined ? {} : { tokenMode: cached?.tokenMode ?? 'unknown' }),
        readyKeys: ready.map(({ name }) => name),
        tokenMade,
        told: new Set<SetUpStep>(steps),
      }),
    ]);
  }

  const handlers: OvpHandlers = {
    'ovp.workspaces': () => ok([...workspaces.list()]),
    'ovp.saveWorkspace': (input) => workspaces.save(input),
    'ovp.deleteWorkspace': async ({ id }) => {
      const deleted = await workspaces.delete(id);
      if (deleted.ok) await cache.delete(id);
      return deleted;
    },
    'ovp.exportWorkspaces': () => ok({ fileName: 'catwalk-ovp-workspaces.json', json: workspaces.export() }),
    'ovp.setApiKey': ({ workspace, apiKey, store }) => workspaces.setApiKey(workspace, apiKey, store),
    'ovp.forgetApiKey': ({ workspace }) => workspaces.forgetApiKey(workspace),
    'ovp.test': async ({ workspace, request }) => {
      const page = await call(workspace, probeCall, request);
      if (!page.ok) return page;
      const { total } = page.value;
      return ok(total === undefined ? {} : { videos: total });
    },

    'ovp.createKey': async ({ workspace, name, environment, notes = '', store, request }) => {
      const target = workspaces.target(workspace);
      if (!target.ok) return target;
      const wish = { name, environment, notes, store, ...(request === undefined ? {} : { request }) };
      return maker.create(target.value, wish);
    },
    'ovp.unfinishedKeys': async () => ok([...(await maker.unfinished())]),
    'ovp.storeUnfinishedKey': ({ id, store }) => maker.storeAgain(id, store),
    'ovp.forgetUnfinishedKey': async ({ id }) => {
      const forgotten = await maker.forget(id);
      return forgotten.ok ? ok([...(await maker.unfinished())]) : forgotten;
    },

    'ovp.keys': async ({ workspace, refresh, request }) => {
      const found = workspaces.find(workspace);
      if (!found.ok) return found;
      return refresh ? refreshKeys(workspace, request) : ok(await viewKeys(workspace));
    },
    'ovp.deleteKey': async ({ workspace, kid, request }) => {
      const deleted = await call(workspace, deleteKeyCall(kid), request);
      if (deleted.ok || deleted.error.code === 'ERR_OVP_NOT_FOUND' || deleted.error.code === 'ERR_OVP_DELETED') {
        const { total: _total, ...cached } = await cache.keys(workspace);
        await cache.putKeys(workspace, { ...cached, keys: cached.keys.filter(({ id }) => id !== kid) });
      }
      return deleted;
    },
    'ovp.requestToken': ({ workspace, kid, claims, request }) => requestToken(workspace, kid, claims, request),
    'ovp.calibrate': ({ key, token, request }) =>
      calibrateKey(key, token, request, { client, keys, crypto, now: clock.now, target: workspaces.target }),

    'ovp.assets': async ({ workspace, kind, search = '', page, refresh, request }) => {
      const found = workspaces.find(workspace);
      if (!found.ok) return found;
      if (!refresh) return ok(await cache.search(workspace, kind, search, page));
      const fresh = await call(workspace, listAssetsCall(kind, page, search), request);
      if (!fresh.ok) return fresh;
      const { assets, total } = fresh.value;
      const isEverything = search === '' && page === 0 && total !== undefined && total <= assets.length;
      const fetchedAt = await cache.putPage(workspace, kind, fresh.value, isEverything);
      const counted = total ?? page * PAGE_SIZE + assets.length;
      return ok({ assets: [...assets], total: counted, page, pageSize: PAGE_SIZE, fetchedAt, source: 'ovp' });
    },
    'ovp.asset': async ({ workspace, kind, id, request }) => {
      const asset = await call(workspace, showAssetCall(kind, id), request);
      if (asset.ok) await cache.putAsset(workspace, asset.value);
      else if (asset.error.code === 'ERR_OVP_NOT_FOUND' || asset.error.code === 'ERR_OVP_DELETED')
        await cache.dropAsset(workspace, kind, id);
      return asset;
    },

    'ovp.setUp': ({ workspace, asset }) => setUp(workspace, asset),
    'ovp.tellSetUp': async ({ workspace, asset, step, done }) => {
      const found = workspaces.find(workspace);
      if (!found.ok) return found;
      const name = toldName(step, asset);
      const others = found.value.told.filter((one) => one !== name);
      const noted = await workspaces.note(workspace, { told: done ? [...others, name] : others });
      return noted.ok ? setUp(workspace, asset) : noted;
    },

    'ovp.queue': () => ok(queue.state()),
    'ovp.cancel': ({ requests }) => {
      queue.cancel(requests);
      return ok(queue.state());
    },
  };

  return {
    handlers,
    holder: workspaces,
    noteTokenMade,
    findStream: (id, request) => findStream(id, request, { workspaces, cache, call }),
    countHeld: () => loadedUnfinished.unfinished.list().filter(({ state }) => state === 'held').length,
    heldSecret: (id) => maker.heldSecret(id),
    close: async () => {
      queue.close();
      await maker.settled();
      await Promise.all([workspaces.settled(), cache.settled()]);
    },
  };
}

interface ChosenAsset {
  readonly kind: 'video' | 'livestream';
  readonly id: string;
}

const toldName = (step: 'asset' | 'embed', { kind, id }: ChosenAsset): string => `${step} ${kind}/${id}`;

/** Claims that cannot become a request, each problem with its place. */
function describeClaims(error: TokenRequestError): AppError {
  const problems: readonly ErrorProblem[] =
    error.kind === 'unreadable'
      ? error.problems
      : error.notes
          .filter(({ kind }) => kind === 'refused')
          .map(({ claim, message }) => ({ path: claim === undefined ? [] : [claim], message }));
  const [first] = problems;
  return createError('ERR_OVP_CLAIMS', {
    ...(first === undefined ? {} : { message: first.message }),
    problems,
  });
}
