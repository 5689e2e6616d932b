import { describe, expect, it } from 'vitest';
import { findTokens } from '../../../shared/carrier/find-tokens.ts';
import { type Prediction, predictElsewhere } from '../../../shared/evaluate/predict-elsewhere.ts';
import type { RequestFacts } from '../../../shared/evaluate/request.ts';
import { toPlainText } from '../../../shared/explain/rich-text.ts';
import { UTC_STYLE } from '../../../shared/explain/time-style.ts';
import { inspectToken } from '../../../shared/inspect/inspect-token.ts';
import { seconds } from '../../../shared/units.ts';
import { cta5007 } from '../../../shared/verifiers/cta-5007.ts';
import { VERIFIERS } from '../../../shared/verifiers/registry.ts';
import type { VerifierId } from '../../../shared/verifiers/verifier.ts';
import { STANDARD, URL_SAFE } from '../carrier/samples.ts';

const NOW = seconds(1_800_000_000);

function predict(text: string, request: RequestFacts): ReadonlyMap<VerifierId, Prediction> {
  const [found] = findTokens(text).tokens;
  if (found === undefined) throw new Error('no token');
  const { envelope, claims } = inspectToken(found, { now: NOW });
  const token = { envelope, claims, text: found.text };
  return new Map(
    predictElsewhere(token, request, { now: NOW }, cta5007).map((prediction) => [prediction.verifier, prediction]),
  );
}
const reasons = (prediction: Prediction | undefined): string =>
  prediction?.causes.map(({ reason }) => toPlainText(reason, UTC_STYLE)).join('; ') ?? '';

describe('predictElsewhere', () => {
  it('says something of every verifier, and differences of all but the one it is compared with', () => {
    const predictions = predict(STANDARD, { url: 'https://cdn.example.com/a', method: 'GET' });
    expect([...predictions.keys()]).toEqual(VERIFIERS.map(({ id }) => id));
    expect(predictions.get('cta-5007')?.differs).toEqual([]);
    expect([...predictions.values()].some(({ differs }) => differs.length > 0)).toBe(true);
  });

  it('tells claims in a text of hex digits from those in a byte string', () => {
    const predictions = predict(STANDARD, {});
    expect(reasons(predictions.get('akamai'))).toContain('hex text');
    expect(predictions.get('akamai')?.decision).toBe('reject');
    expect(reasons(predictions.get('node-cat'))).not.toContain('hex text');
  });

  it('refuses where the token stands in a place that is not looked at', () => {
    const predictions = predict(URL_SAFE, { url: `https://cdn.example.com/a?CAT=${URL_SAFE}`, method: 'GET' });
    expect(reasons(predictions.get('flowplayer'))).toContain('does not look for a token in query parameter');
    expect(predictions.get('flowplayer')?.decision).toBe('reject');
    expect(reasons(predictions.get('akamai'))).not.toContain('does not look');
  });

  it('cannot tell where another token of the request would be judged', () => {
    const predictions = predict(URL_SAFE, {
      url: `https://cdn.example.com/a?CAT=${URL_SAFE}`,
      method: 'GET',
      headers: [{ name: 'Cookie', value: `Common-Access-Token=${STANDARD}` }],
    });
    expect(reasons(predictions.get('akamai'))).toContain('would judge another token of this request');
  });

  it('never lets in what it cannot read', () => {
    for (const { decision } of predict(URL_SAFE.slice(0, 60), {}).values()) expect(decision).not.toBe('accept');
  });
});
