import { describe, expect, it } from 'vitest';
import {
  normaliseUri,
  parseUri,
  removeToken,
  requestUri,
  sortQuery,
  type UriComponent,
  uriComponent,
} from '../../../shared/evaluate/uri.ts';
import { cta5007Rules } from '../../../shared/verifiers/cta-5007.ts';
import type { Rules } from '../../../shared/verifiers/rules.ts';

const standard = cta5007Rules.uri;
const component = (name: UriComponent, url: string, rules: Partial<Rules['uri']> = {}, host?: string) => {
  const all = { ...standard, ...rules };
  return uriComponent(name, requestUri(url, all), all, host);
};

describe('parsing (RFC 3986 appendix B)', () => {
  it.each([
    [
      'https://u:p@A.example:8443/a/b?c=d#e',
      { scheme: 'https', host: 'A.example', port: '8443', path: '/a/b', query: 'c=d' },
    ],
    ['http://[2001:db8::1]:80/', { host: '[2001:db8::1]', port: '80', path: '/' }],
    ['http://[2001:db8::1]', { host: '[2001:db8::1]', port: undefined, path: '' }],
    ['https://a.example?x', { host: 'a.example', path: '', query: 'x' }],
    ['//a.example/x', { scheme: undefined, host: 'a.example', path: '/x' }],
    ['/a?', { scheme: undefined, host: undefined, path: '/a', query: '' }],
    ['', { scheme: undefined, host: undefined, path: '', query: undefined }],
    ['https://a@b@c/', { host: 'c' }],
    ['https:///x', { host: '', path: '/x' }],
    ['https://a.example:/', { host: 'a.example', port: '' }],
  ])('%s', (url, parts) => {
    expect(parseUri(url)).toMatchObject(parts);
  });

  it('is quick whatever it is given', () => {
    const start = performance.now();
    for (const url of [
      `https://${'a@'.repeat(30_000)}`,
      'x:'.repeat(30_000),
      `https://a/${'../'.repeat(20_000)}`,
      '%'.repeat(60_000),
    ]) {
      requestUri(url, standard);
    }
    expect(performance.now() - start).toBeLessThan(500);
  });
});

describe('normalising (RFC 3986 §6.2.2, RFC 9110 §4.2.3)', () => {
  it.each([
    ['HTTPS://A.Example:443', 'https', 'a.example', undefined, '/'],
    ['http://a:80/', 'http', 'a', undefined, '/'],
    ['http://a:443/', 'http', 'a', '443', '/'],
    ['https://a/./b/../c', 'https', 'a', undefined, '/c'],
    ['https://a/../..', 'https', 'a', undefined, '/'],
    ['https://a/b/..', 'https', 'a', undefined, '/'],
    ['https://a/b/.', 'https', 'a', undefined, '/b/'],
    ['https://a/b//../c', 'https', 'a', undefined, '/b/c'],
    ['https://a/b...c/.d', 'https', 'a', undefined, '/b...c/.d'],
    ['https://a/%7eb%2fc%2Fd', 'https', 'a', undefined, '/~b%2Fc%2Fd'],
    ['https://a/x/%2e%2E/y', 'https', 'a', undefined, '/y'],
    ['https://a/é b', 'https', 'a', undefined, '/%C3%A9%20b'],
    ['https://a/%zz%', 'https', 'a', undefined, '/%zz%'],
    ['https://a/\u{1f600}', 'https', 'a', undefined, '/%F0%9F%98%80'],
  ])('%s', (url, scheme, host, port, path) => {
    expect(normaliseUri(parseUri(url), true)).toMatchObject({ scheme, host, port, path });
  });

  it('does in its short form what URL parsers do', () => {
    expect(normaliseUri(parseUri('HTTPS://A:443/%7Eb/%2e%2E/c?%7E'), false)).toMatchObject({
      scheme: 'https',
      host: 'a',
      port: undefined,
      path: '/c',
      query: '%7E',
    });
  });

  it('is idempotent', () => {
    for (const url of ['HTTP://A:80/%7e/../b?%7E', 'https://a/a/./..//b/', 'https://a/é%2f']) {
      const once = normaliseUri(parseUri(url), true);
      expect(normaliseUri(once, true)).toEqual(once);
    }
  });
});

describe('taking the token out', () => {
  const token = '2D3RhEOhAQWhBEx2rnRVvTfKKEtoYp2hARhv';
  it.each([
    [`https://a/pt:${token}/v/x.m3u8`, '/v/x.m3u8', undefined],
    [`https://a/pt%3A${token}/v`, '/v', undefined],
    [`https://a/pt:${token}`, '/', undefined],
    ['https://a/pt/v', '/pt/v', undefined],
    ['https://a/v/pt:x/y', '/v/pt:x/y', undefined],
    [`https://a/${token}/v/x`, '/v/x', undefined],
    ['https://a/a-long-first-segment-that-is-no-token/v', '/a-long-first-segment-that-is-no-token/v', undefined],
    [`https://a/v?CAT=${token}`, '/v', undefined],
    [`https://a/v?a=1&cat=${token}&b=2`, '/v', 'a=1&b=2'],
    ['https://a/v?CAT=&a', '/v', 'a'],
    [`https://a/v?token=${token}&x=1`, '/v', 'x=1'],
    ['https://a/v?token=abc&x=1', '/v', 'token=abc&x=1'],
    [`https://a/v?access_token=${token}%3D`, '/v', undefined],
    ['https://a/v?Cat=1&concat=2', '/v', 'Cat=1&concat=2'],
  ])('%s', (url, path, query) => {
    expect(removeToken(parseUri(url))).toMatchObject({ path, query });
  });

  it('takes exactly the parameters it is given', () => {
    expect(removeToken(parseUri('https://a/v?CAT=1&cat=2&x=3'), ['cat']).query).toBe('CAT=1&x=3');
    expect(removeToken(parseUri('https://a/v?CAT=1'), []).query).toBe('CAT=1');
  });
});

// the divergence table of CAT.md (b)
describe('components of one URL as recipients read them', () => {
  const url = 'https://cdn.example.com/a/b.tar.gz?b=2&a=1&cat=2D3RhEOhAQWhBEx2rnRVvTfKKEtoYp2hARhv';
  it.each<[UriComponent, Partial<Rules['uri']>, string | undefined]>([
    ['scheme', {}, 'https'],
    ['host', {}, 'cdn.example.com'],
    ['port', {}, ''],
    ['port', { defaultPort: 'number' }, '443'],
    ['path', {}, '/a/b.tar.gz'],
    ['query', {}, 'b=2&a=1'],
    ['query', { queryOrder: 'sorted' }, 'a=1&b=2'],
    ['query', { removeToken: false }, 'b=2&a=1&cat=2D3RhEOhAQWhBEx2rnRVvTfKKEtoYp2hARhv'],
    ['parent-path', {}, '/a'],
    ['parent-path', { parentPath: 'with-slash' }, '/a/'],
    ['filename', {}, 'b.tar.gz'],
    ['stem', {}, 'b.tar'],
    ['stem', { stem: 'to-first-dot' }, 'b'],
    ['extension', {}, '.gz'],
    ['extension', { extension: 'without-dot' }, 'gz'],
    ['extension', { extension: 'from-first-dot' }, '.tar.gz'],
  ])('%s %j', (name, rules, expected) => {
    expect(component(name, url, rules)).toBe(expected);
  });

  it.each<[UriComponent, string, Partial<Rules['uri']>, string | undefined]>([
    ['filename', 'https://a/b', { filenameNeedsDot: true }, ''],
    ['filename', 'https://a/b/', {}, ''],
    ['parent-path', 'https://a/b', {}, '/'],
    ['parent-path', 'https://a/', {}, '/'],
    ['parent-path', 'https://a/b/', {}, '/b'],
    ['parent-path', 'https://a/b/', { parentPath: 'with-slash' }, '/b/'],
    ['stem', 'https://a/.htaccess', {}, '.htaccess'],
    ['extension', 'https://a/.htaccess', {}, ''],
    ['extension', 'https://a/b.', {}, '.'],
    ['extension', 'https://a/b.c/d', {}, ''],
    ['stem', 'https://a/b', {}, 'b'],
    ['host', 'https://u@[::1]:8/', {}, '[::1]'],
    ['host', 'https://a.example:8443/', { host: 'host-header' }, 'a.example:8443'],
    ['host', 'https://a.example:443/', { host: 'host-header' }, 'a.example'],
    ['host', 'https://a.example:8443/', { host: 'first-colon' }, 'a.example'],
    ['host', '/v', {}, undefined],
    ['port', '/v', {}, undefined],
    ['scheme', '/v', {}, undefined],
    ['path', '/v', {}, '/v'],
  ])('%s of %s %j', (name, from, rules, expected) => {
    expect(component(name, from, rules)).toBe(expected);
  });

  it('takes the Host header where the recipient does', () => {
    expect(component('host', 'https://a.example/', { host: 'host-header' }, 'b.example:80')).toBe('b.example:80');
    expect(component('host', 'https://a.example/', {}, 'b.example')).toBe('a.example');
  });
});

it.each([
  ['b=2&a=1', 'a=1&b=2'],
  ['?a=2&a=1', 'a=2&a=1'],
  ['a', 'a='],
  ['', ''],
  ['b=%7E+x%20y&a=%2f', 'a=%2F&b=%7E+x+y'],
  ['é=ü&&x', '%C3%A9=%C3%BC&x='],
])('sorts a query as URLSearchParams does: %s', (query, expected) => {
  expect(sortQuery(query)).toBe(expected);
  const params = new URLSearchParams(query);
  params.sort();
  expect(params.toString().split('&').sort()).toEqual(expected.split('&').sort());
});
