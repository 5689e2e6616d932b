import {
  type AssetKind,
  type AssetPage,
  type OvpAsset,
  readAsset,
  readAssetPage,
} from '../../shared/flowplayer/api/asset.ts';
import {
  type CreatedKey,
  type CreatedKeyError,
  type KeyList,
  readCreatedKey,
  readKeyList,
} from '../../shared/flowplayer/api/key-answer.ts';
import { parseJson } from '../../shared/flowplayer/api/parse-json.ts';
import { readTokenAnswer } from '../../shared/flowplayer/api/token-answer.ts';
import type { WireTokenRequest } from '../../shared/flowplayer/api/wire.ts';
import type { Result } from '../../shared/result.ts';
import type { Call } from './client.ts';

/** Every call of the API that the app makes. */

/** The plugin of the vendor itself asks for 100 at most. */
export const PAGE_SIZE = 50;

/** Not repeated: each time it is carried out there is one more key, whose secret is told once. */
export const createKeyCall = (name: string): Call<Result<CreatedKey, CreatedKeyError>> => ({
  method: 'POST',
  path: '/playback_tokens/keys',
  body: () => ({ name }),
  what: 'create a playback token key',
  subject: 'creating playback token keys',
  idempotent: false,
  mustFinish: true,
  confidential: true,
  read: (body) => {
    const created = readCreatedKey(body);
    return !created.ok && created.error.kind === 'unreadable' ? undefined : created;
  },
});

/** `name` narrows the list where the API can search; where it cannot, more comes. */
export const listKeysCall = (name?: string): Call<KeyList> => ({
  method: 'GET',
  path: '/playback_tokens/keys',
  ...(name === undefined ? {} : { query: { query: name } }),
  what: name === undefined ? 'list the playback token keys' : 'look whether the playback token key was made',
  subject: 'the list of playback token keys',
  idempotent: true,
  confidential: true,
  offer: 'listing playback token keys',
  read: (body) => readKeyList(parseJson(body)),
});

export const deleteKeyCall = (kid: string): Call<null> => ({
  method: 'DELETE',
  path: `/playback_tokens/keys/${encodeURIComponent(kid)}`,
  what: 'delete a playback token key',
  subject: 'the playback token key',
  idempotent: true,
  confidential: true,
  offer: 'deleting playback token keys',
  read: () => null,
});

/** Not repeated, though a token too many would harm nobody: it would be a valid token that nobody knows of. */
export const createTokenCall = (body: () => WireTokenRequest, what = 'ask for a token'): Call<string> => ({
  method: 'POST',
  path: '/playback_tokens',
  body,
  what,
  subject: 'the playback token key',
  idempotent: false,
  confidential: true,
  read: readTokenAnswer,
});

/** What every API key may read: whether this one is accepted at all. */
export const probeCall: Call<AssetPage> = {
  method: 'GET',
  path: '/videos',
  query: { page_size: '3' },
  what: 'find out whether the API key works',
  subject: 'the list of videos',
  idempotent: true,
  isProbe: true,
  read: (body) => readAssetPage(parseJson(body), 'video'),
};

export const listAssetsCall = (kind: AssetKind, page: number, search: string): Call<AssetPage> => ({
  method: 'GET',
  path: `/${kind}s`,
  query: { page: String(page), page_size: String(PAGE_SIZE), ...(search === '' ? {} : { search }) },
  what: search === '' ? `list the ${kind}s` : `search the ${kind}s`,
  subject: `the list of ${kind}s`,
  idempotent: true,
  ...(kind === 'video' ? { isProbe: true } : {}),
  read: (body) => readAssetPage(parseJson(body), kind),
});

export const showAssetCall = (kind: AssetKind, id: string): Call<OvpAsset> => ({
  method: 'GET',
  path: `/${kind}s/${encodeURIComponent(id)}`,
  what: `look at a ${kind}`,
  subject: `the ${kind}`,
  idempotent: true,
  read: (body) => readAsset(parseJson(body), kind),
});
