import { findTokens } from '../../shared/carrier/find-tokens.ts';
import type { Found } from '../../shared/carrier/found.ts';
import { judgeClaims } from '../../shared/evaluate/judge-claims.ts';
import type { ClaimVerdict } from '../../shared/evaluate/verdict.ts';
import { inspectToken } from '../../shared/inspect/inspect-token.ts';
import type { Inspection } from '../../shared/inspect/inspection.ts';
import { type Seconds, seconds } from '../../shared/units.ts';
import { VERIFIERS, verifierById } from '../../shared/verifiers/registry.ts';
import type { FoundSummary, InspectAnswer, InspectRequest, Question } from './token-view/protocol.ts';
import { readTokenView } from './token-view/read-token-view.ts';

/** Finds and reads tokens beside the window, so that no paste can freeze it. */
let last: { readonly found: Found; readonly summary: FoundSummary } | undefined;
/** the token that is looked at */
let looked: Inspection | undefined;

self.onmessage = (event: MessageEvent<InspectRequest>) => {
  const request = event.data;
  switch (request.kind) {
    case 'read': {
      const found = findTokens(request.text);
      last = { found, summary: summarise(found) };
      const first = found.tokens.findIndex((token) => token.kind !== 'not-a-cat');
      answerReading(request.id, Math.max(first, 0), request.now);
      break;
    }
    case 'view':
      answerReading(request.id, request.index, request.now);
      break;
    case 'judge':
      answer({ kind: 'verdicts', id: request.id, verdicts: judge(request.question) });
  }
};

const answer = (message: InspectAnswer): void => self.postMessage(message);

function answerReading(id: number, index: number, now: Seconds): void {
  if (last === undefined) return;
  const token = last.found.tokens[index];
  looked = token === undefined || token.kind === 'not-a-cat' ? undefined : inspectToken(token, { now });
  const reading = { found: last.summary, index, view: looked && readTokenView(looked) };
  answer({ kind: 'reading', id, reading });
}

function judge({ request, at, verifier }: Question): readonly ClaimVerdict[] {
  const rules = verifierById(verifier) ?? VERIFIERS[0];
  if (looked?.claims === undefined || rules === undefined) return [];
  return judgeClaims(looked.claims, request, { now: at, skew: seconds(rules.rules.time.skew) }, rules);
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
