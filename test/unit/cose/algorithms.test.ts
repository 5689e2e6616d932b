import { describe, expect, it } from 'vitest';
import { ALGORITHMS, findAlgorithm } from '../../../shared/cose/algorithms.ts';

describe('the table of algorithms', () => {
  it('finds every row by number, by digits and by name', () => {
    for (const row of ALGORITHMS) {
      expect(findAlgorithm(row.id)).toBe(row);
      expect(findAlgorithm(String(row.id))).toBe(row);
      expect(findAlgorithm(row.name)).toBe(row);
    }
  });

  it('has one row for a number and one for a name', () => {
    expect(new Set(ALGORITHMS.map(({ id }) => id)).size).toBe(ALGORITHMS.length);
    expect(new Set(ALGORITHMS.map(({ name }) => name)).size).toBe(ALGORITHMS.length);
  });

  it('knows nothing else, whatever a header says', () => {
    for (const id of [0, -1, 5.5, Number.NaN, '', ' 5', '05', 'hs256', 'constructor', '__proto__', 'toString'])
      expect(findAlgorithm(id)).toBeUndefined();
  });

  it.each([
    ['HS256', 5, 'mac', 32],
    ['HS256/64', 4, 'mac', 8],
    ['ES256', -7, 'sign', 64],
    ['PS256', -37, 'sign', undefined],
    ['A128GCM', 1, 'encrypt', 16],
    ['A256GCM', 3, 'encrypt', 16],
  ])('%s is %i', (name, id, kind, proofLength) => {
    expect(findAlgorithm(name)).toMatchObject({ id, class: kind });
    expect(findAlgorithm(name)?.proofLength).toBe(proofLength);
  });
});
