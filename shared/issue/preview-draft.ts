import { decode } from '../cbor/decode.ts';
import type { JsonProblem } from '../claims/claim.ts';
import type { ClaimsSet } from '../claims/claims-set.ts';
import { claimsToJson } from '../claims/claims-to-json.ts';
import { readClaims } from '../claims/read-claims.ts';
import { findAlgorithm } from '../cose/algorithms.ts';
import type { AsymmetricKey, CandidateKey, CryptoPort } from '../cose/crypto-port.ts';
import { signEnvelope } from '../cose/sign.ts';
import type { RichText } from '../explain/rich-text.ts';
import { explainClaims } from '../explain/sentence.ts';
import type { JsonObject } from '../json.ts';
import { err, ok, type Result } from '../result.ts';
import type { Draft } from './draft.ts';
import type { IssueNote } from './issue-note.ts';
import { isRefused, sizeNotes } from './issue-token.ts';
import type { Clock } from './moments.ts';
import { type PreparedToken, prepareToken } from './prepare-token.ts';
import { resolveTimes } from './relative-times.ts';
import type { Target } from './target.ts';

/** What a draft will become, before anybody signs it. */
export interface DraftPreview {
  readonly prepared: PreparedToken;
  readonly claims: ClaimsSet;
  /** the claims as they will be written: what a target leaves out is not among them, moments are seconds */
  readonly json: JsonObject;
  /** everything there is to say, the size included */
  readonly notes: readonly IssueNote[];
  /** whether a note refuses it */
  readonly refused: boolean;
  /** whom it lets in, in words */
  readonly sentence: RichText;
  /** the whole token with zeros for its proof, which are the last `proofLength` bytes; absent when no key could make it */
  readonly unsigned?: Uint8Array;
  readonly proofLength: number;
}

/**
 * A draft as it will be written for a target. `proofLength` is that of a signature whose length the key decides: 256 for
 * RSA of 2048 bits. The error is what cannot be read, each problem with its path in the claims JSON.
 */
export function previewDraft(
  draft: Draft,
  target: Target,
  clock: Clock,
  proofLength = 256,
): Result<DraftPreview, readonly JsonProblem[]> {
  const claims = resolveTimes(draft.claims, clock);
  if (!claims.ok) return claims;
  const prepared = prepareToken({ ...draft, claims: claims.value }, target);
  if (!prepared.ok) return err(prepared.error);
  const { form, bytes, notes } = prepared.value;
  const set = readClaims(decode(bytes).root);
  const length = findAlgorithm(form.alg)?.proofLength ?? proofLength;
  const blank = signBlank(prepared.value, length);
  const all = blank === undefined ? notes : [...notes, ...sizeNotes(blank.length, target)];
  return ok({
    prepared: prepared.value,
    claims: set,
    json: claimsToJson(set),
    notes: all,
    refused: isRefused(all),
    sentence: explainClaims(set),
    ...(blank !== undefined && { unsigned: blank }),
    proofLength: length,
  });
}

/** The token with zeros where its proof will be: signed with a key that is none. */
function signBlank({ form, bytes }: PreparedToken, proofLength: number): Uint8Array | undefined {
  const row = findAlgorithm(form.alg);
  const blank = new Uint8Array(proofLength);
  const key: AsymmetricKey = { family: row?.family === 'rsa' ? 'rsa' : 'ec-p256', private: true, handle: undefined };
  const keyLength = row?.primitive?.kind === 'aes-gcm' ? row.primitive.keyLength : 32;
  const material: CandidateKey['material'] =
    row?.family === 'secret' ? { kind: 'secret', bytes: new Uint8Array(keyLength) } : { kind: 'asymmetric', key };
  const nothing: CryptoPort = {
    hmacSha256: () => new Uint8Array(32),
    equal: () => false,
    verifyEs256: () => false,
    signEs256: () => blank,
    verifyPs256: () => false,
    signPs256: () => blank,
    openAesGcm: () => undefined,
    sealAesGcm: (_key, _iv, plaintext) => new Uint8Array(plaintext.length + 16),
    randomBytes: (length) => new Uint8Array(length),
  };
  const signed = signEnvelope({ ...form, claims: bytes }, material, nothing);
  return signed.ok ? signed.value : undefined;
}
