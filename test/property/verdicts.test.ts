import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { float, int, map, text } from '../../shared/cbor/build.ts';
import { decode } from '../../shared/cbor/decode.ts';
import { encode } from '../../shared/cbor/encode.ts';
import type { CborNode } from '../../shared/cbor/node.ts';
import { readClaims } from '../../shared/claims/read-claims.ts';
import { CLAIMS } from '../../shared/claims/registry.ts';
import { decide } from '../../shared/evaluate/decision.ts';
import { judge } from '../../shared/evaluate/evaluate-claims.ts';
import { judgeClaims } from '../../shared/evaluate/judge-claims.ts';
import type { ClaimVerdict } from '../../shared/evaluate/verdict.ts';
import { seconds } from '../../shared/units.ts';
import { VERIFIERS } from '../../shared/verifiers/registry.ts';

const moment = fc.oneof(
  fc.integer({ min: -10, max: 2_000_000_000 }).map(int),
  fc.integer({ min: 0, max: 4000 }).map((half) => float(half / 2)),
);
const verifier = fc.constantFrom(...VERIFIERS);
const skew = fc.integer({ min: 0, max: 120 });

const verdictAt = (
  label: number,
  value: ReturnType<typeof int> | ReturnType<typeof float>,
  now: number,
  skewed: number,
  by: (typeof VERIFIERS)[number],
) =>
  judgeClaims(
    readClaims(decode(encode(map([label, value]))).root),
    {},
    { now: seconds(now), skew: seconds(skewed) },
    by,
  )[0]?.verdict;

describe('verdicts in time', () => {
  it('once expired, stay expired', () => {
    fc.assert(
      fc.property(moment, fc.nat(2_000_000_000), fc.nat(1_000_000), skew, verifier, (exp, now, later, skewed, by) => {
        if (verdictAt(4, exp, now, skewed, by) === 'fail')
          expect(verdictAt(4, exp, now + later, skewed, by)).toBe('fail');
      }),
      { seed: 21, numRuns: 1000 },
    );
  });

  it('once begun, stay begun', () => {
    fc.assert(
      fc.property(moment, fc.nat(2_000_000_000), fc.nat(1_000_000), skew, verifier, (nbf, now, later, skewed, by) => {
        if (verdictAt(5, nbf, now, skewed, by) === 'pass')
          expect(verdictAt(5, nbf, now + later, skewed, by)).toBe('pass');
      }),
      { seed: 22, numRuns: 1000 },
    );
  });

  it('with more skew, never refuse what less of it let in', () => {
    fc.assert(
      fc.property(
        moment,
        fc.nat(2_000_000_000),
        skew,
        skew,
        fc.constantFrom(4, 5),
        verifier,
        (at, now, less, more, label, by) => {
          if (verdictAt(label, at, now, less, by) === 'pass')
            expect(verdictAt(label, at, now, less + more, by)).toBe('pass');
        },
      ),
      { seed: 23, numRuns: 1000 },
    );
  });
});

/** Any item that a claims map may hold, mostly of the shapes that claims have. */
const item: fc.Arbitrary<CborNode> = fc.uint8Array({ minLength: 0, maxLength: 60 }).map((bytes) => decode(bytes).root);
const exampleBytes = CLAIMS.flatMap((claim) => claim.examples.map(({ cbor }) => [claim.label, cbor] as const));

describe('judging', () => {
  const everyVerdict = (verdicts: readonly ClaimVerdict[]): readonly ClaimVerdict[] =>
    verdicts.flatMap((verdict) => [verdict, ...everyVerdict(verdict.children ?? [])]);

  it('never throws on whatever stands in a claims map, and decides by its verdicts', () => {
    const bent = fc
      .tuple(fc.constantFrom(...exampleBytes), fc.nat(200), fc.nat(255))
      .map(([[label, hex], at, byte]) => {
        const bytes = Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
        bytes[at % bytes.length] = byte;
        return Uint8Array.from([0xa1, ...encode(int(label)), ...bytes]);
      });
    const request = { url: 'https://cdn.example.com/a/b.m3u8', method: 'GET', headers: [], ip: '10.1.2.3', seen: 0 };
    const recipient = { now: seconds(1_800_000_000), skew: seconds(0), issuers: ['x'], audiences: ['y'] };
    fc.assert(
      fc.property(
        fc.oneof(
          item,
          bent.map((bytes) => decode(bytes).root),
        ),
        verifier,
        (node, by) => {
          const { decision, claims } = judge(readClaims(node), request, recipient, by);
          expect(decision).toBe(decide(claims));
          for (const { reason, path, name } of everyVerdict(claims)) {
            expect(reason.length).toBeGreaterThan(0);
            expect(path.length).toBeGreaterThan(0);
            expect(typeof name).toBe('string');
          }
        },
      ),
      { seed: 24, numRuns: 4000 },
    );
  });

  it('gives a verdict to every entry, in order', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...exampleBytes), { maxLength: 12 }), verifier, (examples, by) => {
        const entries = examples.flatMap(([label, hex]) => [
          ...encode(int(label)),
          ...(hex.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16)),
        ]);
        const set = readClaims(decode(Uint8Array.from([0xa0 + examples.length, ...entries])).root);
        const verdicts = judgeClaims(set, {}, { now: seconds(0), skew: seconds(0) }, by);
        expect(verdicts.slice(0, set.entries.length).map(({ name }) => name)).toEqual(
          set.entries.map(({ name }) => name),
        );
      }),
      { seed: 25, numRuns: 500 },
    );
  });

  it('lets a mend hold: applied, the claims it changed no longer refuse', () => {
    const url = 'https://cdn.example.com/a/9f8e7d6c/b.m3u8';
    const rule = fc.tuple(
      fc.constantFrom(3, 5, 6, 7, 8),
      fc.constantFrom(0, 1, 2, 3),
      fc.constantFrom('/a/', '/x/9f8e7d6c/', '/a/9f8e7d6c/c', '.ts', 'b', '', '/'),
    );
    fc.assert(
      fc.property(rule, fc.integer({ min: -100, max: 100 }), ([component, type, value], left) => {
        const now = 1_800_000_000;
        const set = readClaims(
          decode(encode(map([4, int(now + left)], [312, map([component, map([type, text(value)])])]))).root,
        );
        const { decision, mend } = judge(
          set,
          { url },
          { now: seconds(now), skew: seconds(0) },
          VERIFIERS[0] ?? expect.fail(),
        );
        if (decision !== 'reject') return;
        for (const { claim, after, before } of mend?.changes ?? []) {
          expect(after).not.toEqual(before);
          // never the whole host
          expect([claim, JSON.stringify(after)]).not.toEqual(['catu', '{"prefix":"/"}']);
        }
        expect(mend?.sufficient).toBe(mend?.decisions.length === 0);
      }),
      { seed: 26, numRuns: 500 },
    );
  });
});
