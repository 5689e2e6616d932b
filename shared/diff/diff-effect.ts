import type { ClaimsSet } from '../claims/claims-set.ts';
import { type Decision, decide } from '../evaluate/decision.ts';
import { judgeClaims } from '../evaluate/judge-claims.ts';
import type { RecipientFacts } from '../evaluate/request.ts';
import type { RichText } from '../explain/rich-text.ts';
import { seconds } from '../units.ts';
import type { Verifier } from '../verifiers/verifier.ts';
import type { Probe } from './make-probes.ts';

/** What one request would come to with each of two tokens, were both genuine. */
export interface EffectRow {
  readonly probe: Probe;
  readonly a: Outcome;
  readonly b: Outcome;
  readonly differs: boolean;
}

interface Outcome {
  readonly decision: Decision;
  /** claims that refuse, each with its reason; without any, those that leave it open */
  readonly causes: readonly { readonly claim: string; readonly reason: RichText }[];
}

/** Judges every probe with both tokens. Those that come out otherwise stand first, each group in the order of the probes. */
export function diffEffect(
  a: ClaimsSet,
  b: ClaimsSet,
  probes: readonly Probe[],
  recipient: Omit<RecipientFacts, 'now' | 'skew'>,
  verifier: Verifier,
): readonly EffectRow[] {
  const skew = seconds(verifier.rules.time.skew);
  const judge = (set: ClaimsSet, { request, at }: Probe): Outcome => {
    const verdicts = judgeClaims(set, request, { ...recipient, now: at, skew }, verifier);
    const decision = decide(verdicts);
    const deciding = decision === 'reject' ? 'fail' : 'unknown';
    const causes = verdicts
      .filter(({ verdict }) => verdict === deciding)
      .map(({ name, reason }) => ({ claim: name, reason }));
    return { decision, causes };
  };
  const rows = probes.map((probe): EffectRow => {
    const outcomes = { a: judge(a, probe), b: judge(b, probe) };
    return { probe, ...outcomes, differs: outcomes.a.decision !== outcomes.b.decision };
  });
  return [...rows.filter(({ differs }) => differs), ...rows.filter(({ differs }) => !differs)];
}
