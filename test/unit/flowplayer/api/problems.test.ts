import { describe, expect, it } from 'vitest';
import { readOwnWords } from '../../../../shared/flowplayer/api/own-words.ts';
import { asNotOffered, readProblem, withProbe } from '../../../../shared/flowplayer/api/read-problem.ts';

const meta = (status: number, code: string, message: string) => ({
  meta: { status, code, title: 'T', message, description: 'D', links: [] },
});

describe('what an error’s body says', () => {
  it.each([
    ['API Gateway', { message: 'Too Many Requests' }, 'Too Many Requests', undefined],
    [
      'the sibling API',
      meta(422, 'ERR-422-RecordInvalid', "Name can't be blank"),
      "Name can't be blank",
      'ERR-422-RecordInvalid',
    ],
    ['only a description', { meta: { code: 'C', description: 'Described' } }, 'Described', 'C'],
    ['error', { error: 'Internal Server Error' }, 'Internal Server Error', undefined],
    ['error as an object', { error: { message: 'Inner', code: 3 } }, 'Inner', undefined],
    ['a list of texts', { errors: ['one', 'two'] }, 'one; two', undefined],
    ['a list with fields', { errors: [{ field: 'exp', message: "can't be blank" }] }, "exp: can't be blank", undefined],
    [
      'fields with lists',
      { errors: { exp: ["can't be blank"], name: ['taken'] } },
      "exp: can't be blank; name: taken",
      undefined,
    ],
    ['detail', { title: 'T', detail: 'The detail' }, 'The detail', undefined],
    ['a text', 'just words', 'just words', undefined],
    ['nothing that is known', { result: 7 }, undefined, undefined],
  ])('%s', (_title, body, words, code) => {
    expect(readOwnWords(JSON.stringify(body))).toEqual({
      form: 'json',
      ...(words === undefined ? {} : { words }),
      ...(code === undefined ? {} : { code }),
    });
  });

  it('of HTML it takes the title', () => {
    expect(readOwnWords('<!DOCTYPE html>\n<html><head><title> 502\n Bad Gateway </title>')).toEqual({
      form: 'html',
      words: '502 Bad Gateway',
    });
    expect(readOwnWords('<html><body>x</body></html>')).toEqual({ form: 'html' });
  });

  it('of text it takes one line of bounded length', () => {
    expect(readOwnWords(' upstream\n connect error ')).toEqual({ form: 'text', words: 'upstream connect error' });
    expect(readOwnWords('x'.repeat(1000)).words).toHaveLength(301);
    expect(readOwnWords('')).toEqual({ form: 'nothing' });
  });

  it('does not take long over a hostile body', () => {
    const start = performance.now();
    for (const body of [
      '<title'.repeat(200_000),
      '['.repeat(100_000),
      `<html>${'<h1 '.repeat(100_000)}`,
      '{"errors":['.repeat(2000),
    ])
      readOwnWords(body);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});

describe('a problem', () => {
  it('has cause, next step, status and the raw answer', () => {
    const body = JSON.stringify(meta(422, 'ERR-422-RecordInvalid', "Exp can't be blank"));
    expect(readProblem({ status: 422, body }, 'the token')).toEqual({
      kind: 'refused',
      cause: "The OVP answered 422: it did not accept what was sent. It said: “Exp can't be blank”",
      nextStep: 'Change what it names and ask again.',
      status: 422,
      raw: body,
      code: 'ERR-422-RecordInvalid',
    });
  });

  it.each([
    [401, 'no-access'],
    [403, 'key-refused'],
    [404, 'not-found'],
    [405, 'not-offered'],
    [410, 'deleted'],
    [400, 'refused'],
    [409, 'refused'],
    [422, 'refused'],
    [429, 'too-many'],
    [500, 'fault'],
    [502, 'fault'],
    [503, 'fault'],
    [302, 'redirect'],
    [418, 'other'],
    [200, 'unreadable'],
  ])('%i is %s', (status, kind) => {
    const problem = readProblem({ status, body: '' }, 'the video');
    expect(problem.kind).toBe(kind);
    for (const sentence of [problem.cause, problem.nextStep]) {
      expect(sentence).toMatch(/^\p{Lu}.*\.$/u);
      expect(sentence).not.toMatch(/!|oops|invalid token/i);
    }
  });

  it('says how long to wait where the answer said it', () => {
    const next = (retryAfter?: number) =>
      readProblem({ status: 429, body: '', ...(retryAfter === undefined ? {} : { retryAfter }) }, 'x').nextStep;
    expect(next(45)).toContain('in 45 s');
    expect(next(600)).toContain('in 10 min');
    expect(next(7200)).toContain('in 2 h');
    expect(next()).toContain('1 request a second');
  });

  it('quotes no answer that went well, and no piece of broken JSON', () => {
    for (const status of [200, 201, 500])
      expect(readProblem({ status, body: '{"value":"s3cr3t","x' }, 'x').cause).not.toContain('s3cr3t');
    expect(readProblem({ status: 200, body: 's3cr3t' }, 'x').cause).not.toContain('s3cr3t');
  });

  it('cuts a raw answer that nobody would read', () => {
    expect(readProblem({ status: 500, body: 'x'.repeat(10_000) }, 'x').raw).toMatch(
      /^x{4000}… \(6000 characters more\)$/,
    );
  });
});

describe('a code that says it for certain', () => {
  it('goes before the meaning that a status mostly has', () => {
    const kind = (status: number, code: string) =>
      readProblem({ status, body: JSON.stringify(meta(status, code, 'It says so.')) }, 'the video').kind;
    expect(kind(403, 'ERR-403-RecordUnaccessible')).toBe('no-access');
    expect(kind(401, 'ERR-401-NoApiKey')).toBe('key-refused');
    expect(kind(401, 'ERR-401-Unauthorized')).toBe('no-access');
  });
});

describe('401 and 403 after the probe', () => {
  const unauthorized = readProblem({ status: 401, body: '' }, 'the video');
  const forbidden = readProblem({ status: 403, body: '' }, 'the video');

  it('are about access when the key works', () => {
    expect(withProbe(forbidden, 'accepted', 'the video').kind).toBe('no-access');
    expect(withProbe(unauthorized, 'accepted', 'the video')).toBe(unauthorized);
  });
  it('are about the key when it does not', () => {
    expect(withProbe(unauthorized, 'refused', 'the video').kind).toBe('key-refused');
    expect(withProbe(forbidden, 'refused', 'the video')).toBe(forbidden);
  });
  it('keep their own meaning when nobody can tell', () => {
    expect(withProbe(forbidden, 'unknown', 'the video')).toBe(forbidden);
    expect(withProbe(unauthorized, 'unknown', 'the video')).toBe(unauthorized);
  });
});

describe('a call that may not be offered', () => {
  const not = (status: number, body = '', kind?: 'no-access') => {
    const problem = readProblem({ status, body }, 'x');
    return asNotOffered(kind === undefined ? problem : { ...problem, kind }, 'listing keys').kind;
  };
  it('is not where there is no such path or method, or where a good key may not', () => {
    expect([not(404), not(405), not(403, '', 'no-access')]).toEqual(['not-offered', 'not-offered', 'not-offered']);
  });
  it('is, where the key is bad, a record is named, or the server fails', () => {
    expect(not(403)).toBe('key-refused');
    expect(not(404, JSON.stringify(meta(404, 'ERR-404-RecordNotFound', 'gone')))).toBe('not-found');
    expect(not(500)).toBe('fault');
  });
});
