import type { KeyCalibration, KeyRecord } from '../../../shared/contract/keys.ts';
import type { OvpCalibration } from '../../../shared/contract/ovp.ts';
import { ENCODING_WORDS } from './key-words.ts';

const list = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;

/** `hex matches; utf-8, base64 and base64url do not` */
export function describeReadings({ encoding, ruledOut }: KeyCalibration): string {
  const others = ruledOut.map((reading) => ENCODING_WORDS[reading]);
  const no = others.length === 0 ? '' : `; ${list(others)} ${others.length === 1 ? 'does' : 'do'} not`;
  return `${ENCODING_WORDS[encoding]} matches${no}`;
}

/** What its issuer's tokens look like: `HS256, kid in the unprotected header, COSE tag, no CWT tag`. */
export function describeEnvelope({ envelope }: KeyCalibration): string {
  const words: string[] = [];
  if (envelope.alg !== undefined) words.push(envelope.alg);
  if (envelope.kidIn !== undefined) words.push(`kid in the ${envelope.kidIn} header`);
  if (envelope.coseTag !== undefined) words.push(envelope.coseTag ? 'COSE tag' : 'no COSE tag');
  if (envelope.cwtTag !== undefined) words.push(envelope.cwtTag ? 'CWT tag' : 'no CWT tag');
  if (envelope.payloadForm === 'hex-text') words.push('payload as hex text');
  return words.join(', ');
}

/** What a calibration found, as one or two sentences. */
export function describeMatch(result: OvpCalibration): string {
  switch (result.state) {
    case 'matched': {
      const { calibration } = result.key;
      return calibration === undefined ? 'It matches.' : `Against one token: ${describeReadings(calibration)}.`;
    }
    case 'no-match':
      return result.kidMatches === false ? `The token names another key. ${result.reason}` : result.reason;
    case 'cannot-tell':
      return result.reason;
  }
}

/** The word beside a reading in the table; `undefined`: there is nothing to calibrate. */
export function calibrationWord(key: KeyRecord): { readonly word: string; readonly isSure: boolean } | undefined {
  if (key.origin === 'built-in') return { word: 'built in', isSure: true };
  if (key.origin === 'generated') return { word: 'made here', isSure: true };
  if (key.family !== 'hmac') return undefined;
  return key.calibration === undefined
    ? { word: 'not calibrated', isSure: false }
    : { word: 'calibrated', isSure: true };
}
