import { readClaims } from '../claims/read-claims.ts';
import { openEnvelope } from '../cose/open.ts';
import { judgeClaims } from '../evaluate/judge-claims.ts';
import type { RecipientFacts, RequestFacts } from '../evaluate/request.ts';
import { type RichText, rich } from '../explain/rich-text.ts';
import { type Seconds, seconds } from '../units.ts';
import { VERIFIERS } from '../verifiers/registry.ts';
import type { Verifier, VerifierId } from '../verifiers/verifier.ts';
import type { NegativeLabel } from './negative-recipes.ts';

export interface PredictedOutcome {
  readonly verifier: VerifierId;
  readonly outcome: 'refuses' | 'lets-through' | 'not-known';
  readonly why: RichText;
}

/** Any request of a player: what a negative differs in decides about it, not the request. */
const REQUEST: RequestFacts = { url: 'https://cdn.example.com/video/master.m3u8', method: 'GET', headers: [] };

/** What each recipient does about the one thing that is wrong with a negative. */
export function predictOutcomes(label: NegativeLabel, bytes: Uint8Array, now: Seconds): readonly PredictedOutcome[] {
  return VERIFIERS.map((verifier) => ({ verifier: verifier.id, ...predict(label, bytes, now, verifier) }));
}

type Prediction = Omit<PredictedOutcome, 'verifier'>;

function predict(label: NegativeLabel, bytes: Uint8Array, now: Seconds, verifier: Verifier): Prediction {
  return label.claim === undefined
    ? byEnvelope(label, bytes, verifier)
    : byClaim(label.claim.name, bytes, now, verifier);
}

function byClaim(name: string, bytes: Uint8Array, now: Seconds, verifier: Verifier): Prediction {
  const node = openEnvelope(bytes).payload?.claims;
  if (node === undefined) return { outcome: 'not-known', why: rich`Its claims are encrypted` };
  const recipient: RecipientFacts = { now, skew: seconds(verifier.rules.time.skew) };
  const verdicts = judgeClaims(readClaims(node), REQUEST, recipient, verifier);
  const verdict = verdicts.find((one) => one.name === name);
  if (verdict === undefined) return { outcome: 'not-known', why: rich`It has no ${name}` };
  const why = verdict.reason;
  if (verdict.verdict === 'fail') return { outcome: 'refuses', why };
  return { outcome: verdict.verdict === 'unknown' ? 'not-known' : 'lets-through', why };
}

function byEnvelope({ id }: NegativeLabel, bytes: Uint8Array, { name, envelope }: Verifier): Prediction {
  const lets = (why: RichText): Prediction => ({ outcome: 'lets-through', why });
  const refuses = (why: RichText): Prediction => ({ outcome: 'refuses', why });
  if (id === 'no-tags') {
    if (envelope.cwtTag === 'required') return refuses(rich`${name} requires tag 61`);
    if (envelope.coseTag === 'required') return refuses(rich`${name} requires the COSE tag`);
    return lets(rich`${name} reads a token without tags`);
  }
  if (id === 'hex-text-payload')
    return envelope.hexTextPayload
      ? lets(rich`${name} reads claims as hex text`)
      : refuses(rich`${name} expects a byte string`);
  if (!envelope.verifiesIntegrity) return lets(rich`${name} never looks at the MAC or signature`);
  if (id === 'unknown-kid') {
    if (envelope.keyChoice === 'every-key') return lets(rich`${name} tries every key`);
    if (envelope.keyChoice === 'one-key') return lets(rich`${name} has one key and does not look at the kid`);
    return refuses(rich`No key has this kid`);
  }
  if (id === 'shortened-mac')
    return envelope.truncatedMac
      ? lets(rich`${name} takes a MAC of eight bytes`)
      : refuses(rich`${name} takes no MAC of eight bytes`);
  // a public key as a secret: only where a key pair is expected and the token says what to do with it
  if (
    id === 'algorithm-confusion' &&
    openEnvelope(bytes).alg?.name === 'HS256' &&
    envelope.algorithmFrom === 'token' &&
    envelope.algorithms.includes('ES256')
  )
    return lets(rich`${name} takes the algorithm from the token, and the public key for a secret`);
  return refuses(rich`The MAC or signature does not verify with its key`);
}
