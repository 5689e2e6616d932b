import path from 'node:path';
import { nodeCrypto } from '../../../../main/crypto/node-crypto.ts';
import type { EdgeStage } from '../../../../main/edge/edge.ts';
import type { EdgeSettings } from '../../../../shared/contract/preview.ts';
import type { SentRequest } from '../../../../shared/edge/judge-request.ts';
import { keepOpened } from '../../../../shared/edge/open-token.ts';
import type { JsonObject } from '../../../../shared/json.ts';
import { DEFAULT_EDGE } from '../../../../shared/preview/default-edge.ts';
import { CLIP_URL } from '../../../../shared/preview/parse-source.ts';
import { issue, KEY } from '../../issue/issuing.ts';

export const NOW = 1_795_525_652_000;
export const CLIP = path.resolve(import.meta.dirname, '../../../../assets/clip');
/** the folder of the clip's address */
export const BASE = CLIP_URL.slice(0, -'playlist.m3u8'.length);

export const SETTINGS: EdgeSettings = {
  ...DEFAULT_EDGE,
  verifier: 'cta-5007',
  viewer: { ip: '192.0.2.7', country: 'SE' },
};

/** The edge before the bundled clip, with one key. */
export const stageWith = (settings: Partial<EdgeSettings> = {}, more: Partial<EdgeStage> = {}): EdgeStage => ({
  settings: { ...SETTINGS, ...settings },
  tokens: keepOpened([KEY], nodeCrypto),
  mount: { folder: CLIP, fileName: 'playlist.m3u8', url: new URL(CLIP_URL) },
  source: new URL(CLIP_URL),
  hasToken: true,
  ...more,
});

/** A token of that key; its issuer and version need no word. */
export const tokenWith = (claims: JsonObject = {}): string =>
  Buffer.from(issue('cta-5007-b', { iss: 'test', catv: 1, exp: NOW / 1000 + 600, ...claims }).bytes).toString(
    'base64url',
  );

export const get = (url: string, headers: Readonly<Record<string, string>> = {}): SentRequest => ({
  url,
  method: 'GET',
  headers: Object.entries(headers).map(([name, value]) => ({ name, value })),
});

/** An address below the clip's, with a token in its path. */
export function tokenised(token: string, name = 'playlist.m3u8'): string {
  const url = new URL(name, BASE);
  url.pathname = `/pt:${token}${url.pathname}`;
  return url.href;
}
