import type { Json } from '../json.ts';
import { millis } from '../units.ts';
import { command, DONE, NOTHING } from './command.ts';
import { environment, keyIdSchema, keyName, keyRecord } from './keys.ts';
import { secretStoreKind } from './secrets.ts';
import { z } from './zod.ts';

/**
 * The Flowplayer OVP as the window knows it. API keys and playback token keys go in or are made in main, and no schema of
 * this file lets one out. Whatever sends says so in its comment, with the number of requests; everything else answers from
 * what main has. Errors of calls carry the OVP’s own answer in `AppError.answer`.
 */
const time = z.number().int().min(0).transform(millis);
const workspaceId = z.uuid();
const json: z.ZodType<Json, Json> = z.json();
/** chosen by the window, so that it can find and cancel the call it made; main makes one up when it is left out */
const request = z.uuid().exactOptional();

/** Requests a second the organization may send: 1, or 3 on enterprise plans. */
export const ovpTier = z.enum(['standard', 'enterprise']);
export type OvpTier = z.output<typeof ovpTier>;

export const ovpWorkspace = z.object({
  id: workspaceId,
  name: z.string(),
  /** where its requests go: scheme, host and port */
  address: z.string(),
  /** as it is to be shown before anything is sent */
  host: z.string(),
  /** `api.flowplayer.com`; any other host was named by the user */
  isVendor: z.boolean(),
  tier: ovpTier,
  /** `other-host`: one is stored, but it was entered for another host and is not sent to this one */
  apiKey: z.enum(['stored', 'missing', 'other-host']),
  /** where the API key is, and the name of its item there */
  apiKeyStore: secretStoreKind.exactOptional(),
  apiKeyItem: z.string().exactOptional(),
});
export type OvpWorkspace = z.output<typeof ovpWorkspace>;

const workspaceName = keyName;

/** Without `id` a new one. An address that moves to another host takes no API key along: it has to be entered again. */
export const ovpWorkspaceInput = z.strictObject({
  id: workspaceId.exactOptional(),
  name: workspaceName,
  /** `https://api.flowplayer.com`, or another host that the user named; http for this machine only */
  address: z.string().max(300),
  tier: ovpTier,
});
export type OvpWorkspaceInput = z.input<typeof ovpWorkspaceInput>;

/**
 * A key the OVP made, or may have made, whose secret is not safely stored. `held`: main has the secret in memory and can
 * store it; closing the app loses it. `lost`: the key exists, and its secret was never stored here. `uncertain`: it could
 * not be found out whether the key exists. The last two are remembered across restarts until they are forgotten.
 */
export const ovpUnfinishedKey = z.object({
  id: keyIdSchema,
  workspace: workspaceId,
  name: z.string(),
  environment,
  state: z.enum(['held', 'lost', 'uncertain']),
  /** the key’s id in the OVP, when it is known */
  kid: z.string().exactOptional(),
  at: time,
  /** one or two sentences: what happened and what can be done */
  reason: z.string(),
});
export type OvpUnfinishedKey = z.output<typeof ovpUnfinishedKey>;

/** `stored` only after the secret was read back from the store and the key is in the list. */
export const ovpKeyOutcome = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('stored'), key: keyRecord }),
  z.object({ kind: z.literal('unfinished'), unfinished: ovpUnfinishedKey }),
]);
export type OvpKeyOutcome = z.output<typeof ovpKeyOutcome>;

/** A key as the OVP lists it, and the local key of the same kid, if its secret is here. */
export const ovpListedKey = z.object({
  kid: z.string(),
  name: z.string(),
  createdAt: time.exactOptional(),
  local: keyIdSchema.exactOptional(),
});
export type OvpListedKey = z.output<typeof ovpListedKey>;

export const ovpKeyList = z.object({
  keys: z.array(ovpListedKey),
  /** all there are, where the OVP tells it: more than `keys` means that not all came */
  total: z.number().int().min(0).exactOptional(),
  /** when the list came; absent: it never did */
  fetchedAt: time.exactOptional(),
  /** the vendor documents listing and deleting keys for a sibling API only: `no` was answered when it was tried */
  offered: z.enum(['yes', 'no', 'unknown']),
});
export type OvpKeyList = z.output<typeof ovpKeyList>;

export const ovpAssetKind = z.enum(['video', 'livestream']);

export const ovpAsset = z.object({
  kind: ovpAssetKind,
  id: z.string(),
  name: z.string(),
  /** say `tokenModeWarning` of `shared/flowplayer/api/token-mode.ts` beside it */
  tokenMode: z.enum(['none', 'basic', 'advanced', 'default', 'unknown']),
  createdAt: time.exactOptional(),
  /** seconds */
  duration: z.number().min(0).exactOptional(),
  state: z.string().exactOptional(),
  /** the HLS playlist, without a token; check it with `checkPathId` before a rule names the id */
  streamUrl: z.string().exactOptional(),
});

export const ovpAssetPage = z.object({
  assets: z.array(ovpAsset),
  /** that fit the search: told by the OVP, or counted in what is cached */
  total: z.number().int().min(0),
  page: z.number().int().min(0),
  pageSize: z.number().int().min(1),
  /** of the newest answer of the OVP about this kind; absent: there never was one */
  fetchedAt: time.exactOptional(),
  source: z.enum(['ovp', 'cache']),
});
export type OvpAssetPage = z.output<typeof ovpAssetPage>;

/** What is said about a request’s claims: left out, or worth knowing. `IssueNote` of the engine. */
const issueNote = z.object({
  kind: z.enum(['refused', 'left-out', 'changed', 'hint']),
  code: z.string(),
  message: z.string(),
  claim: z.string().exactOptional(),
});

export const ovpCalibration = z.discriminatedUnion('state', [
  /** remembered: the key’s record has it, and its secret is read so from now on */
  z.object({ state: z.literal('matched'), key: keyRecord }),
  /** `kidMatches: false`: the token names another key */
  z.object({ state: z.literal('no-match'), kidMatches: z.boolean().exactOptional(), reason: z.string() }),
  z.object({ state: z.literal('cannot-tell'), reason: z.string() }),
]);
export type OvpCalibration = z.output<typeof ovpCalibration>;

/** The vendor’s guide, step by step. What the app cannot see is `unknown` until a person says it is done. */
export const ovpSetUpStep = z.object({
  step: z.enum(['api-key', 'asset', 'key', 'token', 'embed']),
  state: z.enum(['done', 'open', 'unknown']),
  reason: z.string(),
});
export const ovpSetUp = z.array(ovpSetUpStep);
const chosenAsset = z.strictObject({ kind: ovpAssetKind, id: z.string().min(1).max(256) });

/** The one queue of all requests to OVPs, first come, first sent. */
export const ovpQueue = z.object({
  entries: z.array(
    z.object({
      id: z.uuid(),
      workspace: workspaceId,
      /** what it does, in words: “ask for a token” */
      what: z.string(),
      state: z.enum(['waiting', 'sending', 'backing-off']),
      /** counts from 1 */
      attempt: z.number().int().min(1),
    }),
  ),
  /** how many are waiting, the one that backs off included */
  waiting: z.number().int().min(0),
  /** when the next one may leave, while one waits: count down to it */
  nextAt: time.exactOptional(),
  /** why it is later than the limit alone would have it: “the OVP answered 429” */
  backingOff: z.string().exactOptional(),
});
export type OvpQueue = z.output<typeof ovpQueue>;

const MAX_CLAIMS = 256 * 1024;
const MAX_TOKEN_TEXT = 256 * 1024;
const kid = z.string().min(1).max(256);

export const ovpCommands = {
  'ovp.workspaces': command(NOTHING, z.array(ovpWorkspace)),
  'ovp.saveWorkspace': command(ovpWorkspaceInput, ovpWorkspace),
  /** forgets its API key and what was cached; playback token keys stay, and sign on */
  'ovp.deleteWorkspace': command(z.strictObject({ id: workspaceId }), DONE),
  /** names, addresses and tiers as JSON; no secret, no id of an item */
  'ovp.exportWorkspaces': command(NOTHING, z.object({ fileName: z.string(), json: z.string() })),
  /** the key goes in once. `store` is the one the screen named: if secrets would go elsewhere by now, nothing is stored */
  'ovp.setApiKey': command(
    z.strictObject({ workspace: workspaceId, apiKey: z.string().trim().min(1).max(1024), store: secretStoreKind }),
    ovpWorkspace,
  ),
  'ovp.forgetApiKey': command(z.strictObject({ workspace: workspaceId }), ovpWorkspace),
  /** sends 1 request, GET /videos: whether the API key is accepted, and how many videos it may read */
  'ovp.test': command(
    z.strictObject({ workspace: workspaceId, request }),
    z.object({ videos: z.number().int().min(0).exactOptional() }),
  ),

  /** sends 1 request, and 1 more to look for the key if no answer comes. See `ovpKeyOutcome` */
  'ovp.createKey': command(
    z.strictObject({
      workspace: workspaceId,
      name: keyName,
      environment,
      notes: z.string().max(2000).exactOptional(),
      store: secretStoreKind,
      request,
    }),
    ovpKeyOutcome,
  ),
  'ovp.unfinishedKeys': command(NOTHING, z.array(ovpUnfinishedKey)),
  /** tries to store a `held` secret again, in the same store or another */
  'ovp.storeUnfinishedKey': command(z.strictObject({ id: keyIdSchema, store: secretStoreKind }), ovpKeyOutcome),
  /** of a `held` key this forgets the secret for good; the key itself stays in the OVP */
  'ovp.forgetUnfinishedKey': command(z.strictObject({ id: keyIdSchema }), z.array(ovpUnfinishedKey)),

  /** with `refresh` sends 1 request, GET /playback_tokens/keys; without, answers what came last */
  'ovp.keys': command(z.strictObject({ workspace: workspaceId, refresh: z.boolean(), request }), ovpKeyList),
  /** sends 1 request. Only the OVP’s key is deleted; the local one of the same kid stays until it is deleted itself */
  'ovp.deleteKey': command(z.strictObject({ workspace: workspaceId, kid, request }), DONE),
  /** sends 1 request, POST /playback_tokens. Claims the API does not take are left out, and a note says so */
  'ovp.requestToken': command(
    z.strictObject({ workspace: workspaceId, kid, claims: z.record(z.string(), json), request }),
    z.object({ token: z.string(), notes: z.array(issueNote) }),
    MAX_CLAIMS,
  ),
  /** without `token` sends 1 request for a token of 60 seconds that fits no asset */
  'ovp.calibrate': command(
    z.strictObject({ key: keyIdSchema, token: z.string().min(1).max(MAX_TOKEN_TEXT).exactOptional(), request }),
    ovpCalibration,
    2 * MAX_TOKEN_TEXT + 1024,
  ),

  /** with `refresh` sends 1 request; without, searches what is cached. Pages count from 0 */
  'ovp.assets': command(
    z.strictObject({
      workspace: workspaceId,
      kind: ovpAssetKind,
      search: z.string().trim().max(200).exactOptional(),
      page: z.number().int().min(0).max(10_000),
      refresh: z.boolean(),
      request,
    }),
    ovpAssetPage,
  ),
  /** sends 1 request: the asset as it is now, its token mode above all */
  'ovp.asset': command(z.strictObject({ workspace: workspaceId, ...chosenAsset.shape, request }), ovpAsset),

  'ovp.setUp': command(z.strictObject({ workspace: workspaceId, asset: chosenAsset.exactOptional() }), ovpSetUp),
  /** what only a person can tell: `asset` that the asset is set to Advanced, `embed` that the page has the token */
  'ovp.tellSetUp': command(
    z.strictObject({ workspace: workspaceId, asset: chosenAsset, step: z.enum(['asset', 'embed']), done: z.boolean() }),
    ovpSetUp,
  ),

  'ovp.queue': command(NOTHING, ovpQueue),
  /** the named ones, or all. What is being sent ends at once, except the making of a key: its answer comes only once */
  'ovp.cancel': command(z.strictObject({ requests: z.array(z.uuid()).max(1000).exactOptional() }), ovpQueue),
};

export const ovpEvents = {
  'ovp.queueChanged': ovpQueue,
  'ovp.workspacesChanged': z.array(ovpWorkspace),
  'ovp.unfinishedChanged': z.array(ovpUnfinishedKey),
};
