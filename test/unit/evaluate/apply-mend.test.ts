import { describe, expect, it } from 'vitest';
import { array, int, map, text } from '../../../shared/cbor/build.ts';
import { decode } from '../../../shared/cbor/decode.ts';
import { encode } from '../../../shared/cbor/encode.ts';
import { claimsFromJson } from '../../../shared/claims/claims-json.ts';
import { claimsToJson } from '../../../shared/claims/claims-to-json.ts';
import { readClaims } from '../../../shared/claims/read-claims.ts';
import { applyMend } from '../../../shared/evaluate/apply-mend.ts';
import { judge } from '../../../shared/evaluate/evaluate-claims.ts';
import { cta5007 } from '../../../shared/verifiers/cta-5007.ts';
import { claimsOf, NOW, tableRecipient, tableRequest } from './judging.ts';

describe('applyMend', () => {
  it('makes a change at its path and leaves the rest alone', () => {
    const claims = { exp: 1, catu: { host: { exact: 'a' }, path: { prefix: '/b' } } };
    expect(applyMend(claims, [{ path: ['catu', 'path'], after: { contains: 'c' } }])).toEqual({
      exp: 1,
      catu: { host: { exact: 'a' }, path: { contains: 'c' } },
    });
    expect(claims.catu.path).toEqual({ prefix: '/b' });
  });

  it('takes away what has nothing afterwards, adds what was not there, and goes into lists', () => {
    expect(applyMend({ a: 1, b: [1, 2, 3] }, [{ path: ['a'] }])).toEqual({ b: [1, 2, 3] });
    expect(applyMend({}, [{ path: ['a'], after: 1 }])).toEqual({ a: 1 });
    expect(applyMend({ b: [1, 2, 3] }, [{ path: ['b', 1], after: 9 }])).toEqual({ b: [1, 9, 3] });
    expect(applyMend({ b: [1, 2, 3] }, [{ path: ['b', 1] }])).toEqual({ b: [1, 3] });
  });

  it('leaves alone what its path does not fit', () => {
    expect(applyMend({ a: 1 }, [{ path: ['a', 'b'], after: 2 }])).toEqual({ a: 1 });
  });

  it('lets the request through that the changes were made for', () => {
    const set = claimsOf(
      [1, text('x')],
      [4, int(NOW - 10)],
      [312, map([3, map([1, text('/c/')])])],
      [313, array(text('HEAD'))],
    );
    const request = { ...tableRequest, url: 'https://cdn.example.com/c2/0123456789ab/b.ts' };
    const before = judge(set, request, tableRecipient, cta5007);
    expect(before.decision).toBe('reject');
    const { changes = [] } = before.mend ?? {};
    expect(changes.map(({ claim }) => claim)).toEqual(expect.arrayContaining(['exp', 'catm']));
    const written = claimsFromJson(applyMend(claimsToJson(set), changes));
    if (!written.ok) throw new Error(JSON.stringify(written.error));
    const after = judge(readClaims(decode(encode(written.value)).root), request, tableRecipient, cta5007);
    const failing = after.claims.filter(({ verdict }) => verdict === 'fail').map(({ name }) => name);
    expect(failing).toEqual(before.mend?.decisions.map(({ claim }) => claim));
  });
});
