import { describe, expect, it } from 'vitest';
import { writeQr } from '../../../shared/handover/write-qr.ts';

/** Positions of the three finder patterns of a code. */
const FINDER = ['1111111', '1000001', '1011101', '1011101', '1011101', '1000001', '1111111'];

describe('QR codes', () => {
  it.each([1, 400, 2953])('hold %i characters', (length) => {
    const made = writeQr('a'.repeat(length));
    if (!made.ok) throw new Error(made.error);
    const { size, rows } = made.value;
    expect(rows).toHaveLength(size);
    for (const row of rows) expect(row).toHaveLength(size);
    const corner = (top: number, left: number) =>
      rows.slice(top, top + 7).map((row) =>
        row
          .slice(left, left + 7)
          .map(Number)
          .join(''),
      );
    expect(corner(0, 0)).toEqual(FINDER);
    expect(corner(0, size - 7)).toEqual(FINDER);
    expect(corner(size - 7, 0)).toEqual(FINDER);
    // ISO/IEC 18004 §6.3.5: the timing pattern takes turns
    const timing =
      rows[6]
        ?.slice(8, size - 8)
        .map(Number)
        .join('') ?? '';
    expect(timing).toMatch(/^(10)*1$/);
  });

  it('grow with the text, and end in a sentence', () => {
    const size = (length: number) => {
      const made = writeQr('a'.repeat(length));
      return made.ok ? made.value.size : made.error;
    };
    expect(size(400)).toBeGreaterThan(Number(size(40)));
    expect(size(2954)).toBe('A QR code holds 2953 characters, and this has 2954.');
    expect(writeQr('\u9375'.repeat(1000))).toEqual({ ok: false, error: 'The text does not fit into a QR code.' });
  });

  it('are the same for the same text', () => {
    expect(writeQr('https://cdn.example.com/pt:x/')).toEqual(writeQr('https://cdn.example.com/pt:x/'));
    expect(writeQr('a')).not.toEqual(writeQr('b'));
  });
});
