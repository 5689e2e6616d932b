import { describe, expect, it } from 'vitest';
import { findTokens } from '../../../shared/carrier/find-tokens.ts';
import type { Finding } from '../../../shared/findings/finding.ts';
import { lintToken } from '../../../shared/findings/lint-token.ts';
import { TOKEN_CHECKS } from '../../../shared/findings/token-checks.ts';
import { VECTORS } from '../../vectors/load-vectors.ts';

const tokenOf = (id: string): string => VECTORS.find((vector) => vector.id === id)?.token ?? '';
const URL_SAFE = tokenOf('nodecat-akamai-iss-jonas');
const STANDARD = tokenOf('catvalidate-eyevinn');

function lint(input: string): readonly Finding[] {
  const [token] = findTokens(input).tokens;
  if (!token) throw new Error('no token');
  return lintToken(token);
}
const only = (input: string, code: string): Finding => {
  const found = lint(input).filter((finding) => finding.code === code);
  expect(found).toHaveLength(1);
  return found[0] ?? { code: '', severity: 'info', message: '' };
};

/** 17([h'a10105', {}, bytes of that length, h'']) */
function tokenOfSize(size: number): string {
  const head = Buffer.from('d18443a10105a0', 'hex');
  const length = size - head.length - 4;
  const content = Buffer.alloc(length, 0x61);
  return Buffer.concat([head, Buffer.from([0x59, length >> 8, length & 0xff]), content, Buffer.from([0x40])]).toString(
    'base64url',
  );
}

describe('what a token is looked at for as text', () => {
  it('finds nothing in a token as it should be', () => {
    expect(lint(URL_SAFE)).toEqual([]);
    expect(lint(`https://cdn.example.com/pt:${URL_SAFE}/a.m3u8`)).toEqual([]);
  });

  it.each<[string, string, RegExp]>([
    ['input-damaged', URL_SAFE.slice(0, 80), /cut off after character 80;/],
    ['input-damaged', `${URL_SAFE.slice(0, 50)}!${URL_SAFE.slice(50)}`, /at character 51;/],
    ['standard-base64', STANDARD, new RegExp(`standard base64 .character ${STANDARD.indexOf('/') + 1}.`)],
    ['standard-base64', `${URL_SAFE}==`, /padded/],
    ['transport-damage', STANDARD.replace(/.{64}/g, '$&\n'), /characters 65, 130, 195, 260 and 1 more/],
    ['encoded-twice', encodeURIComponent(encodeURIComponent(STANDARD)), /twice/],
    ['over-1024-bytes', tokenOfSize(1025), /1025 bytes/],
    ['over-4096-bytes', tokenOfSize(4097), /4097 bytes/],
    ['over-cookie-limit', tokenOfSize(3100), /4134 characters/],
    ['over-line-limit', tokenOfSize(6000), /8000 characters/],
  ])('%s', (code, input, message) => {
    const finding = only(input, code);
    expect(finding.message).toMatch(message);
    expect(finding.mend).toMatch(/^[A-Z].*\.$/);
  });

  it('tries every check', () => {
    const tried = [
      'input-damaged',
      'standard-base64',
      'transport-damage',
      'encoded-twice',
      'over-1024-bytes',
      'over-4096-bytes',
      'over-cookie-limit',
      'over-line-limit',
    ];
    expect(TOKEN_CHECKS.map(({ code }) => code).filter((code) => !tried.includes(code))).toEqual([]);
  });

  it('stops exactly at the limits', () => {
    expect(lint(tokenOfSize(1024))).toEqual([]);
    expect(lint(tokenOfSize(4096)).map(({ code }) => code)).not.toContain('over-4096-bytes');
  });

  it('puts damage where the bytes end', () => {
    expect(only(URL_SAFE.slice(0, 80), 'input-damaged').range).toEqual({ start: 60, end: 60 });
  });
});
