import { assertNever } from '../../shared/assert-never.ts';
import type { SecretsStatus } from '../../shared/contract/secrets.ts';
import type { IconName } from '../ui/icon.tsx';

export interface StoreWords {
  readonly icon: IconName;
  /** for the status bar */
  readonly short: string;
  /** title of the line on the Keys screen */
  readonly title: string;
  /** what it means for the secrets */
  readonly meaning: string;
  /** something is not as it should be */
  readonly isOdd: boolean;
}

/** Where secrets are kept, in words. "Keychain" names the operating system's store and nothing else. */
export function describeStore(status: SecretsStatus): StoreWords {
  const secrets = status.count === 1 ? '1 secret' : `${status.count} secrets`;
  switch (status.kind) {
    case 'keychain':
      if (status.state === 'unlocked')
        return {
          icon: 'unlocked',
          short: `OS keychain: ${status.name} · unlocked`,
          title: `OS keychain: ${status.name}, unlocked`,
          meaning: `${status.count === 0 ? 'No secrets in it yet; each gets an item of its own' : `${secrets}, one keychain item each`}. Catwalk’s own files hold names and key ids, never secrets.`,
          isOdd: false,
        };
      return {
        icon: status.state === 'locked' ? 'locked' : 'warning',
        short: `OS keychain: ${status.name} · ${status.state}`,
        title: `OS keychain: ${status.name}, ${status.state}`,
        meaning: status.reason ?? 'Keys can’t be used until it can be read.',
        isOdd: status.state === 'unavailable',
      };
    case 'vault':
      return {
        icon: status.state === 'unlocked' ? 'unlocked' : 'locked',
        short: `Passphrase vault · ${status.state}`,
        title: `Passphrase vault, ${status.state}`,
        meaning: status.reason ?? `${secrets} in one encrypted file.`,
        isOdd: false,
      };
    case 'session':
      return {
        icon: 'warning',
        short: 'Secrets are kept for this session only',
        title: 'This session only',
        meaning: `${status.reason ?? 'No OS keychain was found.'} Secrets are forgotten when you quit; nothing is written.`,
        isOdd: true,
      };
    default:
      return assertNever(status.kind);
  }
}
