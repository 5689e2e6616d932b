import type { CandidateKey } from '../../shared/cose/crypto-port.ts';
import type { Target } from '../../shared/issue/target.ts';
import { findTarget, TARGETS } from '../../shared/issue/targets.ts';
import { isZone } from '../../shared/issue/time-zone.ts';
import type { Call, Output } from './command.ts';
import { CliError, EXIT } from './exit.ts';
import { loadKeys } from './key-refs.ts';
import { chooseSigningKey } from './signing-key.ts';

export function chooseTarget(id: string): Target {
  const target = findTarget(id);
  if (target !== undefined) return target;
  throw new CliError(
    EXIT.usage,
    `There is no target “${id}”. ${TARGETS.map((known) => known.id).join(', ')} are there.`,
  );
}

/** The zone for moments without one: the computer's, unless another is named. */
export function readZone(zone: string | undefined): string {
  if (zone === undefined) return new Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (isZone(zone)) return zone;
  throw new CliError(EXIT.usage, `There is no time zone “${zone}”.`);
}

/** What a key can sign with when nobody says; a secret leaves it to the target. */
export const algorithmOf = ({ alg, material }: CandidateKey): string | undefined =>
  alg ?? (material.kind === 'secret' ? undefined : material.key.family === 'rsa' ? 'PS256' : 'ES256');

/** The one key that signs; how it was read is said where it could be read otherwise. */
export async function loadSigningKey(call: Call, output: Output): Promise<CandidateKey> {
  const refs = call.all('key');
  if (refs.length !== 1) throw new CliError(EXIT.usage, 'A token is signed with one key: --key REF.');
  const candidates = await loadKeys(refs, call.one('key-encoding'));
  const key = chooseSigningKey(candidates);
  if (candidates.filter((other) => other.withNewline !== true).length > 1)
    output.note(`The key is read as ${key.encoding}; --key-encoding chooses another reading.`);
  return key;
}
