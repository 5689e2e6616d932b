import type { PreviewState, TokenSlot, TraceRow } from '../../shared/contract/preview.ts';
import { findCopies } from '../../shared/edge/find-copies.ts';
import type { SentRequest } from '../../shared/edge/judge-request.ts';
import { millis } from '../../shared/units.ts';
import { type Edge, type EdgeAnswer, type EdgeStage, verifierOf } from '../edge/edge.ts';
import type { Ledger } from '../egress/ledger.ts';
import { copyOf, describeUrl, verdictOf } from './describe-request.ts';
import { PAGE_HEADERS } from './sent-by-player.ts';
import type { Trace } from './trace.ts';

/** Answers what the player asks of other hosts than its own, and writes each request down. */
export interface PlayerRequests {
  answer(request: Request): Promise<Response>;
  /** what the page may not send at all */
  block(url: URL, method: string, reason: string): void;
  counts(): PreviewState['counts'];
  /** what is known of a row beyond itself; `undefined`: it is gone, or nothing was judged */
  facts(id: number): RowFacts | undefined;
  forget(): void;
}

/** Kept in main beside a row: what "why" is told from. The request has its token in it. */
export interface RowFacts {
  readonly request: SentRequest;
  readonly answer: EdgeAnswer;
  readonly stage: EdgeStage;
}

export interface PlayerRequestsOptions {
  readonly edge: Edge;
  readonly trace: Trace;
  readonly ledger: Ledger;
  /** `undefined`: nothing is loaded */
  readonly stage: () => Promise<EdgeStage | undefined>;
  readonly slotOf: (token: string) => TokenSlot | null;
  /** a request came to its end */
  readonly answered: (row: TraceRow, facts: RowFacts) => void;
  readonly now?: () => number;
}

const MOST_FACTS = 500;

export function createPlayerRequests(options: PlayerRequestsOptions): PlayerRequests {
  const { edge, trace, ledger, stage, slotOf, answered, now = Date.now } = options;
  const facts = new Map<number, RowFacts>();
  let counts: PreviewState['counts'] = { answered: 0, sent: 0, blocked: 0 };

  function block(url: URL, method: string, reason: string): void {
    counts = { ...counts, blocked: counts.blocked + 1 };
    ledger.block({ method, url, purpose: 'Asked for by the player’s page' }, reason);
  }

  async function answer(request: Request): Promise<Response> {
    const url = new URL(request.url);
    const now_ = await stage();
    if (now_ === undefined || !(url.host === now_.source.host || edge.names.knowsHost(url.host))) {
      block(url, request.method, reasonFor(url));
      return Response.error();
    }
    const sent = describeRequest(request);
    const copies = findCopies(sent.url, sent.headers, verifierOf(now_.settings));
    const begun = performance.now();
    const row = trace.begin({
      at: millis(now()),
      method: sent.method,
      ...describeUrl(sent.url, slotOf),
      kind: edge.names.kindOf(url, now_.source),
      hidden: false,
      by: now_.mount === undefined ? 'origin' : 'edge',
      ...copyOf(copies[0], slotOf),
      copies: copies.length,
      verdict: 'none',
      size: 0,
      took: 0,
    });
    const got = await edge.answer(sent, now_);
    counts = got.sent === true ? { ...counts, sent: counts.sent + 1 } : { ...counts, answered: counts.answered + 1 };
    const done: TraceRow = {
      ...row,
      ...describeAnswer(got),
      ...copyOf(got.judgement.judged?.copy ?? copies[0], slotOf),
      took: Math.round((performance.now() - begun) * 10) / 10,
    };
    const known: RowFacts = { request: sent, answer: { ...got, body: NOTHING }, stage: now_ };
    const [oldest] = facts.keys();
    if (facts.size >= MOST_FACTS && oldest !== undefined) facts.delete(oldest);
    facts.set(row.id, known);
    trace.end(done);
    answered(done, known);
    return got.hidden ? Response.error() : toResponse(got);
  }

  return {
    answer,
    block,
    counts: () => counts,
    facts: (id) => facts.get(id),
    forget: () => facts.clear(),
  };
}

const NOTHING = new Uint8Array(0);

function describeRequest({ url, method, headers }: Request): SentRequest {
  const own = [...headers].map(([name, value]) => ({ name, value }));
  return { url, method, headers: [...own, ...PAGE_HEADERS] };
}

function describeAnswer(
  got: EdgeAnswer,
): Pick<TraceRow, 'status' | 'hidden' | 'by' | 'verdict' | 'size' | 'kind'> &
  Partial<Pick<TraceRow, 'cause' | 'claim' | 'lost' | 'renewed'>> {
  const { status, hidden, by, kind, cause, claim, lost, renewed, body, judgement } = got;
  return {
    ...{ status, hidden, by, kind, verdict: verdictOf(judgement), size: body.length },
    ...(cause !== undefined && { cause }),
    ...(claim !== undefined && { claim }),
    ...(lost !== undefined && { lost }),
    ...(renewed !== undefined && { renewed: renewed.by }),
  };
}

const NO_BODY: ReadonlySet<number> = new Set([101, 204, 205, 304]);

function toResponse({ status, headers, body }: EdgeAnswer): Response {
  const kept = headers.filter(([name]) => !/^(?:content-encoding|content-length|transfer-encoding)$/i.test(name));
  return new Response(NO_BODY.has(status) ? null : new Uint8Array(body), {
    status,
    headers: kept.map(([name, value]) => [name, value]),
  });
}

/** Where Flowplayer's player sends what it measures. */
const TELEMETRY = /^(?:ihi|pmi|ptm)\.flowplayer\.com$/i;

const reasonFor = (url: URL): string =>
  TELEMETRY.test(url.hostname) ? 'telemetry of the player' : 'no host of the stream';
