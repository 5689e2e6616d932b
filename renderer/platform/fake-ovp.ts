import type { EventName } from '../../shared/contract/names.ts';
import type { OvpAssetPage, OvpKeyList, OvpQueue, OvpUnfinishedKey, OvpWorkspace } from '../../shared/contract/ovp.ts';
import { type AppError, createError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Platform } from './platform.ts';

type Ovp = Platform['ovp'];
type Answer = <T>(name: string, input: unknown, result: Result<T, AppError>) => Promise<Result<T, AppError>>;

export interface FakeOvpOptions {
  readonly workspaces?: readonly OvpWorkspace[];
  readonly unfinished?: readonly OvpUnfinishedKey[];
  readonly queue?: OvpQueue;
  /** takes the place of single calls */
  readonly calls?: Partial<Ovp>;
}

const QUEUE: OvpQueue = { entries: [], waiting: 0 };
const KEYS: OvpKeyList = { keys: [], offered: 'unknown' };
const PAGE: OvpAssetPage = { assets: [], total: 0, page: 0, pageSize: 20, source: 'cache' };

/** The OVP's part of the fake platform: workspaces as they are given, nothing cached, and no key is ever made. */
export function createFakeOvp(
  options: FakeOvpOptions,
  answer: Answer,
  on: (name: EventName) => (listener: (payload: never) => void) => () => void,
): Ovp {
  const gone = err(createError('ERR_OVP_WORKSPACE_GONE'));
  const unfinished = [...(options.unfinished ?? [])];
  return {
    workspaces: () => answer('ovp.workspaces', undefined, ok([...(options.workspaces ?? [])])),
    saveWorkspace: (input) => answer('ovp.saveWorkspace', input, gone),
    deleteWorkspace: (input) => answer('ovp.deleteWorkspace', input, ok(null)),
    exportWorkspaces: () => answer('ovp.exportWorkspaces', undefined, ok({ fileName: '', json: '' })),
    setApiKey: (input) => answer('ovp.setApiKey', { ...input, apiKey: '' }, gone),
    forgetApiKey: (input) => answer('ovp.forgetApiKey', input, gone),
    test: (input) => answer('ovp.test', input, ok({})),
    createKey: (input) => answer('ovp.createKey', input, gone),
    unfinishedKeys: () => answer('ovp.unfinishedKeys', undefined, ok(unfinished)),
    storeUnfinishedKey: (input) => answer('ovp.storeUnfinishedKey', input, err(createError('ERR_OVP_UNFINISHED_GONE'))),
    forgetUnfinishedKey: (input) => answer('ovp.forgetUnfinishedKey', input, ok([])),
    keys: (input) => answer('ovp.keys', input, ok(KEYS)),
    deleteKey: (input) => answer('ovp.deleteKey', input, ok(null)),
    requestToken: (input) => answer('ovp.requestToken', input, gone),
    calibrate: (input) => answer('ovp.calibrate', input, err(createError('ERR_KEY_NOT_FOUND'))),
    assets: (input) => answer('ovp.assets', input, ok(PAGE)),
    asset: (input) => answer('ovp.asset', input, err(createError('ERR_OVP_NOT_FOUND'))),
    setUp: (input) => answer('ovp.setUp', input, ok([])),
    tellSetUp: (input) => answer('ovp.tellSetUp', input, ok([])),
    queue: () => answer('ovp.queue', undefined, ok(options.queue ?? QUEUE)),
    cancel: (input) => answer('ovp.cancel', input, ok(QUEUE)),
    onQueueChanged: on('ovp.queueChanged'),
    onWorkspacesChanged: on('ovp.workspacesChanged'),
    onUnfinishedChanged: on('ovp.unfinishedChanged'),
    ...options.calls,
  };
}
