import { untokenisedUrl } from '../tokenised-url.ts';

/** Whether a rule “path contains <id>” would cover an asset’s stream. */
export type PathIdCheck =
  /** it would: the path holds the id */
  | { readonly kind: 'holds' }
  /** it would not: the path holds other ids, as livestreams’ links do; `ids` in their order */
  | { readonly kind: 'other'; readonly ids: readonly string[] }
  /** it would not, and nothing in the path looks like an id */
  | { readonly kind: 'none' }
  | { readonly kind: 'not-an-address' };

const ADDRESS = /^(?:https?:)?\/\/[^/?#\s]+([^?#\s]*)/i;
const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/gi;
/** the other kind of media id: eight letters and digits as a step of the path, of which at least one is a digit */
const SHORT = /(?<=\/)(?=[A-Za-z]{0,7}\d)[A-Za-z0-9]{8}(?=\/|$)/g;

/**
 * Looks for an asset’s id in the path of its real stream: an id of the API is not always the one in the path, and a token
 * restricted to the wrong one lets nothing pass. Case counts, as it does for recipients.
 */
export function checkPathId(url: string, assetId: string): PathIdCheck {
  const path = ADDRESS.exec(untokenisedUrl(url.trim()).url)?.[1];
  if (path === undefined) return { kind: 'not-an-address' };
  if (assetId !== '' && path.includes(assetId)) return { kind: 'holds' };
  const ids = [...new Set([...(path.match(UUID) ?? []), ...(path.match(SHORT) ?? [])])];
  return ids.length === 0 ? { kind: 'none' } : { kind: 'other', ids };
}
