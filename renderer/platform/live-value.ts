import { createStore, type StoreApi, useStore } from 'zustand';
import type { AppError } from '../../shared/errors.ts';
import type { Result } from '../../shared/result.ts';

/** A value that main owns, as the window last heard of it. */
export interface Live<T> {
  /** `undefined` until main answered the first time; an error later leaves the last value standing */
  readonly value: T | undefined;
  readonly error: AppError | undefined;
}

export interface LiveValue<T> {
  readonly store: StoreApi<Live<T>>;
  /** asks main again */
  readonly reload: () => Promise<void>;
  /** takes a value that a command answered, so that nobody waits for the event */
  readonly set: (value: T) => void;
}

interface Source<T> {
  readonly load: () => Promise<Result<T, AppError>>;
  readonly subscribe: (listener: (value: T) => void) => () => void;
}

/** Loads once and follows main's events; an event that comes while the first answer is on its way is newer and wins. */
export function createLiveValue<T>(source: Source<T>): LiveValue<T> {
  const store = createStore<Live<T>>(() => ({ value: undefined, error: undefined }));
  let version = 0;
  const set = (value: T) => {
    version += 1;
    store.setState({ value, error: undefined });
  };
  const reload = async () => {
    const asked = version;
    const answer = await source.load();
    if (!answer.ok) store.setState({ error: answer.error });
    else if (asked === version) set(answer.value);
  };
  source.subscribe(set);
  void reload();
  return { store, reload, set };
}

export const useLive = <T>(live: LiveValue<T>): Live<T> => useStore(live.store);
