import { setImmediate } from 'node:timers/promises';
import type { TokenSlot } from '../../shared/contract/preview.ts';
import type { PreviewWalk, WalkEntry } from '../../shared/contract/preview-walk.ts';
import { withoutCopies } from '../../shared/edge/find-copies.ts';
import { innermost, type JudgedCopy, type SentRequest } from '../../shared/edge/judge-request.ts';
import type { RichText } from '../../shared/explain/rich-text.ts';
import { type Playlist, readPlaylist } from '../../shared/hls/read-playlist.ts';
import { type WalkedAddress, type WalkedEntry, walkPlaylists } from '../../shared/hls/walk-playlists.ts';
import { err } from '../../shared/result.ts';
import { type Edge, type EdgeStage, type Ruling, verifierOf } from '../edge/edge.ts';
import { hasMedia, readMedia } from '../edge/media.ts';
import type { AskOrigin } from '../edge/origin.ts';
import { bareUrl } from '../edge/serve-media.ts';
import { describeUrl, verdictOf } from './describe-request.ts';
import { refusedVerdict } from './explain-row.ts';
import { type Carried, firstAddress, sentByPlayer } from './sent-by-player.ts';

export interface WalkOptions {
  /** judged on a rehearsal of it: nothing counts as used */
  readonly edge: Edge;
  readonly stage: EdgeStage;
  readonly carried: Carried;
  readonly askOrigin: AskOrigin;
  readonly slotOf: (token: string) => TokenSlot | null;
  /** aborted: nobody waits for the outcome, so nothing more is sent for it */
  readonly signal: AbortSignal;
}

type Unread = NonNullable<WalkEntry['unread']>;

/** A playlist as it was read, or why it was not. */
interface Fetched {
  readonly playlist?: Playlist;
  /** where it came from in the end */
  readonly base?: string;
  readonly unread?: Unread;
  /** requests that left this computer */
  readonly requests: number;
}

interface Found {
  readonly ruling: Ruling;
  readonly unread: Unread | undefined;
}

/** Addresses that are judged before anybody else gets a turn. */
const AT_ONCE = 50;
const MOST_REDIRECTS = 5;

/** Reads every playlist that a player would read, and judges each address in them. */
export async function walkStream(options: WalkOptions): Promise<PreviewWalk> {
  const { edge, stage, carried, slotOf, signal } = options;
  const askOrigin: AskOrigin = async (request) =>
    signal.aborted ? err({ message: 'The walk was given up.', sent: false }) : options.askOrigin(request);
  const rehearsal = edge.rehearse();
  // what would refuse is told also where nothing is enforced
  const enforced: EdgeStage = { ...stage, settings: { ...stage.settings, enforce: true } };
  let requests = 0;
  let visited = 0;

  async function visit(address: WalkedAddress, isWalked: boolean) {
    visited += 1;
    if (visited % AT_ONCE === 0) await setImmediate();
    const request = sentByPlayer(address.url, carried);
    const ruling = rehearsal.rule(request, enforced);
    const fetched = isWalked ? await fetchPlaylist(request, stage, ruling, askOrigin) : await lookFor(request, stage);
    requests += fetched.requests;
    const { playlist, base, unread } = fetched;
    if (playlist !== undefined) rehearsal.names.learn(playlist, bareUrl({ url: base ?? address.url }));
    const found: Found = { ruling, unread };
    return { found, ...(playlist !== undefined && { playlist }), ...(base !== undefined && { base }) };
  }

  const walked = await walkPlaylists(firstAddress(stage.source.href, carried), resolveUri, visit);
  const entries = walked.map((entry) => describeEntry(entry, stage, slotOf));
  return { entries, requests, cut: entries.reduce((sum, { cut = 0 }) => sum + cut, 0) };
}

/** Files of this computer are read in any case; an origin is asked for what the edge would ask it for. */
async function fetchPlaylist(
  request: SentRequest,
  { mount, settings }: EdgeStage,
  { refusal }: Ruling,
  askOrigin: AskOrigin,
): Promise<Fetched> {
  if (mount !== undefined) {
    const file = await readMedia(mount, bareUrl(request).pathname, settings.addresses);
    if (file === undefined) return { unread: 'missing', requests: 0 };
    return file.playlist === undefined
      ? { unread: 'no-playlist', requests: 0 }
      : { playlist: file.playlist, requests: 0 };
  }
  if (settings.enforce && refusal !== undefined) return { unread: 'refused', requests: 0 };
  let asked = request;
  for (let requests = 1; requests <= MOST_REDIRECTS; requests++) {
    const got = await askOrigin(settings.enforce ? withoutCopies(asked, verifierOf(settings)) : asked);
    if (!got.ok) return { unread: 'no-answer', requests: got.error.sent ? requests : requests - 1 };
    const { status, headers, body } = got.value;
    const location = headers.find(([name]) => name.toLowerCase() === 'location')?.[1];
    const next = status >= 300 && status < 400 && location !== undefined ? resolveUri(location, asked.url) : undefined;
    if (next !== undefined) {
      asked = { ...asked, url: next };
      continue;
    }
    if (status >= 300) return { unread: 'refused', requests };
    const playlist = readPlaylist(new TextDecoder().decode(body));
    if (playlist === undefined) return { unread: 'no-playlist', requests };
    return { playlist, requests, ...(asked !== request && { base: asked.url }) };
  }
  return { unread: 'refused', requests: MOST_REDIRECTS };
}

/** Whether a file is there; nobody else is asked before something is played. */
async function lookFor(request: SentRequest, { mount }: EdgeStage): Promise<Fetched> {
  const isThere = mount === undefined || (await hasMedia(mount, bareUrl(request).pathname));
  return isThere ? { requests: 0 } : { unread: 'missing', requests: 0 };
}

function describeEntry(
  { address, found: { ruling, unread }, notWalked, cut }: WalkedEntry<Found>,
  { settings }: EdgeStage,
  slotOf: WalkOptions['slotOf'],
): WalkEntry {
  const { refusal, judgement, lost } = ruling;
  const cause = refusal?.cause ?? causeOf(unread) ?? (settings.fault.kind === 'no-cors' ? 'cors' : undefined);
  const reason = refusal === undefined ? undefined : reasonOf(judgement.judged);
  const why = notWalked ?? unread;
  return {
    ...describeUrl(address.url, slotOf),
    ...{ kind: address.kind, depth: address.depth, times: address.times, verdict: verdictOf(judgement) },
    ...(cause !== undefined && { cause }),
    ...(refusal?.claim !== undefined && { claim: refusal.claim }),
    ...(reason !== undefined && { reason }),
    ...(lost !== undefined && { lost }),
    ...(why !== undefined && { unread: why }),
    ...(cut > 0 && { cut }),
  };
}

function causeOf(unread: Unread | undefined): WalkEntry['cause'] {
  switch (unread) {
    case 'missing':
      return 'missing';
    case 'no-answer':
      return 'no-answer';
    case 'refused':
      return 'origin';
    default:
      return undefined;
  }
}

function reasonOf(judged: JudgedCopy | undefined): RichText | undefined {
  if (judged?.reason !== undefined) return judged.reason;
  const verdict = refusedVerdict(judged);
  return verdict === undefined ? undefined : innermost(verdict).reason;
}

/** As a browser does it. A fragment is never sent, and anything but http is not asked of a server. */
function resolveUri(uri: string, base: string): string | undefined {
  if (!URL.canParse(uri, base)) return undefined;
  const url = new URL(uri, base);
  url.hash = '';
  return /^https?:$/.test(url.protocol) ? url.href : undefined;
}
