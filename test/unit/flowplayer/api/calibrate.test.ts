import { describe, expect, it } from 'vitest';
import { nodeCrypto } from '../../../../main/crypto/node-crypto.ts';
import { encodeBase64url } from '../../../../shared/bytes/base64.ts';
import { encodeUtf8 } from '../../../../shared/bytes/utf8.ts';
import { int, map, text } from '../../../../shared/cbor/build.ts';
import { encode } from '../../../../shared/cbor/encode.ts';
import { type EnvelopeForm, signEnvelope } from '../../../../shared/cose/sign.ts';
import { calibrate } from '../../../../shared/flowplayer/calibrate.ts';
import { LIKELY_HABITS, makeToken, makeValue } from '../../../ovp/token-maker.ts';

const KID = 'b7d5c4e2-1f30-4a68-9b0d-5e8a2c917f64-3fa81';
const key = (value: string) => ({ content: encodeUtf8(value), kid: KID });

function token(value: string, form: Partial<EnvelopeForm>): string {
  const made = signEnvelope(
    { alg: 5, tags: [17], kid: encodeUtf8(KID), claims: encode(map([int(4), int(1)])), ...form },
    { kind: 'secret', bytes: new Uint8Array(Buffer.from(value, 'hex')) },
    nodeCrypto,
  );
  if (!made.ok) throw new Error(made.error.message);
  return encodeBase64url(made.value);
}

describe('how a key’s value is read', () => {
  it.each(['utf8', 'hex', 'base64', 'base64url'] as const)('%s', (readAs) => {
    // with characters that tell base64 and base64url apart
    const value =
      readAs === 'base64'
        ? `+/${makeValue('base64').slice(2)}`
        : readAs === 'base64url'
          ? `-_${makeValue('base64url').slice(2)}`
          : makeValue(readAs);
    const made = makeToken({ exp: 1 }, { id: KID, value }, { ...LIKELY_HABITS, readAs });
    const found = calibrate(made, key(value), nodeCrypto);
    expect(found).toMatchObject({ state: 'matched', encoding: readAs });
    if (found.state === 'matched') expect(found.ruledOut).not.toContain(readAs);
  });

  it('tells what it ruled out', () => {
    const value = 'ab'.repeat(32);
    const made = makeToken({ exp: 1 }, { id: KID, value }, LIKELY_HABITS);
    expect(calibrate(made, key(value), nodeCrypto)).toMatchObject({ encoding: 'hex', ruledOut: ['utf8', 'base64'] });
  });

  it('of several tokens in a text the key’s own counts', () => {
    const [value, other] = ['ab'.repeat(32), 'cd'.repeat(32)];
    const found = calibrate(`${token(other, {})} ${token(value, {})}`, key(value), nodeCrypto);
    expect(found.state).toBe('matched');
  });

  it('is not decided by a token of another key', () => {
    const foreign = makeToken({ exp: 1 }, { id: 'another-kid', value: 'cd'.repeat(32) }, LIKELY_HABITS);
    expect(calibrate(foreign, key('ab'.repeat(32)), nodeCrypto)).toEqual({
      state: 'no-match',
      kidMatches: false,
      reason: 'The token names another key than this one.',
    });
    const nameless = makeToken({ exp: 1 }, { id: KID, value: 'cd'.repeat(32) }, { ...LIKELY_HABITS, kidIn: 'none' });
    const found = calibrate(nameless, key('ab'.repeat(32)), nodeCrypto);
    expect(found).toMatchObject({ state: 'no-match' });
    expect(found).not.toHaveProperty('kidMatches');
  });

  it.each(['', 'words', 'eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJhIn0.c2lnbmF0dXJlc2lnbmF0dXJl', '0YQ'])(
    '%j is nothing to compare with',
    (text) => {
      expect(calibrate(text, key('ab'.repeat(32)), nodeCrypto).state).not.toBe('matched');
    },
  );
});

describe('the form of the issuer’s tokens', () => {
  const value = 'ab'.repeat(32);
  const form = (over: Partial<EnvelopeForm>) => {
    const found = calibrate(token(value, over), key(value), nodeCrypto);
    if (found.state !== 'matched') throw new Error(found.reason);
    return found.form;
  };

  it('is what a draft can ask for', () => {
    expect(form({ tags: [61, 17], kidIn: 'protected' })).toEqual({
      envelope: { alg: 'HS256', cwtTag: true, coseTag: true, payloadForm: 'bytes', kid: KID, kidIn: 'protected' },
      differences: [],
    });
    expect(form({ alg: 4, payloadForm: 'hex-text', tags: [] })).toMatchObject({
      envelope: { alg: 'HS256/64', cwtTag: false, coseTag: false, payloadForm: 'hex-text', kidIn: 'unprotected' },
    });
    expect(form({ kid: Uint8Array.of(0xff, 0x00) }).envelope.kid).toEqual({ hex: 'ff00' });
  });

  it('names what no draft can ask for', () => {
    expect(form({ tags: [17, 61] }).differences).toEqual(['Its tags are 17, 61 from the outside in.']);
    expect(form({ unprotectedHeaders: [[4, text(KID)]] }).differences).toEqual(['Its kid is text, not bytes.']);
    expect(form({ context: 'Signature1' }).differences).toEqual(['Its MAC was computed over a Signature1 structure.']);
    expect(form({ protectedHeaders: [[16, text('CAT')]] }).differences).toEqual(['It has further headers: 16.']);
  });
});
