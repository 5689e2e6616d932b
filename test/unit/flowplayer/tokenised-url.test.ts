import { describe, expect, it } from 'vitest';
import { playerCaveat, tokenisedUrl, untokenisedUrl } from '../../../shared/flowplayer/tokenised-url.ts';

const TOKEN = '0YRDoQEFoQRC-_';

describe('a tokenised address', () => {
  it.each([
    ['https://cdn.example.com/hls/a.m3u8', `https://cdn.example.com/pt:${TOKEN}/hls/a.m3u8`, true],
    ['https://cdn.example.com', `https://cdn.example.com/pt:${TOKEN}/`, true],
    ['https://cdn.example.com?x=1', `https://cdn.example.com/pt:${TOKEN}/?x=1`, true],
    ['https://cdn.example.com:8443/a?x=/y#z', `https://cdn.example.com:8443/pt:${TOKEN}/a?x=/y#z`, true],
    [' https://cdn.example.com/a \n', `https://cdn.example.com/pt:${TOKEN}/a`, true],
    ['http://127.0.0.1/a.m3u8', `http://127.0.0.1/pt:${TOKEN}/a.m3u8`, false],
    ['//cdn.example.com/a.m3u8', `//cdn.example.com/pt:${TOKEN}/a.m3u8`, false],
  ])('%s', (url, tokenised, byPlayer) => {
    expect(tokenisedUrl(url, TOKEN)).toEqual({ ok: true, value: { url: tokenised, byPlayer, replaced: [] } });
    expect(untokenisedUrl(tokenised).tokens).toEqual([TOKEN]);
  });

  it('replaces tokens that stand there already, and never doubles them', () => {
    const doubled = `https://cdn.example.com/pt:one/pt:two/hls/a.m3u8?x=1`;
    expect(tokenisedUrl(doubled, TOKEN)).toEqual({
      ok: true,
      value: { url: `https://cdn.example.com/pt:${TOKEN}/hls/a.m3u8?x=1`, byPlayer: true, replaced: ['one', 'two'] },
    });
    expect(untokenisedUrl(doubled)).toEqual({ url: 'https://cdn.example.com/hls/a.m3u8?x=1', tokens: ['one', 'two'] });
  });

  it('leaves a token elsewhere in the path alone', () => {
    const url = 'https://cdn.example.com/a/pt:one/b';
    expect(untokenisedUrl(url)).toEqual({ url, tokens: [] });
  });

  it.each([
    ['/hls/a.m3u8', TOKEN, 'not-an-address'],
    ['ftp://a.example/b', TOKEN, 'not-an-address'],
    ['https://a.example/', ' ', 'no-token'],
    ['https://a.example/', 'a/b+c=', 'token-breaks-path'],
  ])('refuses %s with %j', (url, token, code) => {
    expect(tokenisedUrl(url, token)).toMatchObject({ ok: false, error: { code } });
  });

  it('says what the player does by itself', () => {
    expect(playerCaveat('https://a.example/b')).toBeUndefined();
    expect(playerCaveat('http://a.example/b')).toContain('https');
    expect(playerCaveat('//a.example/b')).toContain('https://');
    expect(playerCaveat(`https://a.example/pt:${TOKEN}/b`)).toContain('second');
  });
});
