import type {
  SecretStoreKind,
  SecretStores,
  SecretStoreView,
  SecretsMove,
  SecretsStatus,
} from '../../shared/contract/secrets.ts';
import type { AppError } from '../../shared/errors.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { Handlers } from '../ipc/register.ts';
import type { MoveJournal } from './move-journal.ts';
import { exclusively, moveSecrets, resumeMove } from './move-secrets.ts';
import { Secret } from './secret.ts';
import type { SecretHolder } from './secret-holder.ts';
import type { Secrets } from './secrets.ts';
import { SESSION_NAME } from './session-store.ts';
import type { ChoiceFile } from './store-choice.ts';
import { VAULT_NAME, type Vault } from './vault-store.ts';

export type SecretsHandlers = Pick<Handlers, Extract<keyof Handlers, `secrets.${string}`>>;

export interface SecretStoresOptions {
  readonly secrets: Secrets;
  readonly vault: Vault;
  readonly choice: ChoiceFile;
  readonly journal: MoveJournal;
  /** whoever writes down where secrets are; all of them before the first command */
  readonly holders: readonly SecretHolder[];
  readonly changed?: (stores: SecretStores, status: SecretsStatus) => void;
  /** nothing of the vault may stay on the screen */
  readonly locked?: () => void;
}

/** The three stores as their owner sees and changes them. */
export interface SecretStoresControl {
  readonly handlers: SecretsHandlers;
  /** carries on a move that a crash interrupted; before anything else changes a secret */
  resume(): Promise<void>;
  /** says how things are now: a store changed its state, or a secret came or went */
  tell(): Promise<SecretStores>;
  /** at once, and what was read from the vault is forgotten */
  lockVault(): Promise<void>;
  settled(): Promise<void>;
}

export function createSecretStores(options: SecretStoresOptions): SecretStoresControl {
  const { secrets, vault, choice, journal, holders, changed = () => undefined, locked = () => undefined } = options;

  const reload = () => Promise.all(holders.map((holder) => holder.reload()));
  const held = (kind: SecretStoreKind) =>
    holders.flatMap((holder) => holder.secrets()).filter((secret) => secret.store === kind && secret.isOwn !== true);
  async function status(): Promise<SecretsStatus> {
    const found = await secrets.status();
    return { ...found, count: held(found.kind).length };
  }

  async function view(): Promise<SecretStores> {
    const notices = [await noteKeychain(), describeLeft(journal)].filter((sentence) => sentence !== undefined);
    const chosen = choice.choice();
    const stores = [await describeKeychain(), await describeVault(), describeSession()];
    return { ...(chosen === undefined ? {} : { choice: chosen }), stores, notices };
  }

  /** After something was done: everybody is told, and whoever asked is answered with the same. */
  async function tell(): Promise<SecretStores> {
    const now = await status();
    const stores = await view();
    changed(stores, now);
    return stores;
  }

  async function done(result: Result<unknown, AppError>): Promise<Result<SecretStores, AppError>> {
    if (!result.ok) return result;
    await reload();
    return ok(await tell());
  }

  async function describeKeychain(): Promise<SecretStoreView> {
    const known = { kind: 'keychain', count: held('keychain').length } as const;
    // its keys were read when the app started, so where there are any it was asked
    const probe = await secrets.lastProbe();
    if (!probe) return { ...known, name: choice.keychainName() ?? 'OS keychain', state: 'not-asked' };
    if (probe.state === 'unlocked') return { ...known, name: probe.name, state: 'unlocked' };
    return { ...known, ...probe, hint: probe.state === 'locked' ? UNLOCK_KEYCHAIN : await whatWorks() };
  }

  async function whatWorks(): Promise<string> {
    const { kind, name, state } = await secrets.status();
    const meanwhile =
      state === 'unlocked'
        ? `New secrets go here meanwhile: ${name.toLowerCase()}.`
        : `New secrets would go into the ${kind}, which is ${state}.`;
    return `Start it and look again. Keys that were read in this session still work. ${meanwhile}`;
  }

  async function describeVault(): Promise<SecretStoreView> {
    const found = await vault.state();
    const known = { kind: 'vault', name: VAULT_NAME, count: held('vault').length } as const;
    if (found.state === 'none') return { ...known, state: 'none' };
    const { state, reason } = found;
    const hint = state === 'locked' ? UNLOCK_VAULT : reason === undefined ? undefined : MEND_VAULT;
    return { ...known, state, ...(reason === undefined ? {} : { reason }), ...(hint === undefined ? {} : { hint }) };
  }

  const describeSession = (): SecretStoreView => ({
    kind: 'session',
    name: SESSION_NAME,
    state: 'unlocked',
    count: held('session').length,
  });

  /**
   * Another keychain answers than the one that had all the secrets. The new name is remembered once every secret is found
   * in it: moved by the system, or entered again.
   */
  async function noteKeychain(): Promise<string | undefined> {
    const probe = await secrets.lastProbe();
    if (probe?.state !== 'unlocked') return undefined;
    const before = choice.keychainName();
    if (before === probe.name) return undefined;
    const missing = held('keychain').filter(({ isMissing }) => isMissing).length;
    if (before !== undefined && missing > 0)
      return `Secrets were put into ${before}; now ${probe.name} answers as the keychain, and ${countOf(missing)} not in it. Start ${before} again, or enter them again.`;
    await choice.rememberKeychain(probe.name);
    return undefined;
  }

  async function resume(): Promise<void> {
    if (journal.steps().length > 0) await exclusively(holders, () => resumeMove({ secrets, holders, journal }));
  }

  function lockVault() {
    vault.lock();
    locked();
    return done(ok(undefined));
  }

  const passphraseOf = (text: string) => new Secret(text);

  const handlers: SecretsHandlers = {
    'secrets.status': async () => ok(await status()),
    'secrets.recheck': async () => {
      await secrets.recheck('all');
      await resume();
      await reload();
      await tell();
      return ok(await status());
    },
    'secrets.stores': async () => ok(await view()),
    'secrets.chooseStore': async (chosen) => done(await choice.choose(chosen)),
    'secrets.createVault': async ({ passphrase }) => done(await vault.create(passphraseOf(passphrase))),
    'secrets.unlock': async ({ passphrase }) => done(await vault.unlock(passphraseOf(passphrase))),
    'secrets.lock': lockVault,
    'secrets.changePassphrase': async ({ passphrase, next }) =>
      done(await vault.changePassphrase(passphraseOf(passphrase), passphraseOf(next))),
    'secrets.putVaultAside': async () => {
      const aside = await vault.putAside();
      if (!aside.ok) return aside;
      await reload();
      return ok({ keptAs: aside.value, stores: await tell() });
    },
    'secrets.move': async ({ to }): Promise<Result<SecretsMove, AppError>> => {
      const moved = await moveSecrets(to, { secrets, holders, journal });
      if (!moved.ok) {
        // the reason may be a store that went away
        await secrets.recheck();
        await tell();
        return moved;
      }
      return ok({ ...moved.value, stores: await tell() });
    },
  };

  return {
    handlers,
    resume,
    tell,
    lockVault: async () => {
      const { state } = await vault.state();
      if (state !== 'none' && state !== 'locked') await lockVault();
    },
    settled: async () => {
      await Promise.all([choice.settled(), journal.settled()]);
    },
  };
}

function describeLeft(journal: MoveJournal): string | undefined {
  const steps = journal.steps();
  if (steps.length === 0) return undefined;
  const isDone = steps.every(({ phase }) => phase === 'deleting');
  return isDone
    ? `${steps.length === 1 ? 'An old item is' : `${steps.length} old items are`} still in the store that the secrets were moved from. It is tried again at every start.`
    : 'A move of secrets was interrupted. It is carried on at the next start; every secret is where it was.';
}

const countOf = (missing: number): string => (missing === 1 ? '1 of them is' : `${missing} of them are`);

const UNLOCK_KEYCHAIN =
  'Unlock it, or allow Catwalk in its dialog, and look again. Nothing goes around it meanwhile; tokens can be inspected without keys.';
const UNLOCK_VAULT = 'Enter its passphrase. Keys in other stores work meanwhile.';
const MEND_VAULT =
  'Items that are whole still work; the others keep their rows, to be entered again. The file is copied aside before it is written next.';
