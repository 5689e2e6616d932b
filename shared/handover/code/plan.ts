import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { encodeBase64url } from '../../bytes/base64.ts';
import { encodeHex } from '../../bytes/hex.ts';
import { encode } from '../../cbor/encode.ts';
import type { CborMap, CborValue } from '../../cbor/node.ts';
import type { JsonProblem } from '../../claims/claim.ts';
import { findAlgorithm } from '../../cose/algorithms.ts';
import type { CryptoPort } from '../../cose/crypto-port.ts';
import type { SecretEncoding } from '../../cose/readings.ts';
import { type EnvelopeForm, signEnvelope } from '../../cose/sign.ts';
import type { Draft } from '../../issue/draft.ts';
import { isRefused } from '../../issue/issue-token.ts';
import { type Clock, parseMoment } from '../../issue/moments.ts';
import { prepareToken } from '../../issue/prepare-token.ts';
import { resolveTimes } from '../../issue/relative-times.ts';
import type { Target } from '../../issue/target.ts';
import { err, ok, type Result } from '../../result.ts';
import { seconds } from '../../units.ts';

/** What code that makes a token has to do, and one token to hold it against. */
export interface CodePlan {
  readonly claims: CborMap<CborValue>;
  /** labels whose value is so many seconds after the moment of making */
  readonly spans: ReadonlyMap<number, number>;
  /** bytes of a token id that is drawn anew each time; absent when the token has none */
  readonly idLength?: number;
  readonly form: EnvelopeForm;
  /** bytes of the MAC that are kept */
  readonly macLength: number;
  readonly readAs: SecretEncoding;
  readonly vector: TestVector;
}

/** A token under a secret that everybody knows, so that code can be checked before a real secret is put into it. */
export interface TestVector {
  readonly secretHex: string;
  /** NumericDate */
  readonly now: number;
  readonly idHex: string;
  readonly token: string;
}

export interface CodeInput {
  /** with its moments as they were written, so that "+2h" stays two hours in the code */
  readonly draft: Draft;
  readonly target: Target;
  readonly clock: Clock;
  /** how the key's text is read to get the secret */
  readonly readAs: SecretEncoding;
}

/** Of a test only, and known to everybody: the bytes 0 to 31. */
const TEST_SECRET = Uint8Array.from({ length: 32 }, (_, index) => index);
const CTI = 7;

/** Plans code for a draft; the error is a sentence. Only MACs: not every language signs with its standard library alone. */
export function planCode({ draft, target, clock, readAs }: CodeInput): Result<CodePlan, string> {
  const claims = resolveTimes(draft.claims, clock);
  if (!claims.ok) return err(sayFirst(claims.error));
  const prepared = prepareToken({ ...draft, claims: claims.value }, target);
  if (!prepared.ok) return err(sayFirst(prepared.error));
  const { form, bytes, notes } = prepared.value;
  if (isRefused(notes)) return err(notes.find(({ kind }) => kind === 'refused')?.message ?? '');
  const row = findAlgorithm(form.alg);
  if (row?.primitive?.kind !== 'hmac-sha256')
    return err(
      `Code is written for tokens with a MAC; ${row?.name ?? form.alg} needs more than standard libraries have.`,
    );

  const spans = new Map<number, number>();
  for (const { key, value } of prepared.value.claims.entries) {
    const label = key.kind === 'int' ? Number(key.value) : undefined;
    const name = label === undefined ? undefined : LABELS.get(label);
    if (label === undefined || name === undefined || value.kind !== 'int') continue;
    const span = spanOf(draft.claims[name], clock);
    if (span !== undefined) spans.set(label, span);
  }
  const id = prepared.value.claims.entries.find(({ key }) => key.kind === 'int' && key.value === CTI)?.value;
  const token = signEnvelope({ ...form, claims: bytes }, { kind: 'secret', bytes: TEST_SECRET }, VECTOR_CRYPTO);
  if (!token.ok) return err(token.error.message);
  return ok({
    claims: sorted(prepared.value.claims),
    spans,
    ...(id?.kind === 'bytes' && { idLength: id.value.length }),
    form,
    macLength: row.proofLength ?? 32,
    readAs,
    vector: {
      secretHex: encodeHex(TEST_SECRET),
      now: Math.floor(clock.now),
      idHex: id?.kind === 'bytes' ? encodeHex(id.value) : '',
      token: encodeBase64url(token.value),
    },
  });
}

const LABELS = new Map([
  [4, 'exp'],
  [5, 'nbf'],
  [6, 'iat'],
]);

/** Seconds from now, for words that move with the clock one to one; "tonight 23:59" does not. */
function spanOf(words: unknown, clock: Clock): number | undefined {
  if (typeof words !== 'string') return undefined;
  const now = seconds(Math.floor(clock.now));
  const here = parseMoment(words, { ...clock, now });
  const later = parseMoment(words, { ...clock, now: seconds(now + 1) });
  return here.ok && later.ok && later.value.at - here.value.at === 1 ? here.value.at - now : undefined;
}

const sayFirst = ([first]: readonly JsonProblem[]): string =>
  first === undefined ? 'The claims cannot be written.' : `${first.path.join('.')}: ${first.message}`;

/** Entries in the order they are written in, so that code reads as its token does. */
const sorted = (map: CborMap<CborValue>): CborMap<CborValue> => ({
  kind: 'map',
  entries: map.entries
    .map((entry) => ({ entry, order: encodeHex(encode(entry.key)) }))
    .sort((a, b) => (a.order < b.order ? -1 : 1))
    .map(({ entry }) => entry),
});

/** HMAC without a host, for the test vector alone. */
const VECTOR_CRYPTO: CryptoPort = {
  hmacSha256: (key, data) => hmac(sha256, key, data),
  equal: () => false,
  verifyEs256: () => false,
  signEs256: () => new Uint8Array(0),
  verifyPs256: () => false,
  signPs256: () => new Uint8Array(0),
  openAesGcm: () => undefined,
  sealAesGcm: () => new Uint8Array(0),
  randomBytes: (length) => new Uint8Array(length),
};
