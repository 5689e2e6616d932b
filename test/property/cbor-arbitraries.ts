import fc from 'fast-check';
import type { CborValue } from '../../shared/cbor/node.ts';
import { VECTORS, vectorBytes } from '../vectors/load-vectors.ts';

/** Fixed, so that a failure comes again; `FUZZ_SEED` tries others. */
export const SEED = Number(process.env['FUZZ_SEED'] ?? 8949);
/** How many inputs the fuzzing properties try; `FUZZ_RUNS=1000000` for a long night. */
export const FUZZ_RUNS = Number(process.env['FUZZ_RUNS'] ?? 100_000);

const integer = fc.oneof(
  fc.integer({ min: -300, max: 300 }),
  fc.maxSafeInteger(),
  fc.constantFrom(
    23,
    24,
    255,
    256,
    65535,
    65536,
    2 ** 32 - 1,
    2 ** 32,
    Number.MAX_SAFE_INTEGER,
    -Number.MAX_SAFE_INTEGER,
  ),
  fc.constantFrom(2n ** 53n, 2n ** 64n - 1n, -(2n ** 53n), -(2n ** 64n)),
);
const float = fc.oneof(
  fc.double(),
  fc.float(),
  fc.constantFrom(0, -0, 1, 1.5, 65504, 2 ** -24, Number.NaN, Number.POSITIVE_INFINITY),
);
const text = fc.oneof(fc.string({ maxLength: 12 }), fc.string({ unit: 'binary', maxLength: 6 }));
const binary = fc.uint8Array({ maxLength: 30 });

const leaf: fc.Arbitrary<CborValue> = fc.oneof(
  integer.map((value) => ({ kind: 'int' as const, value })),
  binary.map((value) => ({ kind: 'bytes' as const, value })),
  text.map((value) => ({ kind: 'text' as const, value })),
  float.map((value) => ({ kind: 'float' as const, value })),
  fc
    .oneof(fc.constantFrom(20, 21, 22, 23), fc.integer({ min: 0, max: 19 }), fc.integer({ min: 32, max: 255 }))
    .map((value) => ({
      kind: 'simple' as const,
      value,
    })),
);

/** Any value, maps with keys of every kind, possibly repeated. */
export const cborValue: fc.Arbitrary<CborValue> = fc.letrec<{ item: CborValue }>((tie) => ({
  item: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    { weight: 4, arbitrary: leaf },
    {
      weight: 1,
      arbitrary: fc.array(tie('item'), { maxLength: 5 }).map((items) => ({ kind: 'array' as const, items })),
    },
    {
      weight: 2,
      arbitrary: fc
        .array(
          fc.record({
            key: fc.oneof({ weight: 4, arbitrary: leaf }, { weight: 1, arbitrary: tie('item') }),
            value: tie('item'),
          }),
          {
            maxLength: 6,
          },
        )
        .map((entries) => ({ kind: 'map' as const, entries })),
    },
    {
      weight: 1,
      arbitrary: fc
        .record({
          tag: fc.oneof(fc.nat(400), fc.constantFrom(61, 17, 18, 2 ** 32, 2n ** 64n - 1n)),
          value: tie('item'),
        })
        .map(({ tag, value }) => ({ kind: 'tag' as const, tag, value })),
    },
  ),
})).item;

/** The same value with heads wider than they need be, lengths left open, strings in pieces. */
export const authoredValue: fc.Arbitrary<CborValue> = fc
  .record({ value: cborValue, choices: fc.array(fc.nat(9), { minLength: 1, maxLength: 24 }) })
  .map(({ value, choices }) => {
    let next = 0;
    const choice = (): number => choices[next++ % choices.length] ?? 0;
    const dress = (item: CborValue): CborValue => {
      const pick = choice();
      const width = pick < 4 ? undefined : ([1, 2, 4, 8, -1, -1][pick - 4] ?? undefined);
      switch (item.kind) {
        case 'array': {
          const items = item.items.map(dress);
          return width === undefined ? { ...item, items } : { ...item, items, width };
        }
        case 'map': {
          const entries = item.entries.map((entry) => ({ key: dress(entry.key), value: dress(entry.value) }));
          return width === undefined ? { ...item, entries } : { ...item, entries, width };
        }
        case 'tag': {
          const tagged = dress(item.value);
          return width === undefined || width < 0 ? { ...item, value: tagged } : { ...item, value: tagged, width };
        }
        case 'bytes':
          if (width !== -1) return width === undefined ? item : { ...item, width };
          return { ...item, width, chunks: pieces(item.value.length, choice()) };
        case 'text':
          if (width !== -1) return width === undefined ? item : { ...item, width };
          return { ...item, width, chunks: pieces(new TextEncoder().encode(item.value).length, 0) };
        case 'simple':
          return item;
        default:
          return width === undefined || width < 0 ? item : { ...item, width };
      }
    };
    return dress(value);
  });

/** Lengths of the pieces a string is cut into: two of them, or one when no cut is wanted. */
function pieces(length: number, cut: number): { length: number; width: number }[] {
  const width = (part: number): number => (part < 24 ? 0 : 1);
  const first = Math.min(cut, length);
  return (first === 0 ? [length] : [first, length - first]).map((part) => ({
    length: part,
    width: Math.max(width(part), part > 255 ? 2 : 0),
  }));
}

const TOKENS = VECTORS.map(vectorBytes);

/** A public token with some of its bytes changed, cut away or put in. */
export const mutatedToken: fc.Arbitrary<Uint8Array> = fc
  .record({
    token: fc.constantFrom(...TOKENS),
    edits: fc.array(
      fc.record({
        at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
        kind: fc.constantFrom('change', 'flip', 'remove', 'insert', 'cut'),
        byte: fc.oneof(fc.nat(255), fc.constantFrom(0x1b, 0x3b, 0x5f, 0x7f, 0x9f, 0xbf, 0xff, 0xc1, 0xf8, 0xfb)),
      }),
      { minLength: 1, maxLength: 4 },
    ),
  })
  .map(({ token, edits }) => {
    let mutated = [...token];
    for (const { at, kind, byte } of edits) {
      const place = Math.floor(at * mutated.length);
      if (kind === 'change') mutated[place] = byte;
      else if (kind === 'flip') mutated[place] = (mutated[place] ?? 0) ^ (1 << (byte & 7));
      else if (kind === 'remove') mutated.splice(place, 1 + (byte & 3));
      else if (kind === 'insert') mutated.splice(place, 0, byte);
      else mutated = mutated.slice(0, Math.max(place, 1));
    }
    return Uint8Array.from(mutated);
  });
