import { createContext, useContext, useEffect } from 'react';
import { createStore, type StoreApi, useStore } from 'zustand';
import type { IconName } from '../ui/icon.tsx';

/** Something the palette offers. */
export interface Command {
  readonly title: string;
  readonly icon: IconName;
  /** its shortcut, as it is printed */
  readonly keys?: string;
  readonly run: () => void;
}

/** What the shell and the open view offer now, each under a name of its own. */
export type CommandStore = StoreApi<Readonly<Record<string, readonly Command[]>>>;

export const createCommandStore = (): CommandStore => createStore(() => ({}));

const CommandContext = createContext<CommandStore | undefined>(undefined);
export const CommandProvider = CommandContext.Provider;

function useCommandStore(): CommandStore {
  const store = useContext(CommandContext);
  if (store === undefined) throw new Error('rendered outside a CommandProvider');
  return store;
}

/** Offers commands while the component is there. Keep the list stable between renders. */
export function useCommands(name: string, commands: readonly Command[]): void {
  const store = useCommandStore();
  useEffect(() => {
    store.setState({ [name]: commands });
    return () => store.setState({ [name]: [] });
  }, [store, name, commands]);
}

export function useAllCommands(): readonly Command[] {
  const groups = useStore(useCommandStore());
  return Object.values(groups).flat();
}
