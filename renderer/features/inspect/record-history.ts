import { MAX_HISTORY_TEXT } from '../../platform/history-limit.ts';
import type { Session } from '../../platform/session.ts';
import type { Clock } from '../../shell/clock.ts';
import { titleOf } from './document-source.ts';
import { isSample } from './first-run.ts';
import { chosenView, type InspectModel, type InspectState } from './model.ts';
import { answerIntegrity, answerRequest, answerTime } from './words.ts';

/** A token that was looked at for this long goes into the history: not every state of a text that is typed. */
const SETTLE_MILLIS = 1000;

/** Hands what was inspected to the history, which keeps it only where somebody turned it on. */
export function recordHistory(session: Session, { store }: InspectModel, clock: { getState(): Clock }): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waiting: string | undefined;
  let recorded: string | undefined;

  const record = () => {
    waiting = undefined;
    const entry = describe(store.getState(), clock.getState());
    if (entry === undefined || entry.text === recorded) return;
    recorded = entry.text;
    void session.platform.history.add(entry);
  };
  store.subscribe((state) => {
    if (session.settings.store.getState().value?.keepHistory !== true) return;
    // the clock judges anew every second: only another text begins to wait anew
    if (state.text === waiting || state.text === recorded) return;
    clearTimeout(timer);
    const isReady = describe(state, clock.getState()) !== undefined;
    waiting = isReady ? state.text : undefined;
    if (isReady) timer = setTimeout(record, SETTLE_MILLIS);
  });
}

function describe(state: InspectState, { now, asOf }: Clock) {
  const view = chosenView(state);
  const isSettled = state.isJudged && !state.isEditing && state.result?.text === state.text;
  if (view === undefined || !isSettled || isSample(view)) return undefined;
  const integrity = answerIntegrity(state.integrity, view);
  if (integrity === undefined) return undefined;
  const words = [integrity, answerTime(view, asOf ?? now), answerRequest(state.rows, state.request)];
  const text = [state.text, view.token.text].find((candidate) => candidate.length <= MAX_HISTORY_TEXT);
  return text === undefined
    ? undefined
    : { title: titleOf(state) ?? 'Untitled', detail: words.map(({ word }) => word).join(', '), text };
}
