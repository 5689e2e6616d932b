import { describe, expect, it } from 'vitest';
import { encodeHex } from '../../../shared/bytes/hex.ts';
import { encode } from '../../../shared/cbor/encode.ts';
import { claimFromJson } from '../../../shared/claims/claims-json.ts';
import { CLAIMS, claimByLabel, claimByName } from '../../../shared/claims/registry.ts';
import { toPlainText } from '../../../shared/explain/rich-text.ts';
import { UTC_STYLE } from '../../../shared/explain/time-style.ts';
import { fitsForm } from './field-shape.ts';
import { judge, judgeCase, readValue } from './harness.ts';

describe('the registry', () => {
  it('has every label and every name once', () => {
    expect(new Set(CLAIMS.map(({ label }) => label)).size).toBe(CLAIMS.length);
    expect(new Set(CLAIMS.map(({ name }) => name)).size).toBe(CLAIMS.length);
  });

  it('finds claims by label and by name, and nothing by the names every object has', () => {
    for (const claim of CLAIMS) {
      expect(claimByLabel(claim.label)).toBe(claim);
      expect(claimByName(claim.name)).toBe(claim);
    }
    for (const name of ['constructor', '__proto__', 'toString', '']) expect(claimByName(name)).toBeUndefined();
  });
});

describe.each(CLAIMS.map((claim) => ({ name: claim.name, claim })))('$name', ({ claim }) => {
  const hex = (value: unknown) => encodeHex(encode(claim.write(value)));

  it('has words for everything a person sees', () => {
    expect(claim.title).toMatch(/^[A-Z]/);
    expect(claim.summary).toMatch(/^[A-Z0-9].*\.$/);
    expect(claim.source).not.toBe('');
  });

  it.each(claim.examples)('reads and writes the same bytes: $title', ({ value, cbor }) => {
    const entry = readValue(claim, cbor);
    expect(entry.issues.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(entry.definition).toBe(claim);
    expect(hex(entry.value)).toBe(cbor);
    expect(hex(value)).toBe(cbor);
  });

  it.each(claim.examples)('goes to claims JSON and back: $title', ({ value, cbor, json }) => {
    expect(claim.toJson(readValue(claim, cbor).value)).toEqual(json);
    expect(claim.toJson(value)).toEqual(json);
    const back = claimFromJson(claim, JSON.parse(JSON.stringify(json)));
    if (!back.ok) throw new Error(JSON.stringify(back.error));
    expect(hex(back.value)).toBe(cbor);
  });

  it.each(claim.examples)('has a form that can make it, or says that it has not: $title', ({ json, beyondForm }) => {
    expect(fitsForm(claim.form, json)).toBe(beyondForm !== true);
  });

  it.each(claim.examples)('is explained as a clause: $title', ({ value }) => {
    const text = toPlainText(claim.explain(value), UTC_STYLE);
    expect(text).not.toBe('');
    expect(text).not.toMatch(/undefined|NaN|\[object|\.$/);
  });

  it.each(claim.refused)('refuses: $title', ({ cbor, code }) => {
    const entry = readValue(claim, cbor);
    expect(entry.issues.filter(({ severity }) => severity === 'error').map((issue) => issue.code)).toContain(code);
    expect(entry.illFormed).toBe(true);
    for (const issue of entry.issues) {
      expect(issue.claim).toBe(claim.name);
      expect(issue.node.start).toBeGreaterThanOrEqual(entry.node.start);
      expect(issue.node.end).toBeLessThanOrEqual(entry.node.end);
    }
  });

  it.each(claim.cases)('judges: $title', (one) => {
    const verdict = judgeCase(claim, one);
    expect(verdict).toMatchObject({ name: claim.name, label: claim.label, verdict: one.verdict });
    if (one.code !== undefined) expect(verdict.code).toBe(one.code);
    expect(verdict.path[0]).toBe(claim.name);
    expect(toPlainText(verdict.reason, UTC_STYLE)).toMatch(/^\S.*[^.]$/);
    if (verdict.verdict === 'unknown') expect(verdict.unknown).toBeDefined();
  });

  it('has what it must have', () => {
    expect(claim.examples.some(({ beyondForm }) => beyondForm !== true)).toBe(true);
    expect(claim.refused.length).toBeGreaterThan(0);
    const verdicts = new Set(claim.cases.map(({ verdict }) => verdict));
    if (claim.group === 'information') {
      expect(verdicts).not.toContain('pass');
      for (const { value } of claim.examples) expect(judge(claim, value).verdict).toBe('ignored');
      return;
    }
    // what nobody can judge says so in every case
    if (claim.cases.length > 0 && claim.cases.every(({ code }) => code === 'CANNOT_JUDGE')) return;
    expect(verdicts).toContain('pass');
    expect(verdicts).toContain('fail');
    // what a bare request leaves open must be among the cases
    if (claim.examples.some(({ value }) => judge(claim, value).verdict === 'unknown')) {
      expect(verdicts).toContain('unknown');
    }
  });
});
