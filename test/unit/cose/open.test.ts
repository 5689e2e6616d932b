import { describe, expect, it } from 'vitest';
import { array, bytes, int, map, NULL, raw, tag, text } from '../../../shared/cbor/build.ts';
import { decode } from '../../../shared/cbor/decode.ts';
import { encode } from '../../../shared/cbor/encode.ts';
import type { Envelope } from '../../../shared/cose/envelope.ts';
import { openEnvelope } from '../../../shared/cose/open.ts';
import { hexBytes } from '../../vectors/load-vectors.ts';
import { assemble, CLAIMS, issue, type Pieces, SECRET } from './tokens.ts';

const codes = (envelope: Envelope): string[] => envelope.findings.map(({ code }) => code);
const hexText = (content: Uint8Array) => text(Buffer.from(content).toString('hex'));
const kid = (value = 'k1') => bytes(new TextEncoder().encode(value));

describe('openEnvelope', () => {
  it('reads a plain token', () => {
    const token = issue({ kid: new Uint8Array([0x6b, 0x31]) });
    const envelope = openEnvelope(token);
    expect(envelope).toMatchObject({
      kind: 'cose-mac0',
      tags: [61, 17],
      alg: { id: 5, name: 'HS256', in: 'protected' },
      kid: { text: 'k1', in: 'unprotected' },
      payload: { form: 'bytes', claims: { kind: 'map' } },
      findings: [],
      dialects: [],
      issues: [],
      damagedAt: undefined,
    });
    expect(envelope.payload?.bytes).toEqual(CLAIMS);
    expect(envelope.proof?.bytes).toHaveLength(32);
  });

  it('takes the tree of the bytes when there is one', () => {
    const token = assemble();
    expect(openEnvelope(token, decode(token).root)).toEqual(openEnvelope(token));
  });

  it('gives places of the whole token inside the byte strings', () => {
    const token = issue();
    const claims = openEnvelope(token).payload?.claims;
    if (claims?.kind !== 'map') throw new Error('no claims');
    const exp = claims.entries[1];
    expect(token.subarray(exp?.value.start, exp?.value.end)).toEqual(encode(int(1_900_000_000)));
    const alg = openEnvelope(token).protected.map;
    if (alg?.kind !== 'map') throw new Error('no headers');
    expect(token[alg.entries[0]?.value.start ?? 0]).toBe(5);
  });

  it('gives places of hex digits for claims in hex text', () => {
    const token = issue({ payloadForm: 'hex-text' });
    const claims = openEnvelope(token).payload?.claims;
    if (claims?.kind !== 'map') throw new Error('no claims');
    const { start = 0, end = 0 } = claims.entries[1]?.value ?? {};
    expect(Buffer.from(token.subarray(start, end)).toString()).toBe('1a713fb300');
  });

  it('reads hex of claims that stand in tag 259', () => {
    const wrapped = encode(tag(259, raw(CLAIMS)));
    const envelope = openEnvelope(assemble({ payload: hexText(wrapped) }));
    expect(envelope.payload).toMatchObject({ form: 'hex-text', claims: { kind: 'map' } });
    expect(envelope.dialects).toEqual(['tag-259', 'hex-text-payload']);
  });

  it.each<[string, Pieces, Envelope['kind']]>([
    ['17', { tags: [17] }, 'cose-mac0'],
    ['18 with a MAC algorithm', { tags: [18] }, 'cose-sign1'],
    ['17 around 61', { tags: [17, 61] }, 'cose-mac0'],
    ['none, by the algorithm', { tags: [] }, 'cose-mac0'],
    ['none, by a signature algorithm', { tags: [], protectedMap: map([1, int(-7)]) }, 'cose-sign1'],
    ['none and no algorithm, by 32 bytes of MAC', { tags: [], protectedMap: map() }, 'cose-mac0'],
    [
      'none and no algorithm, by 64 bytes of signature',
      { tags: [], protectedMap: map(), proof: bytes(new Uint8Array(64)) },
      'cose-sign1',
    ],
    [
      'none, no algorithm, no usual length',
      { tags: [], protectedMap: map(), proof: bytes(SECRET.subarray(5)) },
      'unknown',
    ],
    ['97, with recipients', { tags: [97], more: [array()] }, 'unknown'],
  ])('knows the structure under tags %s', (_, pieces, kind) => {
    expect(openEnvelope(assemble(pieces)).kind).toBe(kind);
  });

  it('reads bare claims, in tags too', () => {
    for (const token of [CLAIMS, encode(tag(61, raw(CLAIMS))), encode(tag(259, raw(CLAIMS)))]) {
      const envelope = openEnvelope(token);
      expect(envelope).toMatchObject({ kind: 'unknown', payload: { form: 'bare', claims: { kind: 'map' } } });
      expect(codes(envelope)).toContain('no-envelope');
      expect(envelope.alg).toBeUndefined();
    }
    expect(codes(openEnvelope(encode(tag(992, raw(CLAIMS)))))).toContain('unexpected-tag');
  });

  it('says what stands there instead of a token', () => {
    expect(openEnvelope(encode(text('hello'))).findings[0]).toMatchObject({
      code: 'not-an-envelope',
      message: 'A token is a COSE structure, an array of four items; this is a text string.',
    });
  });

  it('reads text algorithm identifiers and keeps how they stood', () => {
    const envelope = openEnvelope(assemble({ protectedMap: map([1, text('5')]) }));
    expect(envelope.alg).toEqual({ id: '5', name: 'HS256', in: 'protected' });
    expect(envelope.dialects).toContain('text-alg');
  });

  it('prefers the protected header and the numeric label', () => {
    const both = assemble({ protectedMap: map([1, int(5)], [4, kid('in')]), unprotected: map([4, kid('out')]) });
    expect(openEnvelope(both).kid).toMatchObject({ text: 'in', in: 'protected' });
    expect(codes(openEnvelope(both))).toEqual(expect.arrayContaining(['header-in-both', 'kid-in-protected']));
    const labels = assemble({ unprotected: map(['4', kid('text')], [4, kid('number')]) });
    expect(openEnvelope(labels).kid?.text).toBe('number');
  });

  it('keeps a key id that is no text as bytes', () => {
    const envelope = openEnvelope(assemble({ unprotected: map([4, bytes(new Uint8Array([0xff, 0]))]) }));
    expect(envelope.kid?.text).toBeUndefined();
    expect(envelope.kid?.bytes).toEqual(new Uint8Array([0xff, 0]));
  });
});

describe('the findings of an envelope', () => {
  it.each<[code: string, severity: string, pieces: Pieces]>([
    ['no-cwt-tag', 'info', { tags: [17] }],
    ['no-cose-tag', 'warning', { tags: [61] }],
    ['tag-order', 'error', { tags: [17, 61] }],
    ['tag-repeated', 'warning', { tags: [61, 61, 17] }],
    ['unexpected-tag', 'error', { tags: [992] }],
    ['cose-multi-recipient', 'error', { tags: [97] }],
    ['tag-alg-mismatch', 'error', { protectedMap: map([1, int(-7)]) }],
    ['tag-alg-mismatch', 'error', { tags: [61, 18] }],
    ['items-extra', 'error', { more: [NULL] }],
    ['protected-not-bytes', 'error', { protectedItem: map([1, int(5)]) }],
    ['protected-not-map', 'error', { protectedItem: bytes(new Uint8Array([1])) }],
    ['protected-a0', 'warning', { protectedMap: map(), unprotected: map([1, int(5)]) }],
    ['unprotected-not-map', 'error', { unprotected: int(1) }],
    ['alg-missing', 'warning', { protectedMap: map() }],
    ['alg-unprotected', 'warning', { protectedItem: bytes(new Uint8Array()), unprotected: map([1, int(5)]) }],
    ['alg-text', 'warning', { protectedMap: map([1, text('HS256')]) }],
    ['alg-bad-type', 'error', { protectedMap: map([1, NULL]) }],
    ['alg-unknown', 'error', { protectedMap: map([1, int(-9999)]) }],
    ['alg-unknown', 'error', { protectedMap: map([1, text('constructor')]) }],
    ['alg-unknown', 'error', { protectedMap: map([1, int(2n ** 60n)]) }],
    ['alg-unsupported', 'info', { protectedMap: map([1, int(7)]) }],
    ['alg-nonstandard', 'warning', { protectedMap: map([1, int(-4)]) }],
    ['text-label-4', 'warning', { unprotected: map(['4', kid()]) }],
    ['text-header-label', 'info', { unprotected: map(['note', text('x')]) }],
    ['kid-in-protected', 'info', { protectedMap: map([1, int(5)], [4, kid()]), unprotected: map() }],
    ['kid-text', 'info', { unprotected: map([4, text('k1')]) }],
    ['kid-bad-type', 'error', { unprotected: map([4, int(1)]) }],
    ['typ-16', 'info', { protectedMap: map([1, int(5)], [16, text('CAT')]) }],
    ['crit-unknown', 'error', { protectedMap: map([1, int(5)], [2, array(int(99))]) }],
    ['crit-unprotected', 'error', { unprotected: map([2, array(int(4))]) }],
    ['crit-empty', 'error', { protectedMap: map([1, int(5)], [2, array()]) }],
    ['proof-length', 'error', { proof: bytes(new Uint8Array(31)) }],
    ['proof-not-bytes', 'error', { proof: NULL }],
    ['short-mac', 'info', { protectedMap: map([1, int(4)]), proof: bytes(new Uint8Array(8)) }],
    ['payload-hex-text', 'warning', { payload: hexText(CLAIMS) }],
    ['payload-unreadable', 'error', { payload: text('not hex') }],
    ['payload-unreadable', 'error', { payload: bytes(new Uint8Array([1])) }],
    ['payload-detached', 'error', { payload: NULL }],
    ['payload-not-bytes', 'error', { payload: map([1, text('x')]) }],
    ['payload-not-bytes', 'error', { payload: int(1) }],
    ['nested-token', 'info', { payload: bytes(issue({ tags: [17] })) }],
    ['tag-259', 'warning', { unprotected: tag(259, map([4, kid()])) }],
    ['tag-259', 'warning', { protectedMap: tag(259, map([1, int(5)])) }],
    ['tag-259', 'warning', { payload: bytes(encode(tag(259, raw(CLAIMS)))) }],
    ['iv-missing', 'error', { tags: [16], protectedMap: map([1, int(1)]) }],
    ['iv-length', 'error', { tags: [16], protectedMap: map([1, int(1)]), unprotected: map([5, kid()]) }],
  ])('%s, %s', (code, severity, pieces) => {
    const token = assemble(pieces);
    const envelope = openEnvelope(token);
    const finding = envelope.findings.find((candidate) => candidate.code === code);
    expect(finding, codes(envelope).join()).toMatchObject({ severity });
    expect(finding?.message).toMatch(/^[A-Z].*\.$/s);
    expect(finding?.range?.start).toBeGreaterThanOrEqual(0);
    expect(finding?.range?.end).toBeLessThanOrEqual(token.length);
  });

  it('says nothing of a token that is as it should be', () => {
    for (const pieces of [
      {},
      { unprotected: map() },
      { tags: [61, 18], protectedMap: map([1, int(-7)]), proof: bytes(new Uint8Array(64)) },
    ])
      expect(codes(openEnvelope(assemble(pieces)))).toEqual([]);
  });

  it('shows nothing of a token that reorders or floods what it says', () => {
    const hostile = `x\u202egnihton\n${'y'.repeat(10_000)}`;
    for (const pieces of [{ protectedMap: map([1, text(hostile)]) }, { unprotected: map([hostile, int(1)]) }])
      for (const { message } of openEnvelope(assemble(pieces)).findings) {
        expect(message.length).toBeLessThan(400);
        expect(message).not.toMatch(/[\u202e\n]/);
      }
  });

  it('counts the items that are missing', () => {
    expect(codes(openEnvelope(encode(tag(17, array(bytes(SECRET), map())))))).toContain('items-missing');
  });
});

describe('a damaged token', () => {
  const token = issue({ kid: new Uint8Array([0x6b, 0x31]) });

  it('is read up to every place where it may be cut', () => {
    for (let length = 1; length < token.length; length++) {
      const at = openEnvelope(token.slice(0, length)).damagedAt ?? -1;
      // a head that was cut is not read at all, and no head here has more than five bytes
      expect(at, `cut at ${length}`).toBeGreaterThan(length - 5);
      expect(at, `cut at ${length}`).toBeLessThanOrEqual(length);
    }
  });

  it('keeps the claims before the cut', () => {
    const whole = openEnvelope(token);
    const claims = whole.payload?.claims;
    if (claims?.kind !== 'map') throw new Error('no claims');
    const cut = openEnvelope(token.slice(0, claims.entries[1]?.key.start));
    expect(cut.payload?.claims).toMatchObject({ kind: 'map', entries: [claims.entries[0], expect.anything()] });
    expect(cut.alg).toEqual(whole.alg);
    expect(cut.kid).toEqual(whole.kid);
    expect(cut.proof).toBeUndefined();
  });

  it('says issues inside the strings with places of the whole', () => {
    // 0x18 0x01: a number in a wider head than it needs
    const envelope = openEnvelope(assemble({ payload: bytes(hexBytes('a11801617a')) }));
    const at = envelope.payload?.node.headEnd ?? 0;
    expect(envelope.issues).toEqual([
      { code: 'ERR_CBOR_NON_SHORTEST', severity: 'warning', start: at + 1, end: at + 3 },
    ]);
    expect(envelope.damagedAt).toBeUndefined();
  });

  it('is an answer even when it is nothing', () => {
    expect(openEnvelope(new Uint8Array())).toMatchObject({ kind: 'unknown', damagedAt: 0 });
  });
});

it('is plain data that another thread can be sent', () => {
  const envelope = openEnvelope(issue({ payloadForm: 'hex-text', tags: [17] }));
  expect(structuredClone(envelope)).toEqual(envelope);
});
