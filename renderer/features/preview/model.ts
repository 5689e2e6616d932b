import { createContext, useContext } from 'react';
import { createStore, type StoreApi, useStore } from 'zustand';
import type { CommandInput } from '../../../shared/contract/contract.ts';
import type { KeyRecord } from '../../../shared/contract/keys.ts';
import type {
  PlayerControl,
  PlayerState,
  PreviewEngine,
  PreviewState,
  TokenSlot,
  TraceRow,
} from '../../../shared/contract/preview.ts';
import type { PreviewWalk } from '../../../shared/contract/preview-walk.ts';
import type { Refusal } from '../../../shared/contract/preview-why.ts';
import type { AppError } from '../../../shared/errors.ts';
import { parseSource } from '../../../shared/preview/parse-source.ts';
import type { Result } from '../../../shared/result.ts';
import type { Session } from '../../platform/session.ts';

export type EdgePatch = CommandInput<'preview.configure'>;
export type TraceFilter = 'all' | 'denied' | 'lost';

export interface PreviewScreen {
  /** what main says; `undefined` until it answered the first time */
  readonly state: PreviewState | undefined;
  readonly player: PlayerState | null;
  /** in the order of their ids */
  readonly rows: readonly TraceRow[];
  readonly filter: TraceFilter;
  readonly selected: number | undefined;
  /** of the selected request, or of the first one that was refused */
  readonly refusal: Refusal | undefined;
  /** a request that passed, beside it */
  readonly comparedWith: number | undefined;
  /** the playlists as they were walked last, and whether they are being walked; `undefined`: closed */
  readonly walk: { readonly result: PreviewWalk | undefined; readonly isUnderWay: boolean } | undefined;
  /** the OVP is being asked for the stream of an id: the name of that request */
  readonly lookUp: string | undefined;
  /** the last row whose fresh token was taken */
  readonly renewalTaken: number;
  /** name of the file that the rows were written to last */
  readonly saved: string | undefined;
  readonly error: AppError | undefined;
  readonly isBusy: boolean;
}

export interface PreviewModel {
  readonly store: StoreApi<PreviewScreen>;
  /** opens the player and follows it; what comes back ends that */
  readonly open: () => () => void;
  /** plays it at once; `hold`: not before somebody presses play */
  readonly load: (source: string, hold?: boolean) => Promise<boolean>;
  readonly cancelLoad: () => void;
  /** a file or a folder of this computer; `false`: none was chosen, or it holds no playlist */
  readonly chooseMedia: (kind: 'file' | 'folder') => Promise<boolean>;
  readonly reload: (engine?: PreviewEngine) => Promise<boolean>;
  readonly configure: (patch: EdgePatch) => Promise<boolean>;
  readonly setToken: (slot: TokenSlot, token: string | null) => Promise<boolean>;
  /** goes on in place with the fresh token that came with a row's answer (catr) */
  readonly takeRenewed: (row: number, slot: TokenSlot) => Promise<boolean>;
  readonly swapTo: (slot: TokenSlot | null) => Promise<boolean>;
  readonly control: (control: PlayerControl) => void;
  /** plays on from where it stands, also after the player gave up */
  readonly togglePlay: () => void;
  readonly clear: () => void;
  /** says of a request why it was answered so */
  readonly select: (row: number | undefined) => Promise<void>;
  readonly compareWith: (row: number) => void;
  /** makes the token of a refused request anew with its mend, and goes on with it */
  readonly reissue: (row: number, key: KeyRecord, confirmName?: string) => Promise<boolean>;
  /** the same once more, from where it stands */
  readonly retry: () => Promise<boolean>;
  /** writes the rows where a person says, without tokens */
  readonly saveHar: () => Promise<void>;
  /** puts why a request got its answer on the clipboard, without tokens; whether it is there */
  readonly copyReport: (row: number) => Promise<boolean>;
  /** the request with its token, as a text for Inspect */
  readonly curlOf: (row: number) => Promise<string | undefined>;
  /** judges every address of the playlists, without playing */
  readonly walk: () => Promise<void>;
  /** gives up a walk, or puts its outcome away */
  readonly endWalk: () => void;
  readonly set: (part: Partial<Pick<PreviewScreen, 'filter' | 'error' | 'isBusy'>>) => void;
}

const EMPTY: PreviewScreen = {
  state: undefined,
  player: null,
  rows: [],
  filter: 'all',
  selected: undefined,
  refusal: undefined,
  comparedWith: undefined,
  walk: undefined,
  lookUp: undefined,
  renewalTaken: 0,
  saved: undefined,
  error: undefined,
  isBusy: false,
};

/** nothing is selected: whatever is refused next opens by itself */
const CLOSED = { selected: undefined, refusal: undefined, comparedWith: undefined } as const;

export function createPreviewModel({ platform: { preview, clipboard, ovp } }: Session): PreviewModel {
  const store = createStore<PreviewScreen>(() => EMPTY);
  const { getState: get, setState: set } = store;

  const take = (answer: Result<PreviewState, AppError>): boolean => {
    if (answer.ok) set({ state: answer.value, error: undefined });
    else set({ error: answer.error });
    return answer.ok;
  };

  /** the selected row is a person's choice */
  let isChosen = false;
  /** counts them: the answer of one that was given up is not shown */
  let walks = 0;
  const endWalk = () => {
    walks += 1;
    if (get().walk?.isUnderWay === true) void preview.endWalk();
    set({ walk: undefined });
  };
  const { useToken: giveToken } = preview;
  const retry = async () => {
    const done = take(await giveToken({ slot: get().state?.inUse ?? null }));
    if (done) set(CLOSED);
    return done;
  };

  return {
    store,
    open: () => {
      let isOpen = true;
      const ends = [
        preview.onChanged((state) => set({ state })),
        preview.onPlayer((player) => set({ player })),
        preview.onRefused((refusal) => {
          const { state, walk } = get();
          if (walk !== undefined) return;
          // a player that was thrown away may still have asked with the token that was swapped
          if (state !== undefined && state.inUse !== null && refusal.row.copy?.slot === null) return;
          // what somebody looks at stays; what opened by itself gives way to another cause
          if (get().selected !== undefined && isChosen) return;
          isChosen = false;
          set({ selected: refusal.row.id, refusal, comparedWith: undefined });
        }),
        preview.onRequests(({ rows, cleared }) => set({ rows: mergeRows(cleared ? [] : get().rows, rows) })),
      ];
      void preview.open().then((answer) => {
        if (!isOpen) return;
        if (!answer.ok) return set({ error: answer.error });
        const { state, rows, player } = answer.value;
        // rows that came while the answer was on its way are newer
        set({ state, player, rows: mergeRows(rows, get().rows), error: undefined });
      });
      return () => {
        isOpen = false;
        for (const end of ends) end();
        void preview.close();
        // main tells nobody any more; the next picture gets its place once its page is there
        const { state } = get();
        if (state !== undefined) set({ state: { ...state, page: 'closed' }, player: null });
      };
    },
    load: async (source, hold = false) => {
      const typed = parseSource(source);
      const request = crypto.randomUUID();
      set({ error: undefined, ...(typed.ok && typed.value.kind === 'ovp' ? { lookUp: request } : {}) });
      const answer = await preview.load({ source, request, hold });
      if (get().lookUp === request) set({ lookUp: undefined });
      // what was given up by a person is no fault
      return !answer.ok && answer.error.code === 'ERR_OVP_CANCELLED' ? false : take(answer);
    },
    cancelLoad: () => {
      const { lookUp } = get();
      if (lookUp !== undefined) void ovp.cancel({ requests: [lookUp] });
    },
    chooseMedia: async (kind) => {
      const answer = await preview.chooseMedia({ kind });
      if (!answer.ok) set({ error: answer.error });
      else if (answer.value !== null) set({ state: answer.value, error: undefined });
      return answer.ok && answer.value !== null;
    },
    reload: async (engine) => take(await preview.reload(engine === undefined ? {} : { engine })),
    configure: async (patch) => take(await preview.configure(patch)),
    setToken: async (slot, token) => take(await preview.setToken({ slot, token })),
    takeRenewed: async (row, slot) => {
      if (!take(await preview.takeRenewed({ row, slot }))) return false;
      set({ renewalTaken: row });
      return take(await giveToken({ slot }));
    },
    swapTo: async (slot) => take(await giveToken({ slot })),
    control: (control) => void preview.control(control),
    togglePlay: () => {
      const phase = get().player?.phase ?? 'idle';
      // from now on it is told what happens, and not what would
      if (phase === 'idle') endWalk();
      if (phase === 'failed') void retry();
      else void preview.control({ kind: STILL.has(phase) ? 'play' : 'pause' });
    },
    clear: () => {
      set({ rows: [], saved: undefined, ...CLOSED });
      void preview.clear();
    },
    select: async (selected) => {
      endWalk();
      isChosen = true;
      set({
        selected,
        comparedWith: undefined,
        ...(selected === undefined ? { refusal: undefined } : {}),
      });
      if (selected === undefined) return;
      const answer = await preview.why({ row: selected });
      // another one may be selected by now
      if (get().selected !== selected) return;
      if (answer.ok) set({ refusal: answer.value });
      else set({ refusal: undefined, error: answer.error });
    },
    compareWith: (row) => set({ comparedWith: get().comparedWith === row ? undefined : row }),
    reissue: async (row, key, confirmName) => {
      set({ isBusy: true });
      const done = take(
        await preview.reissue({ row, keyId: key.id, ...(confirmName === undefined ? {} : { confirmName }) }),
      );
      set({ isBusy: false, ...(done ? CLOSED : {}) });
      return done;
    },
    retry,
    saveHar: async () => {
      const answer = await preview.saveHar();
      if (!answer.ok) set({ error: answer.error });
      else if (answer.value !== null) set({ saved: answer.value.fileName, error: undefined });
    },
    copyReport: async (row) => {
      const report = await preview.report({ row });
      const answer = report.ok ? await clipboard.write({ text: report.value.text, concealed: false }) : report;
      if (!answer.ok) set({ error: answer.error });
      return answer.ok;
    },
    curlOf: async (row) => {
      const answer = await preview.curl({ row });
      if (!answer.ok) set({ error: answer.error });
      return answer.ok ? answer.value.text : undefined;
    },
    walk: async () => {
      const current = ++walks;
      const result = get().walk?.result;
      set({ ...CLOSED, walk: { result, isUnderWay: true }, error: undefined });
      const answer = await preview.walk();
      if (current !== walks) return;
      set({ walk: { result: answer.ok ? answer.value : result, isUnderWay: false } });
      if (!answer.ok) set({ error: answer.error });
    },
    endWalk,
    set,
  };
}

/** Rows that are known are replaced, others are added; both lists are in the order of their ids. */
export function mergeRows(known: readonly TraceRow[], changed: readonly TraceRow[]): readonly TraceRow[] {
  if (changed.length === 0) return known;
  const rows = [...known];
  for (const row of changed) {
    const place = findPlace(rows, row.id);
    rows.splice(place, rows[place]?.id === row.id ? 1 : 0, row);
  }
  return rows;
}

/** Index of the first row whose id is not below. */
function findPlace(rows: readonly TraceRow[], id: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows[middle]?.id ?? 0) < id) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The player does not try to play. */
export const STILL: ReadonlySet<PlayerState['phase']> = new Set(['idle', 'paused', 'ended', 'failed']);

/** The newest row whose answer brought a fresh token that nobody took yet. */
export const renewalOf = ({ rows, renewalTaken }: PreviewScreen): TraceRow | undefined =>
  rows.findLast((row) => row.renewed !== undefined && row.id > renewalTaken);

/** Whether an edge or origin refused it, as opposed to a request that is on its way or passed. */
export const isDenied = (row: TraceRow): boolean => row.cause !== undefined;

/** Whether the first request with the token of a slot uses it up (catreplay). */
export const willBurn = (model: PreviewModel, slot: TokenSlot): boolean =>
  model.store.getState().state?.tokens[slot]?.warnings.some(({ code }) => code === 'replay') === true;

/** Selects the next refused request, or the one before. */
export function stepDenial(model: PreviewModel, by: 1 | -1): void {
  const { rows, selected } = model.store.getState();
  const ids = rows.filter(isDenied).map(({ id }) => id);
  const next =
    by === 1
      ? (ids.find((id) => id > (selected ?? 0)) ?? ids[0])
      : (ids.findLast((id) => id < (selected ?? Number.POSITIVE_INFINITY)) ?? ids.at(-1));
  if (next !== undefined) void model.select(next);
}

const PreviewContext = createContext<PreviewModel | undefined>(undefined);
export const PreviewProvider = PreviewContext.Provider;

export function usePreviewModel(): PreviewModel {
  const model = useContext(PreviewContext);
  if (model === undefined) throw new Error('rendered outside a PreviewProvider');
  return model;
}

export const usePreview = <T>(select: (screen: PreviewScreen) => T): T => useStore(usePreviewModel().store, select);
