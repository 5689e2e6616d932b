/** Ways to put a Flowplayer player, or its stream, into a page or an application (FLOWPLAYER §3 of the field notes). */
export type EmbedForm = 'es-module' | 'async' | 'manual' | 'react' | 'iframe' | 'wordpress' | 'ios' | 'android';

/** One embed met in a text, and what it says. */
export interface Embed {
  readonly form: EmbedForm;
  /** its range in the text, in UTF-16 units */
  readonly start: number;
  readonly end: number;
  readonly mediaId?: string;
  readonly playerId?: string;
  /** the workspace, in the async form's address */
  readonly siteId?: string;
  /** an address of a stream, when the source is one */
  readonly src?: string;
  /** the CAT */
  readonly playbackToken?: string;
  /** the player's licence, a JWT; never to be taken for the CAT */
  readonly licence?: string;
}
