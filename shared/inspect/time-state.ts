import type { ClaimsSet } from '../claims/claims-set.ts';
import { type Seconds, seconds } from '../units.ts';
import type { TimeState } from './inspection.ts';

/**
 * The validity window by exp and nbf alone, judged at `now` with no leeway (S§4.6.3, §4.6.4: at exp it is over).
 * A time whose shape was unusable counts as absent here; the findings and verdicts say what is wrong with it.
 */
export function timeState(claims: ClaimsSet | undefined, now: Seconds): TimeState {
  const expires = timeOf(claims, 'exp');
  const notBefore = timeOf(claims, 'nbf');
  return { state: stateAt(now, notBefore, expires), notBefore, expires };
}

function stateAt(now: Seconds, notBefore: Seconds | undefined, expires: Seconds | undefined): TimeState['state'] {
  if (expires !== undefined && now >= expires) return 'expired';
  if (notBefore !== undefined && now < notBefore) return 'not-yet';
  return expires === undefined ? 'unbounded' : 'valid';
}

function timeOf(claims: ClaimsSet | undefined, name: 'exp' | 'nbf'): Seconds | undefined {
  const value = claims?.entries.find((entry) => entry.name === name && entry.value !== undefined)?.value;
  if (typeof value === 'number') return seconds(value);
  return typeof value === 'bigint' ? seconds(Number(value)) : undefined;
}
