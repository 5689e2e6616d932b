import { describe, expect, it } from 'vitest';
import { array, bytes, float, int, map, text } from '../../../shared/cbor/build.ts';
import { decode } from '../../../shared/cbor/decode.ts';
import { encode } from '../../../shared/cbor/encode.ts';
import type { CborValue } from '../../../shared/cbor/node.ts';
import { readClaims } from '../../../shared/claims/read-claims.ts';
import { judge } from '../../../shared/evaluate/evaluate-claims.ts';
import type { ClaimVerdict } from '../../../shared/evaluate/verdict.ts';
import { cta5007 } from '../../../shared/verifiers/cta-5007.ts';
import { nodeCat } from '../../../shared/verifiers/node-cat.ts';
import type { Verifier } from '../../../shared/verifiers/verifier.ts';
import { claimsOf, NOW, tableRecipient, tableRequest } from './judging.ts';

type Pair = readonly [CborValue | number | string, CborValue];
const X: Pair = [1, text('x')];
const judged = (claims: readonly Pair[], verifier: Verifier = cta5007) =>
  judge(claimsOf(...claims), tableRequest, tableRecipient, verifier);
const brief = (verdicts: readonly ClaimVerdict[]) =>
  verdicts.map(({ name, verdict, code }) => `${name} ${verdict} ${code}`);

describe('judge', () => {
  it('gives every claim a verdict in the token’s order, and accepts when all pass', () => {
    const { decision, claims, mend } = judged([
      [312, map([3, map([1, text('/a/')])])],
      X,
      [4, int(NOW + 60)],
      [2, text('viewer')],
      [7, bytes(Uint8Array.of(1))],
    ]);
    expect(decision).toBe('accept');
    expect(brief(claims)).toEqual([
      'catu pass OK',
      'iss pass OK',
      'exp pass OK',
      'sub ignored INFO',
      'cti ignored INFO',
    ]);
    expect(mend).toBeUndefined();
  });

  it('rejects on one failure, whatever else cannot be told', () => {
    const set = claimsOf(X, [4, int(NOW)], [319, bytes(Uint8Array.of(0x30))]);
    const { decision, claims } = judge(set, {}, tableRecipient, cta5007);
    expect(decision).toBe('reject');
    expect(brief(claims)).toEqual(['iss pass OK', 'exp fail DENY_EXPIRED', 'cattpk unknown ONLY_EDGE']);
  });

  it('cannot tell when something was not given, and never passes it', () => {
    const { decision } = judge(
      claimsOf([313, array(text('GET'))]),
      {},
      { now: tableRecipient.now, skew: tableRecipient.skew },
      cta5007,
    );
    expect(decision).toBe('cannot-tell');
  });

  it('accepts a token without claims', () => {
    expect(judge(claimsOf(), {}, { now: tableRecipient.now, skew: tableRecipient.skew }, cta5007).decision).toBe(
      'accept',
    );
  });

  describe('what is missing', () => {
    it('refuses a token without iss where issuers are known', () => {
      expect(brief(judged([[4, int(NOW + 1)]]).claims)).toEqual(['exp pass OK', 'iss fail DENY_MISSING']);
      expect(judged([[4, int(NOW + 1)]], nodeCat).decision).toBe('accept');
    });

    it('lets a token without aud in by the standard', () => {
      const set = claimsOf(X);
      const recipient = { ...tableRecipient, audiences: ['cdn'] };
      expect(judge(set, tableRequest, recipient, cta5007).decision).toBe('accept');
    });

    it('refuses a token without exp where one is demanded', () => {
      const strict = { ...cta5007, rules: { ...cta5007.rules, time: { ...cta5007.rules.time, requireExpiry: true } } };
      expect(brief(judged([X], strict).claims)).toContain('exp fail DENY_MISSING');
    });
  });

  describe('claims nobody knows', () => {
    it('refuse the token, unless crit does not list them', () => {
      expect(brief(judged([X, [999, int(1)]]).claims)).toContain('999 fail DENY_UNKNOWN_CLAIM');
      expect(judged([X, [999, int(1)], [45, array(int(1))]]).decision).toBe('accept');
      expect(brief(judged([X, [999, int(1)], [45, array(int(999))]]).claims)).toEqual([
        'iss pass OK',
        '999 fail DENY_UNKNOWN_CLAIM',
        'crit fail DENY_CRITICAL',
      ]);
      expect(judged([X, [999, int(1)]], nodeCat).decision).toBe('accept');
    });

    it('are what other label families are to a verifier that does not read them', () => {
      const [, verdict] = judged([X, [270, map([3, map([1, text('/a')])])], [4, int(NOW + 1)]]).claims;
      expect(verdict).toMatchObject({ name: 'catu', label: 270, verdict: 'fail', code: 'DENY_UNKNOWN_CLAIM' });
    });

    it('are what NaN keys have become', () => {
      const verdicts = judged([X, [float(Number.NaN), int(1)]]).claims;
      expect(verdicts[1]).toMatchObject({ name: 'NaN', verdict: 'fail', code: 'DENY_UNKNOWN_CLAIM' });
    });
  });

  describe('claims of the wrong shape', () => {
    it('refuse the token and say what is wrong', () => {
      const [, verdict] = judged([X, [4, text('soon')]]).claims;
      expect(verdict).toMatchObject({ name: 'exp', verdict: 'fail', code: 'DENY_ILL_FORMED' });
      expect(JSON.stringify(verdict?.reason)).toContain('must be a number, is text');
    });

    it('are read as absent by a verifier that compares whatever stands there', () => {
      const [, verdict] = judged([X, [4, text('soon')]], nodeCat).claims;
      expect(verdict).toMatchObject({ name: 'exp', verdict: 'ignored', code: 'NOT_ENFORCED' });
    });
  });

  describe('repeated claims', () => {
    const twice = readClaims(
      decode(Uint8Array.from([0xa3, 0x01, 0x61, 0x78, 0x04, 0x01, 0x04, 0x1a, 0x7f, 0xff, 0xff, 0xff])).root,
    );

    it('refuse the token by the standard', () => {
      const { claims } = judge(twice, tableRequest, tableRecipient, cta5007);
      expect(brief(claims)).toEqual(['iss pass OK', 'exp fail DENY_EXPIRED', 'exp fail DENY_ILL_FORMED']);
    });

    it('count by their last where the decoder keeps the last', () => {
      const { claims, decision } = judge(twice, tableRequest, tableRecipient, nodeCat);
      expect(brief(claims)).toEqual(['iss pass OK', 'exp ignored NOT_ENFORCED', 'exp pass OK']);
      expect(decision).toBe('accept');
    });

    it('by the thousand cost no more than they say', () => {
      const many = Array.from({ length: 3000 }, (): Pair => [313, array(text('POST'))]);
      const { claims, mend } = judged([X, ...many]);
      expect(claims).toHaveLength(3001);
      expect(mend?.sentence.length).toBeLessThan(60);
    });

    it('are found among thousands', () => {
      const many = Array.from({ length: 3000 }, (_, index): Pair => [1000 + index, int(0)]);
      const { claims } = judged([...many, [1000, int(1)]]);
      expect(claims).toHaveLength(3002);
      expect(claims[3000]).toMatchObject({ name: '1000', code: 'DENY_ILL_FORMED' });
    });
  });
});

describe('composites', () => {
  const expired = map([4, int(NOW)]);
  const valid = map([4, int(NOW + 1)]);
  const either = (label: number, ...sets: CborValue[]): CborValue => map([label, array(...sets)]);

  it('give every branch a verdict, down to the claims inside, with their places', () => {
    const [, verdict] = judged([X, [41, array(expired, map([4, int(NOW + 1)], [313, array(text('GET'))]))]]).claims;
    expect(verdict).toMatchObject({ name: 'or', verdict: 'pass', path: ['or'] });
    expect(verdict?.children?.map(({ verdict: branch, path }) => [branch, path])).toEqual([
      ['fail', ['or', 0]],
      ['pass', ['or', 1]],
    ]);
    expect(verdict?.children?.[1]?.children?.map(({ name, path }) => [name, path])).toEqual([
      ['exp', ['or', 1, 'exp']],
      ['catm', ['or', 1, 'catm']],
    ]);
  });

  it.each([41, 324])('nest four levels and more at label %i', (label) => {
    let set: CborValue = valid;
    let refused: CborValue = expired;
    for (let level = 0; level < 8; level++) {
      set = either(label, refused, set);
      refused = either(label, refused);
    }
    expect(judged([X, [label, array(set)]]).decision).toBe('accept');
    expect(judged([X, [label, array(refused)]]).decision).toBe('reject');
  });

  it('deny twice to allow', () => {
    expect(judged([X, [42, array(either(42, valid))]]).decision).toBe('accept');
    expect(judged([X, [42, array(either(42, expired))]]).decision).toBe('reject');
  });

  it('do not let an ill-formed branch count as one that is merely not met', () => {
    const { claims } = judged([X, [42, array(map([4, text('soon')]))]]);
    expect(claims[1]).toMatchObject({ name: 'nor', verdict: 'fail', code: 'DENY_ILL_FORMED' });
  });

  it('see the claims around them', () => {
    // catdpop outside says how long the proof inside is good for
    const thumbprint = new Uint8Array(32);
    const claims: Pair[] = [X, [321, map([0, int(10)])], [43, array(map([8, map([323, bytes(thumbprint)])]))]];
    const at = (age: number) => ({
      ...tableRequest,
      dpop: { thumbprint, verified: true, issuedAt: (NOW - age) as never },
    });
    expect(judge(claimsOf(...claims), at(10), tableRecipient, cta5007).decision).toBe('accept');
    expect(judge(claimsOf(...claims), at(11), tableRecipient, cta5007).decision).toBe('reject');
  });

  it('pass on what crit allows', () => {
    const claims: Pair[] = [X, [45, array(int(43))], [43, array(map([999, int(1)]))]];
    expect(judged(claims).decision).toBe('accept');
    expect(judged(claims.filter(([label]) => label !== 45)).decision).toBe('reject');
  });

  it('take crit inside enc for present, and cannot tell', () => {
    const claims: Pair[] = [X, [45, array(int(311))], [44, map([311, bytes(Uint8Array.of(0xd0))])]];
    expect(brief(judged(claims).claims)).toEqual([
      'iss pass OK',
      'crit unknown CANNOT_JUDGE',
      'enc unknown CANNOT_JUDGE',
    ]);
  });

  it('refuse a claim that stands encrypted and in clear', () => {
    const claims: Pair[] = [X, [311, array(int(7))], [44, map([311, bytes(Uint8Array.of(0xd0))])]];
    expect(brief(judged(claims).claims)).toContain('enc fail DENY_ILL_FORMED');
  });

  it('are judged once a level even where every level is ill-formed', () => {
    let set: CborValue = map([4, text('soon')]);
    for (let level = 0; level < 28; level++) set = map([41, array(set)], [328, int(0)]);
    const { claims } = judged([X, [41, array(set)]]);
    expect(claims[1]).toMatchObject({ code: 'DENY_ILL_FORMED' });
    let depth = 0;
    for (let one = claims[1]; one !== undefined; one = one.children?.[0]) depth++;
    expect(depth).toBeGreaterThan(50);
  });

  it('answer sixty levels in no time', () => {
    let set: CborValue = valid;
    for (let level = 0; level < 30; level++) set = either(41, set);
    expect(encode(set).length).toBeLessThan(200);
    expect(judged([X, [41, array(set)]]).decision).toBe('accept');
  });
});
