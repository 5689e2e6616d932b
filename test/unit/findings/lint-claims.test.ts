import { describe, expect, it } from 'vitest';
import { decode } from '../../../shared/cbor/decode.ts';
import { encode } from '../../../shared/cbor/encode.ts';
import { parseEdn } from '../../../shared/cbor/parse-edn.ts';
import { readClaims } from '../../../shared/claims/read-claims.ts';
import type { Finding } from '../../../shared/findings/finding.ts';
import { CLAIMS_CHECKS, lintClaims } from '../../../shared/findings/lint-claims.ts';
import { seconds } from '../../../shared/units.ts';

const NOW = seconds(1_795_525_652);
/** Claims that nothing is said about: short-lived, one path by its id, nobody named. */
const CLEAN = '1: "nordlys-media", 4: 1795532852, 5: 1795525652, 6: 1795525652, 310: 1, 312: {3: {3: "7c9e2b41"}}';

function claimsOf(edn: string) {
  const parsed = parseEdn(edn);
  if (!parsed.ok) throw new Error(`${parsed.error.message}: ${edn}`);
  return readClaims(decode(encode(parsed.value, { form: 'authored' })).root);
}
const lint = (edn: string, encrypted = false): readonly Finding[] => lintClaims(claimsOf(edn), { now: NOW, encrypted });
const codes = (edn: string, encrypted = false): string[] => lint(edn, encrypted).map(({ code }) => code);

/** Claims that show what a check looks for, beside those that show nothing. Without the base set where it says so. */
const SHOWN: readonly (readonly [code: string, claims: string, alone?: 'alone'])[] = [
  ['exp-in-milliseconds', '{1: "x", 4: 1795532852000, 310: 1, 312: {3: {3: "7c9e2b41"}}}', 'alone'],
  ['nbf-in-milliseconds', '{1: "x", 4: 1795532852, 5: 1795525652000, 310: 1, 312: {3: {3: "7c9e2b41"}}}', 'alone'],
  ['iat-in-milliseconds', '{1: "x", 4: 1795532852, 6: 1795525652000, 310: 1, 312: {3: {3: "7c9e2b41"}}}', 'alone'],
  ['no-exp', '{1: "x", 310: 1, 312: {3: {3: "7c9e2b41"}}}', 'alone'],
  ['exp-before-nbf', '{1: "x", 4: 1795525652, 5: 1795525652, 310: 1, 312: {3: {3: "7c9e2b41"}}}', 'alone'],
  ['long-life', '{1: "x", 4: 1798117652, 310: 1, 312: {3: {3: "7c9e2b41"}}}', 'alone'],
  ['long-life', '{1: "x", 4: 1795532852, 6: 1790000000, 310: 1, 312: {3: {3: "7c9e2b41"}}}', 'alone'],
  ['exp-zero-or-negative', '{1: "x", 4: 0, 310: 1, 312: {3: {3: "7c9e2b41"}}}', 'alone'],
  ['exp-zero-or-negative', '{1: "x", 4: -1, 310: 1, 312: {3: {3: "7c9e2b41"}}}', 'alone'],
  ['float-time', '{1: "x", 4: 1795532852.5, 310: 1, 312: {3: {3: "7c9e2b41"}}}', 'alone'],
  ['iat-in-future', '{1: "x", 4: 1795532852, 6: 1795530000, 310: 1, 312: {3: {3: "7c9e2b41"}}}', 'alone'],
  ['no-iss', '{4: 1795532852, 310: 1, 312: {3: {3: "7c9e2b41"}}}', 'alone'],
  ['no-catv', '{1: "x", 4: 1795532852, 312: {3: {3: "7c9e2b41"}}}', 'alone'],
  ['catv-not-1', '{1: "x", 4: 1795532852, 310: 2, 312: {3: {3: "7c9e2b41"}}}', 'alone'],
  ['catv-not-1', '{1: "x", 4: 1795532852, 310: "CAT-v1", 312: {3: {3: "7c9e2b41"}}}', 'alone'],
  ['no-catu', '{1: "x", 4: 1795532852, 310: 1}', 'alone'],
  ['replay-without-cti', '308: 1'],
  ['replay-without-cti', '308: 2'],
  ['cti-ascii', `7: h'${Buffer.from('2ed89fdb-6f75-4b60-9f7a-17d567824389').toString('hex')}'`],
  ['cti-ascii', `7: h'${Buffer.from('2ed89fdb6f754b609f7a17d567824389').toString('hex')}'`],
  ['cti-text', '7: "2ed89fdb"'],
  ['catpor-percent', '309: 5'],
  ['catalpn-text', '314: ["h2"]'],
  ['catm-case', '313: ["GET", "head"]'],
  ['country-case', '316: ["se"]'],
  ['network-text', '311: ["10.0.0.0/8"]'],
  ['network-elided', "311: [52([8, h'0a'])]"],
  ['catr-null', '323: null'],
  ['catr-no-expadd', '323: {0: 1}'],
  ['catr-deadline', '323: {0: 1, 1: 300, 2: 30}'],
  ['unknown-claim', '999: 1'],
  ['unknown-claim', '"x-private": 1'],
  ['several-matches', '{1: "x", 4: 1795532852, 310: 1, 312: {3: {1: "/video/7c9e2b41/", 2: ".ts"}}}', 'alone'],
  ['several-matches', '315: {"X-A": {1: "a", 2: "b"}}'],
  ['wide-path', '{1: "x", 4: 1795532852, 310: 1, 312: {3: {1: "/"}}}', 'alone'],
  ['wide-path', '{1: "x", 4: 1795532852, 310: 1, 312: {3: {1: "/v"}}}', 'alone'],
  ['wide-path', '{1: "x", 4: 1795532852, 310: 1, 312: {3: {3: ""}}}', 'alone'],
  ['wide-path', '{1: "x", 4: 1795532852, 310: 1, 312: {5: {1: "/v1/"}}}', 'alone'],
  ['open-prefix', '{1: "x", 4: 1795532852, 310: 1, 312: {3: {1: "/hls/7c9e2b41"}}}', 'alone'],
  ['extension-dot', '{1: "x", 4: 1795532852, 310: 1, 312: {3: {3: "7c9e2b41"}, 8: {0: ".m3u8"}}}', 'alone'],
  ['extension-dot', '{1: "x", 4: 1795532852, 310: 1, 312: {3: {3: "7c9e2b41"}, 8: {0: "m3u8"}}}', 'alone'],
  ['never-matches', '{1: "x", 4: 1795532852, 310: 1, 312: {1: {0: "CDN.example.com"}}}', 'alone'],
  ['never-matches', '{1: "x", 4: 1795532852, 310: 1, 312: {1: {0: "cdn.example.com:8080"}}}', 'alone'],
  ['never-matches', '{1: "x", 4: 1795532852, 310: 1, 312: {0: {0: "https://"}}}', 'alone'],
  ['never-matches', '{1: "x", 4: 1795532852, 310: 1, 312: {6: {1: "/seg_"}}}', 'alone'],
  ['never-matches', '{1: "x", 4: 1795532852, 310: 1, 312: {3: {1: "hls/7c9e2b41/"}}}', 'alone'],
  ['never-matches', '{1: "x", 4: 1795532852, 310: 1, 312: {2: {0: "https"}}}', 'alone'],
  ['parent-path-slash', '{1: "x", 4: 1795532852, 310: 1, 312: {5: {2: "/hls/7c9e2b41/"}}}', 'alone'],
  ['anchored-path', '{1: "x", 4: 1795532852, 310: 1, 312: {3: {1: "/hls/7c9e2b41/"}}}', 'alone'],
  ['anchored-path', '{1: "x", 4: 1795532852, 310: 1, 312: {3: {0: "/hls/7c9e2b41/a.m3u8"}}}', 'alone'],
  ['regex-groups', '{1: "x", 4: 1795532852, 310: 1, 312: {3: {4: ["^/hls/(.*)$", "a"]}}}', 'alone'],
  ['regex-bare', '{1: "x", 4: 1795532852, 310: 1, 312: {3: {4: "^/hls/"}}}', 'alone'],
  ['digest-text', `{1: "x", 4: 1795532852, 310: 1, 312: {3: {-1: "${'ab'.repeat(32)}"}}}`, 'alone'],
  ['identifying-subject', '2: "user:alice@example.com"'],
  ['identifying-subject', '2: "+46 70 123 45 67"'],
  ['identifying-subject', `7: h'${Buffer.from('alice@example.com').toString('hex')}'`],
  ['narrow-network', "311: [52([24, h'cb0071']), 52(h'cb007132')]"],
  ['narrow-network', "311: [54([64, h'20010db8'])]"],
  ['precise-geohash', '282: ["u6sc", "u6sce"]'],
  ['coordinates-in-clear', '317: [[59.3, 18.0, 100]]'],
  ['legacy-label', '{1: "x", 4: 1795532852, 270: {3: {1: "/path/to/content/"}}}', 'alone'],
  ['array-matches', '{1: "x", 4: 1795532852, 310: 1, 312: {3: [3, "7c9e2b41"]}}', 'alone'],
  ['draft-2023-catu', '{1: "x", 4: 1795532852, 270: {3: {0: 3, 2: "^/.*", 4: "my_stream_title"}}}', 'alone'],
  ['catu-usage-counter', '{1: "x", 4: 1795532852, 310: 1, 312: 5}', 'alone'],
  ['akamai-composites', '41: [{4: 1795532852}]'],
  ['quicr-composites', '324: [{4: 1795532852}]'],
  ['cattprint-324', '324: {0: 0, 1: "ab"}'],
  ['aws-labels', '{1: "x", 4: 1795532852, 401: {2: {1: "/hls/7c9e2b41/"}}}', 'alone'],
  ['akamai-catr-labels', '323: {0: 1, 1: 300, 6: ["Secure"], 8: 302}'],
  ['lost-claim', 'NaN: 1'],
  ['text-key', '"catm": ["GET"]'],
  ['c4m-claim', '317: {"lat": 59.3, "lon": 18.0, "accuracy": 100.0}'],
];

describe('what claims are looked at for', () => {
  it('finds nothing in clean claims', () => {
    expect(codes(`{${CLEAN}}`)).toEqual([]);
  });

  it.each(SHOWN.map(([code, claims, alone]) => [code, alone ? claims : `{${CLEAN}, ${claims}}`] as const))(
    '%s in %s',
    (code, claims) => {
      const found = lint(claims).filter((finding) => finding.code === code);
      expect(found).not.toEqual([]);
      for (const { message, range, claim, mend } of found) {
        expect(message).toMatch(/^[\w“−].*[.]$/s);
        expect(mend ?? 'Do.').toMatch(/^[A-Z].*\.$/s);
        expect(claim).toBeDefined();
        expect(range).toBeDefined();
      }
    },
  );

  it('tries every check', () => {
    const tried = new Set(SHOWN.map(([code]) => code));
    expect(CLAIMS_CHECKS.map(({ code }) => code).filter((code) => !tried.has(code))).toEqual([]);
  });

  it('gives each check one code and one title', () => {
    expect(new Set(CLAIMS_CHECKS.map(({ code }) => code)).size).toBe(CLAIMS_CHECKS.length);
    expect(new Set(CLAIMS_CHECKS.map(({ title }) => title)).size).toBe(CLAIMS_CHECKS.length);
  });
});

describe('places', () => {
  const rangeOf = (edn: string, code: string): [number, number] | undefined => {
    const range = lint(edn).find((finding) => finding.code === code)?.range;
    return range && [range.start, range.end];
  };

  it('are those of the match inside the claim', () => {
    // a2 04 1a6b0561f4 190138 a1 03 a1 01 61 2f
    expect(rangeOf('{4: 1795532852, 312: {3: {1: "/"}}}', 'wide-path')).toEqual([14, 16]);
  });

  it('are those of the item inside a list', () => {
    expect(rangeOf('{313: ["GET", "head"]}', 'catm-case')).toEqual([9, 14]);
    expect(rangeOf("{311: [52([24, h'cb0071']), 52(h'cb007132')]}", 'narrow-network')).toEqual([14, 21]);
  });

  it('are those of the key where the label is odd', () => {
    expect(rangeOf('{1: "x", 270: {3: {1: "/p/"}}}', 'legacy-label')).toEqual([4, 7]);
    expect(rangeOf('{999: 1}', 'unknown-claim')).toEqual([1, 4]);
  });
});

describe('what is meant well is left alone', () => {
  it('an expiry inside composites', () => {
    const base = '1: "x", 310: 1, 312: {3: {3: "7c9e2b41"}}';
    expect(codes(`{${base}, 324: [{4: 1795532852}, {4: 1795532852, 313: ["GET"]}]}`)).not.toContain('no-exp');
    expect(codes(`{${base}, 324: [{4: 1795532852}, {313: ["GET"]}]}`)).toContain('no-exp');
    expect(codes(`{${base}, 326: [{4: 1795532852}, {313: ["GET"]}]}`)).not.toContain('no-exp');
  });

  it('what only recipients can read', () => {
    const claims = `{${CLEAN}, 2: "alice@example.com", 311: [52(h'cb007132')], 282: "u6sce", 317: [[59.3, 18.0, 100]]}`;
    expect(codes(claims)).toEqual(
      expect.arrayContaining(['identifying-subject', 'narrow-network', 'precise-geohash', 'coordinates-in-clear']),
    );
    expect(codes(claims, true)).toEqual([]);
  });

  it('opaque subjects and networks as wide as the standard allows', () => {
    expect(codes(`{${CLEAN}, 2: "4be1a7c0-92d4-4f3e-8a55-0c6d1e7f92ab"}`)).toEqual([]);
    expect(codes(`{${CLEAN}, 2: "user 4711"}`)).toEqual([]);
    expect(codes(`{${CLEAN}, 311: [54([48, h'20010db80001']), 64512]}`)).toEqual(['network-elided']);
  });

  it('catreplay 0 without an id, and a day of life', () => {
    expect(codes(`{${CLEAN}, 308: 0}`)).toEqual([]);
    expect(codes('{1: "x", 4: 1795612052, 6: 1795525652, 310: 1, 312: {3: {3: "7c9e2b41"}}}')).toEqual([]);
  });

  it('a path that ends in a file, an id as a prefix of nothing', () => {
    expect(codes('{1: "x", 4: 1795532852, 310: 1, 312: {3: {2: "/7c9e2b41/a.m3u8"}}}')).toEqual([]);
  });

  it('unknown claims that crit lets pass', () => {
    const found = lint(`{${CLEAN}, 45: [4], 999: 1}`).find(({ code }) => code === 'unknown-claim');
    expect(found?.severity).toBe('info');
  });

  it('what may only have been cut off', () => {
    const bytes = Buffer.from('a5016178041a6b', 'hex');
    const found = lintClaims(readClaims(decode(bytes).root), { now: NOW, encrypted: false });
    expect(found.map(({ code }) => code)).toEqual([]);
  });
});

describe('words', () => {
  it('name the moment that was meant', () => {
    const [finding] = lint('{1: "x", 4: 1795532852000, 310: 1, 312: {3: {3: "7c9e2b41"}}}');
    expect(finding?.message).toContain('2026-11-24 15:07:32 UTC');
    expect(finding?.mend).toBe('Divide it by 1,000: 1795532852.');
  });

  it('show no control or direction characters of the token', () => {
    const found = lint('{1: "x", 4: 1795532852, 310: 1, 312: {3: {1: "/a\\u202eb\\u0000c/x"}}}');
    for (const { message } of found) expect(message).not.toMatch(/\p{C}/u);
  });
});
