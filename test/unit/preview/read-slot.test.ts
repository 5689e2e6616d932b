import { describe, expect, it } from 'vitest';
import { toPlainText } from '../../../shared/explain/rich-text.ts';
import { UTC_STYLE } from '../../../shared/explain/time-style.ts';
import type { JsonObject } from '../../../shared/json.ts';
import { readSlot } from '../../../shared/preview/read-slot.ts';
import { seconds } from '../../../shared/units.ts';
import { issue } from '../issue/issuing.ts';

const NOW = seconds(1_795_525_652);
const made = (claims: JsonObject) =>
  Buffer.from(issue('cta-5007-b', { iss: 'test', catv: 1, ...claims }).bytes).toString('base64url');
const warnings = (claims: JsonObject) => readSlot(made(claims), NOW)?.warnings.map(({ code }) => code);

describe('a token in a slot', () => {
  it('is the first one of whatever was pasted, and what it says', () => {
    const token = made({ exp: NOW + 600, nbf: NOW - 5, iat: NOW - 10 });
    const slot = readSlot(`see https://h.example/pt:${token}/a.m3u8 and`, NOW);
    expect(slot).toMatchObject({
      ...{ text: token, expires: NOW + 600, notBefore: NOW - 5, issuedAt: NOW - 10, kid: 'k1', alg: 'HS256' },
      warnings: [],
    });
    expect(toPlainText(slot?.sentence ?? [], UTC_STYLE)).not.toBe('');
  });

  it.each(['', 'nothing here', 'https://h.example/a.m3u8'])('is none in %j', (text) => {
    expect(readSlot(text, NOW)).toBeUndefined();
  });

  it.each<[string, JsonObject, readonly string[]]>([
    ['a long life', { exp: NOW + 600 }, []],
    ['an expiry within a minute', { exp: NOW + 59 }, ['short']],
    ['an expiry that is past', { exp: NOW - 1 }, ['expired']],
    ['one use only', { exp: NOW + 600, catreplay: 1, cti: { hex: '01' } }, ['replay']],
    ['reuse that is noticed only', { exp: NOW + 600, catreplay: 2, cti: { hex: '01' } }, []],
    ['a renewal', { exp: NOW + 600, catr: { type: 'header', expadd: 60 } }, ['renewal']],
    [
      'all of it, the most urgent first',
      { exp: NOW + 5, catreplay: 1, cti: { hex: '01' }, catr: { type: 'header', expadd: 60 } },
      ['replay', 'short', 'renewal'],
    ],
  ])('with %s warns of %s', (_what, claims, codes) => {
    expect(warnings(claims)).toEqual(codes);
  });
});
