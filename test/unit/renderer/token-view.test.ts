import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTokenView } from '../../../renderer/workers/token-view/read-token-view.ts';
import type { TokenView } from '../../../renderer/workers/token-view/token-view.ts';
import { findTokens } from '../../../shared/carrier/find-tokens.ts';
import { encode } from '../../../shared/cbor/encode.ts';
import { parseEdn } from '../../../shared/cbor/parse-edn.ts';
import { inspectToken } from '../../../shared/inspect/inspect-token.ts';
import { seconds } from '../../../shared/units.ts';
import { loadVectors } from './vectors.ts';

const NOW = { now: seconds(1_795_500_000) };

function viewsOf(text: string): readonly TokenView[] {
  return findTokens(text)
    .tokens.filter((token) => token.kind !== 'not-a-cat')
    .map((token) => readTokenView(inspectToken(token, NOW)));
}

/** Each byte is in one line, ids are unique, and each row, run and line of code links to an item that is there. */
function expectWhole(view: TokenView): void {
  let at = 0;
  for (const item of view.items) {
    expect(item.start).toBe(at);
    expect(item.end).toBeGreaterThan(item.start);
    expect(item.wholeEnd).toBeLessThanOrEqual(view.envelope.size);
    at = item.end;
  }
  expect(at).toBe(view.envelope.size);
  const ids = new Set(view.items.map((item) => item.id));
  for (const run of view.runs) expect(ids).toContain(run.id);
  for (const line of view.edn) if (line.id !== undefined) expect(ids).toContain(line.id);
  const rows = view.claims.map((row) => row.id);
  expect(new Set(rows).size).toBe(rows.length);
  // what a thread sends to another must be data alone
  expect(() => structuredClone(view)).not.toThrow();
}

const VECTORS = loadVectors();

describe.each(VECTORS.filter((vector) => vector.form === 'cose'))('$id', ({ token }) => {
  const views = viewsOf(token);

  it('is one whole token', () => {
    expect(views).toHaveLength(1);
    for (const view of views) expectWhole(view);
  });

  it('has a place in the bytes for every claim', () => {
    for (const view of views) {
      const ids = new Set(view.items.map((item) => item.id));
      for (const row of view.claims) if (row.depth === 0) expect(ids).toContain(row.id);
    }
  });

  it('colours every character of the token', () => {
    for (const { runs, token: found } of views) {
      expect(runs[0]?.start).toBe(found.positions[0]);
      for (const [index, run] of runs.entries()) expect(run.start).toBe(index === 0 ? run.start : runs[index - 1]?.end);
    }
  });

  it('shows notation that makes the same bytes again', () => {
    for (const { edn, envelope, token: found } of views) {
      if (envelope.damagedAt !== undefined) continue;
      const text = edn
        .map((line) => `${line.text}${line.comment === undefined ? '' : ` / ${line.comment} /`}`)
        .join('\n');
      const parsed = parseEdn(text);
      expect(parsed.ok && encode(parsed.value, { form: 'authored' })).toEqual(found.bytes);
    }
  });
});

describe('any bytes', () => {
  const real = VECTORS.filter((vector) => vector.form === 'cose').flatMap(({ token }) => viewsOf(token));

  it('gives a whole view of every mutated token', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: real.length - 1 }),
        fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { minLength: 1, maxLength: 6 }),
        fc.option(fc.nat()),
        (index, changes, cut) => {
          const bytes = Uint8Array.from(real[index]?.token.bytes ?? []);
          for (const [at, value] of changes) bytes[at % bytes.length] = value;
          const kept = cut === null ? bytes : bytes.subarray(0, 1 + (cut % bytes.length));
          const token = { ...(real[index]?.token ?? fail()), bytes: kept, kind: 'cat' as const };
          expectWhole(readTokenView(inspectToken(token, NOW)));
        },
      ),
      { numRuns: 500, seed: 7 },
    );
  });
});

const fail = (): never => {
  throw new Error('no token');
};
