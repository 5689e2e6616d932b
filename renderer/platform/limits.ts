import { MIN_PASSPHRASE } from '../../shared/contract/secrets.ts';

/** Characters a new passphrase has at least; main refuses shorter ones. */
export const MIN_PASSPHRASE_LENGTH: number = MIN_PASSPHRASE;
