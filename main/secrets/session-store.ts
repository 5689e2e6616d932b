import { ok } from '../../shared/result.ts';
import { Secret, type SecretBytes } from './secret.ts';
import type { SecretStore } from './secret-store.ts';

export const SESSION_NAME = 'This session only';

/** Memory of this process: gone when the app closes, and said to be so wherever it is used. */
export function createSessionStore(): SecretStore {
  const items = new Map<string, SecretBytes>();
  return {
    kind: 'session',
    probe: async () => ({ state: 'unlocked', name: SESSION_NAME }),
    get: async (item) => {
      const kept = items.get(item);
      return ok(kept && copy(kept));
    },
    set: async (item, secret) => {
      items.set(item, copy(secret));
      return ok(undefined);
    },
    delete: async (item) => {
      items.get(item)?.reveal().fill(0);
      return ok(items.delete(item));
    },
  };
}

/** What comes in and goes out belongs to the caller, who may wipe it; so may this store. */
const copy = (secret: SecretBytes): SecretBytes => new Secret(Uint8Array.from(secret.reveal()));
