import { describe, expect, it } from 'vitest';
import type { KeyEncoding } from '../../../shared/cose/crypto-port.ts';
import { readSecret, type SecretEncoding } from '../../../shared/cose/readings.ts';

type Reading = readonly [encoding: KeyEncoding, hex: string, withNewline?: true];

function read(content: string | Uint8Array, encoding: SecretEncoding | 'auto' = 'auto'): readonly Reading[] {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  return readSecret(bytes, encoding, { ref: 'k' }).map(({ encoding: as, material, withNewline }) => {
    if (material.kind !== 'secret') throw new Error('a secret became a key pair');
    const reading = [as, Buffer.from(material.bytes).toString('hex')] as const;
    return withNewline ? [...reading, true] : reading;
  });
}

describe('readSecret', () => {
  it.each<[text: string, readings: readonly Reading[]]>([
    // hex that is base64 as well
    [
      '00ff',
      [
        ['utf8', '30306666'],
        ['hex', '00ff'],
        ['base64', 'd347df'],
        ['utf8', '303066660a', true],
      ],
    ],
    // base64url only
    [
      '_-8',
      [
        ['utf8', '5f2d38'],
        ['base64url', 'ffef'],
        ['utf8', '5f2d380a', true],
      ],
    ],
    // base64 only, with padding and with unused bits
    [
      '+/8=',
      [
        ['utf8', '2b2f383d'],
        ['base64', 'fbff'],
        ['utf8', '2b2f383d0a', true],
      ],
    ],
    [
      '+/9',
      [
        ['utf8', '2b2f39'],
        ['base64', 'fbff'],
        ['utf8', '2b2f390a', true],
      ],
    ],
    // a file that ends its line: the text is the secret, with its line break as a second reading
    [
      'abcd\n',
      [
        ['utf8', '61626364'],
        ['hex', 'abcd'],
        ['base64', '69b71d'],
        ['utf8', '616263640a', true],
      ],
    ],
    [
      'k!\r\n',
      [
        ['utf8', '6b21'],
        ['utf8', '6b210a', true],
        ['utf8', '6b210d0a', true],
      ],
    ],
    // blanks around do not matter to hex
    [
      ' 0x0102 ',
      [
        ['utf8', '2030783031303220'],
        ['hex', '0102'],
        ['base64', 'd31d35d3'],
        ['utf8', '20307830313032200a', true],
      ],
    ],
    [
      'é',
      [
        ['utf8', 'c3a9'],
        ['utf8', 'c3a90a', true],
      ],
    ],
  ])('reads %j every way that it can be read', (text, readings) => {
    expect(read(text)).toEqual(readings);
  });

  it.each<[SecretEncoding, string, readonly Reading[]]>([
    ['hex', '00ff', [['hex', '00ff']]],
    ['hex', '00f', []],
    ['hex', 'zz', []],
    ['base64', '_-8', []],
    ['base64url', '_-8', [['base64url', 'ffef']]],
    [
      'utf8',
      'k\n',
      [
        ['utf8', '6b'],
        ['utf8', '6b0a', true],
      ],
    ],
    ['raw', 'k\n', [['raw', '6b0a']]],
  ])('reads only %s when that is chosen: %j', (encoding, text, readings) => {
    expect(read(text, encoding)).toEqual(readings);
  });

  it('takes bytes that are no text as the secret itself', () => {
    const bytes = new Uint8Array([0xff, 0x00, 0x0a]);
    expect(read(bytes)).toEqual([['raw', 'ff000a']]);
    expect(read(bytes, 'utf8')).toEqual([]);
  });

  it('finds nothing in nothing', () => {
    expect(read('')).toEqual([]);
    expect(read('\n')).toEqual([]);
  });

  it('passes on what is known of the key', () => {
    const [reading] = readSecret(new TextEncoder().encode('k'), 'utf8', { ref: 'env:K', kid: 'one', alg: 'HS256' });
    expect(reading).toMatchObject({ ref: 'env:K', kid: 'one', alg: 'HS256' });
  });
});
