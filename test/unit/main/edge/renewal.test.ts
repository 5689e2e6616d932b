import { describe, expect, it } from 'vitest';
import { nodeCrypto } from '../../../../main/crypto/node-crypto.ts';
import { createEdge, type EdgeStage } from '../../../../main/edge/edge.ts';
import type { OriginAnswer } from '../../../../main/edge/origin.ts';
import { renewDraft } from '../../../../main/preview/reissue.ts';
import type { EdgeSettings } from '../../../../shared/contract/preview.ts';
import type { SentRequest } from '../../../../shared/edge/judge-request.ts';
import { planRenewal } from '../../../../shared/edge/renewal.ts';
import { toPlainText } from '../../../../shared/explain/rich-text.ts';
import { UTC_STYLE } from '../../../../shared/explain/time-style.ts';
import { issueToken } from '../../../../shared/issue/issue-token.ts';
import type { JsonObject } from '../../../../shared/json.ts';
import { cta5007 } from '../../../../shared/verifiers/cta-5007.ts';
import { KEY, readBack, target } from '../../issue/issuing.ts';
import { startRequests } from '../preview/requests.ts';
import { BASE, get, NOW, stageWith, tokenised, tokenWith } from './stages.ts';

const SECONDS = NOW / 1000;

/** Signs as main does, with the one key. */
const renew: NonNullable<EdgeStage['renew']> = async (token, plan) => {
  const issued = issueToken(renewDraft(token, plan), target('cta-5007-b'), KEY.material, nodeCrypto);
  return issued.ok ? Buffer.from(issued.value.bytes).toString('base64url') : undefined;
};

/** A token in its last seconds. */
const ending = (catr: JsonObject, claims: JsonObject = {}) => tokenWith({ exp: SECONDS + 20, catr, ...claims });

async function answer(request: SentRequest, settings: Partial<EdgeSettings> = {}, more: Partial<EdgeStage> = {}) {
  const edge = createEdge({ askOrigin: () => Promise.reject(new Error('nobody is asked')), now: () => NOW });
  return edge.answer(request, stageWith(settings, { renew, ...more }));
}

const read = (token: string) => readBack(new Uint8Array(Buffer.from(token, 'base64url')));

describe('a renewal', () => {
  it('in a header has new times and an id of its own, everything else as it was, and verifies', async () => {
    const token = ending(
      { type: 'header', expadd: 300, 'header-name': 'X-Fresh' },
      { cti: { hex: '0b71' }, sub: 'me' },
    );
    const got = await answer(get(tokenised(token)));
    expect(got).toMatchObject({ status: 200, renewed: { by: 'header' } });
    const fresh = got.renewed?.token ?? '';
    expect(got.headers).toContainEqual(['X-Fresh', fresh]);
    expect(got.headers).toContainEqual(['access-control-expose-headers', 'X-Fresh']);
    const { json, integrity } = read(fresh);
    expect(integrity.state).toBe('verified');
    expect(json).toEqual({ ...read(token).json, exp: SECONDS + 300, iat: SECONDS, cti: json['cti'] });
    expect(json['cti']).not.toEqual({ hex: '0b71' });
    expect((await answer(get(tokenised(fresh)))).status).toBe(200);
  });

  it('in a cookie has the name and attributes of the claim', async () => {
    const token = ending({ type: 'cookie', expadd: 60, 'cookie-name': 'c', 'cookie-params': ['Secure', 'HttpOnly'] });
    const got = await answer(get(tokenised(token)));
    expect(got.headers).toContainEqual(['set-cookie', `c=${got.renewed?.token ?? ''}; Secure; HttpOnly`]);
  });

  it('by a redirect leads to the same file with the new token, in the path and in the query', async () => {
    const token = ending({ type: 'redirect', expadd: 60, code: 307 });
    const inPath = await answer(get(tokenised(token, '360p/index.m3u8')));
    expect(inPath).toMatchObject({ status: 307, renewed: { by: 'redirect' }, kind: 'playlist' });
    expect(inPath.headers).toContainEqual(['location', tokenised(inPath.renewed?.token ?? '', '360p/index.m3u8')]);
    expect(inPath.body).toHaveLength(0);
    const inQuery = await answer(get(`${BASE}playlist.m3u8?x=1&CAT=${token}`));
    expect(inQuery.headers).toContainEqual([
      'location',
      `${BASE}playlist.m3u8?x=1&CAT=${inQuery.renewed?.token ?? ''}`,
    ]);
  });

  it('by a redirect is left out of an address without a token, which would lead to itself', async () => {
    const token = ending({ type: 'redirect', expadd: 60 });
    const got = await answer(get(`${BASE}playlist.m3u8`, { 'CTA-Common-Access-Token': token }));
    expect(got).toMatchObject({ status: 200 });
    expect(got.renewed).toBeUndefined();
  });

  it('by a redirect finds the token in whatever encoding it was sent', async () => {
    const token = ending({ type: 'redirect', expadd: 60 });
    const encoded = `%${token.charCodeAt(0).toString(16)}${token.slice(1)}`;
    const got = await answer(get(`${BASE}playlist.m3u8?CAT=${encoded}`));
    expect(got.headers).toContainEqual(['location', `${BASE}playlist.m3u8?CAT=${got.renewed?.token ?? ''}`]);
  });

  it.each([
    ['path', (token: string) => get(tokenised(token)), 'redirect'],
    ['query', (token: string) => get(`${BASE}playlist.m3u8?CAT=${token}`), 'redirect'],
    ['header', (token: string) => get(`${BASE}playlist.m3u8`, { 'CTA-Common-Access-Token': token }), 'header'],
    [
      'cookie',
      (token: string) => get(`${BASE}playlist.m3u8`, { cookie: `CTA-Common-Access-Token=${token}` }),
      'cookie',
    ],
  ])('that is automatic goes the way a token in the %s came', async (_channel, request, by) => {
    expect((await answer(request(ending({ type: 'automatic', expadd: 60 })))).renewed?.by).toBe(by);
  });

  it('is handed out again with the next request, and is a row of the trace that says so', async () => {
    const token = ending({ type: 'header', expadd: 300 });
    let made = 0;
    const played = startRequests(
      () =>
        stageWith(
          {},
          {
            renew: (...input) => {
              made += 1;
              return renew(...input);
            },
          },
        ),
      { token },
    );
    await played.ask(tokenised(token));
    await played.ask(tokenised(token, '360p/index.m3u8'));
    expect(made).toBe(1);
    expect(played.ended).toMatchObject([{ renewed: 'header' }, { renewed: 'header', status: 200, verdict: 'pass' }]);
    const [row] = played.ended;
    if (row === undefined) throw new Error('no row');
    const { renewed } = played.explain(row);
    expect(renewed).toMatchObject({ by: 'header', expires: SECONDS + 300 });
    expect(toPlainText(renewed?.sentence ?? [], UTC_STYLE)).toMatch(/^The edge sent a fresh token along in a header/);
  });

  it('is signed once for requests side by side, and tried again when it could not be', async () => {
    const edge = createEdge({ askOrigin: () => Promise.reject(new Error('nobody is asked')), now: () => NOW });
    const token = ending({ type: 'header', expadd: 300 });
    const outcomes = [async () => undefined, () => Promise.reject(new Error('no keychain')), renew];
    let asked = 0;
    const stage = stageWith({}, { renew: (...input) => outcomes[asked++]?.(...input) ?? Promise.resolve(undefined) });
    expect((await edge.answer(get(tokenised(token)), stage)).renewed).toBeUndefined();
    await expect(edge.answer(get(tokenised(token)), stage)).rejects.toThrow('no keychain');
    const got = await Promise.all([1, 2, 3].map(() => edge.answer(get(tokenised(token)), stage)));
    expect(new Set(got.map(({ renewed }) => renewed?.token)).size).toBe(1);
    expect(got[0]?.renewed).toBeDefined();
    expect(asked).toBe(3);
  });

  it.each<[string, JsonObject, Partial<EdgeSettings>]>([
    ['a token that has time left', { exp: SECONDS + 61 }, {}],
    ['one without an expiry for the new one', { catr: { type: 'header' } }, { verifier: 'akamai', enforce: false }],
    ['one that expired', { exp: SECONDS - 1 }, {}],
    ['one that a rule refuses', { catu: { path: { prefix: '/other/' } } }, {}],
    ['one at an edge that does not enforce', {}, { enforce: false }],
  ])('is not for %s', async (_what, claims, settings) => {
    const got = await answer(get(tokenised(ending({ type: 'header', expadd: 300 }, claims))), settings);
    expect(got.renewed).toBeUndefined();
  });

  it('is not made where no key may', async () => {
    const token = ending({ type: 'redirect', expadd: 300 });
    const got = await answer(get(tokenised(token)), {}, { renew: async () => undefined });
    expect(got).toMatchObject({ status: 200 });
    expect(got.renewed).toBeUndefined();
  });
});

describe('the deadline', () => {
  const planned = (catr: JsonObject, exp: number, now: number) => {
    const token = stageWith().tokens.open(tokenWith({ exp, catr: { type: 'header', expadd: 300, ...catr } }));
    if (token === undefined) throw new Error('no token');
    return planRenewal(token, { channel: 'path' }, now, cta5007) !== undefined;
  };

  it.each([
    ['none: the last minute', {}, 61, false],
    ['none: the last minute', {}, 60, true],
    ['seconds before the expiry', { deadline: 30 }, 31, false],
    ['seconds before the expiry', { deadline: 30 }, 30, true],
    ['a moment that is still to come', { deadline: SECONDS + 10 }, 60, true],
    ['a moment that has passed', { deadline: SECONDS - 10 }, 60, false],
    ['the expiry itself', {}, 0, false],
  ])('is %s', (_what, catr, left, is) => {
    expect(planned(catr, SECONDS + left, SECONDS)).toBe(is);
  });
});

describe('the renewal of an origin', () => {
  async function watch(headers: OriginAnswer['headers'], token: string) {
    const edge = createEdge({
      askOrigin: async () => ({ ok: true, value: { status: 200, headers, body: new Uint8Array(0) } }),
      now: () => NOW,
    });
    const stage = stageWith({ passOn: true, enforce: false }, { mount: undefined });
    return (await edge.answer(get(tokenised(token, 'a.ts')), stage)).renewed;
  }
  const token = ending({ type: 'cookie', expadd: 60, 'cookie-name': 'fresh' });
  const fresh = tokenWith({ exp: SECONDS + 900 });

  it.each<[string, OriginAnswer['headers'], string]>([
    ['the cookie that the claim names', [['Set-Cookie', `fresh=${fresh}; Secure`]], 'cookie'],
    ['the usual header', [['Common-Access-Token', fresh]], 'header'],
    ['an address', [['Location', `https://cdn.example.com/pt:${fresh}/a.ts`]], 'redirect'],
    ['a query', [['location', `/a.ts?x=1&CAT=${fresh}`]], 'redirect'],
  ])('is seen in %s', async (_where, headers, by) => {
    expect(await watch(headers, token)).toEqual({ by, token: fresh });
  });

  it.each<[string, OriginAnswer['headers']]>([
    ['another cookie', [['Set-Cookie', `other=${fresh}`]]],
    ['the same token again', [['Common-Access-Token', token]]],
    ['what is no token', [['Common-Access-Token', 'a.b.c.d']]],
    ['another address', [['Location', 'https://cdn.example.com/b.ts']]],
  ])('is not %s', async (_what, headers) => {
    expect(await watch(headers, token)).toBeUndefined();
  });
});
