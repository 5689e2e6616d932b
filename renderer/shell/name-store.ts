import type { SecretStoreView } from '../../shared/contract/secrets.ts';

/** A store by its name, inside a sentence. */
export function nameStore(store: Pick<SecretStoreView, 'kind' | 'name'>): string {
  switch (store.kind) {
    case 'keychain':
      return store.name;
    case 'vault':
      return 'the passphrase vault';
    case 'session':
      return 'memory, for this session only';
  }
}
