import { describe, expect, it } from 'vitest';
import { array, bool, bytes, float, int, map, tag, text } from '../../../shared/cbor/build.ts';
import type { CborValue } from '../../../shared/cbor/node.ts';
import { decide } from '../../../shared/evaluate/decision.ts';
import { judgeClaims } from '../../../shared/evaluate/judge-claims.ts';
import type { RecipientFacts, RequestFacts } from '../../../shared/evaluate/request.ts';
import type { ClaimVerdict } from '../../../shared/evaluate/verdict.ts';
import { VERIFIERS, verifierById } from '../../../shared/verifiers/registry.ts';
import { claimsOf, digest, NOW, tableRecipient, tableRequest } from '../evaluate/judging.ts';

type Pair = readonly [number | string, CborValue];
const X: Pair = [1, text('x')];
const uri = (component: number, ...matches: [number, CborValue][]): Pair => [312, map([component, map(...matches)])];

function verdictsOf(
  id: string,
  claims: readonly Pair[],
  request: RequestFacts = tableRequest,
  recipient: RecipientFacts = tableRecipient,
): readonly ClaimVerdict[] {
  const verifier = verifierById(id);
  if (verifier === undefined) throw new Error(`no verifier ${id}`);
  return judgeClaims(claimsOf(...claims), request, recipient, verifier);
}
const decisionOf = (...args: Parameters<typeof verdictsOf>) => decide(verdictsOf(...args));

describe('verifiers', () => {
  it('have ids of their own, the strict one first', () => {
    expect(new Set(VERIFIERS.map(({ id }) => id)).size).toBe(VERIFIERS.length);
    expect(VERIFIERS[0]?.id).toBe('cta-5007');
    expect(verifierById('nobody')).toBeUndefined();
    for (const verifier of VERIFIERS) {
      expect(verifier.notes.length).toBeGreaterThan(0);
      expect(verifier.summary).toMatch(/\.$/);
    }
  });

  it('never pass a claim they were told nothing about', () => {
    for (const { id } of VERIFIERS) {
      const verdicts = verdictsOf(
        id,
        [
          [312, map([3, map([3, text('a')])])],
          [313, array(text('GET'))],
        ],
        {},
        { now: tableRecipient.now, skew: tableRecipient.skew },
      );
      for (const verdict of verdicts) expect([id, verdict.verdict]).not.toEqual([id, 'pass']);
    }
  });
});

describe('fastly', () => {
  it.each<[string, readonly Pair[], string]>([
    ['exp now', [X, [4, int(NOW)]], 'reject'],
    ['exp 0', [X, [4, int(0)]], 'reject'],
    ['exp before 1970 never expires', [X, [4, int(-1)]], 'accept'],
    ['nbf before 1970 is never reached', [X, [5, int(-1)]], 'reject'],
    ['exp as text is dropped', [X, [4, text('soon')]], 'accept'],
    ['exp with a fraction cannot be decoded', [X, [4, float(NOW + 0.5)]], 'reject'],
    ['no iss', [[4, int(NOW + 1)]], 'accept'],
    ['iss of the wrong type is dropped', [[1, int(5)]], 'accept'],
    ['catv 2', [X, [310, int(2)]], 'accept'],
    ['a claim nobody knows', [X, [999, text('x')]], 'accept'],
    ['a boolean cannot be decoded', [X, [999, bool(true)]], 'reject'],
    ['a text key cannot be decoded', [X, ['x', int(1)]], 'reject'],
    ['catnip cannot be decoded', [X, [311, array(tag(52, bytes(Uint8Array.of(10, 1, 2, 3))))]], 'reject'],
    ['cath cannot be decoded', [X, [315, map([text('x-a'), map([0, text('b')])])]], 'reject'],
    ['catu, all matches', [X, uri(3, [1, text('/a')], [2, text('.zip')])], 'reject'],
    ['catu, an unknown component', [X, uri(9, [0, text('x')])], 'accept'],
    ['catu, an unknown match', [X, uri(3, [9, text('x')])], 'accept'],
    ['catu, bytes where text belongs are skipped', [X, uri(3, [0, bytes(Uint8Array.of(1))])], 'accept'],
    ['catu that is no map', [X, [312, array(int(1))]], 'reject'],
    ['catu extension from the last dot', [X, uri(8, [0, text('.gz')])], 'accept'],
    ['catu query with the token still in it', [X, uri(4, [0, text('b=2&a=1&cat=tok')])], 'accept'],
    [
      'catu host by a cut SHA-512',
      [X, uri(1, [-2, bytes(digest('sha512', 'cdn.example.com').subarray(0, 32))])],
      'accept',
    ],
    ['catu host by SHA-512/256', [X, uri(1, [-2, bytes(digest('sha512-256', 'cdn.example.com'))])], 'reject'],
    ['catm in small letters', [X, [313, array(text('get'))]], 'accept'],
    ['catm of another method', [X, [313, array(text('POST'))]], 'reject'],
    ['or at 324', [X, [324, array(map([4, int(1)]))]], 'accept'],
  ])('%s', (_, claims, expected) => {
    expect(decisionOf('fastly', claims)).toBe(expected);
  });

  it('drops an audience that is a list', () => {
    const recipient = { ...tableRecipient, audiences: ['cdn'] };
    expect(decisionOf('fastly', [X, [3, array(text('other'))]], tableRequest, recipient)).toBe('accept');
    expect(decisionOf('fastly', [X, [3, text('other')]], tableRequest, recipient)).toBe('reject');
  });

  it('counts replays when it is told of them', () => {
    expect(decisionOf('fastly', [X, [308, int(1)]], { ...tableRequest, seen: 1 })).toBe('reject');
    expect(decisionOf('fastly', [X, [308, int(1)]], { ...tableRequest, seen: 0 })).toBe('accept');
    expect(decisionOf('fastly', [X, [308, int(2)]], { ...tableRequest, seen: 1 })).toBe('accept');
  });

  it('reads cattprint', () => {
    const claims = [X, [324, map([0, int(2)], [1, text('t13d')])]] as const;
    expect(decisionOf('fastly', claims, { ...tableRequest, tlsFingerprints: { JA4: 'T13D' } })).toBe('accept');
    expect(decisionOf('fastly', claims, { ...tableRequest, tlsFingerprints: { JA4: 'x' } })).toBe('reject');
    expect(decisionOf('cta-5007', claims)).toBe('reject');
  });
});

describe('zig', () => {
  it.each<[string, readonly Pair[], string]>([
    ['no iss', [[4, int(NOW + 1)]], 'reject'],
    ['exp now', [X, [4, int(NOW)]], 'accept'],
    ['exp 0', [X, [4, int(0)]], 'reject'],
    ['exp as text is dropped', [X, [4, text('soon')]], 'accept'],
    ['catv 2', [X, [310, int(2)]], 'accept'],
    ['catnip is ignored', [X, [311, array(int(7))]], 'accept'],
    ['catu, one of two matches', [X, uri(3, [1, text('/a')], [2, text('.zip')])], 'accept'],
    ['catu port never matches', [X, uri(2, [0, text('')])], 'reject'],
    ['catu expression never matches', [X, uri(3, [4, array(text('a'))])], 'reject'],
    ['catu hash never matches', [X, uri(1, [-1, bytes(digest('sha256', 'cdn.example.com'))])], 'reject'],
    ['catu parent-path with its slash', [X, uri(5, [0, text('/a/')])], 'accept'],
    ['catu extension without its dot', [X, uri(8, [0, text('gz')])], 'accept'],
    ['catu component 9', [X, uri(9, [0, text('x')])], 'reject'],
    ['catm in small letters', [X, [313, array(text('get'))]], 'accept'],
    ['a claim nobody knows', [X, [999, text('x')]], 'accept'],
    ['cath is ignored', [X, [315, map([text('x-a'), map([0, text('b')])])]], 'accept'],
  ])('%s', (_, claims, expected) => {
    expect(decisionOf('zig', claims)).toBe(expected);
  });

  it('does not verify the MAC', () => {
    expect(verifierById('zig')?.envelope.verifiesIntegrity).toBe(false);
  });
});

describe('cat-token', () => {
  it.each<[string, readonly Pair[], string]>([
    ['no iss', [[4, int(NOW + 1)]], 'reject'],
    ['exp now', [X, [4, int(NOW)]], 'accept'],
    ['exp with a fraction', [X, [4, float(NOW + 0.5)]], 'reject'],
    ['exp as text', [X, [4, text('soon')]], 'reject'],
    ['a claim nobody knows', [X, [999, text('x')]], 'reject'],
    ['sub in clear', [X, [2, text('a')]], 'reject'],
    ['catv 2', [X, [310, int(2)]], 'reject'],
    ['catu extension without its dot', [X, uri(8, [0, text('gz')])], 'accept'],
    ['catu parent-path with its slash', [X, uri(5, [0, text('/a/')])], 'accept'],
    ['catu expression as text', [X, uri(3, [4, text('^/a/')])], 'accept'],
    ['catu expression in an array', [X, uri(3, [4, array(text('^/a/'))])], 'reject'],
    ['catu host by SHA-512/256', [X, uri(1, [-2, bytes(digest('sha512-256', 'cdn.example.com'))])], 'accept'],
    [
      'catnip with a byte for every eight bits',
      [X, [311, array(tag(52, array(int(8), bytes(Uint8Array.of(10)))))]],
      'accept',
    ],
    ['catnip with fewer bytes', [X, [311, array(tag(52, array(int(16), bytes(Uint8Array.of(10)))))]], 'reject'],
    ['or at 324', [X, [324, array(map([4, int(1)]), map([4, int(NOW + 9)]))]], 'accept'],
    ['or at 41', [X, [41, array(map([4, int(NOW + 9)]))]], 'reject'],
    ['cattpk is left to the caller', [X, [319, bytes(Uint8Array.of(0x30))]], 'accept'],
  ])('%s', (_, claims, expected) => {
    expect(decisionOf('cat-token', claims)).toBe(expected);
  });
});

describe('cloudfront', () => {
  it('checks no claim', () => {
    const claims: Pair[] = [
      [4, int(1)],
      [313, array(text('POST'))],
      [999, text('x')],
      [310, text('x')],
    ];
    expect(decisionOf('cloudfront', claims)).toBe('accept');
    expect(verifierById('cloudfront')?.envelope).toMatchObject({
      coseTag: 'required',
      cwtTag: 'optional',
      maxBytes: 1024,
    });
  });
});

describe('flowplayer', () => {
  const request = { ...tableRequest, url: 'https://cf1.lwcdn.com/pt:0YRDoQEFoEA/hls/0123abcd/playlist.m3u8' };

  it('is sure of what holds whether the token’s segment counts or not', () => {
    expect(decisionOf('flowplayer', [uri(3, [3, text('0123abcd')])], request)).toBe('accept');
    expect(decisionOf('flowplayer', [uri(3, [3, text('other')])], request)).toBe('reject');
    expect(decisionOf('flowplayer', [uri(3, [1, text('/vod/')])], request)).toBe('reject');
  });

  it('cannot tell a path’s beginning, and says why', () => {
    const [verdict] = verdictsOf('flowplayer', [uri(3, [1, text('/hls/')])], request);
    expect(verdict).toMatchObject({ verdict: 'unknown', code: 'CANNOT_JUDGE' });
    expect(JSON.stringify(verdict?.reason)).toContain('token’s own segment');
  });

  it('reads the API’s array matches', () => {
    const claims: Pair[] = [[312, map([3, array(int(3), text('0123abcd'))])]];
    expect(decisionOf('flowplayer', claims, request)).toBe('accept');
    expect(decisionOf('cta-5007', [X, ...claims], request)).toBe('reject');
  });

  it('does not know what becomes of claims its API cannot write', () => {
    expect(decisionOf('flowplayer', [[313, array(text('GET'))]], request)).toBe('cannot-tell');
    expect(decisionOf('flowplayer', [[313, array(text('POST'))]], request)).toBe('cannot-tell');
    expect(decisionOf('flowplayer', [[999, int(1)]], request)).toBe('cannot-tell');
    expect(decisionOf('flowplayer', [[2, text('viewer')]], request)).toBe('accept');
  });

  it('enforces times', () => {
    expect(decisionOf('flowplayer', [[4, int(NOW)]], request)).toBe('reject');
    expect(decisionOf('flowplayer', [[4, int(NOW + 1)]], request)).toBe('accept');
  });
});
