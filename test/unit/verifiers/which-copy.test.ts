import { describe, expect, it } from 'vitest';
import { toPlainText } from '../../../shared/explain/rich-text.ts';
import { verifierById } from '../../../shared/verifiers/registry.ts';
import { type TokenCopy, whichCopy } from '../../../shared/verifiers/which-copy.ts';

const style = { time: String, duration: String };

function choose(
  verifierId: string,
  copies: readonly TokenCopy[],
  hasCookies = copies.some((copy) => copy.channel === 'cookie'),
) {
  const verifier = verifierById(verifierId);
  if (verifier === undefined) throw new Error(verifierId);
  const choice = whichCopy(copies, verifier, hasCookies);
  return {
    used: choice.used,
    finds: choice.finds,
    reasons: choice.reasons.map((reason) => toPlainText(reason, style)),
  };
}

const header: TokenCopy = { channel: 'header', name: 'cta-common-access-token' };
const cookie: TokenCopy = { channel: 'cookie', name: 'CTA-Common-Access-Token' };
const query: TokenCopy = { channel: 'query', name: 'cat' };
const path: TokenCopy = { channel: 'path', name: 'pt:' };

describe('whichCopy', () => {
  it('takes node-cat’s: header, then cookie, then query', () => {
    expect(choose('node-cat', [query, cookie, header]).used).toEqual([2]);
    expect(choose('node-cat', [query, cookie]).used).toEqual([1]);
    expect(choose('node-cat', [query]).used).toEqual([0]);
  });

  it('hides a token in the query behind any cookie, as node-cat does', () => {
    const choice = choose('node-cat', [query], true);
    expect(choice).toMatchObject({ used: [], finds: 'nothing' });
    expect(choice.reasons[0]).toContain('looks no further');
  });

  it('compares node-cat’s parameter with its case, and its cookie without', () => {
    expect(choose('node-cat', [{ channel: 'query', name: 'CAT' }]).finds).toBe('nothing');
    expect(choose('node-cat', [{ channel: 'cookie', name: 'cta-common-access-token' }]).used).toEqual([0]);
  });

  it('takes Akamai’s: cookie, then header, then query', () => {
    const own = (channel: 'header' | 'cookie'): TokenCopy => ({ channel, name: 'Common-Access-Token' });
    const parameter: TokenCopy = { channel: 'query', name: 'CAT' };
    expect(choose('akamai', [parameter, own('header'), own('cookie')]).used).toEqual([2]);
    expect(choose('akamai', [parameter, own('header')]).used).toEqual([1]);
    expect(choose('akamai', [own('header')], true).finds).toBe('nothing');
    expect(choose('akamai', [query]).finds).toBe('nothing');
  });

  it('takes Flowplayer’s from the path alone', () => {
    const choice = choose('flowplayer', [header, path]);
    expect(choice.used).toEqual([1]);
    expect(choice.reasons[0]).toContain('does not look for a token in header');
    expect(choose('flowplayer', [{ channel: 'path', name: '' }]).finds).toBe('nothing');
  });

  it('takes every copy of the standard’s, since one acceptable token is enough', () => {
    expect(choose('cta-5007', [{ channel: 'query', name: 'CAT' }, header, cookie]).used).toEqual([1, 2, 0]);
  });

  it('leaves a library’s token to whoever calls it', () => {
    expect(choose('fastly', [query, header]).used).toEqual([0, 1]);
  });

  it('says something about every copy, and nothing about none', () => {
    expect(choose('cta-5007', []).reasons).toEqual([]);
    for (const reason of choose('akamai', [query, path, header, cookie]).reasons) expect(reason).not.toBe('');
  });
});
