import type { EdgeSettings, TraceRow } from '../../shared/contract/preview.ts';
import { behindEdge, withoutCopies } from '../../shared/edge/find-copies.ts';
import { type EdgeJudgement, judgeRequest, refusingClaim, type SentRequest } from '../../shared/edge/judge-request.ts';
import type { OpenedToken, OpenedTokens } from '../../shared/edge/open-token.ts';
import { findRenewal, planRenewal, type RenewalPlan, type Renewed, renewedHeaders } from '../../shared/edge/renewal.ts';
import { toPlainText } from '../../shared/explain/rich-text.ts';
import { UTC_STYLE } from '../../shared/explain/time-style.ts';
import { readPlaylist } from '../../shared/hls/read-playlist.ts';
import { cta5007 } from '../../shared/verifiers/cta-5007.ts';
import { verifierById } from '../../shared/verifiers/registry.ts';
import type { Outcome, Verifier } from '../../shared/verifiers/verifier.ts';
import { allowsPage } from './cors.ts';
import type { Mount } from './media.ts';
import { createNames, type Names } from './names.ts';
import type { AskOrigin, OriginAnswer } from './origin.ts';
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
  /** makes a token anew with other times; `undefined`: there is no key here that may */
  readonly renew?: (token: OpenedToken, plan: RenewalPlan) => Promise<string | undefined>;
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
  /** a request left this computer for it */
  readonly sent?: boolean;
  /** a browser would keep it from the page: it has no CORS header that names the page */
  readonly hidden: boolean;
  readonly cause?: Cause;
  readonly claim?: string;
  /** of a refusal: its body */
  readonly said?: string;
  /** a fresh token went along */
  readonly renewed?: Renewed;
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
  return createEdgeWith(options, { seen: new Map(), names: createNames(), renewals: new Map() });
}

interface Memory {
  /** how often a token that must be counted was let through, by its cti in hex */
  readonly seen: Map<string, number>;
  readonly names: Names;
  /** what a token was renewed to, or is being: as long as that holds, it is handed out again */
  readonly renewals: Map<string, { readonly token: Promise<string | undefined>; readonly expires: number }>;
}

const MOST_RENEWALS = 100;

function createEdgeWith(options: EdgeOptions, { seen, names, renewals }: Memory): Edge {
  const { askOrigin, now = Date.now, wait = sleep } = options;

  const edgeSeconds = ({ clockOffset }: EdgeSettings): number => Math.floor((now() + clockOffset) / 1000);

  function read(request: SentRequest, bare: URL, stage: EdgeStage): RequestReading {
    const { settings, tokens, source, hasToken } = stage;
    const judgement = judgeRequest(request, {
      verifier: verifierOf(settings),
      tokens,
      now: edgeSeconds(settings),
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

  /** A token that was let through may ask for a fresh one; who only watches renews nothing. */
  async function renew({ decision, judged }: EdgeJudgement, { settings, ...stage }: EdgeStage) {
    if (!settings.enforce || decision !== 'accept' || judged?.token === undefined) return undefined;
    const { copy, token } = judged;
    const seconds = edgeSeconds(settings);
    const plan = planRenewal(token, copy, seconds, verifierOf(settings));
    if (plan === undefined) return undefined;
    const known = renewals.get(token.text);
    if (known === undefined || known.expires <= seconds) {
      const [oldest] = renewals.keys();
      if (renewals.size >= MOST_RENEWALS && oldest !== undefined) renewals.delete(oldest);
      renewals.set(token.text, { token: makeFresh(token, plan, stage), expires: plan.expires });
    }
    const made = await renewals.get(token.text)?.token;
    return made === undefined ? undefined : { plan, copy, token: made };
  }

  /** One that could not be made is tried again with the next request. */
  async function makeFresh(token: OpenedToken, plan: RenewalPlan, stage: Pick<EdgeStage, 'renew'>) {
    let made: string | undefined;
    try {
      made = await stage.renew?.(token, plan);
    } finally {
      if (made === undefined) renewals.delete(token.text);
    }
    return made;
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
    const fresh = await renew(facts.judgement, stage);
    const handed = fresh === undefined ? [] : renewedHeaders(fresh.plan, request.url, fresh.copy.text, fresh.token);
    const hidden = fault.kind === 'no-cors';
    const passed = { ...facts, ...(fresh !== undefined && { renewed: { by: fresh.plan.by, token: fresh.token } }) };
    if (fresh?.plan.by === 'redirect')
      return {
        ...{ ...passed, status: fresh.plan.status, by: 'edge', body: new Uint8Array(0), hidden },
        headers: [...handed, ...corsOf(fault)],
      };
    if (mount === undefined) {
      // an edge that judges by itself stands before an origin that knows no tokens
      const got = await askOrigin(settings.enforce ? withoutCopies(request, verifierOf(settings)) : request);
      if (!got.ok)
        return { ...own({ status: 502, said: got.error.message, cause: 'no-answer' }), sent: got.error.sent };
      return { ...passed, ...readOrigin(got.value, bare, handed, facts.judgement, stage) };
    }
    const served = await serveMedia(request, bare, mount, settings);
    if (served === undefined) return own({ status: 404, said: 'nothing of that name is here', cause: 'missing' });
    const { status, body, playlist, headers } = served;
    if (playlist !== undefined) names.learn(playlist, bare);
    return {
      ...{ ...passed, status, body, by: 'edge', hidden, headers: [...headers, ...handed] },
      ...(hidden && { cause: 'cors' }),
    };
  }

  /** An origin's answer as the page gets it; a token it renewed counts where no token is judged here. */
  function readOrigin(
    { status, headers, body }: OriginAnswer,
    bare: URL,
    handed: EdgeAnswer['headers'],
    { judged }: EdgeJudgement,
    { settings, tokens }: EdgeStage,
  ): Omit<EdgeAnswer, keyof RequestReading> {
    const playlist = isPlaylist(headers, bare) ? readPlaylist(new TextDecoder().decode(body)) : undefined;
    if (playlist !== undefined) names.learn(playlist, bare);
    const isKept = ([name]: (typeof headers)[number]) =>
      settings.fault.kind !== 'no-cors' || !/^access-control-/i.test(name);
    const kept = headers.filter(isKept);
    const hidden = !allowsPage(kept);
    const renewed =
      settings.enforce || judged === undefined
        ? undefined
        : findRenewal(headers, judged, (text) => tokens.open(text)?.claims !== undefined);
    return {
      ...{ status, body, by: 'origin', sent: true, headers: [...kept, ...handed], hidden },
      ...(renewed !== undefined && { renewed }),
      ...(hidden && { cause: 'cors' }),
      ...(status >= 400 && { cause: 'origin', said: new TextDecoder().decode(body.subarray(0, MOST_SAID)) }),
    };
  }

  return {
    answer,
    rule: (request, stage) => rule(request, bareUrl(request), stage),
    rehearse: () => createEdgeWith(options, { seen: new Map(seen), names: createNames(), renewals: new Map() }),
    names,
    forget: () => {
      seen.clear();
      names.forget();
      renewals.clear();
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
