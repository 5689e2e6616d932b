import { encode } from 'uqr';
import { err, ok, type Result } from '../result.ts';

/** A QR code as its modules, dark ones `true`, without the quiet zone of four modules that it needs around it. */
export interface QrMatrix {
  /** modules a side */
  readonly size: number;
  readonly rows: readonly (readonly boolean[])[];
}

/** Bytes of the largest code with the weakest correction (ISO/IEC 18004, version 40-L). */
const MOST_BYTES = 2953;

/** A text as a QR code, with the strongest correction that its size allows; the error is a sentence. */
export function writeQr(text: string): Result<QrMatrix, string> {
  // addresses are ASCII; a longer character is more bytes, never fewer
  if (text.length > MOST_BYTES) return err(`A QR code holds ${MOST_BYTES} characters, and this has ${text.length}.`);
  try {
    const { size, data } = encode(text, { ecc: 'L', boostEcc: true, border: 0 });
    return ok({ size, rows: data });
  } catch {
    return err('The text does not fit into a QR code.');
  }
}
