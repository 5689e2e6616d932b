import { command, NOTHING } from './command.ts';
import { z } from './zod.ts';

/** `keychain` is the operating system's own store and nothing else; `session` is memory, gone when the app closes. */
export const secretStoreKind = z.enum(['keychain', 'vault', 'session']);
export type SecretStoreKind = z.output<typeof secretStoreKind>;

/** Where secrets go now. When it is not the keychain, `reason` says why. */
export const secretsStatus = z.object({
  kind: secretStoreKind,
  /** the store as its owner knows it: `gnome-keyring`, `KWallet`, `macOS Keychain`, `Windows Credential Manager` */
  name: z.string(),
  state: z.enum(['unlocked', 'locked', 'unavailable']),
  /** a sentence: why the keychain is not used, or why it is locked */
  reason: z.string().exactOptional(),
  /** keys that can be used now */
  count: z.number().int().min(0),
});
export type SecretsStatus = z.output<typeof secretsStatus>;

export const secretsCommands = {
  'secrets.status': command(NOTHING, secretsStatus),
  /** looks again, after the keychain was unlocked or started; the session's own keys stay where they are */
  'secrets.recheck': command(NOTHING, secretsStatus),
};

export const secretsEvents = {
  'secrets.changed': secretsStatus,
};
