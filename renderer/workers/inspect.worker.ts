import { createTokenFinder } from '../../shared/carrier/find-tokens.ts';
import type { Found } from '../../shared/carrier/found.ts';
import { judge as judgeToken } from '../../shared/evaluate/evaluate-claims.ts';
import { chooseCopy, type Prediction, predictElsewhere } from '../../shared/evaluate/predict-elsewhere.ts';
import { rich } from '../../shared/explain/rich-text.ts';
import { inspectToken } from '../../shared/inspect/inspect-token.ts';
import type { Inspection } from '../../shared/inspect/inspection.ts';
import { type Seconds, seconds } from '../../shared/units.ts';
import { VERIFIERS, verifierById } from '../../shared/verifiers/registry.ts';
import { tokenCopies } from '../../shared/verifiers/token-copies.ts';
import type { Verifier } from '../../shared/verifiers/verifier.ts';
import { copyItem } from './token-view/copy-item.ts';
import type {
  FoundSummary,
  InspectAnswer,
  InspectRequest,
  JudgedCopy,
  Judgement,
  Looked,
  Question,
} from './token-view/protocol.ts';
import { requestAt } from './token-view/protocol.ts';
import { readTokenView } from './token-view/read-token-view.ts';

/** Finds and reads tokens beside the window, so that no paste can freeze it. */
let last: Found | undefined;
/** the token that is looked at */
let looked: Inspection | undefined;

self.onmessage = (event: MessageEvent<InspectRequest>) => {
  const request = event.data;
  switch (request.kind) {
    case 'read': {
      const found = find(request.id, request.text);
      last = found;
      const reading = { found: summarise(found), ...look(found, firstOf(found), request.now) };
      answer({ kind: 'reading', id: request.id, reading });
      break;
    }
    case 'view':
      answer({ kind: 'looked', id: request.id, looked: last && look(last, request.index, request.now) });
      break;
    case 'judge':
      answer({ kind: 'judgement', id: request.id, judgement: judge(request.question) });
      break;
    case 'elsewhere':
      answer({ kind: 'predictions', id: request.id, predictions: predict(request.question) });
      break;
    case 'copy':
      answer({ kind: 'copies', id: request.id, copies: looked && copyItem(looked, request.item) });
  }
};

const answer = (message: InspectAnswer): void => self.postMessage(message);

function find(id: number, text: string): Found {
  const finder = createTokenFinder(text);
  for (;;) {
    const step = finder.next();
    if (step.done) return step.value;
    answer({ kind: 'progress', id, done: step.value });
  }
}

/** The token to begin with: of a request that was refused, else the first that is a CAT. */
function firstOf({ tokens, requests, requestOf }: Found): number {
  const isCat = (index: number) => tokens[index]?.kind !== 'not-a-cat';
  const refused = tokens.findIndex(
    (_, index) => isCat(index) && (requests[requestOf[index] ?? -1]?.status ?? 0) >= 400,
  );
  return refused >= 0
    ? refused
    : Math.max(
        tokens.findIndex((_, index) => isCat(index)),
        0,
      );
}

function look(found: Found, index: number, now: Seconds): Looked {
  const token = found.tokens[index];
  looked = token === undefined || token.kind === 'not-a-cat' ? undefined : inspectToken(token, { now });
  // without a token, an address or a log line is what was asked about
  const place = token === undefined ? (requestAt(index) ?? 0) : found.requestOf[index];
  const request = found.requests[place ?? -1];
  return { index, view: looked && readTokenView(looked), request };
}

const [STANDARD] = VERIFIERS;
const rulesOf = (id: string): Verifier | undefined => verifierById(id) ?? STANDARD;

function judge({ request, recipient, at, verifier: id }: Question): Judgement {
  const verifier = rulesOf(id);
  if (looked === undefined || verifier === undefined) return { verdicts: [], mend: undefined, copies: [] };
  const copies = judgeCopies(looked, request, verifier);
  if (looked.claims === undefined) return { verdicts: [], mend: undefined, copies };
  const skew = seconds(verifier.rules.time.skew);
  const { claims, mend } = judgeToken(looked.claims, request, { ...recipient, now: at, skew }, verifier);
  return { verdicts: claims, mend, copies };
}

function judgeCopies(token: Inspection, request: Question['request'], verifier: Verifier): readonly JudgedCopy[] {
  const copies = tokenCopies(request);
  if (copies.length === 0) return [];
  const choice = chooseCopy(copies, request, verifier);
  return copies.map(({ channel, name, text }, index) => ({
    channel,
    name,
    isLooked: text === token.found.text,
    isUsed: choice.used.includes(index),
    reason: choice.reasons[index] ?? rich``,
    index: indexOf(text),
  }));
}

const indexOf = (text: string): number | undefined => {
  const index = last?.tokens.findIndex((candidate) => candidate.text === text) ?? -1;
  return index < 0 ? undefined : index;
};

function predict({ request, recipient, at, verifier: id }: Question): readonly Prediction[] {
  const verifier = rulesOf(id);
  if (looked === undefined || verifier === undefined) return [];
  const { envelope, claims, found } = looked;
  return predictElsewhere({ envelope, claims, text: found.text }, request, { ...recipient, now: at }, verifier);
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
  const asked = requests.map(({ method, url, status }) => ({
    ...(method !== undefined && { method }),
    ...(url !== undefined && { url }),
    ...(status !== undefined && { status }),
  }));
  return { input, requests: asked, requestOf, tokens, ...(stoppedAt === undefined ? {} : { stoppedAt }) };
}
