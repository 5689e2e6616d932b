import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { findTokens } from '../../../shared/carrier/find-tokens.ts';
import { readEmbeds } from '../../../shared/flowplayer/read-embed.ts';
import { type HandoverInput, OUTPUT_IDS, type OutputId } from '../../../shared/handover/output.ts';
import { writeOutput } from '../../../shared/handover/write-output.ts';
import { issue } from '../issue/issuing.ts';

const TOKEN = issue('flowplayer-ovp', { exp: 1_900_000_000, catu: { path: { contains: 'id' } } }).text;
const MEDIA = '7c9e2b41-5f0d-4a83-9b1e-2f6c8d03a517';
const PLAYER = '5a0e6c1d-0000-4a83-9b1e-2f6c8d03a517';
const SITE = '1b2e6c1d-0000-4a83-9b1e-2f6c8d03a517';
const URL_TEXT = `https://cdn.example.com/hls/${MEDIA}/playlist.m3u8`;
const FULL: HandoverInput = {
  token: TOKEN,
  target: 'flowplayer-ovp',
  url: URL_TEXT,
  mediaId: MEDIA,
  playerId: PLAYER,
  siteId: SITE,
  expires: 1_900_000_000,
};

function code(id: OutputId, more: Partial<HandoverInput> = {}): string {
  const written = writeOutput(id, { ...FULL, ...more });
  if (!written.ok) throw new Error(written.error.message);
  return written.value.code;
}

describe('outputs', () => {
  it.each(OUTPUT_IDS)('%s carries the token so that the engine finds it again', (id) => {
    const found = findTokens(code(id)).tokens.filter(({ kind }) => kind !== 'not-a-cat');
    expect(found.map(({ text }) => text)).toContain(TOKEN);
  });

  it.each(['es-module', 'async', 'manual', 'react', 'ios', 'android'] as const)('%s is read back whole', (form) => {
    const [embed, ...others] = readEmbeds(
      code(form, form === 'ios' || form === 'android' ? {} : { licence: 'eyJhbGciOiJ.e.x' }),
    );
    expect(others).toEqual([]);
    expect(embed).toMatchObject({ form, playbackToken: TOKEN });
    if (form === 'es-module') expect(embed).toMatchObject({ mediaId: MEDIA, playerId: PLAYER });
    if (form === 'async') expect(embed).toMatchObject({ mediaId: MEDIA, playerId: PLAYER, siteId: SITE });
    if (form === 'manual' || form === 'react')
      expect(embed).toMatchObject({ src: URL_TEXT, licence: 'eyJhbGciOiJ.e.x' });
  });

  it('puts the token where the target looks', () => {
    expect(code('tokenised-url')).toBe(`https://cdn.example.com/pt:${TOKEN}/hls/${MEDIA}/playlist.m3u8`);
    expect(code('curl')).toBe(`curl -i 'https://cdn.example.com/pt:${TOKEN}/hls/${MEDIA}/playlist.m3u8'`);
    expect(code('curl', { target: 'node-cat' })).toBe(`curl -i -H 'CTA-Common-Access-Token: ${TOKEN}' '${URL_TEXT}'`);
    expect(code('header', { target: 'akamai' })).toBe(`Common-Access-Token: ${TOKEN}`);
    expect(code('query', { target: 'node-cat', url: `${URL_TEXT}?cat=old&a=1#t=5` })).toBe(
      `${URL_TEXT}?a=1&cat=${TOKEN}#t=5`,
    );
    expect(code('ffplay', { target: 'cloudfront' })).toBe(`ffplay '${URL_TEXT}?CAT=${TOKEN}'`);
    expect(code('cookie', { target: 'cta-5007-b' })).toBe(
      `Set-Cookie: CTA-Common-Access-Token=${TOKEN}; Path=/; Secure; HttpOnly; SameSite=None; Expires=Sun, 17 Mar 2030 17:46:40 GMT`,
    );
  });

  it('replaces a token that the address has already', () => {
    const again = { url: code('tokenised-url', { token: 'old' }) };
    expect(code('tokenised-url', again)).toBe(code('tokenised-url'));
    expect(readEmbeds(code('manual', again))[0]?.src).toBe(URL_TEXT);
  });

  it('says what is missing', () => {
    const bare = { token: TOKEN, target: 'flowplayer-ovp' } as const;
    const missing = (id: OutputId) => {
      const written = writeOutput(id, bare);
      return written.ok ? undefined : written.error.member;
    };
    expect(OUTPUT_IDS.map((id) => [id, missing(id)])).toEqual([
      ['token', undefined],
      ['tokenised-url', 'url'],
      ['es-module', 'playerId'],
      ['async', 'siteId'],
      ['manual', 'mediaId'],
      ['react', 'mediaId'],
      ['curl', 'url'],
      ['ffplay', 'url'],
      ['header', undefined],
      ['cookie', undefined],
      ['query', 'url'],
      ['hls-js', 'url'],
      ['ios', 'url'],
      ['av-player', 'url'],
      ['android', 'url'],
      ['exo-player', 'url'],
    ]);
    expect(writeOutput('token', { ...FULL, token: 'a/b+c=' })).toMatchObject({ ok: false, error: { member: 'token' } });
  });

  it('warns where the player or the target would not take it', () => {
    const notes = (id: OutputId, more: Partial<HandoverInput>) => {
      const written = writeOutput(id, { ...FULL, ...more });
      return written.ok ? written.value.notes.join(' ') : '';
    };
    expect(notes('manual', { url: 'http://cdn.example.com/a.m3u8' })).toContain('only into https');
    expect(notes('header', {})).toContain('Flowplayer OVP is not known to look for tokens in a header');
    expect(notes('tokenised-url', { target: 'akamai' })).toContain('Akamai EdgeWorkers is not known');
    expect(notes('header', { target: 'akamai' })).toBe('');
  });

  it('quotes addresses as each language needs it', () => {
    const url = `https://cdn.example.com/it's/$HOME/"x"/\${a}/</script>.m3u8`;
    const shell = code('curl', { url }).replace(/^curl -i/, "printf '%s'");
    expect(execFileSync('/bin/sh', ['-c', shell], { encoding: 'utf8' })).toBe(code('tokenised-url', { url }));
    expect(code('exo-player', { url })).toContain('\\$HOME/\\"x\\"/\\$');
    expect(code('android', { url })).toContain('\\$HOME');
    expect(code('hls-js', { url }).match(/<\/script>/g)).toHaveLength(1);
    expect(code('manual', { url }).match(/<\/script>/g)).toHaveLength(3);
  });
});
