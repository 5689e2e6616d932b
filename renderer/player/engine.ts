import type { PageSource } from '../../shared/contract/player-page.ts';
import type { PlayerState } from '../../shared/contract/preview.ts';

export type EngineError = NonNullable<PlayerState['error']>;

/** What plays now. */
export interface Engine {
  readonly video: HTMLVideoElement;
  /** renditions as `720p`: what is shown, and what was asked for last */
  levels(): { readonly shown: string; readonly asked: string };
  destroy(): void;
}

/** Fills the stage and begins, unless the source is to be paused. `failed` is called for each error, fatal or not. */
export type StartEngine = (stage: HTMLElement, source: PageSource, failed: (error: EngineError) => void) => Engine;

/**
 * Seconds that are fetched ahead. The engines' own 30 would take a short stream whole at its start: a token that expires, a
 * fault or a swap would show in no request.
 */
export const AHEAD = 6;

/** For a token in a header; what the request's own library would set stays. */
export function makeHeaderSetup(source: PageSource): ((xhr: XMLHttpRequest) => void) | undefined {
  const { token, carry } = source;
  if (token === null || carry !== 'header') return undefined;
  return (xhr) => xhr.setRequestHeader('CTA-Common-Access-Token', token);
}

/** The address with the token in its query, where it is to travel there. */
export function addQueryToken(source: PageSource): string {
  if (source.token === null || source.carry !== 'query') return source.url;
  const url = new URL(source.url);
  url.searchParams.set('CAT', source.token);
  return url.href;
}

interface Level {
  readonly height?: number;
  readonly bitrate?: number;
}
export function nameLevel(level: Level | undefined): string {
  if (level === undefined) return '';
  if (level.height !== undefined && level.height > 0) return `${level.height}p`;
  // a stream of one rendition says neither
  return level.bitrate === undefined || level.bitrate === 0 ? '' : `${Math.round(level.bitrate / 1000)} kbit/s`;
}

/** An engine's message can hold the address, and the address the token. */
export const withoutAddresses = (message: string): string => message.replace(/\bhttps?:\/\/\S+/g, '…').slice(0, 500);
