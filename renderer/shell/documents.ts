import { createContext, useContext } from 'react';
import { createStore, type StoreApi, useStore } from 'zustand';
import type { KeptPart } from '../platform/kept-parts.ts';
import type { VerdictKind } from '../ui/verdict.tsx';

/** What a tab says of its document. */
export interface DocumentLabel {
  /** `undefined`: it has no name of its own */
  readonly title: string | undefined;
  /** of what is judged */
  readonly verdict?: VerdictKind;
  /** of what is made: something was changed, and nothing was made of it yet */
  readonly isUnsaved?: boolean;
}

/** A model that shows one document at a time, seen from outside: it gives it away and takes another in its place. */
export interface DocumentSource<T = unknown> {
  /** the open document; `undefined`: an empty one, which is not worth keeping */
  readonly read: () => T | undefined;
  /** `undefined`: an empty one */
  readonly open: (value: T | undefined) => void;
  readonly describe: () => DocumentLabel;
  /** one that waits, where it may change meanwhile */
  readonly describeWaiting?: (value: T) => DocumentLabel;
  readonly subscribe: (changed: () => void) => unknown;
  /** a document as plain data that may be written down, and back; absent: it is plain as it is */
  readonly toKept?: (value: T) => unknown;
  /** `undefined`: it cannot be read */
  readonly fromKept?: (kept: unknown) => T | undefined;
}

export interface DocumentTab {
  readonly id: number;
  readonly label: DocumentLabel;
  /** as it was when it was left; what is open now is in the model */
  readonly value: unknown;
}

interface DocumentsState {
  readonly tabs: readonly DocumentTab[];
  readonly current: number;
  /** last closed last */
  readonly closed: readonly unknown[];
}

/** Several documents in one model: the one that is looked at is in the model, the others wait here. */
export interface Documents {
  readonly store: StoreApi<DocumentsState>;
  readonly select: (id: number) => void;
  /** the next tab with 1, the one before with -1; around the end */
  readonly step: (by: 1 | -1) => void;
  readonly add: () => void;
  readonly close: (id: number) => void;
  readonly reopen: () => void;
  /** something new comes in: into this tab if it is empty, else into one of its own, so that nothing is lost */
  readonly makeRoom: () => void;
  readonly part: KeptPart;
}

const MAX_CLOSED = 20;

const isSameLabel = (a: DocumentLabel, b: DocumentLabel): boolean =>
  a.title === b.title && a.verdict === b.verdict && a.isUnsaved === b.isUnsaved;

export function createDocuments<T = unknown>(name: string, source: DocumentSource<T>): Documents {
  let last = 1;
  const EMPTY = source.describe();
  const store = createStore<DocumentsState>(() => ({
    tabs: [{ id: 1, label: EMPTY, value: undefined }],
    current: 1,
    closed: [],
  }));
  const { getState: get, setState: set } = store;

  /** the tabs with the open one as it is in the model now */
  const tabsNow = (): readonly DocumentTab[] =>
    get().tabs.map((tab) => (tab.id === get().current ? { ...tab, ...openNow() } : tab));
  const openNow = () => ({ label: source.describe(), value: source.read() });

  const show = (tabs: readonly DocumentTab[], id: number) => {
    const tab = tabs.find((candidate) => candidate.id === id);
    if (tab === undefined) return;
    set({ tabs, current: id });
    source.open(tab.value as T | undefined);
  };
  const add = (value?: unknown) => {
    last += 1;
    show([...tabsNow(), { id: last, label: EMPTY, value }], last);
  };

  source.subscribe(() => {
    const { tabs, current } = get();
    const labelled = tabs.map((tab): DocumentTab => {
      const label =
        tab.id === current
          ? source.describe()
          : tab.value === undefined
            ? tab.label
            : (source.describeWaiting?.(tab.value as T) ?? tab.label);
      return isSameLabel(label, tab.label) ? tab : { ...tab, label };
    });
    if (labelled.some((tab, place) => tab !== tabs[place])) set({ tabs: labelled });
  });

  return {
    store,
    select: (id) => {
      if (id !== get().current) show(tabsNow(), id);
    },
    step: (by) => {
      const tabs = tabsNow();
      const place = tabs.findIndex((tab) => tab.id === get().current);
      const next = tabs[(place + by + tabs.length) % tabs.length];
      if (next !== undefined && next.id !== get().current) show(tabs, next.id);
    },
    add: () => add(),
    close: (id) => {
      const tabs = tabsNow();
      const place = tabs.findIndex((tab) => tab.id === id);
      const tab = tabs[place];
      if (tab === undefined) return;
      if (tab.value !== undefined) set({ closed: [...get().closed, tab.value].slice(-MAX_CLOSED) });
      const others = tabs.filter((other) => other.id !== id);
      if (others.length === 0) {
        last += 1;
        show([{ id: last, label: EMPTY, value: undefined }], last);
      } else if (id === get().current) show(others, (others[place] ?? others[place - 1])?.id ?? id);
      else set({ tabs: others });
    },
    reopen: () => {
      const { closed } = get();
      const value = closed.at(-1);
      if (value === undefined) return;
      set({ closed: closed.slice(0, -1) });
      if (source.read() === undefined) source.open(value as T);
      else add(value);
    },
    makeRoom: () => {
      if (source.read() !== undefined) add();
    },
    part: {
      name,
      read: () => {
        const tabs = tabsNow().filter((tab) => tab.value !== undefined);
        if (tabs.length === 0) return undefined;
        const current = tabs.findIndex((tab) => tab.id === get().current);
        return {
          current,
          tabs: tabs.map(({ label, value }) => ({
            label,
            value: source.toKept === undefined ? value : source.toKept(value as T),
          })),
        };
      },
      restore: (kept) => {
        const { current, tabs } = readKept(kept);
        const restored = tabs.flatMap(({ label = EMPTY, value }): readonly DocumentTab[] => {
          const document = source.fromKept === undefined ? value : source.fromKept(value);
          if (document === undefined) return [];
          last += 1;
          return [{ id: last, label, value: document }];
        });
        if (restored.length === 0) return;
        // what was opened before the store was unlocked stays open, behind what was kept
        const open = tabsNow().filter((tab) => tab.value !== undefined);
        if (open.length > 0) set({ tabs: [...restored, ...open] });
        else show(restored, (restored[current] ?? restored[0])?.id ?? 0);
      },
      subscribe: (changed) => {
        source.subscribe(changed);
        return store.subscribe(changed);
      },
    },
  };
}

interface KeptTab {
  readonly label?: DocumentLabel;
  readonly value?: unknown;
}

/** What `read` wrote; it was sealed, so it is ours, but an older version may have written it. */
function readKept(kept: unknown): { readonly current: number; readonly tabs: readonly KeptTab[] } {
  if (typeof kept !== 'object' || kept === null || !('tabs' in kept) || !Array.isArray(kept.tabs))
    return { current: 0, tabs: [] };
  const current = 'current' in kept && typeof kept.current === 'number' ? kept.current : 0;
  return { current, tabs: kept.tabs };
}

/** The names of tabs in their order: `seg.ts`, `Untitled`, `Untitled 2`. Those that would have the same name are counted. */
export function tabTitles(tabs: readonly DocumentTab[], untitled: string): readonly string[] {
  const seen = new Map<string, number>();
  return tabs.map(({ label: { title = untitled } }) => {
    const count = (seen.get(title) ?? 0) + 1;
    seen.set(title, count);
    return count === 1 ? title : `${title} ${count}`;
  });
}

/** The screens that have tabs. */
export type TabbedView = 'inspect' | 'issue';
export type AllDocuments = Readonly<Record<TabbedView, Documents>>;

const DocumentsContext = createContext<AllDocuments | undefined>(undefined);
export const DocumentsProvider = DocumentsContext.Provider;

export function useAllDocuments(): AllDocuments {
  const documents = useContext(DocumentsContext);
  if (documents === undefined) throw new Error('rendered outside a DocumentsProvider');
  return documents;
}

export const useDocuments = (view: TabbedView): Documents => useAllDocuments()[view];

export const useDocumentsState = <T>(view: TabbedView, select: (state: DocumentsState) => T): T =>
  useStore(useDocuments(view).store, select);
