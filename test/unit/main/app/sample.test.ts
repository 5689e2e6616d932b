import { describe, expect, it } from 'vitest';
import { createSample } from '../../../../main/app/sample.ts';
import { nodeCrypto } from '../../../../main/crypto/node-crypto.ts';

const tokenOf = (text: string) => /CAT=([\w-]+)/.exec(text)?.[1] ?? '';
const make = (sample: ReturnType<typeof createSample>, changes: Parameters<typeof sample.make>[0]['changes'] = []) => {
  const made = sample.make({ changes });
  if (!made.ok) throw new Error(made.error.code);
  return made.value.text;
};

describe('the sample of a first start', () => {
  const sample = createSample(nodeCrypto, () => 1_800_000_000_000);

  it('is proved by the key that made it, and by no other start’s', () => {
    const token = tokenOf(make(sample));
    expect(sample.verify(token)).toMatchObject({ state: 'verified', isBuiltIn: true, key: { name: 'sample' } });
    expect(createSample(nodeCrypto).verify(token)).toBeUndefined();
    expect(sample.verify(`${token.slice(0, -4)}AAAA`)).toBeUndefined();
    expect(sample.verify('not a token')).toBeUndefined();
  });

  it('takes the changes of a mend, and nothing else', () => {
    const path = ['catu', 'path', 'prefix'];
    const mended = make(sample, [{ path, after: '/hls/sample-clip/' }]);
    expect(sample.verify(tokenOf(mended))).toMatchObject({ state: 'verified' });
    expect(Buffer.from(tokenOf(mended), 'base64url').toString('latin1')).not.toContain('720p');
    expect(Buffer.from(tokenOf(make(sample)), 'base64url').toString('latin1')).toContain('720p');
  });

  it('refuses what is no claims set', () => {
    expect(sample.make({ changes: [{ path: ['exp'], after: 'never' }] })).toMatchObject({
      ok: false,
      error: { code: 'ERR_ISSUE_REFUSED' },
    });
  });
});
