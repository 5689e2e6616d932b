import type { Integrity } from '../cose/crypto-port.ts';
import { type Decision, decide } from '../evaluate/decision.ts';
import { judgeClaims } from '../evaluate/judge-claims.ts';
import type { RecipientFacts, RequestFacts } from '../evaluate/request.ts';
import type { ClaimVerdict } from '../evaluate/verdict.ts';
import { type RichText, rich } from '../explain/rich-text.ts';
import { seconds } from '../units.ts';
import type { Verifier } from '../verifiers/verifier.ts';
import { type CopyChoice, whichCopy } from '../verifiers/which-copy.ts';
import { refuseEnvelope } from './envelope-habits.ts';
import { findCopies, type SentCopy } from './find-copies.ts';
import type { OpenedToken, OpenedTokens } from './open-token.ts';

/** Why an edge refuses a request on its own, before it looks for what was asked. */
export type RefusalCause = 'no-token' | 'unreadable' | 'integrity' | 'time' | 'claims';

/** A copy of a token as it was judged. */
export interface JudgedCopy {
  /** position among the copies */
  readonly index: number;
  readonly copy: SentCopy;
  readonly token: OpenedToken | undefined;
  readonly decision: Decision;
  readonly cause?: RefusalCause;
  /** one for every claim; none when it did not come to that */
  readonly claims: readonly ClaimVerdict[];
  /** why the envelope or its integrity was refused */
  readonly reason?: RichText;
  readonly recipient: RecipientFacts;
  readonly facts: RequestFacts;
}

/** An edge's answer to the question whether a request may have what it asks for. */
export interface EdgeJudgement {
  readonly decision: Decision;
  readonly cause?: RefusalCause;
  readonly copies: readonly SentCopy[];
  readonly choice: CopyChoice;
  /** the copy that decided: the one that was accepted, else the first that was judged */
  readonly judged?: JudgedCopy;
}

export interface EdgeFacts {
  readonly verifier: Verifier;
  readonly tokens: OpenedTokens;
  /** the edge's clock, seconds */
  readonly now: number;
  readonly ip: string;
  /** empty: not known */
  readonly country: string;
  /** how often a token was let in before, by its cti in hex */
  seen(id: string): number;
  /** every token counts as expired */
  readonly expireAll: boolean;
}

/** The members of a request that tell whether it may pass. */
export interface SentRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
}

/** Carrier, envelope, integrity, claims: what an edge does with a request, under the rules of `verifier`. Never throws. */
export function judgeRequest(request: SentRequest, edge: EdgeFacts): EdgeJudgement {
  const { verifier, tokens } = edge;
  const copies = findCopies(request.url, request.headers, verifier);
  const hasCookies = request.headers.some(({ name }) => name.toLowerCase() === 'cookie');
  const choice = whichCopy(copies, verifier, hasCookies);
  let first: JudgedCopy | undefined;
  let open: JudgedCopy | undefined;
  for (const index of choice.used) {
    const copy = copies[index];
    if (copy === undefined) continue;
    const judged = judgeCopy(index, copy, tokens.open(copy.text), request, edge);
    if (judged.decision === 'accept') return { decision: 'accept', copies, choice, judged };
    first ??= judged;
    if (judged.decision === 'cannot-tell') open ??= judged;
  }
  // one acceptable copy is enough, and one that may be acceptable leaves it open
  const judged = open ?? first;
  if (judged === undefined) return { decision: 'reject', cause: 'no-token', copies, choice };
  const { decision, cause } = judged;
  return { decision, ...(cause !== undefined && { cause }), copies, choice, judged };
}

function judgeCopy(
  index: number,
  copy: SentCopy,
  token: OpenedToken | undefined,
  { url, method, headers }: SentRequest,
  edge: EdgeFacts,
): JudgedCopy {
  const { verifier } = edge;
  const counted = token?.counted;
  // member by member, here and below: this is done for every request
  const facts: Mutable<RequestFacts> = { url, method, headers, ip: edge.ip };
  if (edge.country !== '') facts.country = edge.country;
  if (counted !== undefined) facts.seen = edge.seen(counted);
  const skew = verifier.rules.time.skew;
  const recipient: Mutable<RecipientFacts> = {
    now: seconds(edge.expireAll ? Math.max(edge.now, (token?.expires ?? edge.now) + skew + 1) : edge.now),
    skew: seconds(skew),
  };
  // whoever holds a key of the ring is an issuer this edge knows
  if (token?.integrity.state === 'verified' && token.issuer !== undefined) recipient.issuers = [token.issuer];
  const judged: Mutable<JudgedCopy> = { index, copy, token, recipient, facts, decision: 'reject', claims: [] };
  const refuse = (cause: RefusalCause, reason?: RichText): JudgedCopy => {
    judged.cause = cause;
    if (reason !== undefined) judged.reason = reason;
    return judged;
  };
  if (token === undefined) return refuse('unreadable', rich`It is neither base64url of COSE nor the dot form`);
  const odd = refuseEnvelope(token.envelope, verifier);
  if (odd !== undefined) return refuse('unreadable', odd);
  const { claims } = token;
  if (claims === undefined) return refuse('unreadable', rich`Its claims cannot be read`);
  const verdicts = judgeClaims(claims, facts, recipient, verifier);
  judged.claims = verdicts;
  const made = verifier.envelope.verifiesIntegrity ? judgeIntegrity(token.integrity) : 'accept';
  if (made === 'reject') return refuse('integrity', rich`${reasonOf(token.integrity)}`);
  const decision = decide(verdicts);
  if (edge.expireAll && token.expires === undefined)
    return refuse('time', rich`The edge was told to take every token for expired`);
  if (decision === 'reject') return refuse(causeOf(verdicts));
  judged.decision = made === 'cannot-tell' ? made : decision;
  return judged;
}

type Mutable<T> = { -readonly [Name in keyof T]: T[Name] };

/** An edge lets nobody in whom it could not check: a key is what it is there for. */
function judgeIntegrity(integrity: Integrity): Decision {
  switch (integrity.state) {
    case 'verified':
      return 'accept';
    case 'failed':
    case 'not-checked':
    case 'cannot-check':
      return 'reject';
  }
}

const reasonOf = (integrity: Integrity): string => ('reason' in integrity ? integrity.reason : '');

const TIMES: ReadonlySet<string> = new Set(['exp', 'nbf', 'iat']);

/** What refuses apart from time is what has to be mended: a fresh token of the same kind would be refused again. */
function causeOf(verdicts: readonly ClaimVerdict[]): RefusalCause {
  const refused = verdicts.filter(({ verdict }) => verdict === 'fail');
  return refused.every(({ name }) => TIMES.has(name)) ? 'time' : 'claims';
}

/** The claim that refused, with the first step into it: `catu.path`. */
export function refusingClaim(verdicts: readonly ClaimVerdict[]): string | undefined {
  const verdict = verdicts.find((one) => one.verdict === 'fail');
  return verdict && innermost(verdict).path.slice(0, 2).join('.');
}

/** The rule inside a claim that refused, down to where a difference can be shown. */
export function innermost(verdict: ClaimVerdict): ClaimVerdict {
  const inner = verdict.children?.find((child) => child !== verdict && child.verdict === 'fail');
  return inner === undefined ? verdict : innermost(inner);
}
