import { encode } from '../cbor/encode.ts';
import type { CandidateKey, CryptoPort } from '../cose/crypto-port.ts';
import { type SignError, signEnvelope } from '../cose/sign.ts';
import { ok, type Result } from '../result.ts';
import type { Seconds } from '../units.ts';
import { NEGATIVE_RECIPES, type NegativeLabel } from './negative-recipes.ts';
import { type PredictedOutcome, predictOutcomes } from './predict-outcomes.ts';
import type { PreparedToken } from './prepare-token.ts';

/** A token that is wrong in one way, and what must happen to it. */
export interface NegativeToken extends NegativeLabel {
  readonly bytes: Uint8Array;
  /** what each known recipient does about what is wrong with it, where the rest of the token suits it */
  readonly outcomes: readonly PredictedOutcome[];
}

export interface NegativePackInput {
  /** a token that is right: each negative differs from it in one thing */
  readonly prepared: PreparedToken;
  readonly key: CandidateKey['material'];
  /** DER SubjectPublicKeyInfo of a key pair: what algorithm confusion takes for a secret */
  readonly publicKey?: Uint8Array;
  readonly now: Seconds;
}

/**
 * Tokens to try an edge with, all made of one that is right, each wrong in its own way. Those that the key or the
 * envelope rule out are not made: no MAC can be shortened where there is a signature. Fails as signing does.
 */
export function createNegativePack(
  input: NegativePackInput,
  crypto: CryptoPort,
): Result<readonly NegativeToken[], SignError> {
  const pack: NegativeToken[] = [];
  for (const { make, ...label } of NEGATIVE_RECIPES) {
    const { claims, form } = input.prepared;
    const made = make({ ...input, claims, form, crypto });
    if (made === undefined) continue;
    const request = { ...form, ...made.form, claims: encode(made.claims ?? claims) };
    const signed = signEnvelope(request, made.key ?? input.key, crypto);
    if (!signed.ok) return signed;
    const bytes = made.spoil === undefined ? signed.value : made.spoil(signed.value);
    pack.push({ ...label, bytes, outcomes: predictOutcomes(label, bytes, input.now) });
  }
  return ok(pack);
}
