import { describe, expect, it } from 'vitest';
import { CHECKS, quietChecks } from '../../../shared/findings/checks.ts';
import type { Finding } from '../../../shared/findings/finding.ts';
import { inspectText } from '../../../shared/inspect/inspect-text.ts';
import { seconds } from '../../../shared/units.ts';
import { VECTORS } from '../../vectors/load-vectors.ts';

const NOW = seconds(1_795_525_652);
const inspect = (input: string): readonly Finding[] =>
  inspectText(input, { now: NOW }).inspections.flatMap(({ findings }) => findings);
const vector = (id: string): readonly Finding[] =>
  inspect(VECTORS.find((candidate) => candidate.id === id)?.token ?? '');
const codesOf = (findings: readonly Finding[]): string[] => findings.map(({ code }) => code);

describe('the findings of real tokens', () => {
  it.each<[string, string[]]>([
    [
      'nodecat-textkid-tag259',
      ['text-label-4', 'tag-259', 'non-shortest', 'standard-base64', 'no-exp', 'extension-dot'],
    ],
    ['catvalidate-eyevinn', ['payload-hex-text', 'no-cwt-tag']],
    ['nodecat-andersnas-legacy-catr-278', ['legacy-label']],
    ['fastly-cdnname-catu', ['never-matches', 'no-catv']],
    ['fastly-primevideo-catr-header', ['key-order', 'cti-ascii']],
    ['chrjoh-catr-null', ['catr-null']],
    ['zig-readme', ['cti-ascii']],
    ['v005', ['unexpected-tag']],
    [
      'c4m-dot-token_hmac_full',
      ['c4m-dot', 'catu-usage-counter', 'catv-not-1', 'network-text', 'identifying-subject', 'narrow-network'],
    ],
    ['cattoken-composite_or_simple', ['quicr-composites']],
    ['eyevinn-gen-nan-keys', ['lost-claim']],
    ['c4m-dot-invalid_not_yet_valid', ['c4m-dot']],
  ])('%s', (id, codes) => {
    expect(codesOf(vector(id))).toEqual(expect.arrayContaining(codes));
  });

  it('are all of checks that the screen can name', () => {
    const known = new Set(CHECKS.flatMap(({ codes }) => codes));
    for (const { id, token } of VECTORS)
      for (const { code } of inspect(token)) expect(known, `${id}: ${code}`).toContain(code);
  });

  it('stand worst first, then by place', () => {
    const rank = { error: 0, warning: 1, info: 2 };
    for (const { token } of VECTORS) {
      const order = inspect(token).map(({ severity, range }) => [rank[severity], range?.start ?? 0] as const);
      for (const [index, [weight, start]] of order.entries()) {
        const [before, beforeStart] = order[index - 1] ?? [0, 0];
        expect(weight > before || (weight === before && start >= beforeStart)).toBe(true);
      }
    }
  });

  it('say one thing once', () => {
    for (const { id, token } of VECTORS) {
      const said = inspect(token).map(({ code, range, message }) => `${code} ${range?.start}-${range?.end} ${message}`);
      expect(new Set(said).size, id).toBe(said.length);
    }
    // that catr is null is said with who writes it, not also as a bare type error
    expect(codesOf(vector('chrjoh-catr-null'))).not.toContain('claim-type');
  });

  it('count what stands in many places', () => {
    const finding = vector('fastly-primevideo-catr-header').find(({ code }) => code === 'key-order');
    expect(finding?.message).toContain('in 2 places');
  });

  it('are folded when there are more than anybody reads', () => {
    // 17([h'a10105', {}, claims with one key 300 times, h''])
    const claims = `b9012c${'0400'.repeat(300)}`;
    const found = inspect(`d18443a10105a0590${(claims.length / 2).toString(16).padStart(3, '0')}${claims}40`);
    const repeated = found.filter(({ code }) => code === 'duplicate-key');
    expect(repeated).toHaveLength(50);
    expect(repeated.at(-1)?.message).toContain('249 more like it');
    expect(found.length).toBeLessThan(200);
  });

  it('tell trailing bytes and duplicate keys', () => {
    const clean = Buffer.from(VECTORS.find(({ id }) => id === 'nodecat-akamai-iss-jonas')?.token ?? '', 'base64url');
    expect(codesOf(inspect(Buffer.concat([clean, Buffer.from([0])]).toString('base64url')))).toContain(
      'trailing-bytes',
    );
    // 17([h'a10105', {}, h'a2 01 6178 01 6179', h''])
    const doubled = inspect('d18443a10105a047a2016178016179' + '40');
    expect(doubled.find(({ code }) => code === 'duplicate-key')?.range).toEqual({ start: 12, end: 13 });
  });
});

describe('the list of checks', () => {
  it('has every code once', () => {
    const codes = CHECKS.flatMap((check) => check.codes);
    expect(new Set(codes).size).toBe(codes.length);
    for (const code of codes) expect(code).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
  });

  it('says what was looked for and not found', () => {
    const findings = vector('catvalidate-eyevinn');
    const quiet = quietChecks(findings).map(({ title }) => title);
    expect(quiet).toContain('Duplicate keys');
    expect(quiet).not.toContain('Hex-text payload');
    expect(quiet.length).toBeLessThan(CHECKS.length);
  });
});
