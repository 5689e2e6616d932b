import { encodeHex } from '../../bytes/hex.ts';
import { encodeUtf8, printableUtf8 } from '../../bytes/utf8.ts';
import { denied, passed, undecided } from '../../evaluate/make-verdict.ts';
import { rich, value } from '../../explain/rich-text.ts';
import { ok } from '../../result.ts';
import { defineClaim } from '../claim.ts';
import { bytesCodec } from '../codec/bytes.ts';
import type { Codec } from '../codec/codec.ts';
import { listCodec } from '../codec/list.ts';
import { inList } from '../codec/match-words.ts';

const CATALPN = { label: 314, name: 'catalpn' } as const;

/** ALPN ids are bytes (RFC 7301 §3.1); drafts and helpers write them as text, which is said and read all the same. */
const protocolCodec: Codec<Uint8Array> = {
  ...bytesCodec,
  read(node, ctx) {
    if (node.kind !== 'text') return bytesCodec.read(node, ctx);
    ctx.issue(node, 'ERR_CLAIM_TYPE', 'Must be a byte string, is text');
    return encodeUtf8(node.value);
  },
  fromJson: (json, ctx) => (typeof json === 'string' ? ok(encodeUtf8(json)) : bytesCodec.fromJson(json, ctx)),
};

export const catalpn = defineClaim<readonly Uint8Array[]>({
  ...CATALPN,
  ...listCodec(protocolCodec, { min: 1, common: 50 }),
  title: 'Protocols',
  summary: 'Which protocols may be negotiated over TLS. A connection without TLS is refused.',
  source: 'CTA-5007-B §4.6.12',
  group: 'request',
  support: 'may',

  explain: (protocols) =>
    protocols.length === 0
      ? rich`over no protocol`
      : rich`over ${inList(
          protocols.map((protocol) => rich`${value(readable(protocol))}`),
          'or',
        )}`,

  evaluate(protocols, { request: { alpn } }) {
    if (alpn === undefined) {
      return undecided(CATALPN, 'missing-input', rich`The connection’s protocol was not given`);
    }
    const expected = protocols.map(readable).join(', ');
    if (alpn === null) {
      return denied(CATALPN, 'DENY_ALPN', rich`The connection negotiated no protocol over TLS`, { expected });
    }
    const own = encodeHex(encodeUtf8(alpn));
    if (protocols.some((protocol) => encodeHex(protocol) === own)) {
      return passed(CATALPN, rich`${value(alpn)} is allowed`);
    }
    return denied(CATALPN, 'DENY_ALPN', rich`${value(alpn)} is not allowed`, { expected, actual: alpn });
  },

  form: {
    kind: 'list',
    of: { kind: 'bytes', text: true, suggestions: ['http/1.1', 'h2', 'h3'] },
    addLabel: 'Add protocol',
  },

  examples: [
    { title: 'HTTP/3', value: [encodeUtf8('h3')], cbor: '81426833', json: [{ hex: '6833' }] },
    {
      title: 'HTTP/2 or HTTP/1.1',
      value: [encodeUtf8('h2'), encodeUtf8('http/1.1')],
      cbor: '8242683248687474702f312e31',
      json: [{ hex: '6832' }, { hex: '687474702f312e31' }],
    },
    { title: 'An id that is no text', value: [Uint8Array.of(0xff)], cbor: '8141ff', json: [{ hex: 'ff' }] },
  ],
  refused: [
    { title: 'Ids as text', cbor: '81626833', code: 'ERR_CLAIM_TYPE' },
    { title: 'No protocol at all', cbor: '80', code: 'ERR_CLAIM_EMPTY' },
    { title: 'Bytes instead of a list', cbor: '426833', code: 'ERR_CLAIM_TYPE' },
  ],
  cases: [
    { title: 'negotiated', value: [encodeUtf8('h2'), encodeUtf8('h3')], request: { alpn: 'h3' }, verdict: 'pass' },
    { title: 'another one', value: [encodeUtf8('h2')], request: { alpn: 'h3' }, verdict: 'fail', code: 'DENY_ALPN' },
    { title: 'no TLS', value: [encodeUtf8('h2')], request: { alpn: null }, verdict: 'fail', code: 'DENY_ALPN' },
    { title: 'in capitals', value: [encodeUtf8('h2')], request: { alpn: 'H2' }, verdict: 'fail', code: 'DENY_ALPN' },
    { title: 'protocol not given', value: [encodeUtf8('h2')], verdict: 'unknown', code: 'NOT_CHECKED' },
  ],
});

const readable = (protocol: Uint8Array): string => printableUtf8(protocol) ?? encodeHex(protocol);
