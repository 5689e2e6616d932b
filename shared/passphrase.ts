/** Characters that a passphrase has at least when it is chosen. */
export const MIN_PASSPHRASE = 8;
