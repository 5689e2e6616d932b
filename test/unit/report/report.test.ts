import { describe, expect, it } from 'vitest';
import { encodeHex } from '../../../shared/bytes/hex.ts';
import { findTokens } from '../../../shared/carrier/find-tokens.ts';
import { formatEdn } from '../../../shared/cbor/edn.ts';
import { judgeClaims } from '../../../shared/evaluate/judge-claims.ts';
import type { RequestFacts } from '../../../shared/evaluate/request.ts';
import { rich, time, value } from '../../../shared/explain/rich-text.ts';
import { inspectToken } from '../../../shared/inspect/inspect-token.ts';
import { DEFAULT_MASKS, type Masks } from '../../../shared/report/redact.ts';
import { createReport, type ReportFacts } from '../../../shared/report/report.ts';
import { type ReportFormat, writeReport } from '../../../shared/report/write-report.ts';
import { seconds } from '../../../shared/units.ts';
import { cta5007 } from '../../../shared/verifiers/cta-5007.ts';
import { VECTORS, vectorSecret } from '../../vectors/load-vectors.ts';

const NOW = seconds(1_795_500_000);
const FORMATS: readonly ReportFormat[] = ['markdown', 'html', 'json'];
const OPEN: Masks = { viewers: false, content: false, addresses: false, hosts: false };

function factsOf(text: string, request: RequestFacts): ReportFacts {
  const [found] = findTokens(text).tokens;
  if (found === undefined) throw new Error('no token');
  const { envelope, claims, findings, sentence } = inspectToken(found, { now: NOW });
  const verdicts = claims === undefined ? [] : judgeClaims(claims, request, { now: NOW, skew: seconds(0) }, cta5007);
  const proof = envelope.proof?.node;
  return {
    judgedAt: NOW,
    verifier: 'CTA-5007-B',
    sentence,
    answers: [{ question: 'Integrity', word: 'Not checked', detail: `no key ${envelope.kid?.text ?? ''}` }],
    token: {
      text: found.text,
      proofAt: proof === undefined || found.kind !== 'cat' ? undefined : Math.floor((proof.start * 4) / 3),
      envelope: envelope.kind,
      bytes: envelope.bytes.length,
      alg: envelope.alg?.name,
      kid: envelope.kid === undefined ? undefined : (envelope.kid.text ?? encodeHex(envelope.kid.bytes)),
      where: found.source.where,
      repairs: [],
    },
    request,
    claims: (claims?.entries ?? []).map((entry, index) => ({
      name: entry.name,
      label: String(entry.label),
      depth: 0,
      of: entry.name,
      verdict: verdicts[index]?.verdict ?? 'unknown',
      means: verdicts[index]?.reason ?? [],
      raw: formatEdn(entry.node).text,
    })),
    findings,
    fix: rich`Let the path contain ${value('7c9e2b41-5f0d-4a83-9b1e-2f6c8d03a517')}.`,
  };
}

const write = (facts: ReportFacts, masks: Masks, format: ReportFormat) =>
  writeReport(createReport(facts, masks), format);

describe.each(VECTORS.filter(({ form }) => form !== 'payload-only'))('of $id', (vector) => {
  const { token } = vector;
  const [found] = findTokens(token).tokens;
  const request: RequestFacts = {
    method: 'GET',
    url: `https://user:pass@cdn.example.com/pt:${encodeURIComponent(token)}/a.m3u8?CAT=${token}&Signature=abc&b=1`,
    headers: [
      { name: 'CTA-Common-Access-Token', value: token },
      { name: 'Cookie', value: `session=s3cr3t-cookie; CTA-Common-Access-Token=${token}` },
      { name: 'Authorization', value: 'Basic dXNlcjpwYXNzd29yZA==' },
      { name: 'X-Api-Key', value: 'k3y-of-the-api' },
    ],
    ip: '203.0.113.44',
  };
  const facts = factsOf(token, request);
  const proof =
    found === undefined || found.kind !== 'cat' ? undefined : inspectToken(found, { now: NOW }).envelope.proof;

  it.each(FORMATS)('holds no whole token, no MAC, no secret and no other credential (%s)', (format) => {
    for (const masks of [DEFAULT_MASKS, OPEN]) {
      const text = write(facts, masks, format);
      expect(text).not.toContain(token);
      expect(text).not.toContain(facts.token.text);
      expect(text).not.toContain(encodeURIComponent(token));
      if (proof !== undefined && proof.bytes.length >= 8) {
        expect(text).not.toContain(encodeHex(proof.bytes));
        expect(text).not.toContain(Buffer.from(proof.bytes).toString('base64url').slice(2, -2));
        expect(text).not.toContain(facts.token.text.slice(-10));
      }
      const secret = vectorSecret(vector);
      if (secret !== undefined) expect(text).not.toContain(encodeHex(secret));
      for (const credential of ['s3cr3t', 'dXNlcjpw', 'k3y-of', 'user:pass', 'Signature=abc'])
        expect(text).not.toContain(credential);
    }
  });

  it('masks who watches and from where', () => {
    const text = FORMATS.map((format) => write(facts, DEFAULT_MASKS, format)).join('\n');
    expect(text).not.toContain('203.0.113.44');
    const { sub, cti } = (vector.expectedClaims ?? {}) as { sub?: unknown; cti?: unknown };
    if (typeof sub === 'string' && sub.length > 6) expect(text).not.toContain(sub);
    if (typeof cti === 'string' && cti.length > 8) expect(text).not.toContain(cti);
  });
});

describe('a report', () => {
  const JONAS = VECTORS.find(({ id }) => id === 'nodecat-akamai-iss-jonas')?.token ?? '';
  const id = '7c9e2b41-5f0d-4a83-9b1e-2f6c8d03a517';
  const facts: ReportFacts = {
    ...factsOf(JONAS, { url: `https://cdn.example.com/hls-hq/${id}/a.ts`, method: 'GET' }),
    sentence: rich`It covers ${value(`/hls/${id}/`)} and the request asks for ${value(`/hls-hq/${id}/`)}.`,
  };

  it('calls equal ids by equal names, so that what differs is still seen', () => {
    const { sentence, fix, request } = createReport(facts, DEFAULT_MASKS);
    const name = /‹id \d+›/.exec(sentence)?.[0] ?? 'none';
    expect(sentence).toBe(`It covers “/hls/${name}/” and the request asks for “/hls-hq/${name}/”.`);
    expect(fix).toContain(name);
    expect(request).toContainEqual(['URL', `https://cdn.example.com/hls-hq/${name}/a.ts`]);
  });

  it('shows ids when that was chosen, and the token up to its MAC', () => {
    const report = createReport(facts, OPEN);
    expect(report.sentence).toContain(id);
    expect(report.token[0]?.[1].length).toBeGreaterThan(40);
    expect(report.redaction).toContain('Ids are shown');
  });

  it('keeps times of day, which look like addresses', () => {
    const { sentence } = createReport(
      { ...facts, sentence: rich`It expired at ${time(NOW)}, asked for by ${value('2001:db8::7')}.` },
      DEFAULT_MASKS,
    );
    expect(sentence).toBe('It expired at 2026-11-24 06:00:00 UTC, asked for by “‹address 1›”.');
  });

  it('masks hosts when that was chosen', () => {
    const { request } = createReport(facts, { ...DEFAULT_MASKS, hosts: true });
    expect(request).toContainEqual(['URL', expect.stringMatching(/^https:\/\/‹host 1›\/hls-hq\/‹id \d+›\/a\.ts$/)]);
  });

  it('says what is masked, whose rules it was judged by, and when', () => {
    const text = write(facts, DEFAULT_MASKS, 'markdown');
    expect(text).toContain('Judged as CTA-5007-B, as of 2026-11-24');
    expect(text).toContain('The MAC or signature is cut');
    expect(text).toContain('| Verdict | Claim | Means | Token asks for | Request has |');
  });

  it('makes no markup, no link and no reordering out of what a token says', () => {
    const hostile: ReportFacts = {
      ...facts,
      sentence: rich`${value('<img src=x onerror=alert(1)> [a](javascript:alert(1)) \u202eevil https://evil.example |')}`,
    };
    const markdown = write(hostile, OPEN, 'markdown');
    expect(markdown).toContain('\\<img');
    expect(markdown).toContain('\\[a\\](');
    expect(markdown).not.toContain('https://evil');
    expect(markdown).not.toContain('\u202e');
    const html = write(hostile, OPEN, 'html');
    expect(html).not.toContain('<img');
    expect(html).toContain('&lt;img');
    expect(html).not.toContain('\u202e');
    expect(() => JSON.parse(write(hostile, OPEN, 'json'))).not.toThrow();
  });
});
