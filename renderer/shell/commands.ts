import { createContext, useContext, useEffect } from 'react';
import { createStore, type StoreApi, useStore } from 'zustand';
import { COMMAND_TABLE, type CommandId } from '../../shared/commands/command-table.ts';
import { type KeyChanges, keysOf } from '../../shared/commands/keys.ts';
import { useLive } from '../platform/live-value.ts';
import { useSession } from '../platform/session.ts';
import type { IconName } from '../ui/icon.tsx';

/** Something that can be done now. Those of the table may have keys; `title` says it nearer than the table does. */
export type Command = { readonly icon: IconName; readonly run: () => void } & (
  | { readonly id: CommandId; readonly title?: string }
  | { readonly id?: undefined; readonly title: string }
);

/** What the shell and the open view offer now, each under a name of its own. */
type Offered = Readonly<Record<string, readonly Command[]>>;
export type CommandStore = StoreApi<Offered>;

export const createCommandStore = (): CommandStore => createStore(() => ({}));

const CommandContext = createContext<CommandStore | undefined>(undefined);
export const CommandProvider = CommandContext.Provider;

export function useCommandStore(): CommandStore {
  const store = useContext(CommandContext);
  if (store === undefined) throw new Error('rendered outside a CommandProvider');
  return store;
}

/** Offers commands while the component is there: in the palette, the menu and by their keys. Keep the list stable. */
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

const NO_CHANGES: KeyChanges = {};

/** What somebody changed about the keys. */
export const useKeyChanges = (): KeyChanges => useLive(useSession().settings).value?.shortcuts ?? NO_CHANGES;

/** The keys of a command as they are now; `undefined`: none. */
export function useKeysOf(id: CommandId): string | undefined {
  return keysOf(id, useKeyChanges()) || undefined;
}

export const titleOf = (command: Command): string =>
  command.title ?? (command.id === undefined ? '' : COMMAND_TABLE[command.id].title);

/**
 * Who answers to one of these keys: a command of the open screen goes before one that works everywhere, and one that is not
 * offered now leaves its keys to the next.
 */
export function findCommand(offered: Offered, names: readonly string[], changes: KeyChanges): Command | undefined {
  const all = Object.values(offered).flat();
  for (const name of names) {
    const matches = all.filter(({ id }) => id !== undefined && keysOf(id, changes) === name);
    const nearest = matches.find(({ id }) => id !== undefined && COMMAND_TABLE[id].group !== 'anywhere');
    const found = nearest ?? matches[0];
    if (found !== undefined) return found;
  }
  return undefined;
}
