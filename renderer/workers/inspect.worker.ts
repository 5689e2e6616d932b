import { findTokens } from '../../shared/carrier/find-tokens.ts';
import type { Found } from '../../shared/carrier/found.ts';
import { inspectToken } from '../../shared/inspect/inspect-token.ts';
import type { Seconds } from '../../shared/units.ts';
import type { FoundSummary, InspectAnswer, InspectRequest, Reading } from './token-view/protocol.ts';
import { readTokenView } from './token-view/read-token-view.ts';

/** Finds and reads tokens beside the window, so that no paste can freeze it. */
let last: { readonly found: Found; readonly summary: FoundSummary } | undefined;

self.onmessage = (event: MessageEvent<InspectRequest>) => {
  const request = event.data;
  if (request.kind === 'read') {
    const found = findTokens(request.text);
    last = { found, summary: summarise(found) };
    const first = found.tokens.findIndex((token) => token.kind !== 'not-a-cat');
    answer(request.id, readingOf(Math.max(first, 0), request.now));
  } else answer(request.id, readingOf(request.index, request.now));
};

const answer = (id: number, reading: Reading | undefined): void => {
  if (reading !== undefined) self.postMessage({ id, reading } satisfies InspectAnswer);
};

function readingOf(index: number, now: Seconds): Reading | undefined {
  if (last === undefined) return undefined;
  const token = last.found.tokens[index];
  const view = token === undefined || token.kind === 'not-a-cat' ? undefined : readTokenView(inspectToken(token, { now }));
  return { found: last.summary, index, view };
}

function summarise(found: Found): FoundSummary {
  const { input, requests, requestOf, stoppedAt } = found;
  const tokens = found.tokens.map(({ kind, instead, source, start, end, repairs, bytes }) => ({
    kind,
    ...(instead === undefined ? {} : { instead }),
    source,
    start,
    end,
    repairs,
    size: bytes.length,
  }));
  return { input, requests, requestOf, tokens, ...(stoppedAt === undefined ? {} : { stoppedAt }) };
}
