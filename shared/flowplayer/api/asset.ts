import { isJsonObject, type Json } from '../../json.ts';
import type { Millis } from '../../units.ts';
import { untokenisedUrl } from '../tokenised-url.ts';
import { readTokenMode, type TokenMode } from './token-mode.ts';
import { unwrap, unwrapList, type WireAsset, wireAsset } from './wire.ts';

export type AssetKind = 'video' | 'livestream';

/** A video or livestream, as far as the API tells. */
export interface OvpAsset {
  readonly kind: AssetKind;
  /** UUID, or eight letters and digits */
  readonly id: string;
  readonly name: string;
  readonly tokenMode: TokenMode;
  readonly createdAt?: Millis;
  /** seconds */
  readonly duration?: number;
  /** the OVP’s own word: FINISHED, … */
  readonly state?: string;
  /** the HLS playlist without any token in its path */
  readonly streamUrl?: string;
}

/** One page of assets. `total` counts all pages, where the API tells it. */
export interface AssetPage {
  readonly assets: readonly OvpAsset[];
  readonly total?: number;
}

/** Reads `{ assets: […], total_count }`; items without an id are left out. `undefined`: no list in it. */
export function readAssetPage(json: Json | undefined, kind: AssetKind): AssetPage | undefined {
  const list = unwrapList(json, `${kind}s`);
  if (list === undefined) return undefined;
  const assets = list.items.flatMap((item) => readAsset(item, kind) ?? []);
  return list.total === undefined ? { assets } : { assets, total: list.total };
}

/** Reads one asset, unwrapped as v3 sends it or wrapped under its kind. `undefined`: it has no id. */
export function readAsset(json: Json | undefined, kind: AssetKind): OvpAsset | undefined {
  const read = wireAsset.safeParse(unwrap(json, kind));
  if (!read.success) return undefined;
  const { id, name, created_at: createdAt, duration, state, playback_token_behavior: behavior } = read.data;
  const streamUrl = findStream(read.data);
  return {
    kind,
    id,
    name,
    tokenMode: readTokenMode(behavior),
    ...(createdAt === undefined ? {} : { createdAt }),
    ...(duration === undefined ? {} : { duration }),
    ...(state === undefined ? {} : { state }),
    ...(streamUrl === undefined ? {} : { streamUrl }),
  };
}

/**
 * The HLS encoding’s file; for livestreams, whose members are not documented, the first address of a playlist anywhere in
 * the object. A token that stands in it already is not the asset’s own and is taken out.
 */
function findStream(asset: WireAsset): string | undefined {
  const hls = asset.encodings.find(({ format, video_file_url: url }) => format === 'hls' && url !== '');
  const url = hls?.video_file_url ?? findPlaylist(asset, 3);
  return url === undefined || url.length > 2048 ? undefined : untokenisedUrl(url.trim()).url;
}

function findPlaylist(value: unknown, depth: number): string | undefined {
  if (typeof value === 'string') return /^https?:\/\/[^\s?#]+\.m3u8(?:[?#]|$)/.test(value) ? value : undefined;
  if (depth === 0) return undefined;
  const members: readonly unknown[] = Array.isArray(value) ? value : isJsonObject(value) ? Object.values(value) : [];
  for (const member of members) {
    const found = findPlaylist(member, depth - 1);
    if (found !== undefined) return found;
  }
  return undefined;
}
