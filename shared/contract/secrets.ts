import { MIN_PASSPHRASE } from '../passphrase.ts';
import { command, NOTHING } from './command.ts';
import { z } from './zod.ts';

/**
 * Where secrets are kept. `keychain` is the operating system's own store and nothing else; `vault` is one file of the
 * profile, encrypted under a passphrase; `session` is memory, gone when the app closes. The window sends passphrases in, and
 * no schema of this file lets anything secret out.
 */
export const secretStoreKind = z.enum(['keychain', 'vault', 'session']);
export type SecretStoreKind = z.output<typeof secretStoreKind>;

/** Where new secrets go now. When that is not where they were meant to go, `reason` says why. */
export const secretsStatus = z.object({
  kind: secretStoreKind,
  /** the store as its owner knows it: `gnome-keyring`, `KWallet`, `macOS Keychain`, `Windows Credential Manager` */
  name: z.string(),
  state: z.enum(['unlocked', 'locked', 'unavailable']),
  /** a sentence: why the keychain is not used, or why the store is locked or cannot be used */
  reason: z.string().exactOptional(),
  /** secrets that are said to be in it: those of keys and API keys of workspaces */
  count: z.number().int().min(0),
});
export type SecretsStatus = z.output<typeof secretsStatus>;

/**
 * What the owner chose. A keychain that is locked or that refuses is never gone around; `ifMissing` is for one that is not
 * there at all.
 */
export const storeChoice = z.strictObject({ preferred: secretStoreKind, ifMissing: z.enum(['vault', 'session']) });
export type StoreChoice = z.output<typeof storeChoice>;

/** Until somebody chose. The window asks once: `choice` of `secrets.stores` is absent as long as nobody did. */
export const DEFAULT_STORE_CHOICE: StoreChoice = { preferred: 'keychain', ifMissing: 'session' };

/** One of the three, whether secrets go there or not. */
export const secretStoreView = z.object({
  kind: secretStoreKind,
  name: z.string(),
  /**
   * `none`: there is no vault yet. `not-asked`: nothing of this profile is in the keychain and nothing goes there, so it was
   * left alone (asking may open its password dialog); `secrets.recheck` asks.
   */
  state: z.enum(['unlocked', 'locked', 'unavailable', 'none', 'not-asked']),
  /** a sentence about what is wrong with it */
  reason: z.string().exactOptional(),
  /** a sentence: what still works while it is wrong, and what helps */
  hint: z.string().exactOptional(),
  /** as in `secretsStatus` */
  count: z.number().int().min(0),
});
export type SecretStoreView = z.output<typeof secretStoreView>;

export const secretStores = z.object({
  /** absent: nobody was asked yet, and `DEFAULT_STORE_CHOICE` holds */
  choice: storeChoice.exactOptional(),
  /** keychain, vault, session */
  stores: z.array(secretStoreView),
  /** sentences that stay true until something is done: another keychain answers than before, a move was interrupted */
  notices: z.array(z.string()),
});
export type SecretStores = z.output<typeof secretStores>;

/** What a move did. All of them moved, or it is an error and none did. */
export const secretsMove = z.object({
  moved: z.number().int().min(0),
  /** items that could not be deleted at their old place yet; it is tried again at every start */
  leftBehind: z.number().int().min(0),
  stores: secretStores,
});
export type SecretsMove = z.output<typeof secretsMove>;

/** what opens something that exists may be anything; what is new has a length */
export const passphrase = z.string().min(1).max(1024);
export const newPassphrase = z.string().min(MIN_PASSPHRASE).max(1024);

export const secretsCommands = {
  'secrets.status': command(NOTHING, secretsStatus),
  /** looks again, after a keychain was unlocked or started; no secret changes its place */
  'secrets.recheck': command(NOTHING, secretsStatus),
  'secrets.stores': command(NOTHING, secretStores),
  /** for secrets from now on; those that are stored stay where they are until `secrets.move` */
  'secrets.chooseStore': command(storeChoice, secretStores),
  /** `ERR_VAULT_EXISTS` when there is one; afterwards it is unlocked */
  'secrets.createVault': command(z.strictObject({ passphrase: newPassphrase }), secretStores),
  /** `ERR_VAULT_PASSPHRASE`: another one is wanted. `ERR_VAULT_DAMAGED`: the file is not as it was written */
  'secrets.unlock': command(z.strictObject({ passphrase }), secretStores),
  /** forgets the vault's key and what was read from it */
  'secrets.lock': command(NOTHING, secretStores),
  'secrets.changePassphrase': command(z.strictObject({ passphrase, next: newPassphrase }), secretStores),
  /** for a passphrase that is lost: the file is renamed, never deleted, and rows stay to be entered again */
  'secrets.putVaultAside': command(NOTHING, z.object({ keptAs: z.string(), stores: secretStores })),
  /** every secret of keys and workspaces, or none; `ERR_SECRETS_MOVE` names what could not be moved */
  'secrets.move': command(z.strictObject({ to: secretStoreKind }), secretsMove),
};

export const secretsEvents = {
  'secrets.changed': secretsStatus,
  'secrets.storesChanged': secretStores,
};
