import { createContext, useContext } from 'react';
import { createStore, type StoreApi, useStore } from 'zustand';
import { fileText } from '../../../shared/carrier/file-text.ts';
import type { KeyVerification } from '../../../shared/contract/keys.ts';
import { type AppError, createError } from '../../../shared/errors.ts';
import type { Mend } from '../../../shared/evaluate/mend.ts';
import type { Prediction } from '../../../shared/evaluate/predict-elsewhere.ts';
import type { RecipientFacts, RequestFacts } from '../../../shared/evaluate/request.ts';
import { readServerClock, type ServerClock } from '../../../shared/inspect/server-clock.ts';
import { type Seconds, seconds } from '../../../shared/units.ts';
import type { Session } from '../../platform/session.ts';
import type { Clock } from '../../shell/clock.ts';
import type { InspectClient } from '../../workers/inspect-client.ts';
import type { ItemCopies, JudgedCopy, Looked, Reading } from '../../workers/token-view/protocol.ts';
import type { TokenView } from '../../workers/token-view/token-view.ts';
import { type JudgedRow, judgeRows } from './judged-rows.ts';
import { importRequest } from './request-facts.ts';

/** Reading or verifying that takes longer than this is shown to be going on; the last result stays until then. */
export const PATIENCE_MILLIS = 120;
/** Answers that come within it are shown with the token itself. */
const AT_ONCE_MILLIS = 30;
/** A HAR of a whole playback session is the largest thing people open. */
const MAX_FILE_BYTES = 64 * 1024 * 1024;

export type IntegrityState =
  | { readonly kind: 'answered'; readonly verification: KeyVerification }
  | { readonly kind: 'error'; readonly error: AppError }
  | { readonly kind: 'waiting' };

export type Place = 'table' | 'string' | 'bytes' | 'edn' | 'json' | 'findings';
export type TabId = 'claims' | 'request' | 'bytes' | 'edn' | 'json' | 'findings' | 'elsewhere';

/** Whom the recipient trusts and who it is; left out = not known, so that iss and aud are not checked. */
export type Recipient = Pick<RecipientFacts, 'issuers' | 'audiences'>;

export interface InspectState {
  readonly text: string;
  /** what was read and the text it is about; while a newer text is read it stays on the screen */
  readonly result: { readonly text: string; readonly reading: Reading } | undefined;
  /** share of the text that is behind the search, once it takes long; `undefined`: nothing is being read, or not for long */
  readonly progress: number | undefined;
  /** the search of this text was given up by a person */
  readonly isCancelled: boolean;
  /** the request to judge against: what came with the paste, or what was made of it; members left out are not known */
  readonly request: RequestFacts;
  readonly recipient: Recipient;
  /** the clock that answered the pasted request */
  readonly serverClock: ServerClock | undefined;
  /** the claims with their verdicts, then what the verifier misses */
  readonly rows: readonly JudgedRow[];
  /** the verdicts of this token have come */
  readonly isJudged: boolean;
  readonly mend: Mend | undefined;
  readonly copies: readonly JudgedCopy[];
  /** made while it is looked at */
  readonly elsewhere: readonly Prediction[] | undefined;
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
  /** a text from outside: a paste, a file, a link. Whoever keeps several texts makes room first */
  readonly receive: (text: string) => void;
  readonly onArrival: (makeRoom: () => void) => void;
  /** gives up the search that is under way; the text stays */
  readonly cancel: () => void;
  readonly choose: (index: number) => void;
  readonly hover: (id: string | undefined) => void;
  readonly select: (id: string | undefined, from: Place) => void;
  readonly setRequest: (request: RequestFacts) => void;
  readonly setRecipient: (recipient: Recipient) => void;
  readonly setTab: (tab: TabId) => void;
  readonly setWrapped: (isWrapped: boolean) => void;
  readonly setEditing: (isEditing: boolean) => void;
  /** an item of the token, by its link id, in every form it can be taken along in */
  readonly copyItem: (id: string) => Promise<ItemCopies | undefined>;
  readonly openFile: () => Promise<AppError | undefined>;
  /** a file that was dropped */
  readonly readFile: (file: Blob) => Promise<AppError | undefined>;
  /** asks again who made the token */
  readonly verify: () => Promise<void>;
  /** for a model that does not live as long as the window */
  readonly close: () => void;
}

const UNJUDGED = { isJudged: false, mend: undefined, copies: [], elsewhere: undefined } as const;
const UNLINKED = { hovered: undefined, selected: undefined } as const;

const EMPTY: InspectState = {
  text: '',
  result: undefined,
  progress: undefined,
  isCancelled: false,
  request: {},
  recipient: {},
  serverClock: undefined,
  rows: [],
  ...UNJUDGED,
  integrity: { kind: 'waiting' },
  ...UNLINKED,
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
  /** the moment that a paste brought along, as long as nobody chose another */
  let pastedAsOf: Seconds | undefined;

  /**
   * Puts a token on the screen, with its answers if they are quick: one frame then shows all of it. The first verdict is
   * worth more than what is drawn twice on the way to it.
   */
  const show = async (text: string, reading: Reading) => {
    const { request: found, view } = reading;
    const server = found === undefined ? undefined : readServerClock(found, clock.getState().now);
    const request = importRequest(reading);
    const asked =
      view === undefined
        ? undefined
        : {
            judged: client.judge({ ...ask(), request, at: asOfWith(server) ?? clock.getState().now }),
            verified: platform.keys.verify({ token: view.token.text }),
          };
    const [judged, verified] =
      asked === undefined ? [] : await within(AT_ONCE_MILLIS, [asked.judged, asked.verified] as const);
    if (get().text !== text || get().isCancelled) return;
    set({
      result: { text, reading },
      progress: undefined,
      request,
      serverClock: server,
      rows: view === undefined ? [] : judgeRows(view, judged?.verdicts),
      ...UNJUDGED,
      ...(judged === undefined ? {} : { isJudged: true, mend: judged.mend, copies: judged.copies }),
      integrity: verified === undefined ? { kind: 'waiting' } : integrityOf(verified),
      ...UNLINKED,
    });
    takeTime(server);
    verification += 1;
    judgement += 1;
    if (judged === undefined || get().tab === 'elsewhere') void judge();
    if (verified === undefined) void verify(asked?.verified);
  };

  /** An old answer is judged by the time it was given, unless a person chose a time. */
  const asOfWith = (server: ServerClock | undefined): Seconds | undefined => {
    const { asOf } = clock.getState();
    if (asOf !== undefined && asOf !== pastedAsOf) return asOf;
    return server?.isPast === true ? seconds(Math.floor(server.at)) : undefined;
  };
  const takeTime = (server: ServerClock | undefined) => {
    const { asOf, setAsOf, setSkew } = clock.getState();
    if (server?.skew !== undefined) setSkew(server.skew);
    if (asOf !== undefined && asOf !== pastedAsOf) return;
    pastedAsOf = asOfWith(server);
    if (asOf !== pastedAsOf) setAsOf(pastedAsOf);
  };

  const read = async (text: string) => {
    let isLong = false;
    let done = 0;
    const showProgress = () => {
      if (isLong && get().text === text) set({ progress: done / text.length });
    };
    const timer = setTimeout(() => {
      isLong = true;
      showProgress();
    }, PATIENCE_MILLIS);
    const reading = await client.read(text, clock.getState().now, (characters) => {
      done = characters;
      showProgress();
    });
    clearTimeout(timer);
    if (reading !== undefined && get().text === text) await show(text, reading);
  };

  const ask = () => {
    const { request, recipient } = get();
    const { now, asOf } = clock.getState();
    const verifier = session.settings.store.getState().value?.verifier ?? '';
    return { request, recipient, at: asOf ?? now, verifier };
  };

  const judge = async () => {
    const { result, tab } = get();
    judgement += 1;
    const current = judgement;
    const view = result?.reading.view;
    if (view === undefined) return;
    const question = ask();
    const [judged, elsewhere] = await Promise.all([
      client.judge(question),
      tab === 'elsewhere' ? client.elsewhere(question) : undefined,
    ]);
    if (judged === undefined || current !== judgement || get().result !== result) return;
    const { verdicts, mend, copies } = judged;
    set({ rows: judgeRows(view, verdicts), isJudged: true, mend, copies, elsewhere });
  };

  const verify = async (asked?: VerifyAnswer) => {
    const view = chosenView(get());
    verification += 1;
    const current = verification;
    if (view === undefined) return;
    const answer = await (asked ?? platform.keys.verify({ token: view.token.text }));
    if (current === verification) set({ integrity: integrityOf(answer) });
  };

  const setText = (text: string) => {
    set({ text, isCancelled: false, progress: undefined });
    if (text.trim() === '') {
      client.cancel();
      verification += 1;
      judgement += 1;
      set({ result: undefined, ...UNLINKED });
      takeTime(undefined);
      return;
    }
    void read(text);
  };

  let makeRoom = () => {};
  const receive = (text: string) => {
    makeRoom();
    setText(text);
  };

  const choose = async (index: number) => {
    const { result } = get();
    const looked: Looked | undefined = await client.view(index, clock.getState().now);
    if (looked === undefined || result === undefined || get().result !== result) return;
    await show(result.text, { ...result.reading, ...looked });
  };

  const following = [
    session.keys.store.subscribe((now, before) => {
      if (now.value !== before.value) void verify();
    }),
    session.settings.store.subscribe((now, before) => {
      if (now.value?.verifier !== before.value?.verifier) void judge();
    }),
    clock.subscribe((now, before) => {
      if ((now.asOf ?? now.now) !== (before.asOf ?? before.now)) void judge();
    }),
  ];

  return {
    store,
    setText,
    receive,
    onArrival: (make) => {
      makeRoom = make;
    },
    cancel: () => {
      client.cancel();
      judgement += 1;
      verification += 1;
      set({ progress: undefined, isCancelled: true, result: undefined, ...UNLINKED });
    },
    choose: (index) => void choose(index),
    hover: (hovered) => {
      if (get().hovered !== hovered) set({ hovered });
    },
    select: (id, from) => set({ selected: id === undefined ? undefined : { id, from } }),
    setRequest: (request) => {
      set({ request });
      void judge();
    },
    setRecipient: (recipient) => {
      set({ recipient });
      void judge();
    },
    setTab: (tab) => {
      set({ tab });
      if (tab === 'elsewhere') void judge();
    },
    setWrapped: (isWrapped) => set({ isWrapped }),
    setEditing: (isEditing) => set({ isEditing }),
    copyItem: client.copies,
    openFile: async () => {
      const answer = await platform.paste.openFile();
      if (!answer.ok) return answer.error;
      if (answer.value !== null) receive(answer.value.text);
      return undefined;
    },
    readFile: async (file) => {
      if (file.size > MAX_FILE_BYTES) return createError('ERR_FILE_TOO_LARGE');
      const text = fileText(new Uint8Array(await file.arrayBuffer()));
      if (text === undefined) return createError('ERR_FILE_NOT_TEXT');
      receive(text);
      return undefined;
    },
    verify: () => verify(),
    close: () => {
      for (const stop of following) stop();
      client.close();
    },
  };
}

/** What comes from outside the window, by a link or a file, is looked at like a paste; of several the last. */
export function receiveIncoming({ platform }: Session, model: InspectModel): void {
  const take = async () => {
    const answer = await platform.paste.take();
    const last = answer.ok ? answer.value.at(-1) : undefined;
    if (last !== undefined) model.receive(last.text);
  };
  platform.paste.onIncoming(() => void take());
  void take();
}

type VerifyAnswer = ReturnType<Session['platform']['keys']['verify']>;

const integrityOf = (answer: Awaited<VerifyAnswer>): IntegrityState =>
  answer.ok ? { kind: 'answered', verification: answer.value } : { kind: 'error', error: answer.error };

/** What two promises came to, as far as they did in so many milliseconds. */
async function within<A, B>(millis: number, [a, b]: readonly [Promise<A>, Promise<B>]): Promise<[A?, B?]> {
  const answers: [A?, B?] = [];
  const all = Promise.all([a.then((value) => (answers[0] = value)), b.then((value) => (answers[1] = value))]);
  await Promise.race([all, new Promise((resolve) => setTimeout(resolve, millis))]);
  return answers;
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
