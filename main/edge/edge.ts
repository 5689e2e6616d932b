import type { EdgeSettings, TraceRow } from '../../shared/contract/preview.ts';
import { behindEdge, withoutCopies } from '../../shared/edge/find-copies.ts';
import { type EdgeJudgement, judgeRequest, refusingClaim, type SentRequest } from '../../shared/edge/judge-request.ts';
import type { OpenedTokens } from '../../shared/edge/open-token.ts';
import { toPlainText } from '../../shared/explain/rich-text.ts';
import { UTC_STYLE } from '../../shared/explain/time-style.ts';
import { readPlaylist } from '../../shared/hls/read-playlist.ts';
import { cta5007 } from '../../shared/verifiers/cta-5007.ts';
import { verifierById } from '../../shared/verifiers/registry.ts';
import type { Outcome, Verifier } from '../../shared/verifiers/verifier.ts';
import { allowsPage } from './cors.ts';
import type { Mount } from './media.ts';
import { createNames, type Names } from './names.ts';
import type { AskOrigin } from './origin.ts';
import { bareUrl, corsOf, serveMedia } from './serve-media.ts';

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

type Cause = NonNullable<TraceRow['cause']>;

/** What is known of a request before anybody looks for what it asks for. */
interface RequestReading {
  readonly kind: TraceRow['kind'];
  readonly judgement: EdgeJudgement;
  /** the token was left behind on the way: how the playlist named this address */
  readonly lost?: NonNullable<TraceRow['lost']>;
}

export interface Ruling extends RequestReading {
  readonly refusal?: { readonly status: number; readonly said: string; readonly cause: Cause; readonly claim?: string };
}

/** An answer, with everything that a trace says about it. */
export interface EdgeAnswer extends RequestReading {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array;
  readonly by: 'edge' | 'origin';
  /** a browser would keep it from the page: it has no CORS header that names the page */
  readonly hidden: boolean;
  readonly cause?: Cause;
  readonly claim?: string;
  /** of a refusal: its body */
  readonly said?: string;
}

export interface Edge {
  answer(request: SentRequest, stage: EdgeStage): Promise<EdgeAnswer>;
  /** whether `answer` would let a request through, and why not; counts it as `answer` would */
  rule(request: SentRequest, stage: EdgeStage): Ruling;
  /** an edge that has seen what this one has, to try things on */
  rehearse(): Edge;
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
export function createEdge(options: EdgeOptions): Edge {
  return createEdgeWith(options, { seen: new Map(), names: createNames() });
}

interface Memory {
  /** how often a token that must be counted was let through, by its cti in hex */
  readonly seen: Map<string, number>;
  readonly names: Names;
}

function createEdgeWith(options: EdgeOptions, { seen, names }: Memory): Edge {
  const { askOrigin, now = Date.now, wait = sleep } = options;

  function read(request: SentRequest, bare: URL, stage: EdgeStage): RequestReading {
    const { settings, tokens, source, hasToken } = stage;
    const judgement = judgeRequest(request, {
      verifier: verifierOf(settings),
      tokens,
      now: Math.floor((now() + settings.clockOffset) / 1000),
      ...settings.viewer,
      seen: (id) => seen.get(id) ?? 0,
      expireAll: settings.fault.kind === 'expire',
    });
    const lost = judgement.cause === 'no-token' && hasToken ? names.formOf(bare, source) : undefined;
    return { kind: names.kindOf(bare, source), judgement, ...(lost !== undefined && { lost }) };
  }

  function rule(request: SentRequest, bare: URL, stage: EdgeStage): Ruling {
    const { fault, enforce } = stage.settings;
    const reading = read(request, bare, stage);
    const { judgement, lost } = reading;
    if (fault.kind === 'status')
      return { ...reading, refusal: { status: fault.status, said: 'fault on purpose', cause: 'fault' } };
    if (enforce && judgement.decision === 'reject') {
      const { cause = 'claims' } = judgement;
      const claim = refusingClaim(judgement.judged?.claims ?? []);
      const known = outcomeOf(verifierOf(stage.settings), cause);
      const refusal = {
        status: known?.status ?? 403,
        said: known?.message ?? describeRefusal(judgement, claim),
        cause: lost === undefined ? cause : ('lost-token' as const),
        ...(claim !== undefined && { claim }),
      };
      return { ...reading, refusal };
    }
    const counted = judgement.judged?.token?.counted;
    if (counted !== undefined) seen.set(counted, (seen.get(counted) ?? 0) + 1);
    return reading;
  }

  async function answer(request: SentRequest, stage: EdgeStage): Promise<EdgeAnswer> {
    const { settings, mount } = stage;
    const { fault } = settings;
    const bare = bareUrl(request);
    const { refusal, ...facts } = rule(request, bare, stage);
    const own = ({ said, ...why }: NonNullable<Ruling['refusal']>): EdgeAnswer => ({
      ...facts,
      ...why,
      ...{ said, by: 'edge' as const, hidden: fault.kind === 'no-cors' },
      headers: [['content-type', 'text/plain; charset=utf-8'], ...corsOf(fault)],
      body: new TextEncoder().encode(said),
    });
    if (fault.kind === 'slow') await wait(fault.millis);
    if (refusal !== undefined) return own(refusal);

    if (mount === undefined) {
      // an edge that judges by itself stands before an origin that knows no tokens
      const got = await askOrigin(settings.enforce ? withoutCopies(request, verifierOf(settings)) : request);
      if (!got.ok) return own({ status: 502, said: got.error, cause: 'origin' });
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
    const served = await serveMedia(request, bare, mount, settings);
    if (served === undefined) return own({ status: 404, said: 'nothing of that name is here', cause: 'missing' });
    const { playlist, ...file } = served;
    if (playlist !== undefined) names.learn(playlist, bare);
    const hidden = fault.kind === 'no-cors';
    return { ...facts, ...file, by: 'edge', hidden, ...(hidden && { cause: 'cors' as const }) };
  }

  return {
    answer,
    rule: (request, stage) => rule(request, bareUrl(request), stage),
    rehearse: () => createEdgeWith(options, { seen: new Map(seen), names: createNames() }),
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
