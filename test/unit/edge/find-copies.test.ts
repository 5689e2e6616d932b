import { describe, expect, it } from 'vitest';
import { behindEdge, findCopies, withoutCopies } from '../../../shared/edge/find-copies.ts';
import { akamai } from '../../../shared/verifiers/akamai.ts';
import { cta5007 } from '../../../shared/verifiers/cta-5007.ts';

const edge = behindEdge(cta5007);
const find = (url: string, headers: Readonly<Record<string, string>> = {}, verifier = edge) =>
  findCopies(
    url,
    Object.entries(headers).map(([name, value]) => ({ name, value })),
    verifier,
  ).map(({ channel, name, text }) => `${channel} ${name} ${text}`);

describe('the copies of a token in a request', () => {
  it.each([
    ['https://h/pt:AB/x', ['path pt: AB']],
    ['https://h/pt%3AAB/x', ['path pt: AB']],
    ['https://h/PT:AB/x', ['path pt: AB']],
    ['https://h/pt:AB/pt:CD/x', ['path pt: AB', 'path pt: CD']],
    ['https://h/x/pt:AB/y', []],
    ['https://h/pt:/x', ['path pt: ']],
    ['/pt:AB/x', ['path pt: AB']],
    ['https://h/pt:A%2DB/x', ['path pt: A-B']],
    ['https://h/x?a=1&CAT=AB&b#CAT=CD', ['query CAT AB']],
    ['https://h/x?CAT=', []],
    ['https://h/x?CAT', []],
    ['https://h/x?a=%zz&CAT=%zz', ['query CAT %zz']],
  ])('%s', (url, copies) => {
    expect(find(url)).toEqual(copies);
  });

  it('stand in headers, with a scheme before them, and in cookies', () => {
    expect(
      find('https://h/x', {
        'cta-common-access-token': ' AB ',
        Cookie: 'a=b;CTA-Common-Access-Token=CD; c',
      }),
    ).toEqual(['header cta-common-access-token AB', 'cookie CTA-Common-Access-Token CD']);
  });

  it('have the names that the verifier knows', () => {
    expect(find('https://h/x', { 'Common-Access-Token': 'AB' }, behindEdge(akamai))).toEqual([
      'header Common-Access-Token AB',
    ]);
    expect(find('https://h/x', { 'X-Other': 'AB' }, behindEdge(akamai))).toEqual([]);
  });
});

describe('a request without them', () => {
  it.each([
    ['https://h/pt:AB/pt:CD/x?a=1&CAT=EF&b=2#f', 'https://h/x?a=1&b=2#f'],
    ['https://h/x?cat=AB', 'https://h/x'],
    ['https://h/x?Common-Access-Token=AB&a', 'https://h/x?a'],
    ['https://h/x?a=1', 'https://h/x?a=1'],
    ['https://h/pt:AB', 'https://h/'],
  ])('of %s is %s', (url, bare) => {
    expect(withoutCopies({ url, headers: [] }, edge).url).toBe(bare);
  });

  it('keeps the headers that are no credential', () => {
    const headers = [
      'Accept',
      'CTA-Common-Access-Token',
      'common-access-token',
      'Authorization',
      'Cookie',
      'Range',
    ].map((name) => ({ name, value: 'x' }));
    const kept = withoutCopies({ url: 'https://h/', headers }, edge).headers;
    expect(kept.map(({ name }) => name)).toEqual(['Accept', 'Range']);
  });
});
