import type { SecretStoreKind, SecretsStatus } from '../../shared/contract/secrets.ts';
import type { Probe, SecretStore } from './secret-store.ts';

/** Where secrets go, without the number of keys, which `keys/` knows. */
export type StoreStatus = Omit<SecretsStatus, 'count'>;

/** Chooses the store for new secrets, and says which and why. Existing secrets stay in the store their key names. */
export interface Secrets {
  /** waits for the first probe */
  status(): Promise<StoreStatus>;
  /** probes again */
  recheck(): Promise<StoreStatus>;
  /** where a new secret goes */
  active(): Promise<SecretStore>;
  store(kind: SecretStoreKind): SecretStore | undefined;
}

export interface SecretsOptions {
  readonly keychain: SecretStore;
  readonly session: SecretStore;
  readonly changed?: (status: StoreStatus) => void;
}

export function createSecrets({ keychain, session, changed = () => undefined }: SecretsOptions): Secrets {
  let current: Promise<StoreStatus> | undefined;
  let last: StoreStatus | undefined;

  const look = (): Promise<StoreStatus> => {
    current = keychain.probe().then((probe) => {
      const status = describe(probe);
      if (last !== undefined && !isSame(last, status)) changed(status);
      last = status;
      return status;
    });
    return current;
  };

  return {
    status: () => current ?? look(),
    recheck: look,
    active: async () => ((await (current ?? look())).kind === 'keychain' ? keychain : session),
    store: (kind) => [keychain, session].find((store) => store.kind === kind),
  };
}

/**
 * A keychain that is locked is still the place for secrets: it has to be unlocked, not gone around. Only when there is none
 * is memory used, and its status carries the reason.
 */
function describe(probe: Probe): StoreStatus {
  switch (probe.state) {
    case 'unlocked':
      return { kind: 'keychain', name: probe.name, state: 'unlocked' };
    case 'locked':
      return { kind: 'keychain', name: probe.name, state: 'locked', reason: probe.reason };
    case 'unavailable':
      return { kind: 'session', name: 'This session only', state: 'unlocked', reason: probe.reason };
  }
}

const isSame = (a: StoreStatus, b: StoreStatus) =>
  a.kind === b.kind && a.name === b.name && a.state === b.state && a.reason === b.reason;
