import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { nodeCrypto } from '../../../main/crypto/node-crypto.ts';
import { openEnvelope } from '../../../shared/cose/open.ts';
import { verify } from '../../../shared/cose/verify.ts';
import { FAULT_KINDS } from '../../ovp/faults.ts';
import { type LocalOvp, startLocalOvp } from '../../ovp/local-ovp.ts';
import { sampleWorkspaces } from '../../ovp/sample-workspaces.ts';

const [NORDLYS, POLARIS] = sampleWorkspaces();
if (NORDLYS === undefined || POLARIS === undefined) throw new Error('there are not two workspaces');

let ovp: LocalOvp;
let now: number;
beforeEach(async () => {
  now = Date.parse('2026-11-24T13:00:00Z');
  ovp = await startLocalOvp({ workspaces: sampleWorkspaces(), now: () => now });
});
afterEach(() => ovp.stop());

interface Asked {
  readonly status: number;
  readonly json: Record<string, unknown>;
  readonly headers: Headers;
}

async function ask(
  method: string,
  path: string,
  body?: unknown,
  apiKey: string | undefined = NORDLYS?.apiKey,
): Promise<Asked> {
  now += 1000;
  const response = await fetch(`${ovp.url}/platform/v3${path}`, {
    method,
    headers: apiKey === '' ? {} : { 'x-flowplayer-api-key': apiKey ?? '' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, json: text === '' ? {} : JSON.parse(text), headers: response.headers };
}

describe('the local OVP', () => {
  it('makes keys as the guide shows them, lists them without their value, and deletes them', async () => {
    const { status, json } = await ask('POST', '/playback_tokens/keys', { name: 'my-new-playback-token-key' });
    expect(status).toBe(201);
    expect(json).toEqual({
      id: expect.stringMatching(/^b7d5c4e2-1f30-4a68-9b0d-5e8a2c917f64-[0-9a-f]{5}$/),
      name: 'my-new-playback-token-key',
      value: expect.stringMatching(/^[0-9a-f]{64}$/),
      site_group_id: NORDLYS.id,
      created_at: '2026-11-24T13:00:01+0000',
    });
    const list = await ask('GET', '/playback_tokens/keys');
    expect(list.json).toMatchObject({
      playback_token_keys: [{ id: json['id'], organization_id: NORDLYS.id }],
      pagination: { total_records: 1, page: 1, total_pages: 1 },
    });
    expect(JSON.stringify(list.json)).not.toContain(json['value']);
    expect((await ask('DELETE', `/playback_tokens/keys/${String(json['id'])}`)).status).toBe(204);
    expect((await ask('DELETE', `/playback_tokens/keys/${String(json['id'])}`)).json).toMatchObject({
      meta: { status: 404, code: 'ERR-404-RecordNotFound' },
    });
  });

  it('signs real tokens with them', async () => {
    const key = (await ask('POST', '/playback_tokens/keys', { name: 'a' })).json;
    const { json } = await ask('POST', '/playback_tokens', {
      key_id: key['id'],
      exp: 2_000_000_000,
      catu: { '3': [3, 'v'] },
    });
    const envelope = openEnvelope(new Uint8Array(Buffer.from(String(json['token']), 'base64url')));
    const secret = { kind: 'secret', bytes: new Uint8Array(Buffer.from(String(key['value']), 'hex')) } as const;
    expect(envelope).toMatchObject({ kind: 'cose-mac0', tags: [17], alg: { id: 5 }, kid: { text: key['id'] } });
    expect(verify(envelope, [{ ref: 'k', encoding: 'hex', material: secret }], nodeCrypto).state).toBe('verified');
  });

  it.each([
    ['no expiry', {}, "Exp can't be blank"],
    ['a match type it does not know', { exp: 1, catu: { '3': [4, 'x'] } }, 'match type'],
    [
      'six components',
      { exp: 1, catu: Object.fromEntries('012345'.split('').map((c) => [c, [0, 'x']])) },
      'maximum is 5',
    ],
    ['six networks', { exp: 1, catnip: Array(6).fill({ tag: 52, value: [8, { '0': 10 }] }) }, 'at most 5'],
    ['a version of two', { exp: 1, catv: 2 }, 'Catv'],
    ['a claim it does not offer', { exp: 1, catm: ['GET'] }, 'catm'],
    ['a country in words', { exp: 1, catgeoiso3166: ['Sweden'] }, 'Sweden'],
  ])('refuses %s with the documented error', async (_title, claims, words) => {
    const key = (await ask('POST', '/playback_tokens/keys', { name: 'a' })).json;
    const { status, json } = await ask('POST', '/playback_tokens', { key_id: key['id'], ...claims });
    expect(status).toBe(422);
    expect(json).toEqual({
      meta: {
        status: 422,
        code: 'ERR-422-RecordInvalid',
        title: 'Record Invalid',
        message: expect.stringContaining(words),
        description: expect.stringContaining(words),
        links: [],
      },
    });
  });

  it('pages and searches videos and livestreams', async () => {
    const first = await ask('GET', '/videos?page=0&page_size=10');
    expect(first.json).toMatchObject({ total_count: 57 });
    const second = await ask('GET', '/videos?page=5&page_size=10');
    expect(second.json['assets']).toHaveLength(7);
    expect((await ask('GET', '/videos?search=KELP&page_size=100')).json).toMatchObject({ total_count: 11 });
    expect((await ask('GET', '/livestreams')).json).toMatchObject({ total_count: 2 });
    const [video] = first.json['assets'] as Record<string, unknown>[];
    expect(await ask('GET', `/videos/${String(video?.['id'])}`)).toMatchObject({
      status: 200,
      json: { id: video?.['id'], playback_token_behavior: 'ADVANCED_TOKEN', encodings: [{}, { format: 'hls' }] },
    });
  });

  it('answers 403 to a key it does not know and 401 to what belongs to another workspace', async () => {
    expect(await ask('GET', '/videos', undefined, 'wrong')).toMatchObject({
      status: 403,
      json: { message: 'Forbidden' },
    });
    expect((await ask('GET', '/videos', undefined, '')).status).toBe(403);
    const id = POLARIS.videos[0]?.id ?? '';
    expect((await ask('GET', `/videos/${id}`)).status).toBe(401);
    expect((await ask('GET', `/videos/${id}`, undefined, POLARIS.apiKey)).status).toBe(200);
    expect((await ask('GET', '/videos/none')).status).toBe(404);
  });

  it('takes one call a second of the whole organization', async () => {
    await ask('GET', '/videos');
    now -= 500;
    const late = await ask('GET', '/videos', undefined, POLARIS.apiKey);
    expect(late).toMatchObject({ status: 429, json: { message: 'Too Many Requests' } });
    expect(late.headers.get('retry-after')).toBeNull();
    expect((await ask('GET', '/videos')).status).toBe(200);
    ovp.setRate(0);
    now -= 1000;
    expect((await ask('GET', '/videos')).status).toBe(200);
  });

  it.each(['404', '405', '403'] as const)('can leave out listing and deleting keys: %s', async (keyCalls) => {
    ovp.setHabits({ keyCalls });
    expect((await ask('GET', '/playback_tokens/keys')).status).toBe(Number(keyCalls));
    expect((await ask('DELETE', '/playback_tokens/keys/a')).status).toBe(Number(keyCalls));
    expect((await ask('POST', '/playback_tokens/keys', { name: 'a' })).status).toBe(201);
  });

  it('is set by requests, for whoever tries the app with it', async () => {
    const control = async (path: string, method = 'POST') => {
      const response = await fetch(`${ovp.url}/_control${path}`, { method });
      return { status: response.status, json: (await response.json()) as Record<string, unknown> };
    };
    expect((await control('', 'GET')).json).toMatchObject({ habits: { readAs: 'hex' }, faults: [...FAULT_KINDS] });
    expect((await control('/fault?kind=500&times=2&on=GET%20/videos')).status).toBe(200);
    expect((await ask('GET', '/livestreams')).status).toBe(200);
    expect((await ask('GET', '/videos')).status).toBe(500);
    expect((await control('/clear')).status).toBe(200);
    expect((await ask('GET', '/videos')).status).toBe(200);
    expect((await control('/keys?list=405')).status).toBe(200);
    expect((await ask('GET', '/playback_tokens/keys')).status).toBe(405);
    const id = NORDLYS.videos[0]?.id;
    expect((await control(`/mode?id=${id}&behavior=NO_TOKEN`)).status).toBe(200);
    expect((await ask('GET', `/videos/${id}`)).json).toMatchObject({ playback_token_behavior: 'NO_TOKEN' });
    expect((await control('/rate?per-second=0')).json).toEqual({ perSecond: 0 });
    for (const path of ['/fault?kind=x', '/rate?per-second=x', '/keys?list=x'])
      expect((await control(path)).status).toBe(400);
    for (const path of ['/mode?id=x', '/nothing']) expect((await control(path)).status).toBe(404);
    expect((await control('/clear', 'GET')).status).toBe(405);
  });
});
