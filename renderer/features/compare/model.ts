import { createContext, useContext } from 'react';
import { createStore, type StoreApi, useStore } from 'zustand';
import type { Session } from '../../platform/session.ts';
import type { Clock } from '../../shell/clock.ts';
import type { CompareClient } from '../../workers/compare-client.ts';
import type { Comparison } from '../../workers/compare-protocol.ts';

export type SideName = 'a' | 'b';
export type CompareTab = 'effect' | 'claims' | 'envelope' | 'bytes';

interface CompareState {
  readonly a: string;
  readonly b: string;
  /** addresses to try both on, one a line */
  readonly urls: string;
  readonly comparison: Comparison | undefined;
  readonly tab: CompareTab;
}

export interface CompareModel {
  readonly store: StoreApi<CompareState>;
  readonly setSide: (side: SideName, text: string) => void;
  /** a paste outside a field goes to the side that is empty, else to B */
  readonly paste: (text: string) => void;
  readonly swap: () => void;
  readonly setUrls: (urls: string) => void;
  readonly setTab: (tab: CompareTab) => void;
}

export function createCompareModel(session: Session, client: CompareClient, clock: StoreApi<Clock>): CompareModel {
  const store = createStore<CompareState>(() => ({ a: '', b: '', urls: '', comparison: undefined, tab: 'effect' }));
  const { getState: get, setState: set } = store;

  const compare = async () => {
    const { a, b, urls } = get();
    if (a.trim() === '' && b.trim() === '') return set({ comparison: undefined });
    const { asOf, now } = clock.getState();
    const lines = urls
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
    const verifier = session.settings.store.getState().value?.verifier ?? '';
    const comparison = await client.compare({ a, b, urls: lines, now: asOf ?? now, verifier });
    if (comparison !== undefined) set({ comparison });
  };
  const change = (part: Partial<CompareState>) => {
    set(part);
    void compare();
  };

  session.settings.store.subscribe((now, before) => {
    if (now.value?.verifier !== before.value?.verifier) void compare();
  });
  clock.subscribe((now, before) => {
    if (now.asOf !== before.asOf) void compare();
  });

  return {
    store,
    setSide: (side, text) => change({ [side]: text }),
    paste: (text) => change({ [get().a.trim() === '' ? 'a' : 'b']: text }),
    swap: () => change({ a: get().b, b: get().a }),
    setUrls: (urls) => change({ urls }),
    setTab: (tab) => set({ tab }),
  };
}

const CompareContext = createContext<CompareModel | undefined>(undefined);
export const CompareProvider = CompareContext.Provider;

export function useCompareModel(): CompareModel {
  const model = useContext(CompareContext);
  if (model === undefined) throw new Error('rendered outside a CompareProvider');
  return model;
}

export const useCompare = <T>(select: (state: CompareState) => T): T => useStore(useCompareModel().store, select);
