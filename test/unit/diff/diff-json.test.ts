import { describe, expect, it } from 'vitest';
import { diffJson } from '../../../shared/diff/diff-json.ts';

describe('diffJson', () => {
  it.each([
    ['equal values in another order', { a: 1, b: { c: 2 } }, { b: { c: 2 }, a: 1 }, []],
    [
      'a nested value',
      { catu: { path: { prefix: '/a' } } },
      { catu: { path: { prefix: '/b' } } },
      [{ path: ['catu', 'path', 'prefix'], a: '/a', b: '/b' }],
    ],
    ['a member more', { a: 1 }, { a: 1, b: 0 }, [{ path: ['b'], b: 0 }]],
    ['a member less, null counting as a value', { a: null }, {}, [{ path: ['a'], a: null }]],
    ['a list that grew', ['SE'], ['SE', 'NO'], [{ path: [1], b: 'NO' }]],
    ['a list that became text', { aud: ['x'] }, { aud: 'x' }, [{ path: ['aud'], a: ['x'], b: 'x' }]],
  ])('tells %s', (_title, a, b, expected) => {
    expect(diffJson(a, b)).toEqual(expected);
  });
});
