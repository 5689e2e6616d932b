import fc from 'fast-check';
import { expect, it } from 'vitest';
import { encodeHex } from '../../shared/bytes/hex.ts';
import { decode } from '../../shared/cbor/decode.ts';
import { formatEdn } from '../../shared/cbor/edn.ts';
import { encode } from '../../shared/cbor/encode.ts';
import { isComplete } from '../../shared/cbor/is-complete.ts';
import type { CborNode, CborValue } from '../../shared/cbor/node.ts';
import { parseEdn } from '../../shared/cbor/parse-edn.ts';
import { authoredValue, cborValue, SEED } from './cbor-arbitraries.ts';

const run = { seed: SEED, numRuns: 4_000 };

function complete(bytes: Uint8Array): CborNode & CborValue {
  const { root, end, issues } = decode(bytes);
  expect(issues.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(end).toBe(bytes.length);
  if (!isComplete(root)) throw new Error('expected a complete item');
  return root;
}

it('encode ∘ decode is the identity on deterministic input', () => {
  fc.assert(
    fc.property(cborValue, (value) => {
      const bytes = encode(value);
      expect(encodeHex(encode(complete(bytes)))).toBe(encodeHex(bytes));
    }),
    run,
  );
});

it('finds nothing undeterministic in what the encoder writes', () => {
  fc.assert(
    fc.property(cborValue, (value) => {
      const { issues } = decode(encode(value));
      // what a value itself brings along: the encoder neither drops entries nor changes numbers
      const own = ['ERR_CBOR_NAN', 'ERR_CBOR_NEGATIVE_ZERO', 'ERR_CBOR_DUPLICATE_KEY'];
      expect(issues.filter(({ code }) => !own.includes(code))).toEqual([]);
    }),
    run,
  );
});

it('writes what was read as authored back byte for byte', () => {
  fc.assert(
    fc.property(authoredValue, (value) => {
      const bytes = encode(value, { form: 'authored' });
      expect(encodeHex(encode(complete(bytes), { form: 'authored' }))).toBe(encodeHex(bytes));
    }),
    run,
  );
});

it('reads one value from every way to write it', () => {
  fc.assert(
    fc.property(authoredValue, (value) => {
      const authored = complete(encode(value, { form: 'authored' }));
      expect(encodeHex(encode(authored))).toBe(encodeHex(encode(complete(encode(value)))));
    }),
    run,
  );
});

it('prints notation that makes the same bytes', () => {
  fc.assert(
    fc.property(authoredValue, fc.constantFrom(undefined, 20, 80), (value, width) => {
      const bytes = encode(value, { form: 'authored' });
      const { text } = formatEdn(complete(bytes), width === undefined ? {} : { width });
      const parsed = parseEdn(text);
      if (!parsed.ok) throw new Error(`${parsed.error.line}:${parsed.error.column} ${parsed.error.message} in ${text}`);
      expect(encodeHex(encode(parsed.value, { form: 'authored' }))).toBe(encodeHex(bytes));
    }),
    run,
  );
});

it('places every item inside its parent, one after the other', () => {
  const check = (node: CborNode): void => {
    expect(node.start).toBeLessThanOrEqual(node.headEnd);
    expect(node.headEnd).toBeLessThanOrEqual(node.end);
    let at: number = node.headEnd;
    for (const child of children(node)) {
      expect(child.start).toBe(at);
      check(child);
      at = child.end;
    }
    // an indefinite length ends with a break of its own
    if (children(node).length > 0) expect(node.end - at).toBe(node.width === -1 ? 1 : 0);
  };
  fc.assert(
    fc.property(authoredValue, (value) => check(complete(encode(value, { form: 'authored' })))),
    { ...run, numRuns: 1_000 },
  );
});

function children(node: CborNode): readonly CborNode[] {
  if (node.kind === 'array') return node.items;
  if (node.kind === 'tag') return [node.value];
  return node.kind === 'map' ? node.entries.flatMap(({ key, value }) => [key, value]) : [];
}
