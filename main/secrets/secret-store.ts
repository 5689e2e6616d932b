import type { SecretStoreKind } from '../../shared/contract/secrets.ts';
import type { AppError } from '../../shared/errors.ts';
import type { Result } from '../../shared/result.ts';
import type { SecretBytes } from './secret.ts';

/** What was found when the store was tried. Only a store that took a value and gave it back is `unlocked`. */
export type Probe = { readonly name: string } & (
  | { readonly state: 'unlocked' }
  | { readonly state: 'locked' | 'unavailable'; readonly reason: string }
);

/**
 * A place for secrets, each an item under a name that its owner recognises (`prod/akamai-live`). No method throws, and
 * "not there" is never said of an item that could not be looked for: that is an error with its reason.
 */
export interface SecretStore {
  readonly kind: SecretStoreKind;
  /** writes, reads and deletes a value of its own */
  probe(): Promise<Probe>;
  /** `undefined`: the store was read, and the item is not in it */
  get(item: string): Promise<Result<SecretBytes | undefined, AppError>>;
  /** replaces what was there; afterwards either the old or the new value is there, never a mixture */
  set(item: string, secret: SecretBytes): Promise<Result<void, AppError>>;
  /** whether there was something to delete */
  delete(item: string): Promise<Result<boolean, AppError>>;
}
