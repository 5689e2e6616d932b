import fs from 'node:fs/promises';
import path from 'node:path';
import { type OvpAssetPage, ovpAsset, ovpKeyList } from '../../shared/contract/ovp.ts';
import { z } from '../../shared/contract/zod.ts';
import type { AssetKind, AssetPage, OvpAsset } from '../../shared/flowplayer/api/asset.ts';
import { type Millis, millis } from '../../shared/units.ts';
import { createJsonFile, type JsonFile } from '../store/json-file.ts';
import { PAGE_SIZE } from './calls.ts';

const cachedAssets = z.object({
  assets: z.array(ovpAsset),
  fetchedAt: z.number().transform(millis).exactOptional(),
});
const cachedWorkspace = z.object({
  video: cachedAssets,
  livestream: cachedAssets,
  keys: ovpKeyList.omit({ keys: true }).extend({
    keys: z.array(
      z.object({ id: z.string(), name: z.string(), createdAt: z.number().transform(millis).exactOptional() }),
    ),
  }),
});
type CachedWorkspace = z.output<typeof cachedWorkspace>;

export type CachedKeys = CachedWorkspace['keys'];

/** What OVPs told before, one file a workspace, so that names can be looked up without a connection. Nothing is secret. */
export interface Cache {
  search(workspace: string, kind: AssetKind, search: string, page: number): Promise<OvpAssetPage>;
  asset(workspace: string, kind: AssetKind, id: string): Promise<OvpAsset | undefined>;
  /** takes a page in; a first page that holds everything replaces what was known */
  putPage(workspace: string, kind: AssetKind, page: AssetPage, isEverything: boolean): Promise<Millis>;
  putAsset(workspace: string, asset: OvpAsset): Promise<void>;
  /** it is known to be gone */
  dropAsset(workspace: string, kind: AssetKind, id: string): Promise<void>;
  keys(workspace: string): Promise<CachedKeys>;
  putKeys(workspace: string, keys: CachedKeys): Promise<void>;
  delete(workspace: string): Promise<void>;
  settled(): Promise<void>;
}

/** of one kind; more would make every write slow */
const MOST_ASSETS = 5000;

const empty = (): CachedWorkspace => ({
  video: { assets: [] },
  livestream: { assets: [] },
  keys: { keys: [], offered: 'unknown' },
});

export function createCache(folder: string, now: () => number): Cache {
  const opened = new Map<string, Promise<{ readonly file: JsonFile<CachedWorkspace>; content: CachedWorkspace }>>();
  const pathOf = (workspace: string) => path.join(folder, `${workspace}.json`);

  function open(workspace: string) {
    const known = opened.get(workspace);
    if (known !== undefined) return known;
    const file = createJsonFile({ path: pathOf(workspace), version: 1, schema: cachedWorkspace, initial: empty });
    // what cannot be read can be fetched again, so it is worth no sentence
    const loading = file.load().then((loaded) => ({ file, content: loaded.ok ? loaded.value.value : empty() }));
    opened.set(workspace, loading);
    return loading;
  }

  /** A cache that cannot be written still serves until the app closes. */
  async function change(workspace: string, work: (before: CachedWorkspace) => CachedWorkspace): Promise<void> {
    const cached = await open(workspace);
    cached.content = work(cached.content);
    await cached.file.save(cached.content);
  }

  return {
    search: async (workspace, kind, search, page) => {
      const { assets, fetchedAt } = (await open(workspace)).content[kind];
      const wanted = search.toLowerCase();
      const found = assets.filter(({ name, id }) => `${name}\n${id}`.toLowerCase().includes(wanted));
      return {
        assets: found.slice(page * PAGE_SIZE, (page + 1) * PAGE_SIZE),
        total: found.length,
        page,
        pageSize: PAGE_SIZE,
        ...(fetchedAt === undefined ? {} : { fetchedAt }),
        source: 'cache',
      };
    },
    asset: async (workspace, kind, id) => (await open(workspace)).content[kind].assets.find((one) => one.id === id),
    putPage: async (workspace, kind, { assets }, isEverything) => {
      const fetchedAt = millis(now());
      await change(workspace, (before) => ({
        ...before,
        [kind]: { assets: isEverything ? [...assets] : merge(before[kind].assets, assets), fetchedAt },
      }));
      return fetchedAt;
    },
    putAsset: (workspace, asset) =>
      change(workspace, (before) => ({
        ...before,
        [asset.kind]: { ...before[asset.kind], assets: merge(before[asset.kind].assets, [asset]) },
      })),
    dropAsset: (workspace, kind, id) =>
      change(workspace, (before) => ({
        ...before,
        [kind]: { ...before[kind], assets: before[kind].assets.filter((asset) => asset.id !== id) },
      })),
    keys: async (workspace) => (await open(workspace)).content.keys,
    putKeys: (workspace, keys) => change(workspace, (before) => ({ ...before, keys })),
    delete: async (workspace) => {
      const cached = await opened.get(workspace);
      opened.delete(workspace);
      await cached?.file.settled();
      await fs.rm(pathOf(workspace), { force: true });
    },
    settled: async () => {
      for (const cached of opened.values()) await (await cached).file.settled();
    },
  };
}

/** Known ones are replaced where they stand, new ones come first: the OVP lists the newest first. */
function merge(before: readonly OvpAsset[], fresh: readonly OvpAsset[]): OvpAsset[] {
  const byId = new Map(fresh.map((asset) => [asset.id, asset]));
  const kept = before.map((asset) => byId.get(asset.id) ?? asset);
  const known = new Set(before.map(({ id }) => id));
  return [...fresh.filter(({ id }) => !known.has(id)), ...kept].slice(0, MOST_ASSETS);
}
