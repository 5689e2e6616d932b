import type { CandidateKey } from '../../shared/cose/crypto-port.ts';

/** A text that spells at least this many bytes in hex or padded base64 is taken for what it spells. */
const PLAUSIBLE_BYTES = 16;

/**
 * The one reading of a key to sign with; `undefined` when there is none. Verification can try every reading, signing must
 * choose: what spells hex is hex, what has base64's own characters is base64, anything else is its text. The caller says
 * which it was.
 */
export function chooseReading(candidates: readonly CandidateKey[]): CandidateKey | undefined {
  const readings = candidates.filter((key) => key.withNewline !== true);
  const [first] = readings;
  const spelled = readings.find(({ encoding, material }) => {
    if (first === undefined || material.kind !== 'secret' || material.bytes.length < PLAUSIBLE_BYTES) return false;
    return encoding === 'hex' || (encoding === 'base64' && looksPadded(first));
  });
  return spelled ?? first;
}

/** Padding or `+` and `/` in the text: unlikely in a secret that is meant as text. */
function looksPadded({ material }: CandidateKey): boolean {
  return material.kind === 'secret' && material.bytes.some((byte) => byte === 0x3d || byte === 0x2b || byte === 0x2f);
}
