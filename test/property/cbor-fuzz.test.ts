import fc from 'fast-check';
import { expect, it } from 'vitest';
import { equalBytes } from '../../shared/bytes/equal-bytes.ts';
import { encodeHex } from '../../shared/bytes/hex.ts';
import { decode } from '../../shared/cbor/decode.ts';
import { formatEdn } from '../../shared/cbor/edn.ts';
import { encode } from '../../shared/cbor/encode.ts';
import { seenByCborX } from '../../shared/cbor/fast.ts';
import { isComplete } from '../../shared/cbor/is-complete.ts';
import { CBOR_LIMITS } from '../../shared/cbor/node.ts';
import { parseEdn } from '../../shared/cbor/parse-edn.ts';
import { FUZZ_RUNS, mutatedToken, SEED } from './cbor-arbitraries.ts';

/** Bytes of which many are heads of something long, deep or open. */
const hostileBytes = fc.array(
  fc.oneof(
    fc.nat(255),
    fc.constantFrom(0x5f, 0x7f, 0x9f, 0xbf, 0xff, 0x81, 0xa1, 0xc1, 0x9b, 0xbb, 0x5b, 0x7b, 0xf8, 0xfb),
  ),
  { maxLength: 64 },
);
const input = fc.oneof(
  mutatedToken,
  hostileBytes.map((bytes) => Uint8Array.from(bytes)),
);

it(`reads ${FUZZ_RUNS} mutated tokens and hostile inputs without a throw, and accounts for every byte`, () => {
  fc.assert(
    fc.property(input, (bytes) => {
      const { root, end, issues } = decode(bytes);
      expect(end).toBeLessThanOrEqual(bytes.length);
      for (const { start, end: issueEnd } of issues)
        if (start < 0 || start > issueEnd || issueEnd > bytes.length)
          expect.fail(`an issue outside of ${encodeHex(bytes)}`);
      if (isComplete(root)) {
        if (!equalBytes(encode(root, { form: 'authored' }), bytes.subarray(0, end))) expect.fail(encodeHex(bytes));
      } else if (!issues.some(({ severity }) => severity === 'error')) expect.fail(`${encodeHex(bytes)} broke unsaid`);
    }),
    { seed: SEED, numRuns: FUZZ_RUNS },
  );
});

it('prints whatever was read, and reads whatever is typed', () => {
  const numRuns = Math.ceil(FUZZ_RUNS / 20);
  fc.assert(
    fc.property(input, (bytes) => {
      const { root } = decode(bytes);
      const { text, ranges } = formatEdn(root, { width: 60, comment: (node) => node.kind });
      const rangesFit = ranges.every(({ start, end }) => start < end && end <= text.length);
      if (!rangesFit) expect.fail(encodeHex(bytes));
      const parsed = parseEdn(text);
      if (!parsed.ok && isComplete(root)) expect.fail(`${parsed.error.message}: ${text}`);
    }),
    { seed: SEED, numRuns },
  );
  const typed = fc.string({
    unit: fc.constantFrom(...'[]{}(),:_"\'\\/#<>.+-0123456789abhuxefNI \n\u00e9😀'),
    maxLength: 24,
  });
  fc.assert(
    fc.property(typed, (text) => {
      const parsed = parseEdn(text);
      if (!parsed.ok && parsed.error.at > text.length) expect.fail(text);
    }),
    { seed: SEED, numRuns },
  );
});

it('survives what cbor-x makes of the same input', () => {
  fc.assert(
    fc.property(input, (bytes) => {
      const seen = seenByCborX(bytes);
      if (seen.ok) encode(seen.value);
    }),
    { seed: SEED, numRuns: Math.ceil(FUZZ_RUNS / 20) },
  );
});

it('takes the limits for limits', () => {
  const long = fc.record({
    head: hostileBytes,
    filler: fc.constantFrom(0x40, 0x81, 0xa1, 0xbf, 0xc1, 0x00),
    length: fc.nat(70_000),
  });
  fc.assert(
    fc.property(long, ({ head, filler, length }) => {
      const bytes = new Uint8Array(length).fill(filler);
      bytes.set(head.slice(0, length));
      const { root, end } = decode(bytes);
      let nodes = 0;
      let deepest = 0;
      const stack: { node: typeof root; depth: number }[] = [{ node: root, depth: 0 }];
      for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
        const { node, depth } = next;
        if (node.kind !== 'broken') nodes++;
        deepest = Math.max(deepest, depth);
        const children =
          node.kind === 'array'
            ? node.items
            : node.kind === 'tag'
              ? [node.value]
              : node.kind === 'map'
                ? node.entries.flatMap(({ key, value }) => [key, value])
                : [];
        for (const child of children) stack.push({ node: child, depth: depth + 1 });
      }
      expect(end).toBeLessThanOrEqual(CBOR_LIMITS.bytes);
      expect(nodes).toBeLessThanOrEqual(CBOR_LIMITS.nodes);
      expect(deepest).toBeLessThanOrEqual(CBOR_LIMITS.depth);
    }),
    { seed: SEED, numRuns: 300 },
  );
});
