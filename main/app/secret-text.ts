/** A secret as a person can read and use it: as it was entered where that is plain text, else as hex. */
export interface SecretText {
  readonly text: string;
  readonly form: 'text' | 'hex';
}

export function formatSecret(content: Uint8Array): SecretText {
  const text = Buffer.from(content).toString('latin1');
  // anything but visible ASCII could look like something else on the screen
  return /^[\x20-\x7e\r\n\t]+$/.test(text)
    ? { text, form: 'text' }
    : { text: Buffer.from(content).toString('hex'), form: 'hex' };
}
