import type { EdgeSettings, TraceRow } from '../../shared/contract/preview.ts';
import { behindEdge } from '../../shared/edge/find-copies.ts';
import { type EdgeJudgement, judgeRequest, refusingClaim, type SentRequest } from '../../shared/edge/judge-request.ts';
import type { OpenedTokens } from '../../shared/edge/open-token.ts';
import { toPlainText } from '../../shared/explain/rich-text.ts';
import { UTC_STYLE } from '../../shared/explain/time-style.ts';
import { untokenisedUrl } from '../../shared/flowplayer/tokenised-url.ts';
import { readPlaylist } from '../../shared/hls/read-playlist.ts';
import { cta5007 } from '../../shared/verifiers/cta-5007.ts';
import { verifierById } from '../../shared/verifiers/registry.ts';
import type { Outcome, Verifier } from '../../shared/verifiers/verifier.ts';
import { allowsPage, CORS_HEADERS } from './cors.ts';
import { type Mount, readMedia } from './media.ts';
import { createNames, type Names } from './names.ts';
import type { AskOrigin } from './origin.ts';

/** What holds for a request: set by the person, read anew for each. */
export interface EdgeStage {
  readonly settings: EdgeSettings;
  readonly tokens: OpenedTokens;
  /** files of this computer; `undefined`: the origin is asked */
  readonly mount: Mount | undefined;
  /** the first playlist's address, without a token */
  readonly source: URL;
  /** the player was given one */
  readonly hasToken: boolean;
}

/** An answer, with everything that a trace says about it. */
export interface EdgeAnswer {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
  readonly by: 'edge' | 'origin';
  /** a browser would keep it from the page: it has no CORS header that names the page */
  readonly hidden: boolean;
  readonly kind: TraceRow['kind'];
  readonly judgement: EdgeJudgement;
  readonly cause?: NonNullable<TraceRow['cause']>;
  readonly claim?: string;
  readonly lost?: NonNullable<TraceRow['lost']>;
  /** of a refusal: its body */
  readonly said?: string;
}

export interface Edge {
  answer(request: SentRequest, stage: EdgeStage): Promise<EdgeAnswer>;
  /** judges as `answer` does, and remembers nothing of it */
  judge(request: SentRequest, stage: EdgeStage): EdgeJudgement;
  /** what playlists called the addresses they named */
  readonly names: Names;
  /** tokens count as not seen, addresses as not named */
  forget(): void;
}

export interface EdgeOptions {
  readonly askOrigin: AskOrigin;
  readonly now?: () => number;
  readonly wait?: (millis: number) => Promise<void>;
}

/** An edge on this computer: judges the token, then serves files or asks the origin, with the faults it was told to have. */
export function createEdge({ askOrigin, now = Date.now, wait = sleep }: EdgeOptions): Edge {
  const seen = new Map<string, number>();
  const names = createNames();

  const judge = (request: SentRequest, { settings, tokens }: EdgeStage): EdgeJudgement =>
    judgeRequest(request, {
      verifier: verifierOf(settings),
      tokens,
      now: Math.floor((now() + settings.clockOffset) / 1000),
      ...settings.viewer,
      seen: (id) => seen.get(id) ?? 0,
      expireAll: settings.fault.kind === 'expire',
    });

  async function answer(request: SentRequest, stage: EdgeStage): Promise<EdgeAnswer> {
    const { settings, mount, source } = stage;
    const { fault } = settings;
    const judgement = judge(request, stage);
    const bare = new URL(untokenisedUrl(request.url).url);
    const kind = names.kindOf(bare, source);
    const lost = judgement.cause === 'no-token' && stage.hasToken ? names.formOf(bare, source) : undefined;
    const facts = { kind, judgement, ...(lost !== undefined && { lost }) };
    const own = (status: number, said: string, cause: NonNullable<TraceRow['cause']>, claim?: string): EdgeAnswer => ({
      ...facts,
      ...{ status, said, cause, by: 'edge' as const, hidden: fault.kind === 'no-cors' },
      headers: [['content-type', 'text/plain; charset=utf-8'], ...corsOf(fault)],
      body: new TextEncoder().encode(said),
      ...(claim !== undefined && { claim }),
    });
    if (fault.kind === 'slow') await wait(fault.millis);
    if (fault.kind === 'status') return own(fault.status, 'fault on purpose', 'fault');
    if (settings.enforce && judgement.decision === 'reject') {
      const { cause = 'claims' } = judgement;
      const claim = refusingClaim(judgement.judged?.claims ?? []);
      const known = outcomeOf(verifierOf(settings), cause);
      const said = known?.message ?? describeRefusal(judgement, claim);
      return own(known?.status ?? 403, said, lost === undefined ? cause : 'lost-token', claim);
    }
    const counted = judgement.judged?.token?.counted;
    if (counted !== undefined) seen.set(counted, (seen.get(counted) ?? 0) + 1);

    if (mount === undefined) {
      // an edge that judges by itself stands before an origin that knows no tokens
      const got = await askOrigin({ ...request, url: settings.enforce ? bare.href : request.url });
      if (!got.ok) return own(502, got.error, 'origin');
      const { status, headers, body } = got.value;
      const text = isPlaylist(headers, bare) ? new TextDecoder().decode(body) : '';
      const playlist = readPlaylist(text);
      if (playlist !== undefined) names.learn(playlist, bare);
      const kept = fault.kind === 'no-cors' ? headers.filter(([name]) => !/^access-control-/i.test(name)) : headers;
      const hidden = !allowsPage(kept);
      return {
        ...facts,
        ...{ status, body, by: 'origin' },
        headers: kept,
        hidden,
        ...(hidden && { cause: 'cors' as const }),
        ...(status >= 400 && { cause: 'origin' as const, said: new TextDecoder().decode(body.subarray(0, MOST_SAID)) }),
      };
    }
    const file = await readMedia(mount, bare.pathname, settings.addresses);
    if (file === undefined) return own(404, 'nothing of that name is here', 'missing');
    if (file.playlist !== undefined) names.learn(file.playlist, bare);
    return {
      ...facts,
      ...cutRange(request, file.bytes),
      by: 'edge',
      hidden: fault.kind === 'no-cors',
      ...(fault.kind === 'no-cors' && { cause: 'cors' as const }),
      headers: [['content-type', file.type], ['cache-control', 'no-store'], ...corsOf(fault)],
    };
  }

  return {
    answer,
    judge,
    names,
    forget: () => {
      seen.clear();
      names.forget();
    },
  };
}

/** Of a body that says why. */
const MOST_SAID = 2048;

const sleep = (millis: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, millis));

export const verifierOf = ({ verifier }: EdgeSettings): Verifier => behindEdge(verifierById(verifier) ?? cta5007);

const corsOf = (fault: EdgeSettings['fault']) => (fault.kind === 'no-cors' ? [] : CORS_HEADERS);

function outcomeOf({ outcome }: Verifier, cause: NonNullable<TraceRow['cause']>): Outcome | undefined {
  switch (cause) {
    case 'no-token':
      return outcome.missing;
    case 'integrity':
      return outcome.unknownKey;
    case 'time':
    case 'claims':
      return outcome.unmetClaim;
    default:
      return outcome.otherFailure;
  }
}

/** What an edge writes into its answer: the claim and why, as one line. */
function describeRefusal({ cause, judged }: EdgeJudgement, claim: string | undefined): string {
  if (cause === 'no-token') return 'no token';
  if (judged?.reason !== undefined) return toPlainText(judged.reason, UTC_STYLE);
  const verdict = judged?.claims.find((one) => one.verdict === 'fail');
  return verdict === undefined ? 'refused' : `${claim ?? verdict.name}: ${toPlainText(verdict.reason, UTC_STYLE)}`;
}

const isPlaylist = (headers: EdgeAnswer['headers'], url: URL): boolean =>
  url.pathname.endsWith('.m3u8') ||
  headers.some(([name, value]) => name.toLowerCase() === 'content-type' && /mpegurl/i.test(value));

/** RFC 9110 §14: one range of bytes, as players ask for it; anything else gets the whole. */
function cutRange({ headers }: SentRequest, bytes: Uint8Array): { readonly status: number; readonly body: Uint8Array } {
  const range = headers.find(({ name }) => name.toLowerCase() === 'range')?.value;
  const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(range ?? '') ?? [];
  if (first === undefined || Number(first) >= bytes.length) return { status: 200, body: bytes };
  const end = last === '' || last === undefined ? bytes.length : Math.min(bytes.length, Number(last) + 1);
  return { status: 206, body: bytes.subarray(Number(first), end) };
}
