import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { RegexMatch } from '../../../shared/claims/codec/match-map.ts';
import { compareDigest, compareText, createRegexBudget, matchRegex } from '../../../shared/evaluate/match.ts';
import { cta5007Rules } from '../../../shared/verifiers/cta-5007.ts';
import type { Rules } from '../../../shared/verifiers/rules.ts';

describe('text', () => {
  it.each([
    ['exact', 'abc', 'abd', 3],
    ['exact', 'abc', 'ab', 3],
    ['exact', 'ab', 'abc', 3],
    ['exact', '', 'x', 1],
    ['exact', 'x', '', 1],
    ['exact', 'é', 'e\u0301', 1],
    ['prefix', '/vod/', '/live/', 2],
    ['prefix', 'abc', 'ab', 3],
    ['suffix', '.m3u8', 'a.m3u', 5],
    ['suffix', 'xbc', 'abc', 1],
    ['suffix', 'abc', 'bc', 1],
    ['suffix', 'a', '', 1],
    ['contains', 'id', '/x', 1],
    ['contains', 'abcd', 'xxabxabcx', 4],
    ['contains', 'aab', 'aaaaac', 3],
    ['contains', 'abab', 'abacabx', 4],
    ['contains', 'x', '', 1],
  ] as const)('%s %j against %j differs first at %i', (type, expected, actual, at) => {
    expect(compareText(type, expected, actual)).toEqual({ matches: false, at });
  });

  it.each([
    ['exact', '', ''],
    ['prefix', '', 'x'],
    ['prefix', 'ab', 'ab'],
    ['suffix', '', ''],
    ['suffix', 'bc', 'abc'],
    ['contains', '', ''],
    ['contains', 'b', 'abc'],
    ['contains', 'aab', 'aaaab'],
  ] as const)('%s %j matches %j', (type, expected, actual) => {
    expect(compareText(type, expected, actual)).toEqual({ matches: true });
  });

  it('searches long texts as it searches short ones, in linear time', () => {
    const long = 'a'.repeat(60_000);
    const start = performance.now();
    expect(compareText('contains', `b${long.slice(1)}`, long)).toEqual({ matches: false, at: 1 });
    expect(compareText('contains', `${long}b`, long)).toEqual({ matches: false, at: 60_001 });
    expect(compareText('contains', `${'a'.repeat(3000)}b`, `${long}b`)).toEqual({ matches: true });
    expect(performance.now() - start).toBeLessThan(200);
  });
});

describe('digests', () => {
  const text = '/a/é.ts';
  const hash = (name: string) => new Uint8Array(createHash(name).update(text, 'utf8').digest());
  const rules = (own: Partial<Rules['uri']>): Rules['uri'] => ({ ...cta5007Rules.uri, ...own });
  const kind = (...of: Parameters<typeof compareDigest>) => compareDigest(...of).kind;

  it.each([
    ['sha256', 'sha256', false, {}],
    ['sha256', 'sha256', true, { sha256Value: 'hex-text' }],
    ['sha512-256', 'sha512-256', false, {}],
    ['sha512-256', 'sha512', false, { sha512_256: 'sha512' }],
    ['sha512-256', 'sha512', true, { sha512_256: 'sha512-hex-text' }],
  ] as const)('%s by %s, as hex text %s', (type, algorithm, hexText, own) => {
    const digest = hash(algorithm);
    expect(kind({ type, digest, hexText }, text, rules(own))).toBe('matches');
    expect(compareDigest({ type, digest, hexText }, 'other', rules(own))).toMatchObject({
      kind: 'differs',
      actual: createHash(algorithm).update('other').digest('hex'),
    });
    expect(kind({ type, digest, hexText: !hexText }, text, rules(own))).toBe('ill-formed');
  });

  it('knows what Fastly compares: the beginning of a SHA-512', () => {
    const digest = hash('sha512').subarray(0, 32);
    expect(kind({ type: 'sha512-256', digest }, text, rules({ sha512_256: 'sha512-truncated' }))).toBe('matches');
    expect(kind({ type: 'sha512-256', digest }, text, rules({}))).toBe('differs');
  });

  it('knows recipients without digests', () => {
    expect(kind({ type: 'sha256', digest: hash('sha256') }, text, rules({ sha256Value: 'never' }))).toBe('never');
  });
});

describe('expressions', () => {
  const run = (match: Omit<RegexMatch, 'type'>, actual: string, own: Partial<Rules['uri']> = {}) =>
    matchRegex({ type: 'regex', ...match }, actual, { ...cta5007Rules.uri, ...own }, createRegexBudget());
  const plain = (pattern: string) => ({ pattern, groups: [] });

  it.each([
    ['b', 'abc', 'matches'],
    ['^b', 'abc', 'differs'],
    ['^/a/(.*)$', '/a/b.tar.gz', 'matches'],
    ['[[:digit:]]+$', '/a/12', 'matches'],
    ['a{2,3}$', 'xaaa', 'matches'],
    ['(a|b)*c', 'ababc', 'matches'],
    ['', '', 'matches'],
    ['\\.m3u8$', 'x.m3u8', 'matches'],
    ['a$', 'a\nb', 'differs'],
  ])('%s on %j: %s', (pattern, actual, kind) => {
    expect(run(plain(pattern), actual).kind).toBe(kind);
  });

  it('finds the longest of the leftmost matches, as POSIX does', () => {
    const match = { pattern: '^(a|ab)(c|bcd)?', groups: ['a', 'bcd'] };
    expect(run(match, 'abcd').kind).toBe('matches');
    expect(run(match, 'abcd', { regex: 'javascript-search' }).kind).toBe('matches');
    expect(run({ pattern: 'x*(a|ab)', groups: ['ab'] }, 'ab').kind).toBe('matches');
    expect(run({ pattern: 'x*(a|ab)', groups: ['ab'] }, 'ab', { regex: 'javascript-search' }).kind).toBe(
      'group-differs',
    );
  });

  it('holds groups to what the token asks', () => {
    const match = { pattern: '^/([^/]+)/([^/]+)', groups: [null, 'b'] };
    expect(run(match, '/a/b').kind).toBe('matches');
    expect(run(match, '/a/c')).toEqual({ kind: 'group-differs', group: 2, expected: 'b', actual: 'c' });
    expect(run({ pattern: 'a(b)?', groups: [''] }, 'a').kind).toBe('matches');
    expect(run({ pattern: 'a', groups: ['x'] }, 'a')).toEqual({ kind: 'ill-formed', why: 'has no group 1' });
  });

  it('answers for recipients that take groups for flags', () => {
    const flags = { pattern: 'a', groups: ['x'] };
    const nil = { pattern: 'a', groups: [null] };
    expect(run(flags, 'a', { regexGroups: 'error' }).kind).toBe('ill-formed');
    expect(run(nil, 'a', { regexGroups: 'error' }).kind).toBe('ill-formed');
    expect(run(flags, 'a', { regexGroups: 'error-unless-nil' }).kind).toBe('ill-formed');
    expect(run(nil, 'a', { regexGroups: 'error-unless-nil' }).kind).toBe('matches');
  });

  it('answers for recipients that take the pattern as text, or not at all', () => {
    expect(run({ ...plain('a'), bare: true }, 'a').kind).toBe('ill-formed');
    expect(run({ ...plain('a'), bare: true }, 'a', { regex: 'text' }).kind).toBe('matches');
    expect(run(plain('a'), 'a', { regex: 'text' }).kind).toBe('ill-formed');
    expect(run(plain('a'), 'a', { regex: 'never' }).kind).toBe('never');
  });

  it.each([
    ['(?=a)', /could not be compiled: .*\(\?=/],
    ['(a)\\1', /could not be compiled/],
    ['[a', /could not be compiled: missing closing \]/],
    ['*a', /could not be compiled/],
    ['(x{1000}){10}', /could not be compiled/],
    ['[[.hyphen.]]', /collating/],
    ['a'.repeat(1001), /longer than 1000/],
  ])('cannot judge %s', (pattern, why) => {
    const outcome = run(plain(pattern), 'a');
    expect(outcome).toMatchObject({ kind: 'cannot-judge' });
    if (outcome.kind === 'cannot-judge') expect(outcome.why).toMatch(why);
  });

  it('is linear in what it is given', () => {
    const start = performance.now();
    expect(run(plain('^(a+)+$'), `${'a'.repeat(30_000)}b`).kind).toBe('differs');
    expect(run({ pattern: '^(a+)+$', groups: ['a'] }, 'a'.repeat(30_000)).kind).toBe('group-differs');
    expect(run(plain('(x+x+)+y'), 'x'.repeat(30_000)).kind).toBe('differs');
    expect(performance.now() - start).toBeLessThan(300);
  });

  it.each(['(.?){900}$', '((a?){500})*$', `(${'.{0,50}'.repeat(15)})$`])(
    'gives up on %s before it hurts',
    (pattern) => {
      const start = performance.now();
      expect(run({ pattern, groups: ['x'] }, 'a'.repeat(60_000))).toMatchObject({ kind: 'cannot-judge' });
      expect(performance.now() - start).toBeLessThan(300);
    },
  );

  it('gives a token no more than its share, however many expressions it has', () => {
    const budget = createRegexBudget();
    const start = performance.now();
    const kinds = Array.from({ length: 2000 }, (_, index) => {
      const match = { type: 'regex', pattern: `(.?){400}${index}$`, groups: ['x'] } as const;
      return matchRegex(match, 'a'.repeat(200), cta5007Rules.uri, budget).kind;
    });
    expect(performance.now() - start).toBeLessThan(500);
    expect(kinds[0]).toBe('differs');
    expect(kinds.at(-1)).toBe('cannot-judge');
  });
});
