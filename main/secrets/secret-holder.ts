import type { SecretStoreKind } from '../../shared/contract/secrets.ts';
import type { AppError } from '../../shared/errors.ts';
import type { Result } from '../../shared/result.ts';

/** Where a secret is: a store, and the name of its item there. */
export interface SecretPlace {
  readonly store: SecretStoreKind;
  readonly item: string;
}

/** A secret as a record names it. */
export interface HeldSecret extends SecretPlace {
  /** of the record */
  readonly id: string;
  /** what its owner calls it */
  readonly label: string;
  /** it was looked for, and its store does not have it */
  readonly isMissing: boolean;
  /** one of the application itself: it moves with the others, and is not among those a person counts */
  readonly isOwn?: boolean;
}

/** Whoever writes down where secrets are: the list of keys, the list of workspaces. */
export interface SecretHolder {
  /** for the journal of a move */
  readonly name: string;
  secrets(): readonly HeldSecret[];
  /** the records of these ids name another place from now on: all of them, in one write, or none. Unknown ids are skipped */
  point(places: ReadonlyMap<string, SecretPlace>): Promise<Result<void, AppError>>;
  /** nothing of it changes while `work` runs, but by `point` */
  exclusively<T>(work: () => Promise<T>): Promise<T>;
  /** forgets what was read from stores, and reads again what it needs at hand */
  reload(): Promise<void>;
}
