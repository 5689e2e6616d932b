import { describe, expect, it } from 'vitest';
import { readTokenRequest, writeTokenRequest } from '../../../../shared/flowplayer/api/token-request.ts';
import type { JsonObject } from '../../../../shared/json.ts';
import { checkClaims } from '../../../ovp/check-claims.ts';

const EXP = 2_000_000_000;
const write = (claims: JsonObject) => writeTokenRequest(claims, 'kid-1');
const body = (claims: JsonObject) => {
  const written = write(claims);
  if (!written.ok) throw new Error(JSON.stringify(written.error));
  return written.value.body;
};
const refusals = (claims: JsonObject) => {
  const written = write(claims);
  if (written.ok) throw new Error(`it was taken: ${JSON.stringify(written.value.body)}`);
  return written.error.kind === 'unreadable'
    ? written.error.problems.map(({ path }) => String(path[0]))
    : written.error.notes.filter(({ kind }) => kind === 'refused').map(({ claim }) => claim ?? '');
};

describe('claims as the body of a request', () => {
  const EVERYTHING: JsonObject = {
    iss: 'issuer',
    sub: 'viewer',
    aud: 'cdn',
    exp: EXP,
    nbf: EXP - 60,
    iat: EXP - 90,
    cti: { hex: '61622d31' },
    catu: {
      scheme: { exact: 'https' },
      host: { suffix: '.example.test' },
      path: { contains: 'video-1' },
      filename: { prefix: 'seg' },
      extension: { exact: '.ts' },
    },
    catnip: ['10.1.0.0/16', '192.0.2.7', '2001:db8::/32'],
    catgeoiso3166: ['SE', 'CA-ON'],
    catv: 1,
  };

  it('has every claim in the API’s own form', () => {
    expect(body(EVERYTHING)).toEqual({
      key_id: 'kid-1',
      iss: 'issuer',
      sub: 'viewer',
      aud: 'cdn',
      exp: EXP,
      nbf: EXP - 60,
      iat: EXP - 90,
      cti: 'ab-1',
      catu: {
        '0': [0, 'https'],
        '1': [2, '.example.test'],
        '3': [3, 'video-1'],
        '6': [1, 'seg'],
        '8': [0, '.ts'],
      },
      catnip: [
        { tag: 52, value: [16, { '0': 10, '1': 1 }] },
        { tag: 52, value: [32, { '0': 192, '1': 0, '2': 2, '3': 7 }] },
        { tag: 54, value: [32, { '0': 0x20, '1': 0x01, '2': 0x0d, '3': 0xb8 }] },
      ],
      catgeoiso3166: ['SE', 'CA-ON'],
      catv: 1,
    });
  });

  it('is taken by an independent reading of the documented limits', () => {
    expect(checkClaims(body(EVERYTHING) as unknown as JsonObject)).toBeUndefined();
  });

  it('and back are the same claims', () => {
    const back = readTokenRequest(body(EVERYTHING) as unknown as JsonObject);
    // a prefix of all its bits is an address, and the API has no other way to write one
    const catnip = ['10.1.0.0/16', '192.0.2.7/32', '2001:db8::/32'];
    expect(back).toEqual({ ok: true, value: { keyId: 'kid-1', claims: { ...EVERYTHING, catnip } } });
  });

  it('is read as the guide and the sibling API’s sample have it', () => {
    const sample = {
      key_id: 'k',
      exp: '1735689600',
      catu: { '3': [3, '<your-video-id>'] },
      catnip: [{ tag: 52, value: [24, { '0': 203, '1': 0, '2': 113 }] }],
    };
    expect(readTokenRequest(sample)).toEqual({
      ok: true,
      value: {
        keyId: 'k',
        claims: { exp: 1_735_689_600, catu: { path: { contains: '<your-video-id>' } }, catnip: ['203.0.113.0/24'] },
      },
    });
  });

  it('leaves out what the API has no member for, and says so', () => {
    const written = write({ exp: EXP, catm: ['GET'], catr: { type: 0, expadd: 60 }, '99': 1 });
    if (!written.ok) throw new Error('it was refused');
    expect(written.value.body).toEqual({ key_id: 'kid-1', exp: EXP });
    expect(written.value.notes.filter(({ kind }) => kind === 'left-out').map(({ claim }) => claim)).toEqual([
      '99',
      'catm',
      'catr',
    ]);
  });

  it.each([
    ['no expiry', {}, 'exp'],
    ['an expiry within a second', { exp: EXP + 0.5 }, 'exp'],
    ['an expiry beyond any number', { exp: { int: '9007199254740993' } }, 'exp'],
    ['another version', { exp: EXP, catv: 2 }, 'catv'],
    ['a regular expression', { exp: EXP, catu: { path: { regex: 'a' } } }, 'catu'],
    ['a digest', { exp: EXP, catu: { path: { sha256: { hex: 'ab'.repeat(32) } } } }, 'catu'],
    ['two matches in one component', { exp: EXP, catu: { path: { prefix: '/a', suffix: 'b' } } }, 'catu'],
    ['six networks', { exp: EXP, catnip: Array.from({ length: 6 }, (_, index) => `10.${index}.0.0/16`) }, 'catnip'],
    ['a network number', { exp: EXP, catnip: [64_512] }, 'catnip'],
    ['six countries', { exp: EXP, catgeoiso3166: ['SE', 'NO', 'DK', 'FI', 'IS', 'EE'] }, 'catgeoiso3166'],
    ['claims nobody knows', { exp: EXP, nope: 1 }, 'nope'],
  ])('refuses %s', (_title, claims, claim) => {
    expect(refusals(claims as JsonObject)).toContain(claim);
  });

  it('refuses six components', () => {
    const components = ['scheme', 'host', 'path', 'query', 'filename', 'stem'];
    const catu = Object.fromEntries(components.map((name) => [name, { contains: 'a' }]));
    expect(refusals({ exp: EXP, catu })).toEqual(['catu']);
  });

  it('gives what the API takes whenever it gives anything', () => {
    for (const claims of [
      { exp: 0 },
      { exp: EXP, aud: ['one'] },
      { exp: EXP, cti: { hex: '00ff' } },
      { exp: EXP, sub: '' },
      { exp: EXP, catgeoiso3166: ['SE'], catv: 1 },
    ])
      expect(checkClaims(body(claims as JsonObject) as unknown as JsonObject)).toBeUndefined();
    expect(body({ exp: EXP, cti: { hex: '00ff' } }).cti).toBe('00ff');
  });

  it('cannot be read of what is no object', () => {
    for (const json of [null, [], 'x', 7]) expect(readTokenRequest(json).ok).toBe(false);
  });
});
