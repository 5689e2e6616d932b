import { createContext, useContext } from 'react';
import { createStore, type StoreApi, useStore } from 'zustand';
import type { ClockSkew } from '../../shared/inspect/server-clock.ts';
import { millis, type Seconds, toSeconds } from '../../shared/units.ts';

/** The moment everything is judged at: the computer's clock, unless it was moved. */
export interface Clock {
  /** whole seconds */
  readonly now: Seconds;
  /** a moment chosen in place of now */
  readonly asOf: Seconds | undefined;
  readonly setAsOf: (asOf: Seconds | undefined) => void;
  /** a server's clock less this computer's, as the last answer that was pasted showed it */
  readonly skew: ClockSkew | undefined;
  readonly setSkew: (skew: ClockSkew | undefined) => void;
}

export const currentSeconds = (): Seconds => toSeconds(millis(Math.floor(Date.now() / 1000) * 1000));

/** Ticks on the second. The window's clock runs as long as the window, so nothing stops it. */
export function createClock(): StoreApi<Clock> {
  const store = createStore<Clock>((set) => ({
    now: currentSeconds(),
    asOf: undefined,
    setAsOf: (asOf) => set({ asOf }),
    skew: undefined,
    setSkew: (skew) => set({ skew }),
  }));
  const tick = () => {
    store.setState({ now: currentSeconds() });
    setTimeout(tick, 1000 - (Date.now() % 1000));
  };
  setTimeout(tick, 1000 - (Date.now() % 1000));
  return store;
}

const ClockContext = createContext<StoreApi<Clock> | undefined>(undefined);
export const ClockProvider = ClockContext.Provider;

/** The clock itself, to be asked when something happens. */
export function useClockStore(): StoreApi<Clock> {
  const store = useContext(ClockContext);
  if (store === undefined) throw new Error('rendered outside a ClockProvider');
  return store;
}

export const useClock = <T>(select: (clock: Clock) => T): T => useStore(useClockStore(), select);

/** `asOf` when it was moved, else now. */
export const useJudgedAt = (): Seconds => useClock((clock) => clock.asOf ?? clock.now);
