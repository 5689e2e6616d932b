import { command, DONE, NOTHING } from './command.ts';
import { rowCause, traceRow } from './preview.ts';
import { richText } from './rich-text.ts';
import { z } from './zod.ts';

/** What a player would ask for, judged before it does: every address that the playlists name, as the edge stands now. */
const count = z.number().int().min(0);
const rowShape = traceRow.shape;

const walkEntry = z.object({
  /** as in a row of the trace: the address with the token elided, its host, its path without the token */
  url: rowShape.url,
  host: rowShape.host,
  path: rowShape.path,
  kind: rowShape.kind,
  /** 0: the first playlist; the entries of a playlist come right after it, one deeper */
  depth: count,
  /** how often its playlist names it: the byte ranges of one file, the key of many segments */
  times: z.number().int().min(1),
  /** what the edge would say of the token; `none`: no token would come along */
  verdict: rowShape.verdict,
  /** why it would be refused, or would not get through */
  cause: rowCause.exactOptional(),
  claim: rowShape.claim,
  /** a sentence without its full stop, where a rule or the envelope refuses */
  reason: richText.exactOptional(),
  lost: rowShape.lost,
  /** why a playlist's own addresses do not follow it */
  unread: z
    .enum([
      /** it is walked elsewhere in the list */
      'again',
      /** the edge would not ask the origin for it, or the origin refused */
      'refused',
      'missing',
      /** what came is no HLS playlist */
      'no-playlist',
      /** the origin was not reached: offline, or no answer */
      'no-answer',
      /** too many playlists, or too deep */
      'too-many',
    ])
    .exactOptional(),
  /** of a playlist: how many of its addresses are too many to be listed here and were not judged */
  cut: z.number().int().min(1).exactOptional(),
});
export type WalkEntry = z.output<typeof walkEntry>;

export const previewWalk = z.object({
  entries: z.array(walkEntry),
  /** requests that went out to the origin for it: playlists only, each in the ledger; none for the clip or a folder */
  requests: count,
  /** addresses that were not judged, all playlists together */
  cut: count,
});
export type PreviewWalk = z.output<typeof previewWalk>;

export const previewWalkCommands = {
  /**
   * Reads the playlists of what is loaded and judges each address with the token in use. Nothing is played or counted as
   * used. `ERR_PREVIEW_SOURCE`: nothing is loaded.
   */
  'preview.walk': command(NOTHING, previewWalk),
  /** gives up the walk under way: nothing more is sent for it, and what it answers is worth nothing */
  'preview.endWalk': command(NOTHING, DONE),
};
