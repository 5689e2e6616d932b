import type { CandidateKey } from '../../shared/cose/crypto-port.ts';
import { chooseReading } from '../issue/choose-reading.ts';
import { CliError, EXIT } from './exit.ts';

/** The one reading of the keys that were named to sign with. */
export function chooseSigningKey(candidates: readonly CandidateKey[]): CandidateKey {
  const chosen = chooseReading(candidates);
  if (chosen === undefined) throw new CliError(EXIT.usage, 'A token needs one key to be signed with: --key REF.');
  return chosen;
}
