import { z } from '../../contract/zod.ts';
import { isJsonObject, type Json } from '../../json.ts';
import { readDate } from './read-date.ts';

/**
 * What the API sends, as far as it is known: v3’s guide, the vendor’s own plugin, and the sibling API where v3 says nothing.
 * Members nobody here needs are left alone, and a member that is wrong is as good as absent unless nothing works without it.
 */
const id = z.union([z.string().trim().min(1).max(256), z.number().int().transform(String)]);
const words = z.string().catch('');
const date = z.unknown().optional().transform(readDate);

/** `POST /playback_tokens/keys` and each item of its list; only the former has `value`. */
export const wireKey = z.looseObject({
  id,
  name: words,
  /** what the key signs with: known to the creator once and to nobody later */
  value: z.string().min(1).max(4096).optional(),
  /** v3’s name of the workspace; the sibling API says `organization_id` */
  site_group_id: z.string().optional().catch(undefined),
  created_at: date,
});

const wireEncoding = z.looseObject({ format: words, video_file_url: words });

/** A video or livestream. Livestreams’ members are hardly documented, so nothing but the id is asked for. */
export const wireAsset = z.looseObject({
  id,
  name: words,
  created_at: date,
  duration: z.number().min(0).optional().catch(undefined),
  state: z.string().optional().catch(undefined),
  playback_token_behavior: z.unknown().optional(),
  encodings: z.array(wireEncoding.catch({ format: '', video_file_url: '' })).catch([]),
});
export type WireAsset = z.output<typeof wireAsset>;

/**
 * The body of `POST /playback_tokens`: the claims the API offers and their limits (sibling API v2.0). `catu` is
 * `{ "3": [3, "text"] }`: component, then match type (0 exactly, 1 starts with, 2 ends with, 3 contains) and text; a prefix
 * in `catnip` is its length and the bytes as a map by position.
 */
export const wireTokenRequest = z.strictObject({
  key_id: z.string().min(1),
  exp: z.number().int(),
  nbf: z.number().int().optional(),
  iat: z.number().int().optional(),
  iss: z.string().optional(),
  sub: z.string().optional(),
  aud: z.union([z.string(), z.array(z.string())]).optional(),
  cti: z.string().optional(),
  catu: z
    .record(z.string().regex(/^[0-8]$/), z.tuple([z.number().int().min(0).max(3), z.string()]))
    .refine((rules) => Object.keys(rules).length <= 5)
    .optional(),
  catnip: z
    .array(
      z.strictObject({
        tag: z.union([z.literal(52), z.literal(54)]),
        value: z.tuple([
          z.number().int().min(0).max(128),
          z.record(z.string().regex(/^(?:\d|1[0-5])$/), z.number().int().min(0).max(255)),
        ]),
      }),
    )
    .max(5)
    .optional(),
  catgeoiso3166: z.array(z.string()).max(5).optional(),
  catv: z.literal(1).optional(),
});
export type WireTokenRequest = z.output<typeof wireTokenRequest>;

/** The object itself, or the one it is wrapped in: `{ playback_token_key: { … } }`. */
export function unwrap(json: Json | undefined, ...wrappers: readonly string[]): Json | undefined {
  if (!isJsonObject(json)) return json;
  for (const wrapper of [...wrappers, 'data']) {
    const inner = json[wrapper];
    if (isJsonObject(inner)) return inner;
  }
  return json;
}

/** The list itself, or the first list under one of the names; with the total the answer tells. */
export function unwrapList(
  json: Json | undefined,
  ...names: readonly string[]
): { readonly items: readonly Json[]; readonly total?: number } | undefined {
  if (Array.isArray(json)) return { items: json as readonly Json[] };
  if (!isJsonObject(json)) return undefined;
  for (const name of [...names, 'assets', 'data', 'items']) {
    const items = json[name];
    if (!Array.isArray(items)) continue;
    const pagination = json['pagination'];
    const told = json['total_count'] ?? (isJsonObject(pagination) ? pagination['total_records'] : undefined);
    const total = typeof told === 'number' && Number.isInteger(told) && told >= 0 ? told : undefined;
    return total === undefined ? { items } : { items, total };
  }
  return undefined;
}
