import { describe, expect, it } from 'vitest';
import { createTokenFinder, findTokens } from '../../../shared/carrier/find-tokens.ts';
import { FOUND_LIMIT } from '../../../shared/carrier/found.ts';
import { SIGNED, STANDARD, URL_SAFE } from './samples.ts';

const MEGABYTE = 1_000_000;
const fill = (piece: string, length = MEGABYTE / 4): string =>
  piece.repeat(Math.ceil(length / piece.length)).slice(0, length);

/** What a quarter of a megabyte must never take, however busy the machine: a quadratic search takes minutes. */
const GENEROUS = 20_000;

describe('hostile text is searched in linear time', { timeout: 3 * GENEROUS }, () => {
  it.each([
    'a',
    '0YR',
    '0YRD/',
    '2D3RhEOhAQWh',
    '"',
    "'",
    '%25',
    '%',
    '\\',
    '[',
    '[[',
    '{"a":',
    '[1,',
    'eyJ.',
    'exp=',
    'exp=1~',
    'exp=1~hmac=',
    'https://',
    'https://a/?CAT=x&',
    'curl x;',
    "curl '",
    "curl -H 'x: y' http://a.example;",
    'curl -H "a\n',
    'a:',
    'a: b\n',
    'Accept: a\n',
    'Cookie: a=b;',
    'Set-Cookie: a=b\n',
    '\n',
    ' ',
    '\0',
    '\u200b',
    '<iframe ',
    'flowplayer(',
    'embed.jsp?id=1 ',
    'import flowplayer from ',
    '/hEOhAQWhBE',
    '/hFsAAAAAAAAA',
    '/hFkAAAAAAD/',
    '/pt:',
    '&CAT=',
    'd18443a10105 ',
    'd1:84:43:',
    'Policy=',
    '"0YRD",',
    '0YRDoQEEoQRMU3ltbWV0cmljMjU2\n',
    'GET / HTTP/1.1\n',
    '1.1.1.1 - - [x] "GET / HTTP/1.1" 200\n',
    'token="',
    '=',
    '.',
    '-',
  ])('%j', (piece) => {
    const input = fill(piece);
    const start = performance.now();
    expect(() => findTokens(input)).not.toThrow();
    expect(performance.now() - start).toBeLessThan(GENEROUS);
  });

  it('a token whose string never ends', () => {
    const start = performance.now();
    const found = findTokens(`0YRDoQEFoFo_____${fill('A')}`);
    expect(performance.now() - start).toBeLessThan(GENEROUS);
    expect(found.tokens[0]?.damagedAt).toBeDefined();
  });
});

describe('noise', { timeout: 3 * GENEROUS }, () => {
  it('in base64 holds no token', () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
    let state = 20_261_124;
    const next = (): number => {
      // xorshift32
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      return state & 63;
    };
    let noise = '';
    for (let i = 0; i < MEGABYTE; i++) noise += alphabet.charAt(next());
    expect(findTokens(noise).tokens).toEqual([]);
    expect(findTokens(`data:image/png;base64,${noise}`).tokens).toEqual([]);
  });
});

describe('ten megabytes', { timeout: 6 * GENEROUS }, () => {
  const entry = (i: number): object => ({
    request: {
      method: 'GET',
      url: `https://cdn.example.com/pt:${URL_SAFE}/hls/seg_${i}.ts`,
      headers: [{ name: 'Host', value: 'cdn.example.com' }],
    },
    response: {
      status: i % 2 === 0 ? 200 : 403,
      headers: [{ name: 'Date', value: 'Tue, 24 Nov 2026 13:07:32 GMT' }],
      content: { text: 'x'.repeat(600) },
    },
  });

  it('of HAR are listed', () => {
    const count = 9_000;
    const input = JSON.stringify({ log: { entries: Array.from({ length: count }, (_, i) => entry(i)) } });
    expect(input.length).toBeGreaterThan(8 * MEGABYTE);
    const start = performance.now();
    const found = findTokens(input);
    expect(performance.now() - start).toBeLessThan(2 * GENEROUS);
    expect(found.tokens).toHaveLength(count);
    expect(found.requests).toHaveLength(count);
    expect(found.requestOf[count - 1]).toBe(count - 1);
  });

  it('of prose with one token at the end find it', () => {
    const found = findTokens(`${fill('The other owner has gone to the host of videos. ', 10 * MEGABYTE)}\n${SIGNED}`);
    expect(found.tokens.map((token) => token.text)).toEqual([SIGNED]);
  });
});

describe('a search in steps', { timeout: 3 * GENEROUS }, () => {
  it('tells how far it is and ends with what it found', () => {
    const finder = createTokenFinder(fill(`a line of a log without anything\n${STANDARD}\n`, 3 * MEGABYTE));
    const progress: number[] = [];
    let step = finder.next();
    for (; !step.done; step = finder.next()) progress.push(step.value);
    expect(progress.length).toBeGreaterThan(5);
    expect(progress).toEqual([...progress].sort((a, b) => a - b));
    expect(step.value.tokens.length).toBeGreaterThan(7_000);
  });

  it('pauses inside one JSON document', () => {
    const finder = createTokenFinder(JSON.stringify(Array.from({ length: 20_000 }, () => 'x'.repeat(100))));
    let steps = 0;
    while (!finder.next().done) steps++;
    expect(steps).toBeGreaterThan(4);
  });

  it('ends where it has found more than can be looked at, and says where', () => {
    const found = findTokens('hECgQEA '.repeat(FOUND_LIMIT + 10));
    expect(found.tokens).toHaveLength(FOUND_LIMIT);
    expect(found.stoppedAt).toBeGreaterThanOrEqual(8 * FOUND_LIMIT);
  });
});
