import { millis, seconds } from '../units.ts';
import { command, DONE, NOTHING } from './command.ts';
import { keyIdSchema } from './keys.ts';
import { richText } from './rich-text.ts';
import { z } from './zod.ts';

/**
 * The preview as the window sees it: a stream, a token or two, an edge with its switches, and a trace of every request. The
 * player has a page and a session of its own, which main makes; the window says where it lies and what it shall do.
 */
const time = z.number().int().min(0).transform(millis);
const count = z.number().int().min(0);
const moment = z.number().transform(seconds);
const MAX_TEXT = 256 * 1024;

/** Where the view lies: CSS pixels of the window's page, before its zoom; main multiplies. */
export const viewBounds = z.strictObject({
  x: z.number().min(-10_000).max(100_000),
  y: z.number().min(-10_000).max(100_000),
  width: z.number().min(0).max(100_000),
  height: z.number().min(0).max(100_000),
});
export type ViewBounds = z.output<typeof viewBounds>;

export const previewEngine = z.enum(['flowplayer', 'hls']);
export type PreviewEngine = z.output<typeof previewEngine>;

export const tokenSlot = z.enum(['A', 'B']);
export type TokenSlot = z.output<typeof tokenSlot>;

/** What the edge does to requests on purpose. */
export const edgeFault = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  /** every answer waits */
  z.strictObject({ kind: z.literal('slow'), millis: z.number().int().min(1).max(60_000) }),
  z.strictObject({ kind: z.literal('status'), status: z.number().int().min(500).max(599) }),
  /** every token counts as expired from now on */
  z.strictObject({ kind: z.literal('expire') }),
  /** no answer has Access-Control-Allow-Origin, so a page may not read it: a player sees status 0 */
  z.strictObject({ kind: z.literal('no-cors') }),
]);

export const edgeSettings = z.strictObject({
  /** the local edge judges, and refuses what it would refuse; off: it only says what it would do */
  enforce: z.boolean(),
  /**
   * Requests go on to the real server of the source's address: the only way anything leaves. Off: they are answered here,
   * from the bundled clip or the chosen folder. With `enforce` the token stays here, and the origin never sees it.
   */
  passOn: z.boolean(),
  /** id of the verifier whose rules it judges by, see `verifiers/` */
  verifier: z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/),
  /** the one key it knows; `null`: every key of the key ring */
  keyId: keyIdSchema.nullable(),
  viewer: z.strictObject({
    /** textual IPv4 or IPv6 */
    ip: z.string().max(64),
    /** ISO 3166-1 alpha-2 or with subdivision; empty: not known */
    country: z.string().regex(/^(?:[A-Z]{2}(?:-[A-Z0-9]{1,3})?)?$/),
  }),
  /** milliseconds the edge's clock is ahead of this computer's; negative: behind */
  clockOffset: z.number().int().min(-10_000_000_000).max(10_000_000_000),
  fault: edgeFault,
  /**
   * How the playlists of the bundled clip or of a chosen folder name what they list: as they are (relative), or rewritten so
   * that a token in the path is lost, or with the last rendition in a folder of its own (`/hls-hq/…`)
   */
  addresses: z.enum(['relative', 'root-relative', 'absolute', 'two-folders']),
  /** how the token travels */
  carry: z.enum(['path', 'query', 'header']),
});
export type EdgeSettings = z.output<typeof edgeSettings>;
const edgeShape = edgeSettings.shape;
/** Members that are left out stay. */
const edgePatch = z.strictObject({
  enforce: edgeShape.enforce.exactOptional(),
  passOn: edgeShape.passOn.exactOptional(),
  verifier: edgeShape.verifier.exactOptional(),
  keyId: edgeShape.keyId.exactOptional(),
  viewer: edgeShape.viewer.exactOptional(),
  clockOffset: edgeShape.clockOffset.exactOptional(),
  fault: edgeShape.fault.exactOptional(),
  addresses: edgeShape.addresses.exactOptional(),
  carry: edgeShape.carry.exactOptional(),
});

/** What is played. `url` never has a token in it. */
export const previewSource = z.object({
  /** what answers: `clip`, the bundled one; `folder`, chosen in the system's dialog; `origin`, a real server (`passOn`) */
  kind: z.enum(['clip', 'folder', 'origin']),
  title: z.string(),
  /** the playlist's address as the player asks for it, without its token */
  url: z.string(),
  host: z.string(),
  /** what the player would do with the address by itself, where that is not what one would think */
  caveat: z.string().exactOptional(),
  /** of an OVP source */
  mediaId: z.string().exactOptional(),
  playerId: z.string().exactOptional(),
});
export type PreviewSource = z.output<typeof previewSource>;

export const tokenView = z.object({
  slot: tokenSlot,
  /** characters of its text */
  length: count,
  /** what it lets through, in words */
  sentence: richText,
  /** NumericDate; absent: no such claim */
  expires: moment.exactOptional(),
  notBefore: moment.exactOptional(),
  issuedAt: moment.exactOptional(),
  kid: z.string().exactOptional(),
  alg: z.string().exactOptional(),
  /** what to know before it is played, most urgent first */
  warnings: z.array(
    z.object({ code: z.enum(['replay', 'renewal', 'expired', 'short', 'unreadable']), sentence: richText }),
  ),
});

export const previewState = z.object({
  /** the player's page */
  page: z.enum(['closed', 'starting', 'ready', 'failed']),
  /** whether this copy of Catwalk has Flowplayer; hls.js is always there */
  flowplayer: z.boolean(),
  engine: previewEngine,
  source: previewSource.nullable(),
  tokens: z.object({ A: tokenView.nullable(), B: tokenView.nullable() }),
  /** the token the player has; `null`: it plays without one */
  inUse: tokenSlot.nullable(),
  edge: edgeSettings,
  /** requests answered on this computer, passed on to the origin, and refused to the player's page */
  counts: z.object({ answered: count, sent: count, blocked: count }),
});
export type PreviewState = z.output<typeof previewState>;

/** What the player says of itself, a few times a second while it plays. Its page is not trusted: nothing is decided by it. */
export const playerState = z.object({
  engine: previewEngine,
  phase: z.enum(['idle', 'loading', 'playing', 'paused', 'waiting', 'ended', 'failed']),
  /** seconds of the stream */
  time: z.number(),
  /** 0 as long as it is not known */
  duration: z.number(),
  /** seconds ahead of `time` that are in the buffer */
  buffered: z.number(),
  decodedFrames: count,
  droppedFrames: count,
  muted: z.boolean(),
  volume: z.number(),
  /** of the picture; 0 before the first frame */
  width: count,
  height: count,
  /** renditions as the player names them: what is shown, and what it asked for last */
  level: z.string(),
  asked: z.string(),
  error: z
    .object({
      /** as the player has it: `02-21`, or hls.js's `fragLoadError` */
      code: z.string(),
      name: z.string(),
      /** in words */
      message: z.string(),
      fatal: z.boolean(),
    })
    .nullable(),
});
export type PlayerState = z.output<typeof playerState>;

export const rowCause = z.enum([
  /** no copy of a token where the edge looks for one */
  'no-token',
  /** the same, and the playlist before it named an address that leaves the token behind */
  'lost-token',
  /** neither COSE nor the dot form */
  'unreadable',
  'integrity',
  'time',
  'claims',
  'fault',
  /** the origin refused */
  'origin',
  /** the origin gave no answer, or was not asked */
  'no-answer',
  /** nothing of that name is there */
  'missing',
  /** answered, but without a CORS header that lets the page read it */
  'cors',
]);
export type RowCause = z.output<typeof rowCause>;

export const traceRow = z.object({
  /** counts from 1; `preview.clear` does not start again */
  id: count,
  at: time,
  method: z.string(),
  /** the address with every token elided: `https://host/pt:A/hls/…` */
  url: z.string(),
  host: z.string(),
  /** path and query without the token's own segment or parameter */
  path: z.string(),
  kind: z.enum(['master', 'playlist', 'segment', 'init', 'key', 'subtitles', 'image', 'other']),
  /** absent: on its way */
  status: count.exactOptional(),
  /** the page was told status 0, because the answer has no CORS header that lets it read */
  hidden: z.boolean(),
  /** whoever answered */
  by: z.enum(['edge', 'origin', 'blocked']),
  /** the copy that was judged, else the first that was sent; absent: there was none */
  copy: z
    .object({ channel: z.enum(['path', 'query', 'header', 'cookie']), slot: tokenSlot.nullable() })
    .exactOptional(),
  /** all copies that came along */
  copies: count,
  verdict: z.enum(['pass', 'fail', 'unknown', 'none']),
  cause: rowCause.exactOptional(),
  /** the claim that refused, with the place in it: `catu.path` */
  claim: z.string().exactOptional(),
  /** the token was left behind: how the playlist named this address */
  lost: z.enum(['absolute', 'root-relative', 'elsewhere']).exactOptional(),
  /** row this repeats: the same address, after a refusal of it */
  retryOf: count.exactOptional(),
  /** the edge handed out a renewed token with this answer (catr) */
  renewed: z.enum(['cookie', 'header', 'redirect']).exactOptional(),
  /** bytes of the body */
  size: count,
  /** milliseconds until the body was there */
  took: z.number().min(0),
});
export type TraceRow = z.output<typeof traceRow>;

/** Rows that are new or changed, in order; a row that is known by its id is replaced. */
export const traceBatch = z.object({ rows: z.array(traceRow), cleared: z.boolean() });

export const previewSnapshot = z.object({
  state: previewState,
  rows: z.array(traceRow),
  player: playerState.nullable(),
});
export type PreviewSnapshot = z.output<typeof previewSnapshot>;

export const playerControl = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('play') }),
  z.strictObject({ kind: z.literal('pause') }),
  z.strictObject({ kind: z.literal('seek'), time: z.number().min(0).max(1_000_000) }),
  z.strictObject({ kind: z.literal('mute'), muted: z.boolean() }),
]);
export type PlayerControl = z.output<typeof playerControl>;

export const previewCommands = {
  /** makes the player's page, and the edge behind it, if they are not there; answers all that is known */
  'preview.open': command(NOTHING, previewSnapshot),
  /** destroys the page; source, tokens, edge and trace stay */
  'preview.close': command(NOTHING, DONE),
  /** `null` hides the view: before a dialog or menu of the window would lie under it, and while it is scrolled away */
  'preview.setBounds': command(z.strictObject({ bounds: viewBounds.nullable() }), DONE),
  /**
   * Any text: an address with or without a token, an OVP media id, `<player>/<media>`, an embed snippet; empty: the bundled
   * clip. A token in it takes slot A. An id that is not known yet is looked up in the OVP, at most two requests for each
   * workspace with an API key; `request` is their name for `ovp.cancel`. Errors of OVP calls, `ERR_PREVIEW_NO_WORKSPACE`,
   * `ERR_PREVIEW_NO_MEDIA`, `ERR_PREVIEW_NO_STREAM`. Plays at once, but for `hold`: then nothing is asked for before somebody
   * plays it, and its playlists can be walked.
   */
  'preview.load': command(
    z.strictObject({
      source: z.string().max(MAX_TEXT),
      request: z.uuid().exactOptional(),
      hold: z.boolean().exactOptional(),
    }),
    previewState,
    2 * MAX_TEXT,
  ),
  /**
   * A playlist or a folder of this computer, chosen in the system's dialog; `null`: none was. It answers in the place of the
   * bundled clip, under the address that is loaded, and nothing is passed on. `ERR_PREVIEW_MEDIA`: no HLS playlist in it.
   */
  'preview.chooseMedia': command(z.strictObject({ kind: z.enum(['file', 'folder']) }), previewState.nullable()),
  /** starts what is loaded anew from its beginning, with another engine or token if they are given */
  'preview.reload': command(z.strictObject({ engine: previewEngine.exactOptional() }), previewState),
  'preview.configure': command(edgePatch, previewState),
  /** any text with one token in it; `null` empties the slot. The player keeps what it has until `preview.useToken` */
  'preview.setToken': command(
    z.strictObject({ slot: tokenSlot, token: z.string().max(MAX_TEXT).nullable() }),
    previewState,
    2 * MAX_TEXT,
  ),
  /** swaps in place, and the position stays; `null`: goes on without a token */
  'preview.useToken': command(z.strictObject({ slot: tokenSlot.nullable() }), previewState),
  'preview.control': command(playerControl, DONE),
  /** forgets the rows */
  'preview.clear': command(NOTHING, DONE),
};

export const previewEvents = {
  'preview.changed': previewState,
  /** ten times a second at most */
  'preview.requests': traceBatch,
  'preview.player': playerState,
};
