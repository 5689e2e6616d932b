import type { ClaimsSet } from '../claims/claims-set.ts';
import type { Envelope } from '../cose/envelope.ts';
import { value as literal, type RichText, rich } from '../explain/rich-text.ts';
import { seconds } from '../units.ts';
import { VERIFIERS } from '../verifiers/registry.ts';
import { type FoundCopy, tokenCopies } from '../verifiers/token-copies.ts';
import type { Outcome, Verifier, VerifierId } from '../verifiers/verifier.ts';
import { type CopyChoice, whichCopy } from '../verifiers/which-copy.ts';
import { type Decision, decide } from './decision.ts';
import { judgeClaims } from './judge-claims.ts';
import type { RecipientFacts, RequestFacts } from './request.ts';
import type { ClaimVerdict, Verdict } from './verdict.ts';

/** What one verifier would say about a token, were it genuine, and why another would not say the same. */
export interface Prediction {
  readonly verifier: VerifierId;
  readonly decision: Decision;
  /** what it refuses, or cannot tell, in the order it would be met: the copy, the envelope, the claims */
  readonly causes: readonly Cause[];
  /** claims that come out otherwise than under the verifier it is compared with */
  readonly differs: readonly Difference[];
  /** what a client would see of a refusal, where that is known */
  readonly outcome: Outcome | undefined;
}

interface Cause {
  readonly about: 'copy' | 'envelope' | 'claim';
  /** name of the claim it is about */
  readonly claim?: string;
  readonly verdict: Extract<Verdict, 'fail' | 'unknown'>;
  readonly reason: RichText;
}

interface Difference {
  readonly claim: string;
  readonly verdict: Verdict;
  readonly reason: RichText;
}

interface Token {
  readonly envelope: Envelope;
  readonly claims: ClaimsSet | undefined;
  /** canonical text */
  readonly text: string;
}

/** The recipient's side without what the verifier itself decides: its skew. */
type Recipient = Omit<RecipientFacts, 'skew'>;

/**
 * The same token and request under every verifier the house knows, each compared with `against`. Integrity is left out:
 * it depends on keys that are theirs. Never throws.
 */
export function predictElsewhere(
  token: Token,
  request: RequestFacts,
  recipient: Recipient,
  against: Verifier,
): readonly Prediction[] {
  const copies = tokenCopies(request);
  const reference = verdictsOf(token, request, recipient, against);
  return VERIFIERS.map((verifier): Prediction => {
    const verdicts = verdictsOf(token, request, recipient, verifier);
    const causes = [
      ...copyCause(copies, token, request, verifier),
      ...refusedEnvelope(token.envelope, verifier).map(
        (reason): Cause => ({ about: 'envelope', verdict: 'fail', reason }),
      ),
      ...verdicts.flatMap(({ name, verdict, reason }): readonly Cause[] =>
        verdict === 'fail' || verdict === 'unknown' ? [{ about: 'claim', claim: name, verdict, reason }] : [],
      ),
    ];
    const isRefused = causes.some(({ verdict }) => verdict === 'fail');
    const decision = isRefused ? 'reject' : token.claims === undefined ? 'cannot-tell' : decide(verdicts);
    return {
      verifier: verifier.id,
      decision: decision === 'accept' && causes.length > 0 ? 'cannot-tell' : decision,
      causes,
      differs: verifier === against ? [] : differences(verdicts, reference),
      outcome: isRefused ? outcomeOf(causes, verifier) : undefined,
    };
  });
}

function verdictsOf(
  { claims }: Token,
  request: RequestFacts,
  recipient: Recipient,
  verifier: Verifier,
): readonly ClaimVerdict[] {
  if (claims === undefined) return [];
  return judgeClaims(claims, request, { ...recipient, skew: seconds(verifier.rules.time.skew) }, verifier);
}

/** Claims by their place in the token; what only one of the two misses counts as well. */
function differences(verdicts: readonly ClaimVerdict[], reference: readonly ClaimVerdict[]): readonly Difference[] {
  const before = new Map(numbered(reference));
  return numbered(verdicts)
    .filter(([key, { verdict }]) => before.get(key)?.verdict !== verdict)
    .map(([, { name, verdict, reason }]) => ({ claim: name, verdict, reason }));
}

/** A repeated claim is numbered, so that each is compared with itself. */
function numbered(verdicts: readonly ClaimVerdict[]): readonly (readonly [string, ClaimVerdict])[] {
  const seen = new Map<string, number>();
  return verdicts.map((verdict) => {
    const count = (seen.get(verdict.name) ?? 0) + 1;
    seen.set(verdict.name, count);
    return [`${verdict.name}#${count}`, verdict];
  });
}

/** A request that carries the token where this verifier does not look, or another one where it looks first. */
function copyCause(
  copies: readonly FoundCopy[],
  token: Token,
  request: RequestFacts,
  verifier: Verifier,
): readonly Cause[] {
  if (copies.length === 0) return [];
  const { used, finds, reasons } = chooseCopy(copies, request, verifier);
  if (finds === 'nothing') return [{ about: 'copy', verdict: 'fail', reason: reasons[0] ?? rich`It finds no token` }];
  const judged = used.flatMap((index) => copies[index] ?? []);
  if (judged.some(({ text }) => text === token.text)) return [];
  const reason = rich`${verifier.name} would judge another token of this request`;
  return copies.some(({ text }) => text === token.text) ? [{ about: 'copy', verdict: 'unknown', reason }] : [];
}

/** Which copies a verifier would judge of a request. */
export const chooseCopy = (copies: readonly FoundCopy[], { headers }: RequestFacts, verifier: Verifier): CopyChoice =>
  whichCopy(copies, verifier, headers?.some(({ name }) => name.toLowerCase() === 'cookie') ?? false);

/** What a verifier does not take of an envelope, whatever the key is. */
function refusedEnvelope(envelope: Envelope, verifier: Verifier): readonly RichText[] {
  const { name, envelope: habits } = verifier;
  const { kind, tags, alg, payload, bytes, proof, damagedAt } = envelope;
  if (damagedAt !== undefined) return [rich`The token cannot be read from byte ${String(damagedAt)} on`];
  // of another form nothing is known but that COSE is what they read
  if (kind !== 'cose-mac0' && kind !== 'cose-sign1') return [];
  const hasCoseTag = tags.some((tag) => tag >= 16 && tag <= 18);
  const isUnknownAlg = alg !== undefined && !habits.algorithms.includes(alg.name);
  const isShort = proof !== undefined && kind === 'cose-mac0' && proof.bytes.length === SHORT_MAC;
  return [
    ...(habits.cwtTag === 'required' && !tags.includes(CWT_TAG)
      ? [rich`${name} requires tag 61, which is missing`]
      : []),
    ...(habits.coseTag === 'required' && !hasCoseTag ? [rich`${name} requires the COSE tag, which is missing`] : []),
    ...(payload?.form === 'hex-text' && !habits.hexTextPayload
      ? [rich`${name} expects a byte string, and the claims stand as hex text`]
      : []),
    ...(isUnknownAlg ? [rich`${name} does not take ${literal(alg.name)}`] : []),
    ...(isShort && !habits.truncatedMac && !isUnknownAlg ? [rich`${name} takes no MAC of eight bytes`] : []),
    ...(habits.maxBytes !== undefined && bytes.length > habits.maxBytes
      ? [rich`${name} refuses more than ${String(habits.maxBytes)} bytes`]
      : []),
  ];
}

const CWT_TAG = 61;
const SHORT_MAC = 8;

function outcomeOf(causes: readonly Cause[], { outcome }: Verifier): Outcome | undefined {
  switch (causes.find(({ verdict }) => verdict === 'fail')?.about) {
    case 'copy':
      return outcome.missing;
    case 'claim':
      return outcome.unmetClaim;
    default:
      return outcome.otherFailure;
  }
}
