import type { EdgeSettings } from '../../shared/contract/preview.ts';
import type { SentRequest } from '../../shared/edge/judge-request.ts';
import { untokenisedUrl } from '../../shared/flowplayer/tokenised-url.ts';
import type { Playlist } from '../../shared/hls/read-playlist.ts';
import { CORS_HEADERS } from './cors.ts';
import { type Mount, readMedia } from './media.ts';

/** A file of the mounted folder, as a server answers with it. */
interface ServedMedia {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
  /** what a playlist names */
  readonly playlist?: Playlist;
}

/** Everything of an answer but the question whether it may be given. `bare`: its address; `undefined`: nothing is there. */
export async function serveMedia(
  request: SentRequest,
  bare: URL,
  mount: Mount,
  { addresses, fault }: Pick<EdgeSettings, 'addresses' | 'fault'>,
): Promise<ServedMedia | undefined> {
  const file = await readMedia(mount, bare.pathname, addresses);
  if (file === undefined) return undefined;
  return {
    ...cutRange(request, file.bytes),
    headers: [['content-type', file.type], ['cache-control', 'no-store'], ...corsOf(fault)],
    ...(file.playlist !== undefined && { playlist: file.playlist }),
  };
}

/** The address without the token in its path. */
export const bareUrl = ({ url }: Pick<SentRequest, 'url'>): URL => new URL(untokenisedUrl(url).url);

export const corsOf = (fault: EdgeSettings['fault']) => (fault.kind === 'no-cors' ? [] : CORS_HEADERS);

/** RFC 9110 §14: one range of bytes, as players ask for it; anything else gets the whole. */
function cutRange({ headers }: SentRequest, bytes: Uint8Array): { readonly status: number; readonly body: Uint8Array } {
  const range = headers.find(({ name }) => name.toLowerCase() === 'range')?.value;
  const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(range ?? '') ?? [];
  if (first === undefined || Number(first) >= bytes.length) return { status: 200, body: bytes };
  const end = last === '' || last === undefined ? bytes.length : Math.min(bytes.length, Number(last) + 1);
  return { status: 206, body: bytes.subarray(Number(first), end) };
}
