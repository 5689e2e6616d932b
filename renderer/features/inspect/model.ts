import { createContext, useContext } from 'react';
import { createStore, type StoreApi, useStore } from 'zustand';
import type { KeyVerification } from '../../../shared/contract/keys.ts';
import type { AppError } from '../../../shared/errors.ts';
import type { RequestFacts } from '../../../shared/evaluate/request.ts';
import type { Session } from '../../platform/session.ts';
import type { Clock } from '../../shell/clock.ts';
import type { InspectClient } from '../../workers/inspect-client.ts';
import type { Reading } from '../../workers/token-view/protocol.ts';
import type { TokenView } from '../../workers/token-view/token-view.ts';
import { type JudgedRow, judgeRows } from './judged-rows.ts';
import { importRequest } from './request-facts.ts';

/** Reading or verifying that takes longer than this is shown to be going on; the last result stays until then. */
export const PATIENCE_MILLIS = 120;

export type IntegrityState =
  | { readonly kind: 'answered'; readonly verification: KeyVerification }
  | { readonly kind: 'error'; readonly error: AppError }
  | { readonly kind: 'waiting' };

export type Place = 'table' | 'string' | 'bytes' | 'edn' | 'json' | 'findings';
export type TabId = 'claims' | 'request' | 'bytes' | 'edn' | 'json' | 'findings';

export interface InspectState {
  readonly text: string;
  /** what was read and the text it is about; while a newer text is read it stays on the screen */
  readonly result: { readonly text: string; readonly reading: Reading } | undefined;
  readonly isReadingLong: boolean;
  /** the request to judge against: what came with the paste, or what was made of it; members left out are not known */
  readonly request: RequestFacts;
  /** the claims with their verdicts, then what the verifier misses */
  readonly rows: readonly JudgedRow[];
  /** the verdicts of this token have come */
  readonly isJudged: boolean;
  readonly integrity: IntegrityState;
  /** link id under the pointer or the focus */
  readonly hovered: string | undefined;
  readonly selected: { readonly id: string; readonly from: Place } | undefined;
  /** `undefined` until one was chosen: the layout knows which comes first */
  readonly tab: TabId | undefined;
  readonly isWrapped: boolean;
  readonly isEditing: boolean;
}

export interface InspectModel {
  readonly store: StoreApi<InspectState>;
  readonly setText: (text: string) => void;
  readonly choose: (index: number) => void;
  readonly hover: (id: string | undefined) => void;
  readonly select: (id: string | undefined, from: Place) => void;
  readonly setRequest: (request: RequestFacts) => void;
  readonly setTab: (tab: TabId) => void;
  readonly setWrapped: (isWrapped: boolean) => void;
  readonly setEditing: (isEditing: boolean) => void;
  readonly openFile: () => Promise<AppError | undefined>;
}

const EMPTY: InspectState = {
  text: '',
  result: undefined,
  isReadingLong: false,
  request: {},
  rows: [],
  isJudged: false,
  integrity: { kind: 'waiting' },
  hovered: undefined,
  selected: undefined,
  tab: undefined,
  isWrapped: true,
  isEditing: false,
};

export function createInspectModel(session: Session, client: InspectClient, clock: StoreApi<Clock>): InspectModel {
  const { platform } = session;
  const store = createStore<InspectState>(() => EMPTY);
  const { getState: get, setState: set } = store;
  let verification = 0;
  let judgement = 0;

  const show = async (text: string, asked: Promise<Reading | undefined>) => {
    const timer = setTimeout(() => set({ isReadingLong: true }), PATIENCE_MILLIS);
    const reading = await asked;
    clearTimeout(timer);
    if (reading === undefined || get().text !== text) return;
    set({
      result: { text, reading },
      isReadingLong: false,
      request: importRequest(reading),
      rows: reading.view === undefined ? [] : judgeRows(reading.view, undefined),
      isJudged: false,
      integrity: { kind: 'waiting' },
      hovered: undefined,
      selected: undefined,
    });
    await Promise.all([judge(), verify()]);
  };

  const judge = async () => {
    const { result, request } = get();
    judgement += 1;
    const current = judgement;
    const view = result?.reading.view;
    if (view === undefined) return;
    const { now, asOf } = clock.getState();
    const verifier = session.settings.store.getState().value?.verifier ?? '';
    const verdicts = await client.judge({ request, at: asOf ?? now, verifier });
    if (verdicts === undefined || current !== judgement || get().result !== result) return;
    set({ rows: judgeRows(view, verdicts), isJudged: true });
  };

  const verify = async () => {
    const view = chosenView(get());
    verification += 1;
    const current = verification;
    if (view === undefined) return;
    const answer = await platform.keys.verify({ token: view.token.text });
    if (current !== verification) return;
    set({
      integrity: answer.ok ? { kind: 'answered', verification: answer.value } : { kind: 'error', error: answer.error },
    });
  };

  const setText = (text: string) => {
    set({ text });
    if (text.trim() === '') {
      verification += 1;
      judgement += 1;
      set({ result: undefined, isReadingLong: false, hovered: undefined, selected: undefined });
      return;
    }
    void show(text, client.read(text, clock.getState().now));
  };

  const takeIncoming = async () => {
    const answer = await platform.paste.take();
    const last = answer.ok ? answer.value.at(-1) : undefined;
    if (last !== undefined) setText(last.text);
  };

  session.keys.store.subscribe((now, before) => {
    if (now.value !== before.value) void verify();
  });
  session.settings.store.subscribe((now, before) => {
    if (now.value?.verifier !== before.value?.verifier) void judge();
  });
  clock.subscribe(() => void judge());
  platform.paste.onIncoming(() => void takeIncoming());
  void takeIncoming();

  return {
    store,
    setText,
    choose: (index) => void show(get().text, client.view(index, clock.getState().now)),
    hover: (hovered) => {
      if (get().hovered !== hovered) set({ hovered });
    },
    select: (id, from) => set({ selected: id === undefined ? undefined : { id, from } }),
    setRequest: (request) => {
      set({ request });
      void judge();
    },
    setTab: (tab) => set({ tab }),
    setWrapped: (isWrapped) => set({ isWrapped }),
    setEditing: (isEditing) => set({ isEditing }),
    openFile: async () => {
      const answer = await platform.paste.openFile();
      if (!answer.ok) return answer.error;
      if (answer.value !== null) setText(answer.value.text);
      return undefined;
    },
  };
}

/** The token that is looked at. */
export const chosenView = (state: InspectState): TokenView | undefined => state.result?.reading.view;

const InspectContext = createContext<InspectModel | undefined>(undefined);
export const InspectProvider = InspectContext.Provider;

export function useInspectModel(): InspectModel {
  const model = useContext(InspectContext);
  if (model === undefined) throw new Error('rendered outside an InspectProvider');
  return model;
}

export const useInspect = <T>(select: (state: InspectState) => T): T => useStore(useInspectModel().store, select);
