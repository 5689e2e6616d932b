import { PLAYER_ORIGIN } from '../preview/player-origin.ts';

/** As CDNs of streams send them. */
export const CORS_HEADERS: readonly (readonly [name: string, value: string])[] = [
  ['access-control-allow-origin', '*'],
  ['access-control-expose-headers', 'Content-Length, Content-Range, Date'],
];

/**
 * Whether a browser would show an answer to the player's page (Fetch §3.3.5). Requests that main answers itself are not
 * checked by Chromium, so that the edge has to say it.
 */
export function allowsPage(headers: readonly (readonly [name: string, value: string])[]): boolean {
  const allowed = headers.filter(([name]) => name.toLowerCase() === 'access-control-allow-origin');
  const [only] = allowed;
  return allowed.length === 1 && (only?.[1] === '*' || only?.[1] === PLAYER_ORIGIN);
}
