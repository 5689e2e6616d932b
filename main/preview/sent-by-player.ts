import type { EdgeSettings, PreviewEngine } from '../../shared/contract/preview.ts';
import type { SentRequest } from '../../shared/edge/judge-request.ts';
import type { HeaderField } from '../../shared/evaluate/request.ts';
import { tokenisedUrl } from '../../shared/flowplayer/tokenised-url.ts';
import { PLAYER_ORIGIN } from './player-origin.ts';

/** What Chromium would add on the way to a network, and leaves out for main. */
export const PAGE_HEADERS: readonly HeaderField[] = [
  { name: 'origin', value: PLAYER_ORIGIN },
  { name: 'referer', value: `${PLAYER_ORIGIN}/` },
];

export interface Carried {
  readonly token: string | null;
  readonly carry: EdgeSettings['carry'];
  readonly engine: PreviewEngine;
}

/** The first address that an engine asks for: only what is in a path or a header goes along to the addresses after it. */
export function firstAddress(url: string, { token, carry, engine }: Carried): string {
  if (token === null || carry === 'header') return url;
  if (carry === 'query') {
    const asked = new URL(url);
    asked.searchParams.set('CAT', token);
    return asked.href;
  }
  const tokenised = tokenisedUrl(url, token);
  return tokenised.ok && (tokenised.value.byPlayer || engine === 'hls') ? tokenised.value.url : url;
}

/** A request as the page sends it with that token. */
export function sentByPlayer(url: string, { token, carry }: Carried): SentRequest {
  const own = token !== null && carry === 'header' ? [{ name: 'cta-common-access-token', value: token }] : [];
  return { url, method: 'GET', headers: [...own, ...PAGE_HEADERS] };
}
