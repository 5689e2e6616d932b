import { encodeHex } from '../bytes/hex.ts';
import { encodeUtf8 } from '../bytes/utf8.ts';
import { findTokens } from '../carrier/find-tokens.ts';
import type { FoundToken } from '../carrier/found.ts';
import type { CborNode } from '../cbor/node.ts';
import type { CandidateKey, CryptoPort, Integrity } from '../cose/crypto-port.ts';
import type { Envelope, Headers } from '../cose/envelope.ts';
import { HEADER } from '../cose/headers.ts';
import { openEnvelope } from '../cose/open.ts';
import { openDotEnvelope } from '../cose/open-dot.ts';
import { readSecret, type SecretEncoding } from '../cose/readings.ts';
import { verify } from '../cose/verify.ts';
import type { EnvelopeChoices } from '../issue/draft.ts';

/** What was learnt of a key from one token that somebody else signed with it. */
export type Calibration =
  | {
      readonly state: 'matched';
      /** how the key’s text is read to get the secret that signs */
      readonly encoding: SecretEncoding;
      /** readings that give another secret, which did not make this token */
      readonly ruledOut: readonly SecretEncoding[];
      readonly form: TokenForm;
    }
  /** no reading of the secret made the token’s MAC; `kidMatches` tells whether it names this key at all */
  | { readonly state: 'no-match'; readonly kidMatches?: boolean; readonly reason: string }
  /** there is nothing to compare with */
  | { readonly state: 'cannot-tell'; readonly reason: string };

/** How the issuer writes its envelopes, as choices for a draft, so that tokens signed here look the same. */
export interface TokenForm {
  readonly envelope: EnvelopeChoices;
  /** what a draft has no choice for, in words: tokens signed here differ in it */
  readonly differences: readonly string[];
}

/**
 * Finds how a key’s text becomes its secret, and what the issuer’s tokens look like, from text with a token in it. Of several
 * tokens the first that the key made counts. The token’s age does not matter: only its MAC is looked at.
 */
export function calibrate(
  text: string,
  key: { readonly content: Uint8Array; readonly kid?: string },
  crypto: CryptoPort,
): Calibration {
  const candidates = readSecret(key.content, 'auto', {
    ref: 'the key',
    ...(key.kid === undefined ? {} : { kid: key.kid }),
  }).filter(({ withNewline }) => withNewline !== true);
  let first: Calibration | undefined;
  for (const token of findTokens(text).tokens) {
    if (token.kind === 'not-a-cat') continue;
    const envelope = openFound(token);
    const result = conclude(envelope, verify(envelope, candidates, crypto), candidates);
    if (result.state === 'matched') return result;
    first ??= result;
  }
  return first ?? { state: 'cannot-tell', reason: 'There is no token in this text.' };
}

const openFound = (token: FoundToken): Envelope =>
  token.kind === 'c4m-dot' ? openDotEnvelope(token.text) : openEnvelope(token.bytes);

function conclude(envelope: Envelope, integrity: Integrity, candidates: readonly CandidateKey[]): Calibration {
  switch (integrity.state) {
    case 'verified': {
      const { encoding } = integrity;
      if (!isSecretEncoding(encoding)) return { state: 'cannot-tell', reason: 'The key is not a shared secret.' };
      const ruledOut = candidates.map((candidate) => candidate.encoding).filter(isSecretEncoding);
      return {
        state: 'matched',
        encoding,
        ruledOut: ruledOut.filter((other) => other !== encoding),
        form: describeForm(envelope, integrity.context),
      };
    }
    case 'failed': {
      const { kidMatches } = integrity;
      const reason =
        kidMatches === false
          ? 'The token names another key than this one.'
          : 'No reading of the secret made this token’s MAC: it was made with another key, or was changed since.';
      return { state: 'no-match', ...(kidMatches === undefined ? {} : { kidMatches }), reason };
    }
    case 'not-checked':
    case 'cannot-check':
      return { state: 'cannot-tell', reason: integrity.reason };
  }
}

const SECRET_ENCODINGS: ReadonlySet<string> = new Set(['utf8', 'hex', 'base64', 'base64url', 'raw']);
const isSecretEncoding = (encoding: string): encoding is SecretEncoding => SECRET_ENCODINGS.has(encoding);

function describeForm(envelope: Envelope, context: string): TokenForm {
  const { tags, alg, kid, payload, proof } = envelope;
  const differences: string[] = [];
  const cwtTag = tags.includes(61);
  const coseTag = tags.some((tag) => tag >= 16 && tag <= 18);
  if (tags.length !== Number(cwtTag) + Number(coseTag) || (cwtTag && tags[0] !== 61))
    differences.push(`Its tags are ${tags.join(', ')} from the outside in.`);
  if (alg === undefined) differences.push('It names no algorithm.');
  else if (alg.in === 'unprotected') differences.push('Its algorithm stands in the unprotected header.');
  if (kid?.node.kind === 'text') differences.push('Its kid is text, not bytes.');
  if (context !== 'MAC0') differences.push(`Its MAC was computed over a ${context} structure.`);
  const others = [...otherHeaders(envelope.protected), ...otherHeaders(envelope.unprotected)];
  if (others.length > 0) differences.push(`It has further headers: ${others.join(', ')}.`);
  return {
    envelope: {
      // without the header the length of the MAC tells it (RFC 9053 §3.1)
      alg: alg?.name ?? (proof?.bytes.length === 8 ? 'HS256/64' : 'HS256'),
      cwtTag,
      coseTag,
      payloadForm: payload?.form === 'hex-text' ? 'hex-text' : 'bytes',
      ...(kid === undefined ? {} : { kid: spellKid(kid.bytes, kid.text), kidIn: kid.in }),
    },
    differences,
  };
}

/** As text where the text gives back the same bytes. */
function spellKid(bytes: Uint8Array, text: string | undefined): NonNullable<EnvelopeChoices['kid']> {
  const hex = encodeHex(bytes);
  return text !== undefined && encodeHex(encodeUtf8(text)) === hex ? text : { hex };
}

const KNOWN_HEADERS: ReadonlySet<string> = new Set([String(HEADER.alg), String(HEADER.kid)]);

function otherHeaders({ map }: Headers): readonly string[] {
  if (map?.kind !== 'map') return [];
  return map.entries.map(({ key }) => spellLabel(key)).filter((label) => !KNOWN_HEADERS.has(label));
}

const spellLabel = (key: CborNode): string =>
  key.kind === 'int' || key.kind === 'text' ? String(key.value) : 'one of an unusual type';
