import type { RequestFacts } from '../../../shared/evaluate/request.ts';
import type { Clock } from '../../shell/clock.ts';
import type { DocumentSource } from '../../shell/documents.ts';
import { nameToken } from '../../shell/name-token.ts';
import type { VerdictKind } from '../../ui/verdict.tsx';
import { requestAt } from '../../workers/token-view/protocol.ts';
import { chosenView, type InspectModel, type InspectState, type Recipient } from './model.ts';
import { answerIntegrity, answerTime } from './words.ts';

/** What a tab of Inspect is made of: the text, which of its tokens is looked at, and the request it is judged against. */
interface InspectDocument {
  readonly text: string;
  readonly index: number;
  readonly request: RequestFacts;
  readonly recipient: Recipient;
}

/** The model seen as one document among several. `now`: the moment that verdicts of tabs are said for. */
export function createDocumentSource(model: InspectModel, clock: { getState(): Clock }): DocumentSource {
  const { store } = model;
  const judgedAt = () => clock.getState().asOf ?? clock.getState().now;
  return {
    read: (): InspectDocument | undefined => {
      const { text, result, request, recipient } = store.getState();
      if (text.trim() === '') return undefined;
      const isRead = result?.text === text;
      return { text, index: isRead ? result.reading.index : 0, request: isRead ? request : {}, recipient };
    },
    open: (value) => {
      model.setEditing(false);
      model.setText('');
      const kept = readDocument(value);
      if (kept === undefined) return;
      model.setText(kept.text);
      whenRead(model, kept.text, (index) => {
        if (index !== kept.index) model.choose(kept.index);
        else {
          model.setRecipient(kept.recipient);
          model.setRequest(kept.request);
        }
        return index === kept.index;
      });
    },
    describe: () => ({ title: titleOf(store.getState()), verdict: verdictOf(store.getState(), judgedAt()) }),
    // the clock judges anew every second, and the pointer lights what it is over: neither changes a document
    subscribe: (changed) =>
      store.subscribe((now, before) => {
        const isSame =
          now.text === before.text &&
          now.result === before.result &&
          now.request === before.request &&
          now.recipient === before.recipient;
        const isSaidSame =
          now.rows === before.rows && now.isJudged === before.isJudged && now.integrity === before.integrity;
        if (isSame && (isSaidSame || verdictOf(now, judgedAt()) === verdictOf(before, judgedAt()))) return;
        changed();
      }),
  };
}

/** Calls back with the token that is looked at as soon as this text was read, and again until it answers `true`. */
function whenRead({ store }: InspectModel, text: string, act: (index: number) => boolean): void {
  let seen: number | undefined;
  const stop = store.subscribe((state) => {
    if (state.text !== text) return stop();
    const index = state.result?.text === text ? state.result.reading.index : undefined;
    if (index === undefined || index === seen) return;
    seen = index;
    if (act(index)) stop();
  });
}

function readDocument(value: unknown): InspectDocument | undefined {
  if (typeof value !== 'object' || value === null || !('text' in value) || typeof value.text !== 'string')
    return undefined;
  const { index, request, recipient } = value as Partial<InspectDocument>;
  return {
    text: value.text,
    index: typeof index === 'number' ? index : 0,
    request: request ?? {},
    recipient: recipient ?? {},
  };
}

/** What was asked for, else who issued it: never the token. */
export function titleOf(state: InspectState): string | undefined {
  const reading = state.result?.reading;
  if (state.text.trim() === '' || reading === undefined) return undefined;
  const view = chosenView(state);
  const place = requestAt(reading.index) ?? reading.found.requestOf[reading.index];
  const url = place === undefined ? undefined : reading.found.requests[place]?.url;
  const issuer = view?.claims.find((claim) => claim.name === 'iss' && claim.depth === 0)?.raw.replaceAll('"', '');
  return nameToken({
    url,
    text: view?.token.text,
    issuer,
    kid: view?.envelope.kid,
    kind: view?.envelope.title,
  });
}

/** The mark of a tab: what fails is said, and a pass only where every question was answered with one. */
function verdictOf(state: InspectState, at: Parameters<typeof answerTime>[1]): VerdictKind {
  const view = chosenView(state);
  if (view === undefined || !state.isJudged) return 'not-checked';
  const claims = state.rows.filter((row) => row.depth === 0 && row.group === 'request').map((row) => row.verdict.kind);
  const kinds = [answerIntegrity(state.integrity, view)?.kind ?? 'not-checked', answerTime(view, at).kind, ...claims];
  if (kinds.includes('fail')) return 'fail';
  const isPassed = kinds.every((kind) => kind === 'pass' || kind === 'info');
  return isPassed ? 'pass' : 'not-checked';
}
