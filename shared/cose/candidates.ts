import { encodeHex } from '../bytes/hex.ts';
import type { CandidateKey, Integrity } from './crypto-port.ts';
import type { Envelope } from './envelope.ts';
import type { Misfit } from './key-fit.ts';

export const cannotCheck = (reason: string, alarm = false): Integrity => ({
  state: 'cannot-check',
  tried: 0,
  reason,
  ...(alarm && { alarm }),
});

export const NO_KEYS: Integrity = { state: 'not-checked', tried: 0, reason: 'No key was given to check it with.' };

/** No key could be tried: says why of the first, an alarm before anything else. */
export function cannotUse(misfits: readonly Misfit[]): Integrity {
  const worst = misfits.find((misfit) => misfit.alarm) ?? misfits[0];
  return cannotCheck(worst?.reason ?? 'No key can be used with this token.', worst?.alarm);
}

/** The keys in their order, those of the token's key id first. The id is a hint: it is never required to match. */
export function byKid(envelope: Envelope, candidates: Iterable<CandidateKey>): readonly CandidateKey[] {
  const keys = Array.isArray(candidates) ? (candidates as readonly CandidateKey[]) : [...candidates];
  if (envelope.kid === undefined || keys.length < 2) return keys;
  const matching = keys.filter((key) => kidMatches(envelope, key) === true);
  return matching.length === 0 ? keys : [...matching, ...keys.filter((key) => !matching.includes(key))];
}

/** Whether a key's id is the token's, as text or as hex of its bytes; `undefined` when either has none. */
export function kidMatches(envelope: Envelope, key: CandidateKey): boolean | undefined {
  const kid = envelope.kid;
  if (kid === undefined || key.kid === undefined) return undefined;
  return kid.text === key.kid || encodeHex(kid.bytes) === key.kid.toLowerCase();
}

/** The same of all the keys that failed: whether one of them had the token's id. */
export function anyKidMatches(envelope: Envelope, keys: readonly CandidateKey[]): boolean | undefined {
  const matches = keys.map((key) => kidMatches(envelope, key)).filter((match) => match !== undefined);
  return matches.length === 0 ? undefined : matches.includes(true);
}
