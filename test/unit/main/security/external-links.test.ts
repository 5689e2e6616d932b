import { describe, expect, it } from 'vitest';
import { DOCUMENTS, openLink, parseExternalLink } from '../../../../main/security/external-links.ts';

describe('parseExternalLink', () => {
  it.each([
    ['https://example.com', 'https://example.com/'],
    ['HTTPS://Example.com/a?b#c', 'https://example.com/a?b#c'],
    ['https://[::1]:8443/x', 'https://[::1]:8443/x'],
    ['https://пример.рф/', 'https://xn--e1afmkfd.xn--p1ai/'],
    ['https://example.com:443/', 'https://example.com/'],
  ])('opens %s', (text, href) => {
    expect(parseExternalLink(text)).toMatchObject({ ok: true, value: { href } });
  });

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' javascript:alert(1)',
    'java\nscript:alert(1)',
    'file:///etc/passwd',
    'file://server/share',
    'http://example.com',
    'ftp://example.com',
    'data:text/html,x',
    'blob:https://example.com/1',
    'smb://server/share',
    'ms-msdt:/id',
    'search-ms:query=x',
    'vbscript:x',
    'catwalk://inspect',
    'app://catwalk/',
    'devtools://devtools',
    '\\\\server\\share',
    '//example.com',
    'https:\\\\example.com',
    'https:/\\example.com',
    'https:example.com',
    'https:///example.com',
    'https://',
    'https://a@b',
    'https://a:b@c/',
    'https://example.com\u0000.evil.com',
    'https://example.com\u202e/gpj',
    'https://exam\u200bple.com/',
    'https://example.com /',
    'https://example.com/\r\nX: y',
    'https://\u3002/',
    'https://example.com\\@evil.com/',
    '',
    'example.com',
  ])('refuses %j', (text) => {
    expect(parseExternalLink(text)).toMatchObject({ ok: false, error: { code: 'ERR_LINK_REFUSED' } });
  });
});

describe('a long address', () => {
  it('is refused', () => {
    expect(parseExternalLink(`https://example.com/${'a'.repeat(8000)}`).ok).toBe(true);
    expect(parseExternalLink(`https://example.com/${'a'.repeat(9000)}`).ok).toBe(false);
  });
});

describe('openLink', () => {
  const ports = (answer: boolean, open: () => Promise<void> = async () => undefined) => {
    const asked: unknown[] = [];
    const opened: string[] = [];
    return {
      asked,
      opened,
      confirm: async (question: unknown) => {
        asked.push(question);
        return answer;
      },
      open: async (address: string) => {
        opened.push(address);
        await open();
      },
    };
  };

  it('asks before it opens an address out of a paste, and shows the host the browser will go to', async () => {
    const system = ports(true);
    await openLink({ kind: 'address', url: 'https://пример.рф/x' }, system);
    expect(system.asked).toEqual([{ host: 'xn--e1afmkfd.xn--p1ai', address: 'https://xn--e1afmkfd.xn--p1ai/x' }]);
    expect(system.opened).toEqual(['https://xn--e1afmkfd.xn--p1ai/x']);
  });

  it('opens nothing after a no, and that is no error', async () => {
    const system = ports(false);
    expect(await openLink({ kind: 'address', url: 'https://example.com' }, system)).toEqual({ ok: true, value: null });
    expect(system.opened).toEqual([]);
  });

  it('does not even ask about an address it refuses', async () => {
    const system = ports(true);
    expect(await openLink({ kind: 'address', url: 'file:///etc/passwd' }, system)).toMatchObject({ ok: false });
    expect([system.asked, system.opened]).toEqual([[], []]);
  });

  it('says when the system has no browser', async () => {
    const system = ports(true, () => Promise.reject(new Error('xdg-open')));
    expect(await openLink({ kind: 'document', id: 'rfc-8392' }, system)).toMatchObject({
      error: { code: 'ERR_LINK_FAILED' },
    });
  });

  it('opens the app’s own pages unasked, all of which are https', async () => {
    const system = ports(false);
    for (const id of Object.keys(DOCUMENTS) as (keyof typeof DOCUMENTS)[])
      await openLink({ kind: 'document', id }, system);
    expect(system.asked).toEqual([]);
    expect(system.opened).toEqual(Object.values(DOCUMENTS));
  });
});
