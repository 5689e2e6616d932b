import {
  DEFAULT_STORE_CHOICE,
  type SecretStoreKind,
  type SecretsStatus,
  type StoreChoice,
} from '../../shared/contract/secrets.ts';
import { type AppError, createError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Probe, SecretStore } from './secret-store.ts';
import { SESSION_NAME } from './session-store.ts';
import { VAULT_NAME, type Vault } from './vault-store.ts';

/** Where secrets go, without their number, which only those know who hold them. */
export type StoreStatus = Omit<SecretsStatus, 'count'>;

/** Chooses the store for new secrets, and says which and why. Existing secrets stay in the store their record names. */
export interface Secrets {
  /** waits for the first probe of the keychain, if that is where secrets go */
  status(): Promise<StoreStatus>;
  /** looks again. A keychain that nothing has to do with is asked only with `all`: it may open its password dialog */
  recheck(which?: 'used' | 'all'): Promise<StoreStatus>;
  /** where a new secret goes */
  active(): Promise<SecretStore>;
  store(kind: SecretStoreKind): SecretStore | undefined;
  /** the store, if it can be used now */
  open(kind: SecretStoreKind): Promise<Result<SecretStore, AppError>>;
  /** what the keychain was when it was last asked; `undefined`: it never was */
  lastProbe(): Promise<Probe> | undefined;
}

export interface SecretsOptions {
  readonly keychain: SecretStore;
  readonly session: SecretStore;
  readonly vault?: Vault;
  /** what the owner chose; `undefined`: nothing yet */
  readonly choice?: () => StoreChoice | undefined;
  readonly changed?: (status: StoreStatus) => void;
}

export function createSecrets(options: SecretsOptions): Secrets {
  const { keychain, session, vault, choice = () => undefined, changed = () => undefined } = options;
  let asked: Promise<Probe> | undefined;
  let last: StoreStatus | undefined;

  const askKeychain = (): Promise<Probe> => (asked ??= keychain.probe());
  const store = (kind: SecretStoreKind) => [keychain, session, vault].find((one) => one?.kind === kind);

  /**
   * A keychain that is locked is still the place for secrets: it has to be unlocked, not gone around. Only when there is
   * none is the other place used, and its status carries the reason.
   */
  async function find(): Promise<StoreStatus> {
    const { preferred, ifMissing } = choice() ?? DEFAULT_STORE_CHOICE;
    if (preferred === 'session') return describeSession(CHOSEN_SESSION);
    if (preferred === 'vault') return describeVault();
    const probe = await askKeychain();
    if (probe.state !== 'unavailable') return { kind: 'keychain', ...probe };
    return ifMissing === 'vault' ? describeVault(probe.reason) : describeSession(probe.reason);
  }

  async function describeVault(why?: string): Promise<StoreStatus> {
    const vaultState = vault && (await vault.state());
    const known = { kind: 'vault', name: VAULT_NAME } as const;
    if (!vaultState || vaultState.state === 'none')
      return { ...known, state: 'unavailable', reason: join(why, createError('ERR_VAULT_NONE').message) };
    const reason = join(why, vaultState.reason);
    return { ...known, state: vaultState.state, ...(reason === '' ? {} : { reason }) };
  }

  async function look(): Promise<StoreStatus> {
    const status = await find();
    if (last !== undefined && !isSame(last, status)) changed(status);
    last = status;
    return status;
  }

  return {
    status: look,
    recheck: async (which = 'used') => {
      const { preferred } = choice() ?? DEFAULT_STORE_CHOICE;
      if (which === 'all' || asked !== undefined || preferred === 'keychain') asked = keychain.probe();
      return look();
    },
    active: async () => store((await look()).kind) ?? session,
    store,
    open: async (kind) => {
      switch (kind) {
        case 'session':
          return ok(session);
        case 'keychain': {
          const probe = await askKeychain();
          return probe.state === 'unlocked' ? ok(keychain) : err(describeProbe(probe));
        }
        case 'vault': {
          const vaultState = vault && (await vault.state());
          if (!vault || !vaultState || vaultState.state === 'none') return err(createError('ERR_VAULT_NONE'));
          if (vaultState.state === 'unlocked') return ok(vault);
          const { state, reason } = vaultState;
          return err(describeProbe({ state, name: VAULT_NAME, reason: reason ?? '' }));
        }
      }
    },
    lastProbe: () => asked,
  };
}

function describeProbe(probe: Exclude<Probe, { state: 'unlocked' }>): AppError {
  return createError(probe.state === 'locked' ? 'ERR_SECRETS_LOCKED' : 'ERR_SECRETS_UNAVAILABLE', {
    message: probe.reason,
  });
}

const describeSession = (reason: string): StoreStatus => ({
  kind: 'session',
  name: SESSION_NAME,
  state: 'unlocked',
  reason,
});

const CHOSEN_SESSION = 'Secrets are kept in memory, as you chose.';

const join = (...sentences: readonly (string | undefined)[]): string =>
  sentences.filter((sentence) => sentence !== undefined && sentence !== '').join(' ');

const isSame = (a: StoreStatus, b: StoreStatus) =>
  a.kind === b.kind && a.name === b.name && a.state === b.state && a.reason === b.reason;
