import { playerState, previewEngine } from './preview.ts';
import { z } from './zod.ts';

/**
 * What passes between main and the player's page, which has no preload and no name of the contract: main answers the page's
 * requests to its own origin, and nothing else is between them. `GET /commands` is a stream of server-sent events, each one a
 * `PageCommand` as JSON; `POST /report` takes a `PageReport`. Whatever the page says is parsed by this schema.
 */
export const pageReport = z.discriminatedUnion('kind', [
  /** the page listens; `flowplayer`: its code could be loaded */
  z.strictObject({ kind: z.literal('ready'), flowplayer: z.boolean() }),
  z.strictObject({ kind: z.literal('state'), state: z.strictObject(playerState.shape) }),
]);
export type PageReport = z.input<typeof pageReport>;

export const pageSource = z.object({
  engine: previewEngine,
  /** the playlist without a token */
  url: z.string(),
  /** for Flowplayer's own option `playback_token`, and for hls.js the first segment of the path; `null`: none */
  token: z.string().nullable(),
  carry: z.enum(['path', 'query', 'header']),
  /** seconds to begin at */
  startAt: z.number(),
  paused: z.boolean(),
});
export type PageSource = z.output<typeof pageSource>;

export const pageCommand = z.discriminatedUnion('kind', [
  /** throws away what plays and begins this */
  z.object({ kind: z.literal('load'), source: pageSource }),
  z.object({ kind: z.literal('unload') }),
  z.object({ kind: z.literal('play') }),
  z.object({ kind: z.literal('pause') }),
  z.object({ kind: z.literal('seek'), time: z.number() }),
  z.object({ kind: z.literal('mute'), muted: z.boolean() }),
]);
export type PageCommand = z.output<typeof pageCommand>;
