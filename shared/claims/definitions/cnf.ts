import { equalBytes } from '../../bytes/equal-bytes.ts';
import { encodeHex } from '../../bytes/hex.ts';
import type { CborValue } from '../../cbor/node.ts';
import { parseDpopProof } from '../../evaluate/dpop.ts';
import { denied, passed, undecided } from '../../evaluate/make-verdict.ts';
import type { DpopFacts, RequestFacts } from '../../evaluate/request.ts';
import { normaliseUri, parseUri } from '../../evaluate/uri.ts';
import type { ClaimVerdict } from '../../evaluate/verdict.ts';
import { duration, value as literal, rich } from '../../explain/rich-text.ts';
import { seconds } from '../../units.ts';
import { defineClaim, type EvaluateContext } from '../claim.ts';
import { claimValue } from '../claims-set.ts';
import { anyCodec } from '../codec/any.ts';
import { bytesCodec } from '../codec/bytes.ts';
import { bare, type Codec } from '../codec/codec.ts';
import { groupCodec, type WithOthers } from '../codec/group.ts';
import { catdpop } from './catdpop.ts';

const CNF = { label: 8, name: 'cnf' } as const;

/** Which key the presenter must prove to hold; several members would be several ways to say it. */
export interface Cnf extends WithOthers {
  readonly coseKey?: CborValue;
  readonly encryptedKey?: CborValue;
  /** RFC 8747 §3.4; older C4M tokens keep a key's thumbprint here */
  readonly kid?: Uint8Array;
  /** RFC 9679 */
  readonly ckt?: Uint8Array;
  /** RFC 7638 thumbprint of a JWK, 32 bytes */
  readonly jkt?: Uint8Array;
}

const DIGEST = 32;
const thumbprintCodec: Codec<Uint8Array> = {
  ...bytesCodec,
  read(node, ctx) {
    const digest = bytesCodec.read(node, ctx);
    if (digest !== undefined && digest.length !== DIGEST) {
      ctx.issue(bare(node, ctx), 'ERR_CLAIM_RANGE', `A thumbprint has ${DIGEST} bytes, is ${digest.length}`);
    }
    return digest;
  },
};

const A_THUMBPRINT = '0cebf1bc9880748a95588905b79843b42ba75cb174055e3e246bf87fe00b4a6d';
const aThumbprint = Uint8Array.from(A_THUMBPRINT.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
const aProof: DpopFacts = {
  thumbprint: aThumbprint,
  verified: true,
  issuedAt: seconds(900),
  method: 'GET',
  uri: 'https://cdn.example.com/v/1.m3u8',
  jti: 'a',
};
const aRequest: RequestFacts = { method: 'GET', url: 'https://cdn.example.com/v/1.m3u8?CAT=x', dpop: aProof };
const atThousand = { now: seconds(1000) };

export const cnf = defineClaim<Cnf>({
  ...CNF,
  ...groupCodec<Cnf>({
    coseKey: { label: 1, json: 'COSE_Key', codec: anyCodec },
    encryptedKey: { label: 2, json: 'Encrypted_COSE_Key', codec: anyCodec },
    kid: { label: 3, json: 'kid', codec: bytesCodec },
    ckt: { label: 5, json: 'ckt', codec: thumbprintCodec },
    jkt: { label: 323, json: 'jkt', codec: thumbprintCodec },
  }),
  title: 'Key binding',
  summary: 'The token only counts together with a proof that its presenter holds a certain key.',
  source: 'RFC 8747, CTA-5007-B §4.8.1',
  group: 'request',
  support: 'must',

  explain: ({ jkt, kid }) =>
    jkt === undefined && kid === undefined
      ? rich`with proof of a certain key`
      : rich`with proof of key ${literal(encodeHex(jkt ?? kid ?? new Uint8Array()).slice(0, 16))}…`,

  evaluate(binding, ctx) {
    // older C4M tokens put the thumbprint where RFC 8747 keeps a key id: 32 bytes tell them apart well enough
    const wanted = binding.jkt ?? (binding.kid?.length === DIGEST ? binding.kid : undefined);
    if (wanted === undefined) {
      return undecided(CNF, 'not-supported', rich`The key is named in a way that no request can be compared with here`);
    }
    const proof = proofOf(ctx.request);
    if (proof === undefined) return undecided(CNF, 'missing-input', rich`No proof of possession to check`);
    if (typeof proof === 'string') return denied(CNF, 'DENY_BINDING', rich`${proof}`);
    return judgeProof(wanted, proof, ctx);
  },

  form: {
    kind: 'group',
    members: [{ name: 'jkt', label: 'Thumbprint of the key (RFC 7638)', field: { kind: 'bytes', length: DIGEST } }],
  },

  examples: [
    {
      title: 'A JWK thumbprint',
      value: { jkt: aThumbprint },
      cbor: `a11901435820${A_THUMBPRINT}`,
      json: { jkt: { hex: A_THUMBPRINT } },
    },
    {
      title: 'A key id',
      beyondForm: true,
      value: { kid: Uint8Array.of(0x6b, 0x31) },
      cbor: 'a103426b31',
      json: { kid: { hex: '6b31' } },
    },
    {
      title: 'The key itself',
      beyondForm: true,
      value: {
        coseKey: { kind: 'map', entries: [{ key: { kind: 'int', value: 1 }, value: { kind: 'int', value: 2 } }] },
      },
      cbor: 'a101a10102',
      json: { COSE_Key: { '1': 2 } },
    },
  ],
  refused: [
    { title: 'Bytes', cbor: '4101', code: 'ERR_CLAIM_TYPE' },
    { title: 'A thumbprint of 20 bytes', cbor: `a119014354${'00'.repeat(20)}`, code: 'ERR_CLAIM_RANGE' },
    { title: 'A thumbprint as text', cbor: 'a11901436161', code: 'ERR_CLAIM_TYPE' },
  ],
  cases: [
    {
      title: 'a fresh proof of the key',
      value: { jkt: aThumbprint },
      request: aRequest,
      recipient: atThousand,
      verdict: 'pass',
    },
    {
      title: 'the thumbprint where older tokens keep it',
      value: { kid: aThumbprint },
      request: aRequest,
      recipient: atThousand,
      verdict: 'pass',
    },
    {
      title: 'a proof of another key',
      value: { jkt: aThumbprint },
      request: { ...aRequest, dpop: { ...aProof, thumbprint: new Uint8Array(DIGEST) } },
      recipient: atThousand,
      verdict: 'fail',
      code: 'DENY_BINDING',
    },
    {
      title: 'a proof whose signature does not verify',
      value: { jkt: aThumbprint },
      request: { ...aRequest, dpop: { ...aProof, verified: false } },
      recipient: atThousand,
      verdict: 'fail',
      code: 'DENY_BINDING',
    },
    {
      title: 'a proof for another method',
      value: { jkt: aThumbprint },
      request: { ...aRequest, method: 'HEAD' },
      recipient: atThousand,
      verdict: 'fail',
      code: 'DENY_BINDING',
    },
    {
      title: 'a proof for another address',
      value: { jkt: aThumbprint },
      request: { ...aRequest, url: 'https://cdn.example.com/v/2.m3u8' },
      recipient: atThousand,
      verdict: 'fail',
      code: 'DENY_BINDING',
    },
    {
      title: 'a proof that has grown old',
      value: { jkt: aThumbprint },
      request: aRequest,
      recipient: { now: seconds(1201) },
      verdict: 'fail',
      code: 'DENY_BINDING',
    },
    {
      title: 'no proof among the headers',
      value: { jkt: aThumbprint },
      request: { headers: [{ name: 'Accept', value: '*/*' }] },
      verdict: 'fail',
      code: 'DENY_BINDING',
    },
    { title: 'nothing known of a proof', value: { jkt: aThumbprint }, verdict: 'unknown', code: 'NOT_CHECKED' },
    {
      title: 'a signature that nobody checked',
      value: { jkt: aThumbprint },
      request: { ...aRequest, dpop: { ...aProof, verified: undefined } },
      recipient: atThousand,
      verdict: 'unknown',
      code: 'NOT_CHECKED',
    },
    {
      title: 'a key that is only named',
      value: { kid: Uint8Array.of(1) },
      request: aRequest,
      verdict: 'unknown',
      code: 'CANNOT_JUDGE',
    },
  ],
});

/** The proof's facts, or why there is none; `undefined` when the request's headers are not known. */
function proofOf({ dpop, headers }: RequestFacts): DpopFacts | string | undefined {
  if (dpop !== undefined) return dpop;
  if (headers === undefined) return undefined;
  const [field, ...more] = headers.filter(({ name }) => name.toLowerCase() === 'dpop');
  if (field === undefined) return 'No proof of possession came with the request';
  // RFC 9449 §4.3: there is not more than one
  if (more.length > 0) return 'More than one proof of possession came with the request';
  const proof = parseDpopProof(field.value);
  if (!proof.ok) return `The proof of possession ${proof.error}`;
  const { thumbprint, issuedAt, method, uri, jti } = proof.value;
  return { thumbprint, issuedAt, method, uri, jti, verified: undefined };
}

/** RFC 9449 §7: does this proof, of this key, belong to this request, and is it still good? */
function judgeProof(wanted: Uint8Array, proof: DpopFacts, ctx: EvaluateContext): ClaimVerdict {
  const { request, recipient, rules } = ctx;
  if (!equalBytes(wanted, proof.thumbprint)) {
    return denied(CNF, 'DENY_BINDING', rich`The proof is of another key than the token’s`, {
      expected: encodeHex(wanted),
      actual: encodeHex(proof.thumbprint),
    });
  }
  if (proof.verified === false) {
    return denied(CNF, 'DENY_BINDING', rich`The proof’s signature does not verify`);
  }
  if (proof.tokenMatches === false) {
    return denied(CNF, 'DENY_BINDING', rich`The proof was made for another token`);
  }
  if (proof.method !== undefined && request.method !== undefined && proof.method !== request.method) {
    return denied(
      CNF,
      'DENY_BINDING',
      rich`The proof is for ${literal(proof.method)}, the request is ${literal(request.method)}`,
      {
        expected: proof.method,
        actual: request.method,
      },
    );
  }
  if (proof.uri !== undefined && request.url !== undefined && !isSameAddress(proof.uri, request.url)) {
    return denied(CNF, 'DENY_BINDING', rich`The proof is for another address, ${literal(proof.uri)}`, {
      expected: proof.uri,
      actual: request.url,
    });
  }
  const settings = claimValue(ctx.claims, catdpop);
  const window = settings?.window ?? rules.binding.window;
  const age = recipient.now - proof.issuedAt;
  const left = window + recipient.skew - Math.abs(age);
  if (left < 0) {
    const when = duration(seconds(Math.abs(age)));
    const reason = age > 0 ? rich`The proof is ${when} old` : rich`The proof is from ${when} ahead`;
    return denied(CNF, 'DENY_BINDING', rich`${reason}, and may be off by ${duration(seconds(window))}`);
  }
  // CTA-5007-B §4.8.2.3: only 1 makes a proof good for one use
  const isOnce = settings?.jti === undefined ? rules.binding.jti === 'honoured' : settings.jti === 1;
  if (isOnce && proof.jtiSeen === true) return denied(CNF, 'DENY_BINDING', rich`The proof was used before`);
  if (proof.verified === undefined) {
    return undecided(CNF, 'missing-input', rich`The proof fits, but nobody checked its signature`);
  }
  if (isOnce && proof.jtiSeen === undefined) {
    return undecided(CNF, 'only-the-edge', rich`The proof fits; only the recipient knows whether it was used before`);
  }
  return passed(CNF, rich`A fresh proof of the token’s key came along`);
}

/** RFC 9449 §4.3: without query and fragment, after normalisation (RFC 3986 §6.2.2–6.2.3). */
function isSameAddress(a: string, b: string): boolean {
  const [first, second] = [a, b].map((url) => normaliseUri(parseUri(url), true));
  return (
    first?.scheme === second?.scheme &&
    first?.host === second?.host &&
    first?.port === second?.port &&
    first?.path === second?.path
  );
}
