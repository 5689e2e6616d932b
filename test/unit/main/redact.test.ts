import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLog } from '../../../main/log.ts';
import { redact } from '../../../main/redact.ts';
import vectors from '../../vectors/tokens.json' with { type: 'json' };

/** every token and key of the vectors, found by their length and alphabet */
function collect(value: unknown, found: Set<string>): Set<string> {
  if (typeof value === 'string') {
    if (/^[A-Za-z0-9+/_=.-]{24,}$/.test(value) && /\d/.test(value) && /[A-Z]|^[0-9a-f]+$/.test(value)) found.add(value);
  } else if (Array.isArray(value)) for (const item of value) collect(item, found);
  else if (typeof value === 'object' && value !== null) for (const item of Object.values(value)) collect(item, found);
  return found;
}

/** whether any piece of a secret that is long enough to matter stands in the text */
function leaks(text: string, secret: string): boolean {
  for (let start = 0; start + 16 <= secret.length; start += 4)
    if (text.includes(secret.slice(start, start + 16))) return true;
  return false;
}

describe('redact', () => {
  const secrets = [...collect(vectors, new Set())];

  it('takes every token and key of the vectors out of every place', () => {
    expect(secrets.length).toBeGreaterThan(30);
    for (const secret of secrets) {
      for (const line of [
        secret,
        `verify failed for ${secret} in 3 ms`,
        `GET https://cdn.example.com/pt:${secret}/hls/a.m3u8 403`,
        `https://cdn.example.com/a.m3u8?CAT=${secret}&b=1`,
        `https://x:${secret}@example.com/`,
        `{"token":"${secret}"}`,
        `CTA-Common-Access-Token: ${secret}`,
        `Error: ${encodeURIComponent(secret)}\n    at x (y.js:1:2)`,
      ])
        expect(leaks(redact(line), secret), line).toBe(false);
    }
  });

  it('takes random keys out in every encoding', () => {
    for (let round = 0; round < 500; round += 1) {
      const bytes = randomBytes(16 + (round % 48));
      for (const encoding of ['hex', 'base64', 'base64url'] as const) {
        const secret = bytes.toString(encoding);
        expect(leaks(redact(`key ${secret} end`), secret), secret).toBe(false);
      }
    }
  });

  it('takes random passwords out, with digits or without', () => {
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
    let seen = 0;
    for (let round = 0; round < 2000; round += 1) {
      const secret = Array.from(randomBytes(24), (byte) => letters[byte % 52]).join('');
      if (leaks(redact(`key ${secret} end`), secret)) seen += 1;
    }
    // two in a thousand look like words
    expect(seen).toBeLessThan(10);
  });

  it('takes out what a header or a member names as secret, however it looks', () => {
    for (const line of [
      'x-flowplayer-api-key: hunter2',
      'Authorization: Bearer hunter2',
      'password=hunter2',
      '{"secret":"hunter2"}',
      "{ passphrase: 'hunter2' }",
      '{"kty":"oct","k":"hunter2"}',
      'value: "hunter2 and more"',
    ])
      expect(redact(line)).not.toContain('hunter2');
  });

  it('takes out a key in PEM, also one that was cut off', () => {
    const pem = '-----BEGIN PRIVATE KEY-----\nMIGHAgEA\nabc\n-----END PRIVATE KEY-----';
    expect(redact(`read ${pem} done`)).toBe('read [redacted key] done');
    expect(redact(pem.slice(0, 40))).not.toContain('MIGH');
  });

  it('leaves what helps to find a fault', () => {
    for (const line of [
      'keys.import: input invalid_type',
      'ERR_SECRETS_UNAVAILABLE The keychain cannot be reached',
      'refused navigation https://example.com/some/path',
      '    at registerSchemesAsPrivileged (node:electron/browser_init:2:1234)',
      '2026-11-24T14:07:32.123Z',
      'The keychain service has no default keyring',
    ])
      expect(redact(line)).toBe(line);
  });

  it('names the person’s folders instead of showing them', () => {
    expect(redact('open /home/ada/.config/Catwalk/keys.json', [['/home/ada', '~']])).toBe(
      'open ~/.config/Catwalk/keys.json',
    );
  });

  it('is quick on hostile lines', () => {
    const started = performance.now();
    for (const line of [
      'a'.repeat(8192),
      'a='.repeat(4096),
      'https://'.repeat(1000),
      '-----BEGIN '.repeat(700),
      '%25'.repeat(2700),
    ])
      redact(line);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});

describe('log', () => {
  let file: string;
  beforeEach(() => {
    file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'catwalk-log-')), 'logs/catwalk.log');
  });
  afterEach(() => fs.rmSync(path.dirname(path.dirname(file)), { recursive: true }));

  it('redacts every line, also a cause and its stack, and lets an error be found again', () => {
    const log = createLog({ file });
    const secret = randomBytes(32).toString('hex');
    log.info('a', `info ${secret}`);
    log.warn('b', 'warn', new Error(`cause ${secret}`));
    const id = log.error('c', 'error', secret);
    log.error('d', 'object', { secret });
    const text = fs.readFileSync(file, 'utf8');
    expect(text).not.toContain(secret.slice(0, 16));
    expect(text).toMatch(new RegExp(`error c ${id} error`));
    expect(text.split('\n').filter((line) => /^\d{4}-/.test(line))).toHaveLength(4);
    expect(fs.statSync(file).mode & 0o777).toBe(0o600);
  });

  it('cannot be made to write a line of its own', () => {
    const log = createLog({ file });
    log.warn('a', 'x\n2026-01-01T00:00:00.000Z error forged');
    expect(
      fs
        .readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => /^\d{4}-/.test(line)),
    ).toHaveLength(1);
  });

  it('starts a new file when the old one is large, and never stops the app', () => {
    const log = createLog({ file });
    log.info('a', 'first');
    fs.appendFileSync(file, 'x'.repeat(1024 * 1024));
    log.info('a', 'second');
    expect(fs.readFileSync(file, 'utf8')).toContain('second');
    expect(fs.readFileSync(`${file}.1`, 'utf8')).toContain('first');
    const nowhere = createLog({ file: path.join(file, 'below-a-file') });
    expect(() => nowhere.info('a', 'b')).not.toThrow();
  });
});
