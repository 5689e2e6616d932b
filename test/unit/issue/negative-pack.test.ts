import { createHmac, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { nodeCrypto } from '../../../main/crypto/node-crypto.ts';
import { array, bytes, text } from '../../../shared/cbor/build.ts';
import { encode } from '../../../shared/cbor/encode.ts';
import { readClaims } from '../../../shared/claims/read-claims.ts';
import type { CandidateKey } from '../../../shared/cose/crypto-port.ts';
import { openEnvelope } from '../../../shared/cose/open.ts';
import { verify } from '../../../shared/cose/verify.ts';
import { judge } from '../../../shared/evaluate/evaluate-claims.ts';
import { createNegativePack, type NegativeToken } from '../../../shared/issue/negative-pack.ts';
import { seconds } from '../../../shared/units.ts';
import { VERIFIERS, verifierById } from '../../../shared/verifiers/registry.ts';
import { KEY, prepare } from './issuing.ts';

const NOW = seconds(1_800_000_000);
const REQUEST = { url: 'https://cdn.example.com/hls/id/master.m3u8', method: 'GET', headers: [] };
const RECIPIENT = { now: NOW, skew: seconds(0), issuers: ['x'] };
const RIGHT = prepare('cta-5007-b', { iss: 'x', exp: NOW + 600, catv: 1, catu: { path: { contains: 'id' } } });

const strict = verifierById('cta-5007');
if (strict === undefined) throw new Error('the standard is missing');

function pack(key: CandidateKey['material'] = KEY.material, publicKey?: Uint8Array, prepared = RIGHT) {
  const made = createNegativePack({ prepared, key, now: NOW, ...(publicKey && { publicKey }) }, nodeCrypto);
  if (!made.ok) throw new Error(made.error.message);
  return made.value;
}

const PACK = pack();
const integrity = (bytes: Uint8Array, key = KEY) => verify(openEnvelope(bytes), [key], nodeCrypto);
function judged({ bytes }: Pick<NegativeToken, 'bytes'>) {
  const node = openEnvelope(bytes).payload?.claims;
  if (node === undefined) throw new Error('no claims');
  return judge(readClaims(node), REQUEST, RECIPIENT, strict as NonNullable<typeof strict>);
}

describe('the negative pack', () => {
  it('has every kind of wrong token once', () => {
    expect(PACK.map(({ id }) => id)).toEqual([
      'expired',
      'not-yet-valid',
      'wrong-path',
      'wrong-method',
      'array-matches',
      'legacy-labels',
      'wrong-key',
      'unknown-kid',
      'flipped-bit',
      'shortened-mac',
      'algorithm-confusion',
      'no-tags',
      'hex-text-payload',
    ]);
  });

  it.each(PACK.filter(({ claim }) => claim !== undefined))(
    '$id is genuine, and refused by the standard for its one claim',
    (negative) => {
      expect(integrity(negative.bytes).state).toBe('verified');
      const { decision, claims } = judged(negative);
      expect(decision).toBe('reject');
      const failed = claims.filter(({ verdict }) => verdict === 'fail');
      expect(failed.map(({ name, code }) => ({ name, code }))).toContainEqual(negative.claim);
      // legacy labels make every CAT claim an unknown one
      if (negative.id !== 'legacy-labels') expect(failed.map(({ name }) => name)).toEqual([negative.claim?.name]);
    },
  );

  it.each(PACK.filter(({ stoppedBy }) => stoppedBy === 'integrity'))(
    '$id has right claims and a wrong proof',
    (negative) => {
      const found = integrity(negative.bytes);
      switch (negative.id) {
        case 'unknown-kid':
          // the engine tries every key, and says that the kid is another
          expect(found).toMatchObject({ state: 'verified', kidMatches: false });
          break;
        case 'shortened-mac':
          expect(openEnvelope(negative.bytes).alg?.name).toBe('HS256/64');
          expect(openEnvelope(negative.bytes).proof?.bytes.length).toBe(8);
          break;
        case 'algorithm-confusion':
          expect(found.state).toBe('cannot-check');
          break;
        default:
          expect(found.state).toBe('failed');
      }
      expect(judged(negative).decision).toBe('accept');
    },
  );

  it.each(PACK.filter(({ stoppedBy }) => stoppedBy === 'envelope'))(
    '$id has right claims in an odd envelope',
    (negative) => {
      const envelope = openEnvelope(negative.bytes);
      if (negative.id === 'no-tags') expect(envelope.tags).toEqual([]);
      else expect(envelope.payload?.form).toBe('hex-text');
      expect(judged(negative).decision).toBe('accept');
    },
  );

  it.each(PACK)('$id says what each known recipient does', ({ outcomes, must }) => {
    expect(outcomes.map(({ verifier }) => verifier)).toEqual(VERIFIERS.map(({ id }) => id));
    expect(must).toMatch(/^Must be refused/);
    for (const { why } of outcomes) expect(why.length).toBeGreaterThan(0);
  });

  it('knows who lets what through', () => {
    const through = Object.fromEntries(
      PACK.map(({ id, outcomes }) => [
        id,
        outcomes.filter(({ outcome }) => outcome === 'lets-through').map(({ verifier }) => verifier),
      ]),
    );
    expect(through['expired']).not.toContain('cta-5007');
    expect(through['wrong-method']).toEqual(expect.arrayContaining(['node-cat', 'cloudfront']));
    expect(through['wrong-method']).not.toContain('node-cat-http');
    expect(through['legacy-labels']).toEqual(expect.arrayContaining(['node-cat', 'akamai']));
    expect(through['flipped-bit']).toEqual(['zig']);
    expect(through['unknown-kid']).toEqual(expect.arrayContaining(['node-cat', 'fastly', 'cloudfront']));
    expect(through['shortened-mac']).toEqual(['node-cat', 'node-cat-http', 'zig']);
    expect(through['hex-text-payload']).toEqual(['node-cat']);
    // the standard itself leaves tags to the parties
    expect(through['no-tags']).toEqual(expect.arrayContaining(['cta-5007', 'node-cat']));
    expect(through['no-tags']).not.toContain('akamai');
  });
});

describe('of a signed token', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const signing: CandidateKey['material'] = {
    kind: 'asymmetric',
    key: { family: 'ec-p256', private: true, handle: privateKey },
  };
  const checking: CandidateKey = {
    ref: 'public',
    encoding: 'pem',
    material: { kind: 'asymmetric', key: { family: 'ec-p256', private: false, handle: publicKey } },
  };
  const spki = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }));
  const prepared = prepare('cta-5007-b', { iss: 'x', exp: NOW + 600 }, { alg: 'ES256', kid: 'e1' });
  const signed = pack(signing, spki, prepared);

  it('leaves out what needs a shared secret', () => {
    const ids = signed.map(({ id }) => id);
    expect(ids).not.toContain('wrong-key');
    expect(ids).not.toContain('shortened-mac');
    expect(pack(signing, undefined, prepared).map(({ id }) => id)).not.toContain('algorithm-confusion');
  });

  it('confuses algorithms with the public key as the secret', () => {
    const confused = signed.find(({ id }) => id === 'algorithm-confusion');
    if (confused === undefined) throw new Error('no confusion');
    expect(openEnvelope(confused.bytes)).toMatchObject({ kind: 'cose-mac0', alg: { name: 'HS256' } });
    expect(integrity(confused.bytes, checking)).toMatchObject({ state: 'cannot-check', alarm: true });
    // what a recipient finds that believes the token and takes the public key for the secret
    const { protected: headers, payload, proof } = openEnvelope(confused.bytes);
    const signedBytes = encode(
      array(text('MAC0'), bytes(headers.bytes), bytes(new Uint8Array(0)), bytes(payload?.bytes ?? new Uint8Array(0))),
    );
    expect(proof?.bytes).toEqual(new Uint8Array(createHmac('sha256', spki).update(signedBytes).digest()));
    const fastly = confused.outcomes.find(({ verifier }) => verifier === 'fastly');
    expect(fastly?.outcome).toBe('lets-through');
  });

  it('flips a bit of the signature', () => {
    const flipped = signed.find(({ id }) => id === 'flipped-bit');
    expect(flipped && integrity(flipped.bytes, checking).state).toBe('failed');
  });

  it('fails as signing does', () => {
    const made = createNegativePack({ prepared, key: KEY.material, now: NOW }, nodeCrypto);
    expect(made).toMatchObject({ ok: false, error: { code: 'ERR_SIGN_KEY_CLASS' } });
  });
});
