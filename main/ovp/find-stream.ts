import { type AppError, createError } from '../../shared/errors.ts';
import type { AssetKind, OvpAsset } from '../../shared/flowplayer/api/asset.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Cache } from './cache.ts';
import { showAssetCall } from './calls.ts';
import type { Call } from './client.ts';
import type { Workspaces } from './workspaces.ts';

/** A video or livestream that has an HLS playlist. */
export interface FoundStream {
  readonly name: string;
  /** https, without a token */
  readonly url: string;
}

export interface StreamFinderOptions {
  readonly workspaces: Pick<Workspaces, 'list'>;
  readonly cache: Pick<Cache, 'asset' | 'putAsset'>;
  call<T>(workspace: string, what: Call<T>, request: string | undefined): Promise<Result<T, AppError>>;
}

const KINDS: readonly AssetKind[] = ['video', 'livestream'];

/**
 * The stream of a media id, which tells neither its workspace nor its kind. What was told before is not asked again; else
 * each workspace with an API key is asked for a video and then for a livestream, until one has it.
 */
export async function findStream(
  id: string,
  request: string | undefined,
  { workspaces, cache, call }: StreamFinderOptions,
): Promise<Result<FoundStream, AppError>> {
  const all = workspaces.list();
  for (const workspace of all)
    for (const kind of KINDS) {
      const known = await cache.asset(workspace.id, kind, id);
      if (known?.streamUrl !== undefined) return streamOf(known);
    }
  const asked = all.filter(({ apiKey }) => apiKey === 'stored');
  if (asked.length === 0) return err(createError('ERR_PREVIEW_NO_WORKSPACE'));
  let failed: AppError | undefined;
  for (const workspace of asked)
    for (const kind of KINDS) {
      const asset = await call(workspace.id, showAssetCall(kind, id), request);
      if (asset.ok) {
        await cache.putAsset(workspace.id, asset.value);
        return streamOf(asset.value);
      }
      if (asset.error.code === 'ERR_OVP_CANCELLED' || asset.error.code === 'ERR_OFFLINE') return asset;
      // another workspace may have it, and another kind
      if (asset.error.code !== 'ERR_OVP_NOT_FOUND' && asset.error.code !== 'ERR_OVP_DELETED') {
        failed ??= asset.error;
        break;
      }
    }
  return err(failed ?? createError('ERR_PREVIEW_NO_MEDIA'));
}

const streamOf = ({ name, streamUrl }: OvpAsset): Result<FoundStream, AppError> =>
  streamUrl === undefined ? err(createError('ERR_PREVIEW_NO_STREAM')) : ok({ name, url: streamUrl });
