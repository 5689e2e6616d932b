import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VECTORS } from '../../vectors/load-vectors.ts';
import { run } from './run.ts';

const SECRET = '403697de87af64611c1d32a05dab0fe1fcb715a86ab435f1ec99192d79569388';
const vector = (id: string): string => {
  const found = VECTORS.find((candidate) => candidate.id === id);
  if (found === undefined) throw new Error(`no vector ${id}`);
  return found.token;
};

let folder: string;
const file = (name: string, content: string): string => {
  const full = path.join(folder, name);
  fs.writeFileSync(full, content);
  return full;
};
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'catwalk-cli-'));
  file('key', `${SECRET}\n`);
  file('wrong', 'another secret');
});
afterAll(() => fs.rmSync(folder, { recursive: true }));
const key = () => `file:${path.join(folder, 'key')}`;

describe('the call itself', () => {
  it.each([
    [[], 64],
    [['--help'], 0],
    [['--version'], 0],
    [['inspect', '--help'], 0],
    [['decode'], 64],
    [['constructor'], 64],
    [['inspect', '--colour'], 64],
    [['verify', 'x', '--key', 'hunter2'], 64],
    [['verify', 'x', '--key', 'file:/there/is/no/such/file'], 66],
    [['verify', 'x', '--key', 'env:CATWALK_NO_SUCH_VARIABLE'], 66],
    [['check', 'x', '--verifier', 'nobody'], 64],
    [['check', 'x', '--url', 'no url'], 64],
    [['check', 'x', '--lat', '1'], 64],
    [['diff', 'x'], 64],
    [['issue'], 64],
  ])('%j ends with %i', async (args, status) => {
    expect((await run(...args)).status).toBe(status);
  });

  it('never repeats what stands where a secret may have been typed', async () => {
    const { err } = await run('verify', 'x', '--key', 'hunter2');
    expect(err).not.toContain('hunter2');
  });
});

describe('inspect', () => {
  it('prints one document with every token of the input', async () => {
    const text = `${vector('nodecat-akamai-iss-jonas')}\n${vector('zig-readme')}`;
    const { status, json } = await run('inspect', text, '--json');
    expect(status).toBe(0);
    expect(json).toMatchObject({
      tokens: [
        {
          source: { kind: 'token' },
          size: 103,
          envelope: {
            kind: 'cose-mac0',
            tags: [61, 17],
            alg: { id: 5, name: 'HS256', in: 'protected' },
            kid: { text: 'akamai_key_hs256', in: 'unprotected' },
            payload: 'bytes',
          },
          claims: { iss: 'coap://jonas.example.com', iat: 1741985961, nbf: 1741985961 },
          time: { state: 'unbounded', notBefore: 1741985961, expires: null },
        },
        { claims: { iss: 'example', sub: 'user123' } },
      ],
    });
  });

  it('says what else an input is, with status 65', async () => {
    const jwt = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ4In0.c2lnbmF0dXJlc2lnbmF0dXJlc2lnbmF0dXJl';
    const { status, err, json } = await run('inspect', jwt, '--json');
    expect(status).toBe(65);
    expect(json).toEqual({ tokens: [] });
    expect(err).toMatch(/JSON Web Token/);
    expect((await run('inspect', 'nothing of the kind')).status).toBe(65);
  });

  it('lets no control character of a token through to the terminal', async () => {
    const claims = file('hostile.json', JSON.stringify({ iss: '\u001b[2J\u202eevil', exp: 1 }));
    const made = await run('issue', '--claims', claims, '--key', key());
    const { out } = await run('inspect', made.out.trim());
    for (const control of ['\u001b', '\u202e']) expect(out).not.toContain(control);
    expect(out).toContain('\\u{1b}');
  });
});

describe('verify', () => {
  const token = vector('nodecat-akamai-iss-jonas');

  it('names the key and its reading', async () => {
    const { status, json } = await run('verify', token, '--key', key(), '--json');
    expect(status).toBe(0);
    expect(json).toMatchObject({ integrity: { state: 'verified', key: key(), keyEncoding: 'hex', context: 'MAC0' } });
  });

  it('tries every key that is given', async () => {
    const { status } = await run('verify', token, '--key', `file:${path.join(folder, 'wrong')}`, '--key', key());
    expect(status).toBe(0);
  });

  it.each([
    ['the wrong key', (): string[] => ['--key', `file:${path.join(folder, 'wrong')}`], 1, 'failed'],
    ['the right key read wrongly', () => ['--key', key(), '--key-encoding', 'utf8'], 1, 'failed'],
    ['no key', () => [], 2, 'not-checked'],
  ])('tells %s', async (_title, args, status, state) => {
    const result = await run('verify', token, ...args(), '--json');
    expect(result.status).toBe(status);
    expect(result.json).toMatchObject({ integrity: { state } });
  });

  it('reads a key from the environment', async () => {
    process.env['CATWALK_TEST_KEY'] = SECRET;
    const { status } = await run('verify', token, '--key', 'env:CATWALK_TEST_KEY');
    delete process.env['CATWALK_TEST_KEY'];
    expect(status).toBe(0);
  });
});

describe('issue and check', () => {
  const issue = async (claims: unknown, ...more: string[]): Promise<string> => {
    const { out, err, status } = await run(
      'issue',
      '--claims',
      file('claims.json', JSON.stringify(claims)),
      '--key',
      key(),
      ...more,
    );
    expect(err).not.toMatch(/refused|cannot/);
    expect(status).toBe(0);
    return out.trim();
  };

  it('makes the token it was asked for, whatever the spelling of the claims', async () => {
    const at = ['--at', '1800000000'];
    const byName = await issue({ exp: '+2h', catu: { path: { contains: 'id' } } }, ...at);
    const byNumber = await issue({ '4': 1800007200, catu: { '3': [3, 'id'] } }, ...at);
    const nodeCat = await issue({ exp: 1800007200, catu: { path: { 'contains-match': 'id' } } }, ...at);
    expect(byNumber).toBe(byName);
    expect(nodeCat).toBe(byName);
    const { json } = await run('inspect', byName, '--json');
    expect(json).toMatchObject({
      tokens: [{ envelope: { tags: [17] }, claims: { exp: 1800007200, catu: { path: { contains: 'id' } } } }],
    });
  });

  it('puts tags and kid where they are wanted', async () => {
    const token = await issue({ exp: 1 }, '--tag-61', '--kid', 'k1', '--kid-in', 'protected', '--alg', 'HS256/64');
    const { json } = await run('inspect', token, '--json');
    expect(json).toMatchObject({
      tokens: [{ envelope: { tags: [61, 17], kid: { text: 'k1', in: 'protected' }, alg: { id: 4 } } }],
    });
    const bare = await issue({ exp: 1 }, '--no-tag-cose');
    expect((await run('inspect', bare, '--json')).json).toMatchObject({ tokens: [{ envelope: { tags: [] } }] });
  });

  it('judges every claim, names the place and exits by the decision', async () => {
    const token = await issue({ iss: 'x', exp: 2_000_000_000, catu: { path: { contains: 'id' } }, catm: ['GET'] });
    const request = ['--now', '1900000000', '--issuer', 'x', '--key', key(), '--json'];
    const good = await run('check', token, '--url', 'https://a.example/id/x.ts', '--method', 'GET', ...request);
    expect(good.json).toMatchObject({ decision: 'accept', integrity: { state: 'verified' }, mend: null });
    expect(good.status).toBe(0);
    const bad = await run('check', token, '--url', 'https://a.example/x', '--method', 'POST', ...request);
    expect(bad.status).toBe(1);
    expect(bad.json).toMatchObject({
      decision: 'reject',
      claims: [
        { name: 'iss', verdict: 'pass' },
        { name: 'exp', verdict: 'pass' },
        {
          name: 'catu',
          label: 312,
          verdict: 'fail',
          code: 'DENY_URI',
          path: ['catu', 'path', 'contains'],
          expected: 'id',
          actual: '/x',
          at: 1,
        },
        { name: 'catm', verdict: 'fail', code: 'DENY_METHOD' },
      ],
    });
    const open = await run('check', token, '--url', 'https://a.example/id', ...request);
    expect(open.status).toBe(2);
    expect(open.json).toMatchObject({ decision: 'cannot-tell' });
  });

  it('never accepts a token whose MAC is wrong', async () => {
    const token = await issue({ exp: 2_000_000_000 });
    const wrong = ['--key', `file:${path.join(folder, 'wrong')}`, '--now', '1900000000', '--url', 'https://a.example/'];
    expect((await run('check', token, ...wrong)).status).toBe(1);
    expect((await run('check', token, ...wrong, '--verifier', 'zig')).status).toBe(0);
  });

  it('refuses claims that cannot be written, with their place', async () => {
    const claims = file('bad.json', JSON.stringify({ catu: { path: { contains: 5 } }, nonsense: 1 }));
    const { status, err, out } = await run('issue', '--claims', claims, '--key', key());
    expect(status).toBe(1);
    expect(out).toBe('');
    expect(err).toMatch(/catu\.path\.contains/);
    expect(err).toMatch(/nonsense/);
  });
});

describe('diff', () => {
  it('lists what differs and exits as diff does', async () => {
    const [a, b] = [vector('nodecat-akamai-iss-jonas'), vector('nodecat-wrong-issuer')];
    const { status, json } = await run('diff', a, b, '--json');
    expect(status).toBe(1);
    expect(json).toMatchObject({ same: false });
    expect((json as { claims: { path: string[] }[] }).claims.map(({ path: [name] }) => name)).toContain('iss');
    expect((await run('diff', a, a)).status).toBe(0);
  });
});
