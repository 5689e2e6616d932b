import type { CandidateKey } from '../../shared/cose/crypto-port.ts';
import { CliError, EXIT } from './exit.ts';

/** A text that spells at least this many bytes in hex or padded base64 is taken for what it spells. */
const PLAUSIBLE_BYTES = 16;

/**
 * The one reading of a key to sign with. Verification can try every reading, signing must choose: what spells hex is hex,
 * what has base64's own characters is base64, anything else is its text. The caller says which it was.
 */
export function chooseSigningKey(candidates: readonly CandidateKey[]): CandidateKey {
  const readings = candidates.filter((key) => key.withNewline !== true);
  const [first] = readings;
  if (first === undefined) throw new CliError(EXIT.usage, 'A token needs one key to be signed with: --key REF.');
  const spelled = readings.find(({ encoding, material }) => {
    if (material.kind !== 'secret' || material.bytes.length < PLAUSIBLE_BYTES) return false;
    return encoding === 'hex' || (encoding === 'base64' && looksPadded(first));
  });
  return spelled ?? first;
}

/** Padding or `+` and `/` in the text: unlikely in a secret that is meant as text. */
function looksPadded(text: CandidateKey): boolean {
  if (text.material.kind !== 'secret') return false;
  return text.material.bytes.some((byte) => byte === 0x3d || byte === 0x2b || byte === 0x2f);
}
