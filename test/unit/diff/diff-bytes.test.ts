import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffBytes } from '../../../shared/diff/diff-bytes.ts';

const bytes = (text: string) => new TextEncoder().encode(text);

describe('diffBytes', () => {
  it('finds nothing between equal strings', () => {
    expect(diffBytes(bytes('abc'), bytes('abc'))).toEqual([]);
  });

  it.each([
    ['a changed byte', 'abc', 'axc', [[1, 2, 1, 2]]],
    ['an insertion in the middle', 'abcdef', 'abcXYdef', [[3, 3, 3, 5]]],
    ['a removal at the end', 'abcdef', 'abcd', [[4, 6, 4, 4]]],
    [
      'two places',
      '0abc1def2',
      '0aXc1dYf2',
      [
        [2, 3, 2, 3],
        [6, 7, 6, 7],
      ],
    ],
    ['everything', 'abc', 'xyz', [[0, 3, 0, 3]]],
    ['nothing and something', '', 'xyz', [[0, 0, 0, 3]]],
  ])('tells %s', (_title, a, b, expected) => {
    expect(
      diffBytes(bytes(a), bytes(b)).map((change) => [change.a.start, change.a.end, change.b.start, change.b.end]),
    ).toEqual(expected);
  });

  it('turns one string into the other, whatever they are', () => {
    const string = fc.uint8Array({ maxLength: 60, max: 3 });
    fc.assert(
      fc.property(string, string, (a, b) => {
        const rebuilt: number[] = [];
        let at = 0;
        for (const change of diffBytes(a, b)) {
          rebuilt.push(...a.subarray(at, change.a.start), ...b.subarray(change.b.start, change.b.end));
          at = change.a.end;
        }
        rebuilt.push(...a.subarray(at));
        expect(rebuilt).toEqual([...b]);
      }),
      { seed: 7 },
    );
  });

  it('gives up on tokens with nothing in common rather than taking long', () => {
    const a = new Uint8Array(20_000).fill(1);
    const b = new Uint8Array(20_000).fill(2);
    expect(diffBytes(a, b)).toEqual([{ a: { start: 0, end: 20_000 }, b: { start: 0, end: 20_000 } }]);
  });
});
