import { describe, expect, it } from 'vitest';
import { SAMPLE } from '../../../renderer/features/inspect/sample.ts';
import { copyItem } from '../../../renderer/workers/token-view/copy-item.ts';
import { readTokenView } from '../../../renderer/workers/token-view/read-token-view.ts';
import { findTokens } from '../../../shared/carrier/find-tokens.ts';
import { inspectToken } from '../../../shared/inspect/inspect-token.ts';
import { seconds } from '../../../shared/units.ts';
import { loadVectors } from './vectors.ts';

const NOW = { now: seconds(1_795_500_000) };

const inspectionsOf = (text: string) =>
  findTokens(text)
    .tokens.filter((token) => token.kind !== 'not-a-cat')
    .map((token) => inspectToken(token, NOW));

describe('copyItem', () => {
  const [sample] = inspectionsOf(SAMPLE);
  if (sample === undefined) throw new Error('no token in the sample');
  const idOf = (title: string) => readTokenView(sample).items.find((item) => item.title === title)?.id ?? '';

  it('gives a claim in its four forms', () => {
    expect(copyItem(sample, idOf('catm'))).toEqual({
      json: '[\n  "GET",\n  "HEAD"\n]',
      edn: '["GET", "HEAD"]',
      hex: '82634745546448454144',
      path: 'catm (313)',
    });
  });

  it('gives a rule inside a claim, and the path to it', () => {
    expect(copyItem(sample, idOf('catu.path'))).toMatchObject({
      edn: '{1: "/hls/7c9e2b41-5f0d-4a83-9b1e-2f6c8d03a517/"}',
      path: 'catu.path (312/3)',
    });
  });

  it('gives the claims, a header and the whole token', () => {
    expect(JSON.parse(copyItem(sample, 'payload')?.json ?? '')).toMatchObject({ iss: 'nordlys-media' });
    expect(copyItem(sample, 'protected/0')?.path).toBe('protected.alg (1)');
    expect(copyItem(sample, 'envelope')?.hex).toBe(Buffer.from(sample.found.bytes).toString('hex'));
    expect(copyItem(sample, 'nothing')).toBeUndefined();
  });

  it.each(loadVectors().filter((vector) => vector.form === 'cose'))('knows every line of $id', ({ token }) => {
    for (const inspection of inspectionsOf(token)) {
      const view = readTokenView(inspection);
      for (const { id } of view.items)
        if (/^(payload|protected|unprotected)/.test(id)) expect(copyItem(inspection, id)).toBeDefined();
      for (const { id } of view.claims) expect(copyItem(inspection, id)).toBeDefined();
    }
  });
});
