import { describe, expect, it } from 'vitest';
import { array, int, map, text } from '../../../shared/cbor/build.ts';
import type { CborValue } from '../../../shared/cbor/node.ts';
import { diffEffect } from '../../../shared/diff/diff-effect.ts';
import { makeProbes } from '../../../shared/diff/make-probes.ts';
import { seconds } from '../../../shared/units.ts';
import { cta5007 } from '../../../shared/verifiers/cta-5007.ts';
import { claimsOf, NOW } from '../evaluate/judging.ts';

const AT = seconds(NOW);
const rule = (prefix: string, more: readonly (readonly [number, CborValue])[] = []) =>
  claimsOf([1, text('x')], [4, int(NOW + 60)], [312, map([3, map([1, text(prefix)])])], ...more);

const effect = (a: ReturnType<typeof claimsOf>, b: ReturnType<typeof claimsOf>, urls: readonly string[] = []) =>
  diffEffect(
    a,
    b,
    makeProbes(
      [a, b],
      urls.map((url) => ({ url, method: 'GET' })),
      AT,
    ),
    { issuers: ['x'] },
    cta5007,
  );

describe('diffEffect', () => {
  it('finds a request that only one of them lets in, without being told one', () => {
    const rows = effect(rule('/v/42/'), rule('/v/42/1080p/'));
    const [first] = rows;
    expect(first?.differs).toBe(true);
    expect(first).toMatchObject({ a: { decision: 'accept' }, b: { decision: 'reject' } });
    expect(first?.b.causes.map(({ claim }) => claim)).toEqual(['catu']);
  });

  it('tries what was given first, and has what differs before what does not', () => {
    const rows = effect(rule('/v/42/'), rule('/v/43/'), ['https://h/v/44/a.ts', 'https://h/v/42/a.ts']);
    expect(rows[0]?.probe).toMatchObject({ why: 'given', request: { url: 'https://h/v/42/a.ts' } });
    expect(rows.map(({ differs }) => differs)).toEqual([...rows.map(({ differs }) => differs)].sort((a, b) => +b - +a));
  });

  it('tries methods, countries and times that a claim of either names', () => {
    const a = rule('/v/', [
      [313, array(text('GET'), text('HEAD'))],
      [316, array(text('SE'))],
    ]);
    const b = claimsOf([1, text('x')], [4, int(NOW - 60)], [312, map([3, map([1, text('/v/')])])]);
    const probes = makeProbes([a, b], [], AT);
    expect(new Set(probes.map(({ why }) => why))).toEqual(new Set(['url', 'method', 'country', 'time']));
    expect(probes.map(({ at }) => at)).toContain(NOW - 61);
    expect(probes.filter(({ why }) => why === 'country').map(({ request }) => request.country)).toEqual(['SE']);
  });

  it('says of equal claims that nothing differs', () => {
    expect(effect(rule('/v/'), rule('/v/')).some(({ differs }) => differs)).toBe(false);
  });

  it('tries each request once', () => {
    const probes = makeProbes([rule('/v/'), rule('/v/')], [], AT);
    expect(new Set(probes.map((probe) => JSON.stringify(probe))).size).toBe(probes.length);
  });
});
