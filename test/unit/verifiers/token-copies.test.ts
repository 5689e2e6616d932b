import { describe, expect, it } from 'vitest';
import { tokenCopies } from '../../../shared/verifiers/token-copies.ts';
import { STANDARD, STANDARD_CANONICAL, URL_SAFE } from '../carrier/samples.ts';

describe('tokenCopies', () => {
  it('finds every copy with its channel, name and text, the address first', () => {
    expect(
      tokenCopies({
        url: `https://cdn.example.com/pt:${URL_SAFE}/a.m3u8?CAT=${URL_SAFE}`,
        headers: [
          { name: 'Accept', value: '*/*' },
          { name: 'CTA-Common-Access-Token', value: STANDARD },
          { name: 'cookie', value: `a=b; Common-Access-Token=${URL_SAFE}` },
        ],
      }),
    ).toEqual([
      { channel: 'path', name: 'pt:', text: URL_SAFE },
      { channel: 'query', name: 'CAT', text: URL_SAFE },
      { channel: 'header', name: 'CTA-Common-Access-Token', text: STANDARD_CANONICAL },
      { channel: 'cookie', name: 'Common-Access-Token', text: URL_SAFE },
    ]);
  });

  it('calls a bare segment a path without a prefix', () => {
    expect(tokenCopies({ url: `https://cdn.example.com/${URL_SAFE}/a.m3u8` })).toEqual([
      { channel: 'path', name: '', text: URL_SAFE },
    ]);
  });

  it('leaves out places where nobody looks', () => {
    expect(
      tokenCopies({
        url: `https://cdn.example.com/a#${URL_SAFE}`,
        headers: [{ name: 'Referer', value: `https://site.example/?CAT=${URL_SAFE}` }],
      }),
    ).toEqual([]);
  });

  it('finds nothing where nothing is known', () => {
    expect(tokenCopies({})).toEqual([]);
  });
});
