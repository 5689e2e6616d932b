import type { SecretStoreKind, SecretsStatus } from '../../../shared/contract/secrets.ts';

/** Where a secret that enters now goes, and what that means. */
export function describeWay(status: SecretsStatus | undefined): string {
  switch (status?.kind) {
    case undefined:
      return 'The secret goes straight to the store.';
    case 'keychain':
      return `The secret goes straight to ${status.name}. Catwalk never displays, logs or copies it.`;
    case 'vault':
      return 'The secret goes straight to the passphrase vault, an encrypted file of this profile. Catwalk never displays, logs or copies it.';
    case 'session':
      return 'The secret stays in memory and is forgotten when you quit: secrets are kept for this session only.';
  }
}

/** Why nothing can be stored now, as the reason of a button. */
export function whyNotStorable(status: SecretsStatus | undefined): string | undefined {
  if (status === undefined) return 'Asking the store for its state';
  if (status.state === 'unlocked') return undefined;
  const name = status.kind === 'vault' ? 'the passphrase vault' : status.name;
  return status.state === 'locked' ? `Unlock ${name} first` : `${name} can’t be reached`;
}

export const STORE_TITLES: Readonly<Record<SecretStoreKind, string>> = {
  keychain: 'OS keychain',
  vault: 'Passphrase vault',
  session: 'This session only',
};
