import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeHex } from '../../shared/bytes/hex.ts';
import { int, map, raw } from '../../shared/cbor/build.ts';
import { decode } from '../../shared/cbor/decode.ts';
import { encode } from '../../shared/cbor/encode.ts';
import type { CborValue } from '../../shared/cbor/node.ts';
import { claimsFromJson } from '../../shared/claims/claims-json.ts';
import type { ClaimsSet } from '../../shared/claims/claims-set.ts';
import { claimsToJson } from '../../shared/claims/claims-to-json.ts';
import { nodeFromJson, nodeToJson } from '../../shared/claims/codec/node-json.ts';
import { exp } from '../../shared/claims/definitions/exp.ts';
import { nbf } from '../../shared/claims/definitions/nbf.ts';
import { readClaims } from '../../shared/claims/read-claims.ts';
import { CLAIMS } from '../../shared/claims/registry.ts';
import { writeClaims } from '../../shared/claims/write-claims.ts';
import { judgeClaims } from '../../shared/evaluate/judge-claims.ts';
import { compareText } from '../../shared/evaluate/match.ts';
import type { RequestFacts } from '../../shared/evaluate/request.ts';
import type { Json } from '../../shared/json.ts';
import { seconds } from '../../shared/units.ts';
import { cta5007 } from '../../shared/verifiers/cta-5007.ts';
import { judge } from '../unit/claims/harness.ts';

const SEED = 5007;
const check = (property: fc.IProperty<unknown[]>, numRuns: number) => fc.assert(property, { seed: SEED, numRuns });

/** Any item, with the labels, types and texts that claims are made of more often than not. */
const item: fc.Arbitrary<CborValue> = fc.letrec<{ item: CborValue; leaf: CborValue }>((tie) => ({
  item: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    tie('leaf'),
    fc.array(tie('item'), { maxLength: 4 }).map((items): CborValue => ({ kind: 'array', items })),
    fc
      .array(fc.record({ key: tie('leaf'), value: tie('item') }), { maxLength: 4 })
      .map((entries): CborValue => ({ kind: 'map', entries })),
    fc
      .record({ tag: fc.constantFrom(52, 54, 121, 259, 279, 1), value: tie('item') })
      .map(({ tag, value }): CborValue => ({ kind: 'tag', tag, value })),
  ),
  leaf: fc.oneof(
    fc.integer({ min: -3, max: 10 }).map((value) => int(value)),
    fc.bigInt({ min: -(2n ** 64n), max: 2n ** 64n - 1n }).map((value) => int(value)),
    fc
      .constantFrom('', 'exp', '3', '312', '/a', '^(a+)+$', '(?=a)', 'GET', '__proto__', 'https')
      .map((value): CborValue => ({ kind: 'text', value })),
    fc.string().map((value): CborValue => ({ kind: 'text', value })),
    fc.uint8Array({ maxLength: 40 }).map((value): CborValue => ({ kind: 'bytes', value })),
    fc.double().map((value): CborValue => ({ kind: 'float', value })),
    fc.constantFrom(20, 21, 22, 23, 0, 255).map((value): CborValue => ({ kind: 'simple', value })),
  ),
})).item;

const label = fc.oneof(
  fc.constantFrom(...CLAIMS.map((claim) => claim.label)),
  fc.constantFrom(41, 43, 267, 270, 277, 278, 324, 325, 401, 404, 65_536),
  fc.integer({ min: -10, max: 500 }),
);

/** A claims map in which most values have the wrong shape and some the right one. */
const claims = fc
  .array(
    fc.oneof(
      fc.tuple(label, item),
      fc
        .constantFrom(...CLAIMS.flatMap((claim) => claim.examples.map(({ cbor }) => [claim.label, cbor] as const)))
        .map(([at, cbor]): [number, CborValue] => [at, raw(Uint8Array.from(Buffer.from(cbor, 'hex')))]),
    ),
    { maxLength: 6 },
  )
  .map((pairs) => decode(encode(map(...pairs))).root);

const requests: readonly RequestFacts[] = [
  {},
  {
    url: 'https://cdn.example.com:8443/a/b.tar.gz?b=2&cat=x',
    method: 'GET',
    headers: [{ name: 'Host', value: 'cdn.example.com' }],
    ip: '10.1.2.3',
    country: 'SE-AB',
    location: { latitude: 59.3, longitude: 18, altitude: 5 },
    alpn: 'h2',
    seen: 1,
    chance: 0.5,
  },
];

function everythingAbout(set: ClaimsSet): void {
  claimsToJson(set);
  encode(writeClaims(set));
  for (const { definition, value } of set.entries) if (value !== undefined) definition?.explain(value);
  for (const request of requests) {
    const verdicts = judgeClaims(set, request, { now: seconds(1e9), skew: seconds(0) }, cta5007);
    for (const verdict of verdicts) expect(verdict.reason.length).toBeGreaterThan(0);
  }
}

describe('claims maps of any content', () => {
  it('are read, said, written and judged without a throw', () => {
    check(
      fc.property(claims, (root) => everythingAbout(readClaims(root))),
      4000,
    );
  });

  it('are read whatever bytes they are', () => {
    check(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => everythingAbout(readClaims(decode(bytes).root))),
      4000,
    );
  });

  it('mean the same once they are written in today’s shape', () => {
    check(
      fc.property(claims, (root) => {
        const set = readClaims(root);
        const written = readClaims(decode(encode(writeClaims(set))).root);
        const again = encode(writeClaims(written));
        expect(encodeHex(again)).toBe(encodeHex(encode(writeClaims(readClaims(decode(again).root)))));
      }),
      3000,
    );
  });

  it('that are well-formed go to claims JSON and back', () => {
    check(
      fc.property(claims, (root) => {
        const set = readClaims(root);
        const json = claimsToJson(set);
        const back = claimsFromJson(JSON.parse(JSON.stringify(json)));
        // ill-formed claims and broken items are shown, not taken back
        if (!back.ok || set.issues.length > 0) return;
        const read = readClaims(decode(encode(back.value)).root);
        // keys are sorted on the way, which numbers repeated ones anew
        if (new Set(set.entries.map(({ name }) => name)).size < set.entries.length) return;
        expect(claimsToJson(read)).toEqual(json);
      }),
      3000,
    );
  });
});

it('any JSON is either claims or a list of problems', () => {
  check(
    fc.property(
      fc.dictionary(fc.oneof(fc.constantFrom(...CLAIMS.map(({ name }) => name)), fc.string()), fc.jsonValue()),
      (json) => {
        const result = claimsFromJson(json as Json);
        if (result.ok) everythingAbout(readClaims(decode(encode(result.value)).root));
        else expect(result.error.length).toBeGreaterThan(0);
      },
    ),
    3000,
  );
});

it('any item goes to JSON and back', () => {
  check(
    fc.property(item, (value) => {
      const { root } = decode(encode(value));
      const json = nodeToJson(root);
      const back = nodeFromJson(JSON.parse(JSON.stringify(json)));
      if (!back.ok) throw new Error(JSON.stringify(back.error));
      expect(nodeToJson(decode(encode(back.value)).root)).toEqual(json);
    }),
    3000,
  );
});

describe('comparing text', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'é'), maxLength: 8 });
  const plain = {
    exact: (a: string, b: string) => a === b,
    prefix: (a: string, b: string) => b.startsWith(a),
    suffix: (a: string, b: string) => b.endsWith(a),
    contains: (a: string, b: string) => b.includes(a),
  } as const;

  it('agrees with the language, and the position is the first that differs', () => {
    check(
      fc.property(fc.constantFrom('exact', 'prefix', 'suffix', 'contains'), text, text, (type, expected, actual) => {
        const { matches, at } = compareText(type, expected, actual);
        expect(matches).toBe(plain[type](expected, actual));
        expect(at === undefined).toBe(matches);
        if (at === undefined) return;
        expect(at).toBeGreaterThan(0);
        if (type === 'exact' || type === 'prefix') {
          expect(actual.slice(0, at - 1)).toBe(expected.slice(0, at - 1));
          expect(actual[at - 1]).not.toBe(expected[at - 1]);
        } else if (type === 'contains') {
          expect(actual).toContain(expected.slice(0, at - 1));
          expect(actual).not.toContain(expected.slice(0, at));
        } else {
          const common = actual.length - at;
          expect(expected.slice(expected.length - common)).toBe(actual.slice(actual.length - common));
        }
      }),
      5000,
    );
  });
});

describe('time', () => {
  const date = fc.oneof(
    fc.integer({ min: -10, max: 4_000_000_000 }),
    fc.double({ min: -10, max: 1e10, noNaN: true }),
    fc.constantFrom(0, 2n ** 60n, -(2n ** 60n)),
  );
  const clock = fc.integer({ min: 0, max: 4_000_000_000 });

  it('only ever turns exp from pass to fail, and nbf from fail to pass', () => {
    check(
      fc.property(date, clock, clock, fc.integer({ min: 0, max: 600 }), (value, first, second, skew) => {
        const [earlier, later] = first < second ? [first, second] : [second, first];
        const judged = (definition: typeof exp, now: number, forgiven = skew) =>
          judge(definition, value, { recipient: { now: seconds(now), skew: seconds(forgiven) } }).verdict;
        if (judged(exp, later) === 'pass') expect(judged(exp, earlier)).toBe('pass');
        if (judged(nbf, earlier) === 'pass') expect(judged(nbf, later)).toBe('pass');
        // forgiving more never refuses more
        if (judged(exp, later, 0) === 'pass') expect(judged(exp, later)).toBe('pass');
        if (judged(nbf, later, 0) === 'pass') expect(judged(nbf, later)).toBe('pass');
      }),
      5000,
    );
  });
});
