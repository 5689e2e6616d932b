import { ok } from '../../shared/result.ts';
import { Secret, type SecretBytes } from './secret.ts';
import type { SecretStore } from './secret-store.ts';

/** Memory of this process: gone when the app closes, and said to be so wherever it is used. */
export function createSessionStore(): SecretStore {
  const items = new Map<string, SecretBytes>();
  return {
    kind: 'session',
    probe: async () => ({ state: 'unlocked', name: 'This session only' }),
    get: async (item) => ok(items.get(item)),
    set: async (item, secret) => {
      // a copy: the caller may wipe its own
      items.set(item, new Secret(Uint8Array.from(secret.reveal())));
      return ok(undefined);
    },
    delete: async (item) => {
      items.get(item)?.reveal().fill(0);
      return ok(items.delete(item));
    },
  };
}
