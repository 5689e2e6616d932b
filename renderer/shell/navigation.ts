import { createContext, useContext } from 'react';
import { createStore, type StoreApi, useStore } from 'zustand';
import type { MendChange } from '../../shared/evaluate/mend.ts';

export type ViewId =
  | 'inspect'
  | 'compare'
  | 'issue'
  | 'preview'
  | 'batch'
  | 'keys'
  | 'activity'
  | 'history'
  | 'settings';

/** Something a view is asked to do when it opens. */
export type ViewRequest =
  /** something to look at, as if it had been pasted */
  | { readonly kind: 'inspect-text'; readonly text: string }
  | { readonly kind: 'import-key'; readonly kid?: string }
  | { readonly kind: 'open-file' }
  /** the token as side A; base64url without padding, or the dot form */
  | { readonly kind: 'compare'; readonly token: string }
  /** a draft that makes the token again, with these changes made; base64url without padding, or the dot form */
  | {
      readonly kind: 'clone-token';
      readonly token: string;
      /** what the token is called where it comes from */
      readonly title: string | undefined;
      readonly changes: readonly MendChange[];
    }
  /** play with it: `source`, else what is loaded, else the bundled clip */
  | { readonly kind: 'preview-token'; readonly token: string; readonly source?: string };

/** What lies over the whole window. */
type Layer = 'palette' | 'shortcuts';

export interface Navigation {
  readonly view: ViewId;
  readonly request: ViewRequest | undefined;
  readonly go: (view: ViewId, request?: ViewRequest) => void;
  /** the view took its request on; false: it had done so before */
  readonly settle: () => boolean;
  readonly layer: Layer | undefined;
  readonly setLayer: (layer: Layer | undefined) => void;
}

export const createNavigation = (): StoreApi<Navigation> =>
  createStore<Navigation>((set, get) => ({
    view: 'inspect',
    request: undefined,
    go: (view, request) => set({ view, request }),
    settle: () => {
      const isPending = get().request !== undefined;
      set({ request: undefined });
      return isPending;
    },
    layer: undefined,
    setLayer: (layer) => set({ layer }),
  }));

const NavigationContext = createContext<StoreApi<Navigation> | undefined>(undefined);
export const NavigationProvider = NavigationContext.Provider;

export function useNavigation<T>(select: (navigation: Navigation) => T): T {
  const store = useContext(NavigationContext);
  if (store === undefined) throw new Error('rendered outside a NavigationProvider');
  return useStore(store, select);
}
