import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatIp, isInPrefix, parseIp } from '../../../shared/network/ip-address.ts';

const bytes = (...values: number[]) => Uint8Array.from(values);

describe('parseIp', () => {
  it.each([
    ['10.1.2.3', [10, 1, 2, 3]],
    ['0.0.0.0', [0, 0, 0, 0]],
    ['255.255.255.255', [255, 255, 255, 255]],
    ['::', new Array(16).fill(0)],
    ['::1', [...new Array(15).fill(0), 1]],
    ['2001:db8::', [0x20, 1, 0x0d, 0xb8, ...new Array(12).fill(0)]],
    ['2001:DB8:0:0:1:0:0:1', [0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1]],
    ['64:ff9b::192.0.2.33', [0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0, 192, 0, 2, 33]],
    ['::ffff:192.0.2.1', [192, 0, 2, 1]],
    ['::ffff:c000:201', [192, 0, 2, 1]],
  ])('reads %s', (text, expected) => {
    expect([...(parseIp(text) ?? [])]).toEqual(expected);
  });

  it.each([
    '',
    '10.1.2',
    '10.1.2.3.4',
    '10.1.2.256',
    '010.1.2.3',
    '0x0a.1.2.3',
    '10.1.2.3 ',
    '10.1.2.3/8',
    '1.2.3.-4',
    ':',
    ':::',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7::8',
    '12345::',
    'g::',
    'fe80::1%eth0',
    '[::1]',
    '::1.2.3.4:5',
    '1.2.3.4::',
    '2001:db8::1.2.3',
    `${'0'.repeat(40)}::1`,
  ])('refuses “%s”', (text) => {
    expect(parseIp(text)).toBeUndefined();
  });

  it('reads back what formatIp writes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), fc.boolean(), (all, isShort) => {
        const address = isShort ? all.slice(0, 4) : all;
        const read = parseIp(formatIp(address, isShort ? 4 : 16));
        const isMapped = !isShort && all.subarray(0, 10).every((b) => b === 0) && all[10] === 255 && all[11] === 255;
        expect(read).toEqual(isMapped ? all.slice(12) : address);
      }),
      { seed: 1 },
    );
  });

  it('writes IPv6 as RFC 5952 has it', () => {
    expect(formatIp(bytes(0x20, 1, 0x0d, 0xb8), 16)).toBe('2001:db8::');
    expect(formatIp(bytes(), 16)).toBe('::');
    expect(formatIp(bytes(0, 1, 0, 0, 0, 2, 0, 0, 0, 0, 0, 3, 0, 4, 0, 5), 16)).toBe('1:0:2::3:4:5');
    expect(formatIp(bytes(0, 1, 0, 0, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0, 7), 16)).toBe('1:0:2:3:4:5:6:7');
  });
});

describe('isInPrefix', () => {
  it('compares as many bits as the prefix is long, like a naive comparison of bits', () => {
    const bitAt = (data: Uint8Array, index: number) => ((data[index >> 3] ?? 0) >> (7 - (index & 7))) & 1;
    const family = fc.constantFrom(4 as const, 16 as const);
    fc.assert(
      fc.property(
        family,
        fc.uint8Array({ minLength: 16, maxLength: 16 }),
        fc.uint8Array({ maxLength: 16 }),
        fc.nat(128),
        fc.nat(16),
        (size, address, other, length, shared) => {
          // share a beginning, or the answer would nearly always be no
          const prefix = Uint8Array.from([...address.subarray(0, shared), ...other]).subarray(0, size);
          const bits = length % (size * 8 + 1);
          let expected = true;
          for (let index = 0; index < bits; index++) {
            if (bitAt(address.subarray(0, size), index) !== bitAt(prefix, index)) expected = false;
          }
          expect(isInPrefix(address.slice(0, size), prefix, bits, size)).toBe(expected);
        },
      ),
      { seed: 2, numRuns: 2000 },
    );
  });

  it('knows no address of the other family, and no impossible length', () => {
    expect(isInPrefix(bytes(10, 1, 2, 3), bytes(), 0, 16)).toBe(false);
    expect(isInPrefix(bytes(10, 1, 2, 3), bytes(), 0, 4)).toBe(true);
    expect(isInPrefix(bytes(10, 1, 2, 3), bytes(10), 33, 4)).toBe(false);
    expect(isInPrefix(bytes(10, 1, 2, 3), bytes(10), -1, 4)).toBe(false);
  });
});
