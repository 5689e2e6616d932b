import { describe, expect, it, vi } from 'vitest';
import { formatConcealed } from '../../../../main/app/concealed-formats.ts';
import { type RevealPorts, revealSecret } from '../../../../main/app/reveal.ts';
import { formatRevealPage, formatRevealPolicy } from '../../../../main/app/reveal-page.ts';
import { formatSecret } from '../../../../main/app/secret-text.ts';
import { Secret } from '../../../../main/secrets/secret.ts';
import { createError } from '../../../../shared/errors.ts';
import { err, ok } from '../../../../shared/result.ts';
import { keyId } from '../../../../shared/units.ts';

const SECRET = 'a <secret> & "more"';
const id = keyId('8b9f8d3e-7c44-4d1e-9b0a-111111111111');

describe('a concealed copy', () => {
  const read = async (platform: NodeJS.Platform) =>
    Object.fromEntries(
      await Promise.all(
        Object.entries(formatConcealed(SECRET, platform)).map(
          async ([name, blob]) => [name, Buffer.from(await blob.arrayBuffer()).toString('latin1')] as const,
        ),
      ),
    );
  const raw = (name: string) => `electron application/osclipboard;format="${name}"`;

  it('is a text that carries the marks of its platform', async () => {
    expect(await read('linux')).toEqual({ 'text/plain': SECRET, [raw('x-kde-passwordManagerHint')]: 'secret' });
    expect(await read('freebsd')).toEqual(await read('linux'));
    expect(await read('darwin')).toEqual({ 'text/plain': SECRET, [raw('org.nspasteboard.ConcealedType')]: '1' });
    expect(await read('win32')).toEqual({
      'text/plain': SECRET,
      [raw('ExcludeClipboardContentFromMonitorProcessing')]: '1',
      [raw('CanIncludeInClipboardHistory')]: '\0\0\0\0',
      [raw('CanUploadToCloudClipboard')]: '\0\0\0\0',
    });
  });
});

describe('a secret on the screen', () => {
  it('is text where it is plain text, else hex', () => {
    expect(formatSecret(Buffer.from(SECRET))).toEqual({ text: SECRET, form: 'text' });
    for (const content of ['\u0001', 'é', 'a\u202eb', '\u007f'])
      expect(formatSecret(Buffer.from(content))).toEqual({ text: Buffer.from(content).toString('hex'), form: 'hex' });
    expect(formatSecret(new Uint8Array([0, 255]))).toEqual({ text: '00ff', form: 'hex' });
  });

  it('is text of the page and never markup, whatever it or its name is', () => {
    const hostile = '</pre><img src=x onerror=alert(1)>\'"&';
    const page = formatRevealPage({
      ...{ name: hostile, environment: 'prod', seconds: 20, nonce: 'abc' },
      secret: { text: hostile, form: 'text' },
    });
    expect(page).not.toContain('<img');
    expect(page.match(/<\/pre>/g)).toHaveLength(1);
    expect(page).toContain('&lt;/pre&gt;&lt;img src=x onerror=alert(1)&gt;&#39;&quot;&amp;');
    expect(page).not.toMatch(/<script|\son\w+=["']/i);
  });

  it('is on a page that may load, run and send nothing', () => {
    const policy = formatRevealPolicy('abc');
    expect(policy).toMatch(/^default-src 'none'; /);
    expect(policy).not.toMatch(/script-src|connect-src|img-src|unsafe/);
  });
});

describe('revealing', () => {
  const create = (over: Partial<RevealPorts> & { store?: 'keychain' | 'vault' | 'held' } = {}) => {
    const { store = 'keychain', ...ports } = over;
    const seen = { fetched: 0, asked: [] as string[], shown: [] as string[], copied: [] as string[] };
    const all: RevealPorts = {
      find: async () =>
        ok({
          ...{ name: 'live', environment: 'prod', store },
          secret: async () => {
            seen.fetched += 1;
            return ok(new Secret(new TextEncoder().encode(SECRET)));
          },
        }),
      checkPassphrase: async (given) =>
        given.reveal() === 'right' ? ok(undefined) : err(createError('ERR_VAULT_PASSPHRASE')),
      confirm: async ({ message }) => {
        seen.asked.push(message);
        return true;
      },
      show: async (_what, { text }) => void seen.shown.push(text),
      copy: async (text) => {
        seen.copied.push(text);
        return { clearedAfterSeconds: 30 };
      },
      ...ports,
    };
    return { seen, all };
  };

  it.each(['keychain', 'held'] as const)(
    'of a key that is %s asks first, and answers without the secret',
    async (store) => {
      const { seen, all } = create({ store });
      const answer = await revealSecret({ id, how: 'window' }, all);
      expect(answer).toEqual({ ok: true, value: { outcome: 'shown', seconds: 20 } });
      expect(seen).toEqual({ fetched: 1, asked: ['Show the secret of “live” (prod)?'], shown: [SECRET], copied: [] });
      expect(await revealSecret({ id, how: 'clipboard' }, all)).toEqual({
        ok: true,
        value: { outcome: 'copied', seconds: 30 },
      });
      expect(seen.copied).toEqual([SECRET]);
    },
  );

  it('reads nothing when the answer is no', async () => {
    const { seen, all } = create({ confirm: async () => false });
    for (const how of ['window', 'clipboard'] as const)
      expect(await revealSecret({ id, how }, all)).toEqual({ ok: true, value: { outcome: 'declined', seconds: 0 } });
    expect(seen).toMatchObject({ fetched: 0, shown: [], copied: [] });
  });

  it('of a key of the vault wants its passphrase before anything is asked', async () => {
    const { seen, all } = create({ store: 'vault' });
    for (const more of [{}, { passphrase: 'wrong' }])
      expect(await revealSecret({ id, how: 'window', ...more }, all)).toMatchObject({
        error: { code: 'ERR_VAULT_PASSPHRASE' },
      });
    expect(seen).toMatchObject({ fetched: 0, asked: [], shown: [] });
    expect(await revealSecret({ id, how: 'window', passphrase: 'right' }, all)).toMatchObject({ ok: true });
    expect(seen).toMatchObject({ fetched: 1, shown: [SECRET] });
  });

  it('says what went wrong', async () => {
    const none = create({ find: async () => err(createError('ERR_KEY_NOT_FOUND')) });
    expect(await revealSecret({ id, how: 'window' }, none.all)).toMatchObject({ error: { code: 'ERR_KEY_NOT_FOUND' } });
    const held = create({ copy: vi.fn().mockRejectedValue(new Error(SECRET)) });
    const answer = await revealSecret({ id, how: 'clipboard' }, held.all);
    expect(answer).toMatchObject({ error: { code: 'ERR_CLIPBOARD' } });
    expect(JSON.stringify(answer)).not.toContain('secret>');
  });
});
