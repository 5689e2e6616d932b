import { randomBytes } from 'node:crypto';
import { isJsonObject, type Json, type JsonObject } from '../../shared/json.ts';
import { gateway, json, type LocalAnswer, metaError, notFound, unprocessable } from './answers.ts';
import { checkClaims } from './check-claims.ts';
import { LIKELY_HABITS, makeToken, makeValue, type TokenHabits } from './token-maker.ts';

export interface LocalAsset {
  readonly id: string;
  readonly name: string;
  readonly createdAt: string;
  readonly duration?: number;
  /** NO_TOKEN, BASIC_TOKEN, ADVANCED_TOKEN or FOLLOW_DEFAULT; left out where the API shall not tell */
  behavior?: string;
  readonly streamUrl?: string;
}

export interface LocalWorkspace {
  /** `site_group_id` of its keys */
  readonly id: string;
  readonly name: string;
  readonly apiKey: string;
  readonly videos: readonly LocalAsset[];
  readonly livestreams: readonly LocalAsset[];
}

interface LocalKey {
  readonly id: string;
  readonly name: string;
  readonly value: string;
  readonly workspace: string;
  readonly createdAt: string;
}

/** How this OVP is: what is not known of the real one can be set. */
export interface PlatformHabits extends TokenHabits {
  /** how listing and deleting keys is answered */
  readonly keyCalls: 'offered' | '404' | '405' | '403';
  /** whether a new key stands by itself or under `playback_token_key` */
  readonly keyAnswer: 'flat' | 'wrapped';
  /** a new key is answered without its value */
  readonly withholdsValue: boolean;
}

export interface PlatformCall {
  readonly method: string;
  /** after /platform/v3 */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Json | undefined;
  readonly workspace: LocalWorkspace;
}

/** What the OVP knows and answers, without any HTTP. */
export class Platform {
  readonly workspaces: readonly LocalWorkspace[];
  habits: PlatformHabits = {
    ...LIKELY_HABITS,
    keyCalls: 'offered',
    keyAnswer: 'flat',
    withholdsValue: false,
  };
  private keys: LocalKey[] = [];
  private readonly now: () => number;

  constructor(workspaces: readonly LocalWorkspace[], now: () => number) {
    this.workspaces = workspaces;
    this.now = now;
  }

  answer(call: PlatformCall): LocalAnswer {
    const [, collection = '', id, ...more] = call.path.split('/');
    if (collection === 'playback_tokens') {
      if (id === undefined) return call.method === 'POST' ? this.createToken(call) : gateway(405, 'Method Not Allowed');
      if (id === 'keys' && more.length <= 1) return this.keyCall(call, more[0]);
    }
    if ((collection === 'videos' || collection === 'livestreams') && more.length === 0) {
      if (call.method !== 'GET') return gateway(405, 'Method Not Allowed');
      return id === undefined ? this.listAssets(call, collection) : this.showAsset(call, collection, id);
    }
    return gateway(404, 'Not Found');
  }

  /** The names of a workspace's keys, for whoever sets the scene. */
  keyNames(): readonly string[] {
    return this.keys.map(({ name }) => name);
  }

  setBehavior(assetId: string, behavior: string): boolean {
    const asset = this.workspaces
      .flatMap(({ videos, livestreams }) => [...videos, ...livestreams])
      .find(({ id }) => id === assetId);
    if (asset !== undefined) asset.behavior = behavior;
    return asset !== undefined;
  }

  private keyCall(call: PlatformCall, id: string | undefined): LocalAnswer {
    if (call.method === 'POST' && id === undefined) return this.createKey(call);
    switch (this.habits.keyCalls) {
      case '403':
        return gateway(403, 'Missing Authentication Token');
      case '404':
        return gateway(404, 'Not Found');
      case '405':
        return gateway(405, 'Method Not Allowed');
      case 'offered':
        if (call.method === 'GET' && id === undefined) return this.listKeys(call);
        return call.method === 'DELETE' && id !== undefined
          ? this.deleteKey(call, id)
          : gateway(405, 'Method Not Allowed');
    }
  }

  private createKey({ body, workspace }: PlatformCall): LocalAnswer {
    const given = isJsonObject(body) && isJsonObject(body['playback_token_key']) ? body['playback_token_key'] : body;
    const name = isJsonObject(given) ? given['name'] : undefined;
    if (typeof name !== 'string' || name.trim() === '') return unprocessable("Name can't be blank");
    const key: LocalKey = {
      id: `${workspace.id}-${randomBytes(3).toString('hex').slice(0, 5)}`,
      name,
      value: makeValue(this.habits.readAs),
      workspace: workspace.id,
      createdAt: formatDate(this.now()),
    };
    this.keys.push(key);
    const created: JsonObject = {
      id: key.id,
      name,
      ...(this.habits.withholdsValue ? {} : { value: key.value }),
      site_group_id: workspace.id,
      created_at: key.createdAt,
    };
    return json(201, this.habits.keyAnswer === 'wrapped' ? { playback_token_key: created } : created);
  }

  private listKeys({ query, workspace }: PlatformCall): LocalAnswer {
    const wanted = (query.get('query') ?? '').toLowerCase();
    const found = this.keys.filter((key) => key.workspace === workspace.id && key.name.toLowerCase().includes(wanted));
    const page = Math.max(1, Number(query.get('page') ?? 1) || 1);
    const perPage = Math.min(100, Math.max(1, Number(query.get('per_page') ?? 25) || 25));
    const items = found.slice((page - 1) * perPage, page * perPage);
    return json(200, {
      playback_token_keys: items.map(({ id, name, createdAt }) => ({
        id,
        organization_id: workspace.id,
        name,
        created_at: createdAt,
      })),
      pagination: {
        payload_version: '1.0',
        total_records: found.length,
        page,
        per_page: perPage,
        total_pages: Math.ceil(found.length / perPage),
        page_first_index: (page - 1) * perPage,
        page_last_index: (page - 1) * perPage + Math.max(0, items.length - 1),
      },
    });
  }

  private deleteKey({ workspace }: PlatformCall, id: string): LocalAnswer {
    const key = this.keys.find((one) => one.id === id);
    if (key === undefined) return notFound('playback token key');
    if (key.workspace !== workspace.id) return otherWorkspace();
    this.keys = this.keys.filter((one) => one !== key);
    return { status: 204 };
  }

  private createToken({ body, workspace }: PlatformCall): LocalAnswer {
    if (!isJsonObject(body)) return unprocessable("Key can't be blank");
    const { key_id: keyId, ...claims } = body;
    const key = this.keys.find(({ id }) => id === keyId);
    if (key === undefined) return keyId === undefined ? unprocessable("Key can't be blank") : notFound('key');
    if (key.workspace !== workspace.id) return otherWorkspace();
    const complaint = checkClaims(body);
    return complaint === undefined
      ? json(201, { token: makeToken(claims, key, this.habits) })
      : unprocessable(complaint);
  }

  private listAssets({ query, workspace }: PlatformCall, collection: 'videos' | 'livestreams'): LocalAnswer {
    const search = (query.get('search') ?? '').toLowerCase();
    const found = workspace[collection].filter(({ name }) => name.toLowerCase().includes(search));
    const page = Math.max(0, Number(query.get('page') ?? 0) || 0);
    const size = Math.min(100, Math.max(1, Number(query.get('page_size') ?? 20) || 20));
    const items = found.slice(page * size, (page + 1) * size);
    return json(200, {
      assets: items.map((asset) => showAsset(asset, collection, workspace)),
      total_count: found.length,
    });
  }

  private showAsset({ workspace }: PlatformCall, collection: 'videos' | 'livestreams', id: string): LocalAnswer {
    const own = workspace[collection].find((asset) => asset.id === id);
    if (own !== undefined) return json(200, showAsset(own, collection, workspace));
    const isElsewhere = this.workspaces.some((other) => other[collection].some((asset) => asset.id === id));
    return isElsewhere ? otherWorkspace() : notFound(collection === 'videos' ? 'video' : 'livestream');
  }
}

const otherWorkspace = (): LocalAnswer =>
  metaError(401, 'ERR-401-Unauthorized', 'Unauthorized', 'This API key has no access to the requested resource.');

function showAsset(asset: LocalAsset, collection: 'videos' | 'livestreams', workspace: LocalWorkspace): JsonObject {
  const common = {
    id: asset.id,
    name: asset.name,
    description: '',
    created_at: asset.createdAt,
    images: [],
    tags: '',
    workspace: { id: workspace.id, name: workspace.name },
    ...(asset.behavior === undefined ? {} : { playback_token_behavior: asset.behavior }),
  };
  if (collection === 'livestreams')
    return asset.streamUrl === undefined ? common : { ...common, playback: { hls: asset.streamUrl } };
  const url = asset.streamUrl ?? `https://cdn.flowplayer.com/${workspace.id}/hls/${asset.id}/playlist.m3u8`;
  return {
    ...common,
    duration: asset.duration ?? 0,
    state: 'FINISHED',
    audio_only: false,
    category_id: null,
    encodings: [
      { format: 'img', video_file_url: `https://cdn.flowplayer.com/${workspace.id}/i/v-i-${asset.id}-1.jpg` },
      { format: 'hls', bitrate: 2400, audio_bitrate: 128, audio_codec: 'aac', size: 0, video_file_url: url },
    ],
    chapters: [],
    subtitles: [],
  };
}

/** As the API writes it: `2026-02-22T12:39:30+0000`. */
const formatDate = (now: number): string => `${new Date(now).toISOString().slice(0, 19)}+0000`;
