import { equalBytes } from '../../bytes/equal-bytes.ts';
import { encodeHex } from '../../bytes/hex.ts';
import { denied, passed, undecided } from '../../evaluate/make-verdict.ts';
import { rich } from '../../explain/rich-text.ts';
import { defineClaim } from '../claim.ts';
import { bytesCodec } from '../codec/bytes.ts';
import { bare } from '../codec/codec.ts';

const CATTPK = { label: 319, name: 'cattpk' } as const;

/** A P-256 key: the shortest SubjectPublicKeyInfo in use but Ed25519's. */
const SPKI =
  '3059301306072a8648ce3d020106082a8648ce3d03010703420004' +
  '6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296' +
  '4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5';
const spki = Uint8Array.from(SPKI.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

export const cattpk = defineClaim<Uint8Array>({
  ...CATTPK,
  ...bytesCodec,
  title: 'TLS public key',
  summary: 'Public key of the TLS connection’s peer certificate, as DER SubjectPublicKeyInfo.',
  source: 'CTA-5007-B §4.6.18, RFC 5280 §4.1.2.7',
  group: 'request',
  support: 'may',

  read(node, ctx) {
    const item = bare(node, ctx);
    const key = bytesCodec.read(item, ctx);
    // a DER SEQUENCE starts with 30; some helpers put a hash of the key here
    if (key !== undefined && key[0] !== 0x30) {
      ctx.issue(
        item,
        'ERR_CLAIM_RANGE',
        key.length === 32 ? 'Looks like a hash of a key, not a key' : 'Is not a DER SubjectPublicKeyInfo',
        'warning',
      );
    }
    return key;
  },

  explain: () => rich`over a TLS connection with one certain key`,

  evaluate(key, { request }) {
    const actual = request.tlsPublicKey;
    if (actual === undefined) {
      return undecided(CATTPK, 'only-the-edge', rich`Only the end of the TLS connection knows its key`);
    }
    if (equalBytes(key, actual)) return passed(CATTPK, rich`The TLS key is the token’s`);
    return denied(CATTPK, 'DENY_TLS_KEY', rich`The TLS key is not the token’s`, {
      expected: encodeHex(key),
      actual: encodeHex(actual),
    });
  },

  form: { kind: 'bytes' },

  examples: [
    { title: 'A P-256 key', value: spki, cbor: `585b${SPKI}`, json: { hex: SPKI } },
    { title: 'What cannot be a key, kept all the same', value: Uint8Array.of(1), cbor: '4101', json: { hex: '01' } },
  ],
  refused: [
    { title: 'Hex as text', cbor: '6433303331', code: 'ERR_CLAIM_TYPE' },
    { title: 'A list', cbor: '814130', code: 'ERR_CLAIM_TYPE' },
  ],
  cases: [
    { title: 'the same key', value: spki, request: { tlsPublicKey: spki.slice() }, verdict: 'pass' },
    {
      title: 'another key',
      value: spki,
      request: { tlsPublicKey: spki.slice(1) },
      verdict: 'fail',
      code: 'DENY_TLS_KEY',
    },
    { title: 'no key told', value: spki, verdict: 'unknown', code: 'ONLY_EDGE' },
  ],
});
