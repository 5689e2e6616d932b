import { describe, expect, it } from 'vitest';
import type { ClaimDefinition } from '../../../shared/claims/claim.ts';
import { aud } from '../../../shared/claims/definitions/aud.ts';
import { cath } from '../../../shared/claims/definitions/cath.ts';
import { catif } from '../../../shared/claims/definitions/catif.ts';
import { catm } from '../../../shared/claims/definitions/catm.ts';
import { catr } from '../../../shared/claims/definitions/catr.ts';
import { catu } from '../../../shared/claims/definitions/catu.ts';
import { exp } from '../../../shared/claims/definitions/exp.ts';
import { iat } from '../../../shared/claims/definitions/iat.ts';
import { nbf } from '../../../shared/claims/definitions/nbf.ts';
import { toPlainText } from '../../../shared/explain/rich-text.ts';
import { UTC_STYLE } from '../../../shared/explain/time-style.ts';
import { seconds } from '../../../shared/units.ts';
import { cta5007Rules } from '../../../shared/verifiers/cta-5007.ts';
import type { Rules } from '../../../shared/verifiers/rules.ts';
import { type Judgement, judge, readValue } from './harness.ts';

const standard = cta5007Rules;
const withUri = (uri: Partial<Rules['uri']>): Rules => ({ ...standard, uri: { ...standard.uri, ...uri } });
const withTime = (time: Partial<Rules['time']>): Rules => ({ ...standard, time: { ...standard.time, ...time } });

/** Judges a value that is given as the token has it. */
function judgeHex(definition: ClaimDefinition, hex: string, judgement: Judgement) {
  const verdict = judge(definition, readValue(definition, hex).value, judgement);
  return { ...verdict, text: toPlainText(verdict.reason, UTC_STYLE) };
}

describe('exp and nbf by other rules', () => {
  const at = (now: number) => ({ recipient: { now: seconds(now) } });
  it.each<[string, number, Judgement, string]>([
    [
      'at the very moment, where that is accepted',
      1000,
      { ...at(1000), rules: withTime({ atExpiry: 'accept' }) },
      'OK',
    ],
    ['after it, all the same', 1000, { ...at(1001), rules: withTime({ atExpiry: 'accept' }) }, 'DENY_EXPIRED'],
    ['zero, where it is no expiry', 0, { rules: withTime({ zero: 'absent' }) }, 'NOT_ENFORCED'],
    ['zero, where it is ill-formed', 0, { rules: withTime({ zero: 'ill-formed' }) }, 'DENY_ILL_FORMED'],
    ['before 1970, where it wraps', -1, { rules: withTime({ negative: 'never-expires' }) }, 'OK'],
    ['a fraction, where there are none', 2e9 + 0.5, { rules: withTime({ fraction: 'ill-formed' }) }, 'DENY_ILL_FORMED'],
    ['a whole number, where there are no fractions', 2e9, { rules: withTime({ fraction: 'ill-formed' }) }, 'OK'],
  ])('exp %s', (_, value, judgement, code) => {
    expect(judge(exp, value, judgement).code).toBe(code);
  });

  it('says how long ago and by how much', () => {
    const verdict = judge(exp, 1000, at(1090));
    expect(toPlainText(verdict.reason, UTC_STYLE)).toMatch(/^Expired .*1970.* ago$/);
    expect(verdict).toMatchObject({ expected: 'before 1000', actual: '1090' });
    expect(judge(nbf, 1000.5, at(1000))).toMatchObject({ expected: '1000.5 or later', actual: '1000' });
  });

  it('judges integers beyond 2^53 by their size', () => {
    expect(judge(exp, 2n ** 60n).verdict).toBe('pass');
    expect(judge(exp, -(2n ** 60n)).verdict).toBe('fail');
    expect(judge(nbf, 2n ** 60n).verdict).toBe('fail');
  });

  it('refuses an iat before 1970 only where that is the rule', () => {
    expect(judge(iat, 0, { rules: withTime({ issuedAtMustBePositive: true }) }).code).toBe('DENY_ILL_FORMED');
    expect(judge(iat, 1, { rules: withTime({ issuedAtMustBePositive: true }) }).code).toBe('INFO');
  });
});

describe('aud by other rules', () => {
  const rules: Rules = { ...standard, audience: { missing: 'reject', list: 'ignored' } };
  it('is not there when it is a list that is not read', () => {
    expect(judge(aud, ['a'], { rules, recipient: { audiences: ['a'] } }).code).toBe('DENY_MISSING');
    expect(judge(aud, ['a'], { rules }).code).toBe('NOT_ENFORCED');
    expect(judge(aud, 'a', { rules, recipient: { audiences: ['a'] } }).code).toBe('OK');
  });
});

it('forgives the case of a method where recipients do', () => {
  const rules: Rules = { ...standard, method: { caseSensitive: false } };
  expect(judge(catm, ['GET'], { rules, request: { method: 'get' } }).verdict).toBe('pass');
});

describe('catu', () => {
  const url = 'https://cdn.example.com/a/b.tar.gz?b=2&a=1&cat=x';
  // rows of CAT.md (b) and its appendix, by the rule that makes them
  it.each<[string, string, Partial<Rules['uri']>, string]>([
    ['{7:{0:"b.tar"}}', 'a107a10065622e746172', {}, 'OK'],
    ['{7:{0:"b.tar"}}', 'a107a10065622e746172', { stem: 'to-first-dot' }, 'DENY_URI'],
    ['{2:{0:"443"}}', 'a102a10063343433', {}, 'DENY_URI'],
    ['{2:{0:"443"}}', 'a102a10063343433', { defaultPort: 'number' }, 'OK'],
    ['{2:{0:"443"}}', 'a102a10063343433', { defaultPort: 'never' }, 'DENY_URI'],
    ['{8:{0:".tar.gz"}}', 'a108a100672e7461722e677a', {}, 'DENY_URI'],
    ['{8:{0:".tar.gz"}}', 'a108a100672e7461722e677a', { extension: 'from-first-dot' }, 'OK'],
    ['{4:{0:"a=1&b=2"}}', 'a104a10067613d3126623d32', {}, 'DENY_URI'],
    ['{4:{0:"b=2&a=1"}}', 'a104a10067623d3226613d31', { queryOrder: 'sorted' }, 'OK'],
    ['{4:{0:"?b=2&a=1"}}', 'a104a100683f623d3226613d31', { queryOrder: 'sorted' }, 'OK'],
    ['{5:{0:"/a/"}}', 'a105a100632f612f', { parentPath: 'with-slash' }, 'OK'],
    ['{3:{1:"/a",2:".zip"}}', 'a103a201622f6102642e7a6970', {}, 'DENY_URI'],
    ['{3:{1:"/a",2:".zip"}}', 'a103a201622f6102642e7a6970', { several: 'first' }, 'OK'],
    ['{3:{1:"/a",2:".zip"}}', 'a103a201622f6102642e7a6970', { several: 'any' }, 'OK'],
    ['{3:{2:".zip",1:"/b"}}', 'a103a202642e7a697001622f62', { several: 'any' }, 'DENY_URI'],
    ['{9:{0:"x"}}', 'a109a1006178', { unknownComponent: 'reject' }, 'DENY_URI'],
    ['{9:{0:"x"}}', 'a109a1006178', { unknownComponent: 'error' }, 'DENY_VERIFIER_ERROR'],
    ['{3:{1:"/a"},9:{0:"x"}}', 'a203a101622f6109a1006178', { unknownComponent: 'ignore' }, 'OK'],
    ['{3:{5:"x"}}', 'a103a1056178', { unknownMatch: 'reject' }, 'DENY_URI'],
    ['{3:{5:"x"}}', 'a103a1056178', { unknownMatch: 'error' }, 'DENY_VERIFIER_ERROR'],
    ['{3:{5:"x"}}', 'a103a1056178', { unknownMatch: 'ignore' }, 'NOT_ENFORCED'],
    ['{3:{4:["^/a/(.*)$","b.tar.gz"]}}', 'a103a10482695e2f612f282e2a292468622e7461722e677a', {}, 'OK'],
    [
      '{3:{4:["^/a/(.*)$","b.tar.gz"]}}',
      'a103a10482695e2f612f282e2a292468622e7461722e677a',
      { regexGroups: 'error' },
      'DENY_ILL_FORMED',
    ],
    ['{3:{4:"^/a/"}}', 'a103a104645e2f612f', {}, 'DENY_ILL_FORMED'],
    ['{3:{4:"^/a/"}}', 'a103a104645e2f612f', { regex: 'text' }, 'OK'],
    ['{3:{4:["(?=a)"]}}', 'a103a10481653f283d6129', {}, 'CANNOT_JUDGE'],
    ['{1:{-1: h’ff’}}', 'a101a12041ff', {}, 'DENY_URI'],
  ])('%s %s %j', (_, hex, uri, code) => {
    expect(judgeHex(catu, hex, { request: { url }, rules: withUri(uri) }).code).toBe(code);
  });

  it('says it in words and where the first difference is', () => {
    expect(judgeHex(catu, 'a103a103626964', { request: { url: 'https://a.example/x' } })).toMatchObject({
      verdict: 'fail',
      code: 'DENY_URI',
      text: 'path does not contain “id”',
      path: ['catu', 'path', 'contains'],
      expected: 'id',
      actual: '/x',
      at: 1,
    });
    expect(judgeHex(catu, 'a103a101652f766f642f', { request: { url: 'https://a.example/vid/x' } })).toMatchObject({
      path: ['catu', 'path', 'prefix'],
      actual: '/vid/x',
      at: 3,
    });
  });

  it('has a verdict for every component, and for every match of one', () => {
    const verdict = judgeHex(catu, 'a200a10065687474707303a201622f6102642e7a6970', { request: { url } });
    expect(verdict).toMatchObject({ verdict: 'fail', path: ['catu', 'path', 'suffix'] });
    expect(verdict.children).toMatchObject([
      { verdict: 'pass', path: ['catu', 'scheme', 'exact'] },
      {
        verdict: 'fail',
        children: [
          { verdict: 'pass', path: ['catu', 'path', 'prefix'] },
          { verdict: 'fail', path: ['catu', 'path', 'suffix'] },
        ],
      },
    ]);
  });

  it('fails for certain even where another component cannot be told', () => {
    // {1: {0: "a"}, 3: {0: "/b"}} on a path alone
    const hex = 'a201a100616103a100622f62';
    expect(judgeHex(catu, hex, { request: { url: '/x' } }).verdict).toBe('fail');
    expect(judgeHex(catu, hex, { request: { url: '/b' } })).toMatchObject({
      verdict: 'unknown',
      unknown: 'missing-input',
    });
  });

  it('says when another reading of the standard would let it through', () => {
    expect(judgeHex(catu, 'a108a10062677a', { request: { url } }).text).toBe(
      'extension is not “gz”; recipients that read the extension as “gz” would let it through',
    );
    expect(judgeHex(catu, 'a108a100626d70', { request: { url } }).text).toBe('extension is not “mp”');
  });

  it('says it of nothing as of nothing', () => {
    const query = { request: { url: 'https://a.example/?x' } };
    expect(judgeHex(catu, 'a104a10060', query)).toMatchObject({ text: 'query is not empty', expected: '', at: 1 });
    expect(judgeHex(catu, 'a102a10060', query).text).toBe('port is empty');
  });

  it('names what recipients of only some forms want', () => {
    expect(judgeHex(catu, 'a103a104645e2f612f', { request: { url } }).text).toBe(
      'This recipient takes the pattern in an array, not as text',
    );
  });

  it('is explained as the places it lets through', () => {
    const explained = catu.explain(readValue(catu, 'a200a10065687474707303a201622f6102632e7473').value as never);
    expect(toPlainText(explained, UTC_STYLE)).toBe(
      'schemes that are “https” and paths that start with “/a” and end with “.ts”',
    );
  });
});

describe('cath', () => {
  const rules: Rules = { ...standard, header: { values: 'every' } };
  const headers = [
    { name: 'X-Multi', value: 'good' },
    { name: 'X-Multi', value: 'bad' },
  ];
  // {"X-Multi": {0: "good"}}
  const hex = 'a167582d4d756c7469a10064676f6f64';

  it('takes repeated fields together, or each for itself', () => {
    expect(judgeHex(cath, hex, { request: { headers } })).toMatchObject({
      code: 'DENY_HEADER',
      actual: 'good, bad',
      at: 5,
    });
    expect(judgeHex(cath, hex, { request: { headers }, rules })).toMatchObject({
      code: 'DENY_HEADER',
      actual: 'bad',
      at: 1,
    });
    const same = headers.map(({ name }) => ({ name, value: 'good' }));
    expect(judgeHex(cath, hex, { request: { headers: same }, rules }).code).toBe('OK');
  });

  it('says which header is missing', () => {
    expect(judgeHex(cath, hex, { request: { headers: [] } })).toMatchObject({
      text: 'The request has no header “X-Multi”',
      path: ['cath', 'X-Multi'],
      expected: 'good',
    });
  });
});

describe('catif', () => {
  const explained = (hex: string) => toPlainText(catif.explain(readValue(catif, hex).value as never), UTC_STYLE);

  it('is explained as the response it causes', () => {
    expect(explained('a10482190133a1684c6f636174696f6e827568747470733a2f2f612e6578616d706c652f3f723dd87900')).toBe(
      'answering status 307 with Location: “https://a.example/?r=” followed by the URL that was refused when exp refuses',
    );
    expect(
      explained('a1048319012ea1684c6f636174696f6e827568747470733a2f2f612e6578616d706c652f3f743da201f6026178626b31'),
    ).toBe(
      'answering status 302 with Location: “https://a.example/?t=” followed by a new token with iss of the recipient and sub “x”, signed with the key “k1” when exp refuses',
    );
  });

  it('names the claims of drafts by the drafts’ labels', () => {
    expect(readValue(catif, 'a119013881190191').value).toMatchObject([{ claims: { name: 'catu' }, status: 401 }]);
  });

  it('fails recipients that handle only some', () => {
    const only: Rules = { ...standard, responseRules: { keys: 'exp-only', items: '1-3' } };
    const three: Rules = { ...standard, responseRules: { keys: 'any', items: 'exactly-3' } };
    expect(judgeHex(catif, 'a10381190191', { rules: only }).code).toBe('DENY_VERIFIER_ERROR');
    expect(judgeHex(catif, 'a1810481190191', { rules: only }).code).toBe('DENY_VERIFIER_ERROR');
    expect(judgeHex(catif, 'a10481190191', { rules: only }).code).toBe('INFO');
    expect(judgeHex(catif, 'a10481190191', { rules: three }).code).toBe('DENY_ILL_FORMED');
    expect(judgeHex(catif, 'a10483190191a0616b', { rules: three }).code).toBe('INFO');
  });
});

describe('catr', () => {
  const explained = (hex: string) => toPlainText(catr.explain(readValue(catr, hex).value as never), UTC_STYLE);

  it('takes a small deadline for seconds and a large one for a moment, and says that sources differ', () => {
    expect(explained('a3000001183c02181e')).toBe(
      'renewed the way it came for another 1 min, in the last 30 s before it expires (sources differ: some read a moment)',
    );
    expect(explained('a3000001183c021a70dbd880')).toMatch(
      /not after .*2030.* \(sources differ: some read seconds before the expiry\)$/,
    );
  });

  it('asks for expadd where recipients do', () => {
    const rules: Rules = { ...standard, renewal: { ...standard.renewal, requireExpadd: false } };
    expect(judgeHex(catr, 'a10001', {}).code).toBe('DENY_ILL_FORMED');
    expect(judgeHex(catr, 'a10001', { rules }).code).toBe('INFO');
  });
});
