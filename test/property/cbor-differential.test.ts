import * as cbor2 from 'cbor2';
import * as cborg from 'cborg';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeHex } from '../../shared/bytes/hex.ts';
import { array, bool, bytes, int, NULL, number, simple, tag, text, UNDEFINED } from '../../shared/cbor/build.ts';
import { type Decoded, decode } from '../../shared/cbor/decode.ts';
import { encode } from '../../shared/cbor/encode.ts';
import { isComplete } from '../../shared/cbor/is-complete.ts';
import type { CborNode, CborValue } from '../../shared/cbor/node.ts';
import { hexBytes } from '../vectors/load-vectors.ts';
import { authoredValue, mutatedToken, SEED } from './cbor-arbitraries.ts';

type Library = 'cborg' | 'cbor2';

/** What each library makes of the bytes, as a value of ours; `undefined` when it refuses them. */
const LIBRARIES: Readonly<Record<Library, (bytes: Uint8Array) => CborValue | undefined>> = {
  cborg: (input) => attempt(() => cborg.decode(input, { useMaps: true })),
  // without its interpretations of tags, which are no part of reading
  cbor2: (input) => attempt(() => cbor2.decode(input, { preferMap: true, ignoreGlobalTags: true })),
};

/**
 * Every way in which the libraries read otherwise than we do. Each has an example on which they really differ, and
 * applies to an input only when its cause is in there. Anything else that differs is a failure.
 */
const DISAGREEMENTS: readonly {
  readonly name: string;
  readonly library: Library;
  readonly example: string;
  applies(decoded: Decoded, input: Uint8Array): boolean;
}[] = [
  {
    name: 'cborg refuses tags it was given no decoder for',
    library: 'cborg',
    example: 'd83d01',
    applies: has((node) => node.kind === 'tag'),
  },
  {
    name: 'cborg refuses simple values but false, true, null and undefined',
    library: 'cborg',
    example: 'f0',
    applies: has((node) => node.kind === 'simple' && (node.value < 20 || node.value > 23)),
  },
  {
    name: 'cborg refuses strings of indefinite length',
    library: 'cborg',
    example: '7f6161ff',
    applies: has((node) => (node.kind === 'text' || node.kind === 'bytes') && node.width === -1),
  },
  {
    name: 'cborg drops a byte order mark',
    library: 'cborg',
    example: '63efbbbf',
    applies: has((node) => node.kind === 'text' && node.value.startsWith('\ufeff')),
  },
  {
    name: 'cbor2 refuses what is not UTF-8',
    library: 'cbor2',
    example: '62c328',
    applies: has((node) => node.kind === 'text' && node.raw !== undefined),
  },
  ...(['cborg', 'cbor2'] as const).flatMap((library) => [
    {
      name: `${library} keeps the last of two equal keys`,
      library,
      example: 'a2016161016162',
      applies: issued('ERR_CBOR_DUPLICATE_KEY'),
    },
    {
      name: `${library} has one key for numbers that JavaScript holds equal`,
      library,
      example: 'a20100f93c0001',
      applies: has((node) => node.kind === 'map' && node.entries.some(({ key }) => key.kind === 'float')),
    },
    {
      name: `${library} reads deeper than 64 levels`,
      library,
      example: `${'81'.repeat(65)}00`,
      applies: issued('ERR_CBOR_DEPTH'),
    },
  ]),
];

const accepted = ({ root, issues }: Decoded): CborValue | undefined =>
  isComplete(root) && !issues.some(({ severity }) => severity === 'error') ? root : undefined;

/** One text for all readings that JavaScript cannot tell apart: integral floats are integers. */
function canonical(value: CborValue | undefined): string {
  return value === undefined ? 'refused' : encodeHex(encode(plain(value)));
}

function plain(value: CborValue): CborValue {
  switch (value.kind) {
    case 'float':
      return javaScriptNumber(value.value);
    case 'text':
      return text(value.value);
    case 'array':
      return array(...value.items.map(plain));
    case 'map':
      return {
        kind: 'map',
        entries: value.entries.map((entry) => ({ key: plain(entry.key), value: plain(entry.value) })),
      };
    case 'tag':
      return tag(value.tag, plain(value.value));
    default:
      return value;
  }
}

/** Integers in ±2^53 are one thing however they are written: cbor2 gives −2^53 as a number, cborg as a bigint. */
function javaScriptNumber(value: number): CborValue {
  return Math.abs(value) === 2 ** 53 ? int(BigInt(value)) : number(value);
}

function compare(input: Uint8Array): void {
  const decoded = decode(input);
  const ours = canonical(accepted(decoded));
  for (const library of ['cborg', 'cbor2'] as const) {
    const theirs = canonical(LIBRARIES[library](input));
    if (theirs === ours) continue;
    const known = DISAGREEMENTS.some((one) => one.library === library && one.applies(decoded, input));
    if (!known) expect.fail(`${library} on ${encodeHex(input)}: ours ${ours}, theirs ${theirs}`);
  }
}

describe('differences that are known', () => {
  it.each(DISAGREEMENTS)('$name', ({ library, example, applies }) => {
    const input = hexBytes(example);
    const decoded = decode(input);
    expect(applies(decoded, input)).toBe(true);
    expect(canonical(LIBRARIES[library](input))).not.toBe(canonical(accepted(decoded)));
  });
});

describe('there are no others', () => {
  it('on valid items in every way to write them', () => {
    fc.assert(
      fc.property(authoredValue, (value) => compare(encode(value, { form: 'authored' }))),
      { seed: SEED, numRuns: 2_500 },
    );
  });

  it('on real tokens with changed, missing and added bytes', () => {
    fc.assert(fc.property(mutatedToken, compare), { seed: SEED, numRuns: 5_000 });
  });

  it('on short runs of any bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ minLength: 1, maxLength: 12 }), compare), { seed: SEED, numRuns: 5_000 });
  });
});

it('encodes byte for byte what cborg encodes', () => {
  const key = fc.oneof(fc.maxSafeInteger(), fc.integer({ min: -300, max: 300 }), fc.string({ maxLength: 30 }));
  const { value } = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.maxSafeInteger(),
      fc.bigInt({ min: -(2n ** 64n), max: 2n ** 64n - 1n }),
      // cborg writes every integral number as an integer, minus zero too
      fc.double().filter((number) => !Number.isInteger(number)),
      fc.string({ unit: 'binary' }),
      fc.uint8Array({ maxLength: 300 }),
      fc.constantFrom(true, false, null, undefined),
      fc.array(tie('value'), { maxLength: 5 }),
      fc.array(fc.tuple(key, tie('value')), { maxLength: 30 }).map((entries) => new Map(entries)),
    ),
  }));
  fc.assert(
    fc.property(value, (original) => {
      const theirs = cborg.encode(original, cborg.rfc8949EncodeOptions);
      expect(encodeHex(encode(fromJavaScript(original)))).toBe(encodeHex(theirs));
    }),
    { seed: SEED, numRuns: 5_000 },
  );
});

function has(test: (node: CborNode) => boolean): (decoded: Decoded) => boolean {
  const find = (node: CborNode): boolean => {
    if (test(node)) return true;
    if (node.kind === 'array') return node.items.some(find);
    if (node.kind === 'tag') return find(node.value);
    return node.kind === 'map' && node.entries.some(({ key, value }) => find(key) || find(value));
  };
  return ({ root }) => find(root);
}

function issued(code: string): (decoded: Decoded) => boolean {
  return ({ issues }) => issues.some((issue) => issue.code === code);
}

function attempt(read: () => unknown): CborValue | undefined {
  let value: unknown;
  try {
    value = read();
  } catch {
    return undefined;
  }
  return fromJavaScript(value);
}

function fromJavaScript(value: unknown): CborValue {
  if (value === null) return NULL;
  if (value === undefined) return UNDEFINED;
  if (typeof value === 'boolean') return bool(value);
  if (typeof value === 'number') return javaScriptNumber(value);
  if (typeof value === 'bigint') return int(value);
  if (typeof value === 'string') return text(value);
  if (value instanceof Uint8Array) return bytes(value);
  if (Array.isArray(value)) return array(...value.map(fromJavaScript));
  if (value instanceof cbor2.Simple) return simple(value.value);
  if (value instanceof cbor2.Tag)
    return tag(typeof value.tag === 'bigint' ? value.tag : Number(value.tag), fromJavaScript(value.contents));
  if (value instanceof Map)
    return {
      kind: 'map',
      entries: [...value].map(([key, inner]) => ({ key: fromJavaScript(key), value: fromJavaScript(inner) })),
    };
  throw new Error(`unexpected ${Object.prototype.toString.call(value)}`);
}
