import { createContext, useContext, useMemo } from 'react';
import { createStore, type StoreApi, useStore } from 'zustand';
import type { MendChange } from '../../../shared/evaluate/mend.ts';
import type { Template } from '../../../shared/issue/template.ts';
import { createDocuments, type Documents, useDocumentsState } from '../../shell/documents.ts';
import { describeDraft, isBlank, isReplaceable } from './describe-draft.ts';
import { draftToKept, keptToDraft } from './kept-draft.ts';
import { createIssueModel, type IssueModel } from './model.ts';
import type { Clone } from './read-clone.ts';

/** Drafts beside each other, each a model of its own, so that what is under way in one goes on while another is shown. */
export interface IssueDrafts {
  readonly store: StoreApi<{ readonly open: IssueModel }>;
  readonly documents: Documents;
  readonly startBlank: () => void;
  readonly startTemplate: (id: string, template: Template) => void;
  readonly startClone: (clone: Clone, changes: readonly MendChange[]) => void;
}

export function createIssueDrafts(): IssueDrafts {
  const listeners = new Set<() => void>();
  const watch = (model: IssueModel): IssueModel => {
    model.store.subscribe(() => {
      for (const changed of listeners) changed();
    });
    return model;
  };
  const store = createStore<{ readonly open: IssueModel }>(() => ({ open: watch(createIssueModel()) }));
  const stateNow = () => store.getState().open.store.getState();
  // where tokens are for and who makes them is mostly the same again
  const createNext = (): IssueModel => {
    const { target, keyId, way, ovpWorkspace, ovpKid } = stateNow();
    return watch(createIssueModel({ target, keyId, way, ovpWorkspace, ovpKid }));
  };

  const documents = createDocuments<IssueModel>('issue', {
    read: () => (isBlank(stateNow()) ? undefined : store.getState().open),
    open: (model) => store.setState({ open: model ?? createNext() }),
    describe: () => describeDraft(stateNow()),
    describeWaiting: (model) => describeDraft(model.store.getState()),
    subscribe: (changed) => {
      listeners.add(changed);
      store.subscribe(changed);
    },
    toKept: (model) => draftToKept(model.store.getState()),
    fromKept: (kept) => {
      const state = keptToDraft(kept);
      return state && watch(createIssueModel(state));
    },
  });
  /** the model for something new: the open one if nothing is lost by it */
  const makeRoom = (): IssueModel => {
    if (!isReplaceable(stateNow())) documents.add();
    else store.setState({ open: createNext() });
    return store.getState().open;
  };

  return {
    store,
    documents,
    startBlank: () => void makeRoom(),
    startTemplate: (id, template) => makeRoom().startTemplate(id, template),
    startClone: (clone, changes) => makeRoom().startClone(clone, changes),
  };
}

const DraftsContext = createContext<IssueDrafts | undefined>(undefined);
export const DraftsProvider = DraftsContext.Provider;

export function useDrafts(): IssueDrafts {
  const drafts = useContext(DraftsContext);
  if (drafts === undefined) throw new Error('rendered outside a DraftsProvider');
  return drafts;
}

export interface OpenDraft {
  readonly model: IssueModel;
  readonly isOpen: boolean;
}

/** The drafts in the order of their tabs; of an empty one that waits there is nothing yet. */
export function useOpenDrafts(): readonly OpenDraft[] {
  const open = useStore(useDrafts().store, (state) => state.open);
  const tabs = useDocumentsState('issue', (state) => state.tabs);
  const current = useDocumentsState('issue', (state) => state.current);
  return useMemo(
    () =>
      tabs.flatMap(({ id, value }): readonly OpenDraft[] => {
        const model = id === current ? open : (value as IssueModel | undefined);
        return model === undefined ? [] : [{ model, isOpen: id === current }];
      }),
    [tabs, current, open],
  );
}
