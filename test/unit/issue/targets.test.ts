import { describe, expect, it } from 'vitest';
import { nodeCrypto } from '../../../main/crypto/node-crypto.ts';
import { encodeHex } from '../../../shared/bytes/hex.ts';
import { enc } from '../../../shared/claims/definitions/enc.ts';
import { issueToken } from '../../../shared/issue/issue-token.ts';
import type { TargetId } from '../../../shared/issue/target.ts';
import { findTarget, TARGETS } from '../../../shared/issue/targets.ts';
import type { JsonObject } from '../../../shared/json.ts';
import { verifierById } from '../../../shared/verifiers/registry.ts';
import { draft, issue, KEY, notesOf, prepare, readBack, target } from './issuing.ts';

const ONE_VIDEO: JsonObject = { exp: 1_900_000_000, catu: { path: { contains: 'id' } } };
const DIGEST = 'ab'.repeat(32);

describe('every target', () => {
  it.each(TARGETS)('$id makes a token that its own key verifies', ({ id }) => {
    const { bytes, text } = issue(id, { iss: 'x', ...ONE_VIDEO });
    const { envelope, integrity, json } = readBack(bytes);
    expect(integrity.state).toBe('verified');
    expect(envelope.kind).toBe('cose-mac0');
    expect(envelope.kid).toMatchObject({ text: 'k1', in: 'unprotected' });
    expect(envelope.alg).toMatchObject({ name: 'HS256', in: 'protected' });
    expect(json).toEqual({ iss: 'x', ...ONE_VIDEO });
    expect(text).toBe(Buffer.from(bytes).toString('base64url'));
    // which tags there are is the target's business and information only
    expect(envelope.findings.filter(({ severity }) => severity !== 'info')).toEqual([]);
  });

  it.each(TARGETS)('$id writes the tags that its recipients require', ({ id, verifier }) => {
    const { tags } = readBack(issue(id, ONE_VIDEO).bytes).envelope;
    const habits = verifierById(verifier)?.envelope;
    if (habits?.cwtTag === 'required') expect(tags).toContain(61);
    if (habits?.coseTag === 'required') expect(tags).toContain(17);
  });

  it('has an id that finds it', () => {
    expect(TARGETS.map(({ id }) => findTarget(id))).toEqual(TARGETS);
    expect(findTarget('nowhere')).toBeUndefined();
  });
});

describe('what is taken, left out, refused', () => {
  const cases: [TargetId, string, JsonObject, string][] = [
    ['flowplayer-ovp', 'catm', { catm: ['GET'] }, 'left-out not-taken'],
    ['flowplayer-ovp', '"x"', { '"x"': 1 }, 'left-out unknown-claim'],
    ['flowplayer-ovp', 'catv', { catv: 2 }, 'refused version'],
    ['flowplayer-ovp', 'catu', { catu: { path: { regex: 'id' } } }, 'refused match-type'],
    ['flowplayer-ovp', 'catu', { catu: { path: { sha256: { hex: DIGEST } } } }, 'refused match-type'],
    ['flowplayer-ovp', 'catu', { catu: { path: { contains: 'a', prefix: '/' } } }, 'refused several-matches'],
    ['flowplayer-ovp', 'catu', { catu: { path: { prefix: '/a' } } }, 'hint path-base'],
    ['flowplayer-ovp', 'catu', { catu: { '3': [1, '/a'] } }, 'hint path-base'],
    ['flowplayer-ovp', 'catu', { catu: { extension: { exact: 'ts' } } }, 'hint extension-dot'],
    [
      'flowplayer-ovp',
      'catu',
      { catu: Object.fromEntries([0, 1, 2, 3, 4, 5].map((n) => [n, [3, 'a']])) },
      'refused too-many-components',
    ],
    ['flowplayer-ovp', 'catnip', { catnip: [64512] }, 'refused network-number'],
    ['flowplayer-ovp', 'catnip', { catnip: ['10.0.0.0/24'] }, 'hint narrow-network'],
    ['flowplayer-ovp', 'catnip', { catnip: ['2001:db8::/56'] }, 'hint narrow-network'],
    [
      'flowplayer-ovp',
      'catnip',
      { catnip: Array.from({ length: 6 }, (_, n) => `10.${n}.0.0/16`) },
      'refused too-many-networks',
    ],
    [
      'flowplayer-ovp',
      'catgeoiso3166',
      { catgeoiso3166: ['SE', 'NO', 'DK', 'FI', 'IS', 'EE'] },
      'refused too-many-countries',
    ],
    ['flowplayer-ovp', 'aud', { aud: ['a', 'b'] }, 'hint audience-list'],
    ['cta-5007-b', 'catu', { catu: { path: { contains: 'a', prefix: '/' } } }, 'hint several-matches'],
    ['cta-5007-b', 'catu', { catu: { 'parent-path': { exact: '/a' } } }, 'hint parent-path-slash'],
    ['cta-5007-b', 'or', { or: [{ iss: 'a' }] }, 'hint unregistered-claim'],
    ['cta-5007-b', '400', { '400': 1 }, 'hint unknown-claim'],
    ['cta-5007-b', 'catv', { catv: 2 }, 'refused version'],
    ['akamai', 'catpor', { catpor: [0.5, 'x'] }, 'left-out not-taken'],
    ['akamai', 'catreplay', { catreplay: 1 }, 'refused replay'],
    ['akamai', 'catnip', { catnip: ['10.0.0.0/8', '11.0.0.0/8'] }, 'refused several-networks'],
    ['akamai', 'catnip', { catnip: [64512] }, 'refused network-number'],
    ['akamai', 'geohash', { geohash: ['u6s', 'u6t'] }, 'refused geohash-list'],
    ['akamai', 'catif', { catif: { exp: [401, {}] } }, 'refused response-items'],
    ['akamai', 'catr', { catr: { type: 'cookie' } }, 'refused no-expadd'],
    ['akamai', 'exp', { exp: 0 }, 'refused expiry-zero'],
    ['akamai', 'iat', { iat: 0 }, 'refused issued-at'],
    ['akamai', 'catu', { catu: { host: { exact: 'a.example' } } }, 'hint host-header'],
    ['akamai', 'catu', { catu: { extension: { exact: 'm3u8' } } }, 'refused extension-dot'],
    ['akamai', 'catu', { catu: { path: { regex: ['^/(.*)$', 'a'] } } }, 'refused regex-groups'],
    ['akamai', 'or', { or: [{ catpor: [0.5, 'x'] }] }, 'refused not-taken'],
    ['akamai', 'or', { or: [{ and: [{ catreplay: 1 }] }] }, 'refused replay'],
    ['node-cat', 'cath', { cath: { 'x-a': { exact: 'b' } } }, 'left-out not-taken'],
    ['node-cat', 'catnip', { catnip: ['10.0.0.0/8'] }, 'changed whole-prefix'],
    ['node-cat', 'catnip', { catnip: ['10.0.0.0/8'] }, 'hint network-unknown'],
    ['node-cat', 'catu', { catu: { host: { sha256: { hex: DIGEST } } } }, 'changed digest-as-text'],
    ['node-cat', 'catu', { catu: { host: { 'sha512-256': { hex: DIGEST } } } }, 'refused digest'],
    ['node-cat', 'catu', { catu: { path: { regex: ['a', null] } } }, 'refused regex-groups'],
    ['node-cat', 'catu', { catu: { 'parent-path': { suffix: '/a/' } } }, 'refused parent-path-slash'],
    ['node-cat', 'catif', { catif: { nbf: [401, {}] } }, 'refused response-claim'],
    ['node-cat', 'catif', { catif: { exp: [401] } }, 'refused response-items'],
    ['node-cat', 'exp', { exp: 0 }, 'refused expiry-zero'],
    ['node-cat', 'exp', { exp: 2 ** 40 }, 'changed far-time'],
    ['node-cat', 'iss', { iss: '' }, 'refused issuer-empty'],
  ];
  it.each(cases)('%s, %s: %j is %s', (id, claim, claims, note) => {
    const { notes, claims: written } = prepare(id, claims);
    expect(notesOf(notes, claim)).toContain(note);
    // what is left out is not in the token, everything else is
    expect(written.entries.length).toBe(note.startsWith('left-out') ? 0 : 1);
  });

  it('refuses to sign what is refused, with all there is to say', () => {
    const refused = issueToken(draft({ catv: 2 }), target('flowplayer-ovp'), KEY.material, nodeCrypto);
    expect(refused).toMatchObject({ ok: false, error: { code: 'ERR_ISSUE_REFUSED' } });
    if (!refused.ok && refused.error.code === 'ERR_ISSUE_REFUSED')
      expect(notesOf(refused.error.notes)).toEqual(['refused version', 'refused no-expiry']);
  });

  it('says where claims JSON is wrong', () => {
    const wrong = issueToken(
      draft({ exp: 'soon', catu: { path: { contains: 5 } }, nonsense: 1 }),
      target('cta-5007-b'),
      KEY.material,
      nodeCrypto,
    );
    expect(wrong).toMatchObject({ ok: false, error: { code: 'ERR_ISSUE_CLAIMS' } });
    if (!wrong.ok && wrong.error.code === 'ERR_ISSUE_CLAIMS')
      expect(wrong.error.problems.map(({ path }) => path)).toEqual([
        ['exp'],
        ['catu', 'path', 'contains'],
        ['nonsense'],
      ]);
  });

  it('misses what a target wants', () => {
    expect(notesOf(prepare('flowplayer-ovp', {}, {}).notes)).toEqual(['hint no-kid', 'refused no-expiry']);
    expect(notesOf(prepare('akamai', {}).notes)).toEqual(['hint no-issuer']);
    expect(notesOf(prepare('akamai', { iss: 'x', enc: enc.examples[0]?.json ?? null }).notes)).toContain(
      'refused enc-without-crit',
    );
  });

  it('refuses a claim that stands twice', () => {
    expect(notesOf(prepare('cta-5007-b', { exp: 1, 'exp#2': 2 }).notes)).toContain('refused repeated-claim');
    expect(notesOf(prepare('cta-5007-b', { exp: 1, '4': 2 }).notes)).toContain('refused repeated-claim');
  });
});

describe('the envelope', () => {
  it.each([
    ['flowplayer-ovp', {}, 'd1'],
    ['flowplayer-ovp', { cwtTag: true }, 'd83dd1'],
    ['cloudfront', {}, 'd1'],
    ['cta-5007-b', {}, 'd83dd1'],
    ['cta-5007-b', { cwtTag: false, coseTag: false }, '84'],
    ['node-cat', { cwtTag: false }, 'd1'],
  ] as const)('of %s with %j starts with %s', (id, choices, start) => {
    expect(encodeHex(issue(id, ONE_VIDEO, choices).bytes).slice(0, start.length)).toBe(start);
  });

  it.each([
    ['akamai', { cwtTag: false }, 'refused no-cwt-tag'],
    ['akamai', { coseTag: false }, 'refused no-cose-tag'],
    ['cloudfront', { coseTag: false }, 'refused no-cose-tag'],
    ['cloudfront', { alg: 'ES256' }, 'refused algorithm'],
    ['node-cat', { cwtTag: false }, 'hint no-cwt-tag'],
    ['cta-5007-b', { payloadForm: 'hex-text' }, 'refused hex-text-payload'],
    ['node-cat', { payloadForm: 'hex-text' }, 'refused hex-text-payload'],
    ['cta-5007-b', { kid: { hex: '0g' } }, 'refused kid-hex'],
    ['cta-5007-b', { alg: 'XY' }, 'refused algorithm'],
  ] as const)('of %s with %j is %s', (id, choices, note) => {
    expect(notesOf(prepare(id, { iss: 'x', exp: 1 }, choices).notes)).toContain(note);
  });

  it('writes kid where and as it is chosen', () => {
    const { envelope } = readBack(issue('cta-5007-b', ONE_VIDEO, { kid: { hex: '00ff' }, kidIn: 'protected' }).bytes);
    expect(envelope.kid).toMatchObject({ bytes: Uint8Array.of(0, 255), in: 'protected' });
  });

  it('carries claims as hex text where that is read', () => {
    const { envelope, integrity } = readBack(
      issue('node-cat', ONE_VIDEO, { payloadForm: 'hex-text', cwtTag: false }).bytes,
    );
    expect(envelope.payload?.form).toBe('hex-text');
    expect(integrity.state).toBe('verified');
  });

  it('says what a key cannot do', () => {
    const es256 = issueToken(draft(ONE_VIDEO, { alg: 'ES256' }), target('cta-5007-b'), KEY.material, nodeCrypto);
    expect(es256).toMatchObject({ ok: false, error: { code: 'ERR_ISSUE_KEY', cause: { code: 'ERR_SIGN_KEY_CLASS' } } });
  });
});

describe('size', () => {
  const long = (bytes: number): JsonObject => ({ ...ONE_VIDEO, sub: 'x'.repeat(bytes) });

  it('is refused where recipients stop, said where they might', () => {
    const over = issueToken(draft(long(1000)), target('cloudfront'), KEY.material, nodeCrypto);
    expect(over).toMatchObject({ ok: false, error: { code: 'ERR_ISSUE_REFUSED' } });
    expect(notesOf(issue('cloudfront', long(800)).notes)).toEqual(['hint long-text']);
    expect(notesOf(issue('cloudfront', long(400)).notes)).toEqual([]);
    expect(notesOf(issue('flowplayer-ovp', long(1000)).notes)).toEqual(['hint too-long']);
    expect(notesOf(issue('cta-5007-b', long(4096)).notes)).toEqual(['hint too-long']);
  });
});
