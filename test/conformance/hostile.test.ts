import { describe, expect, it } from 'vitest';
import { encodeBase64url } from '../../shared/bytes/base64.ts';
import { array, bytes, int, map, tag, text } from '../../shared/cbor/build.ts';
import { encode } from '../../shared/cbor/encode.ts';
import type { CborValue } from '../../shared/cbor/node.ts';
import { judge } from '../../shared/evaluate/evaluate-claims.ts';
import { inspectText } from '../../shared/inspect/inspect-text.ts';
import { inspectionToJson } from '../../shared/inspect/inspection-json.ts';
import { seconds } from '../../shared/units.ts';
import { VERIFIERS } from '../../shared/verifiers/registry.ts';

const NOW = seconds(1_800_000_000);
const LIMIT_MILLIS = 100;

const mac0 = (claims: Uint8Array): Uint8Array =>
  encode(tag(17, array(bytes(Uint8Array.of(0xa1, 1, 5)), map(), bytes(claims), bytes(new Uint8Array(32)))));
const withClaims = (...entries: readonly (readonly [CborValue, CborValue])[]): Uint8Array =>
  mac0(encode(map(...entries)));
const nest = (depth: number): CborValue =>
  depth === 0 ? map([int(4), int(1)]) : map([int(324), array(nest(depth - 1))]);

/** What a whole inspection, every verifier's judgement included, may be fed. */
const HOSTILE: readonly (readonly [title: string, token: () => Uint8Array])[] = [
  [
    'a pattern that backtracks for ever',
    () => withClaims([int(312), map([int(3), map([int(4), array(text('^(a+)+$'))])])]),
  ],
  [
    'many patterns',
    () =>
      withClaims([
        int(312),
        map(
          ...Array.from(
            { length: 9 },
            (_, i) => [int(i), map([int(4), array(text(`(x{1,200}){1,${i + 2}}y`))])] as const,
          ),
        ),
      ]),
  ],
  ['composites at 64 levels', () => withClaims([int(324), array(nest(30))])],
  ['64 KiB of tags', () => mac0(new Uint8Array(60_000).fill(0xc1))],
  [
    'a map of 10,000 entries',
    () => withClaims(...Array.from({ length: 9_000 }, (_, i) => [int(70_000 + i), int(0)] as const)),
  ],
  ['one key 9,000 times', () => withClaims(...Array.from({ length: 9_000 }, () => [int(4), int(0)] as const))],
  ['a text of 60 KB', () => withClaims([int(1), text('\u202e<script>'.repeat(6_000))])],
  ['9,000 networks', () => withClaims([int(311), array(...Array.from({ length: 9_000 }, (_, i) => int(i)))])],
];

const request = {
  url: `https://a.example/${'a'.repeat(30_000)}`,
  method: 'GET',
  ip: '10.0.0.1',
  headers: [],
  asn: 70_000,
};

describe('hostile tokens are answered in full and in time', () => {
  it.each(HOSTILE)('%s', (_title, make) => {
    const token = encodeBase64url(make());
    // compilation and a busy machine may cost a run, but not all of them
    const inspect = () => inspectText(token, { now: NOW });
    const { inspections } = inspect();
    expect(inspections).toHaveLength(1);
    expect(inspections[0]?.findings.length).toBeGreaterThan(0);
    expect(bestMillis(inspect)).toBeLessThan(LIMIT_MILLIS);
    const claims = inspections[0]?.claims;
    if (claims === undefined) return;
    for (const verifier of VERIFIERS) {
      const judgeOnce = () => judge(claims, request, { now: NOW, skew: seconds(0) }, verifier);
      expect(judgeOnce().claims.length).toBeGreaterThan(0);
      expect(bestMillis(judgeOnce), verifier.id).toBeLessThan(2 * LIMIT_MILLIS);
    }
    expect(JSON.stringify(inspections.map(inspectionToJson)).length).toBeGreaterThan(0);
  });
});

/** Processor time of the quickest of three calls. */
function bestMillis(work: () => unknown): number {
  const runs = [0, 1, 2].map(() => {
    const started = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(started);
    return (user + system) / 1000;
  });
  return Math.min(...runs);
}
