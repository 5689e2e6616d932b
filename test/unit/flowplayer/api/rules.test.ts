import { describe, expect, it } from 'vitest';
import { parseBaseUrl } from '../../../../shared/flowplayer/api/base-url.ts';
import { checkPathId } from '../../../../shared/flowplayer/api/path-id.ts';
import { describeSetUp, type SetUpFacts } from '../../../../shared/flowplayer/api/set-up.ts';
import { type TokenMode, tokenModeWarning } from '../../../../shared/flowplayer/api/token-mode.ts';

describe('a base URL', () => {
  it.each([
    ['https://api.flowplayer.com', 'https://api.flowplayer.com', true],
    [' HTTPS://API.Flowplayer.com:443/ ', 'https://api.flowplayer.com', true],
    ['https://api.flowplayer.com/platform/v3', 'https://api.flowplayer.com', true],
    ['https://api.flowplayer.com:8443', 'https://api.flowplayer.com:8443', false],
    ['https://api.flowplayer.com.example.test', 'https://api.flowplayer.com.example.test', false],
    ['https://staging.example.test/platform/v3/', 'https://staging.example.test', false],
    ['http://localhost:8787', 'http://localhost:8787', false],
    ['http://127.0.0.1:80', 'http://127.0.0.1', false],
    ['http://127.5.6.7', 'http://127.5.6.7', false],
    ['http://[::1]:9', 'http://[::1]:9', false],
  ])('%s', (text, origin, isVendor) => {
    expect(parseBaseUrl(text)).toEqual({
      ok: true,
      value: { origin, host: origin.replace(/^https?:\/\//, ''), isVendor },
    });
  });

  it.each([
    ['http://api.flowplayer.com', /this machine only/],
    ['http://localhost.example.test', /this machine only/],
    ['http://128.0.0.1', /this machine only/],
    ['http://127.0.0.1.example.test', /this machine only/],
    ['https://user@api.flowplayer.com', /user name/],
    ['https://api.flowplayer.com@example.test', /user name/],
    ['https://api.flowplayer.com/other', /path/],
    ['https://api.flowplayer.com?x=1', /https, a host, and nothing after it/],
    ['https://api.flowplayer.com#x', /nothing after it/],
    ['https://аpi.flowplayer.com', /xn--/],
    ['https://api.flowplayer.com:0', /port/],
    ['https://api.flowplayer.com:99999', /port/],
    ['ftp://api.flowplayer.com', /https/],
    ['api.flowplayer.com', /https/],
    ['javascript:alert(1)', /https/],
    ['', /https/],
  ])('%s is refused', (text, why) => {
    const parsed = parseBaseUrl(text);
    expect(parsed.ok).toBe(false);
    if (!parsed.ok) expect(parsed.error).toMatch(why);
  });
});

describe('the id in the path', () => {
  const id = '8d1b7d0e-0000-4000-8000-000000000001';
  const other = '9e2c8e1f-0000-4000-8000-000000000002';

  it('holds for videos, also in a tokenised address', () => {
    for (const url of [
      `https://cdn.flowplayer.com/site/hls/${id}/playlist.m3u8`,
      `https://x.lwcdn.com/v-${id}_high.mp4`,
      `https://cdn.example.test/pt:abc/hls/${id}/playlist.m3u8?x=${other}`,
      `//cdn.example.test/${id}`,
    ])
      expect(checkPathId(url, id)).toEqual({ kind: 'holds' });
  });

  it('is another for livestreams whose links have ids of their own', () => {
    expect(checkPathId(`https://lw-amedia-cf.lwcdn.com/hls/${other}/playlist.m3u8`, id)).toEqual({
      kind: 'other',
      ids: [other],
    });
    expect(checkPathId('https://x.test/live/aB3dE6g8/playlist.m3u8', id)).toEqual({ kind: 'other', ids: ['aB3dE6g8'] });
  });

  it('in host, query or token does not count, nor in other letters', () => {
    expect(checkPathId(`https://x.test/a.m3u8?id=${id}`, id)).toEqual({ kind: 'none' });
    expect(checkPathId(`https://x.test/pt:${id}/a.m3u8`, id)).toEqual({ kind: 'none' });
    expect(checkPathId(`https://x.test/${id.toUpperCase()}/a.m3u8`, id)).toEqual({
      kind: 'other',
      ids: [id.toUpperCase()],
    });
    expect(checkPathId('https://x.test/playlist/index.m3u8', '')).toEqual({ kind: 'none' });
  });

  it('cannot be told of what is no address', () => {
    for (const text of ['', 'x', '/hls/a', 'javascript:x'])
      expect(checkPathId(text, id)).toEqual({ kind: 'not-an-address' });
  });
});

describe('the mode of an asset', () => {
  it('has a warning, a plain one, where a token would be pointless', () => {
    expect(tokenModeWarning('advanced')).toBeUndefined();
    const warned: TokenMode[] = ['none', 'basic', 'default', 'unknown'];
    expect(new Set(warned.map(tokenModeWarning)).size).toBe(4);
    expect(tokenModeWarning('none')).toContain('plays without any token');
    expect(tokenModeWarning('basic')).toContain('carry a token of their own');
  });
});

describe('the guide’s steps', () => {
  const nothing: SetUpFacts = { hasApiKey: false, readyKeys: [], tokenMade: false, told: new Set() };
  const asset = (facts: Partial<SetUpFacts>) =>
    describeSetUp({ ...nothing, ...facts }).find(({ step }) => step === 'asset');

  it('are in its order, each with a reason', () => {
    const steps = describeSetUp(nothing);
    expect(steps.map(({ step }) => step)).toEqual(['api-key', 'asset', 'key', 'token', 'embed']);
    for (const { reason } of steps) expect(reason).toMatch(/^\p{Lu}.*\.$/u);
    expect(steps.some(({ state }) => state === 'done')).toBe(false);
    expect(asset({})).toMatchObject({ state: 'open', reason: expect.stringContaining('chosen') });
  });

  it('believe the API before a person, and a person where the API is silent', () => {
    const told = new Set(['asset'] as const);
    expect(asset({ tokenMode: 'advanced' })?.state).toBe('done');
    expect(asset({ tokenMode: 'basic', told })?.state).toBe('open');
    expect(asset({ tokenMode: 'none', told })?.state).toBe('open');
    expect(asset({ tokenMode: 'default' })?.state).toBe('unknown');
    expect(asset({ tokenMode: 'default', told })).toMatchObject({
      state: 'done',
      reason: expect.stringContaining('You said'),
    });
    expect(asset({ tokenMode: 'unknown', told })).toMatchObject({ state: 'done' });
    expect(asset({ tokenMode: 'unknown' })?.state).toBe('unknown');
    expect(asset({ told })?.state).toBe('open');
  });
});
