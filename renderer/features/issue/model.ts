import { createContext, useContext } from 'react';
import { createStore, type StoreApi, useStore } from 'zustand';
import { findTokens } from '../../../shared/carrier/find-tokens.ts';
import type { SignedToken } from '../../../shared/contract/issue.ts';
import type { KeyRecord } from '../../../shared/contract/keys.ts';
import type { AppError } from '../../../shared/errors.ts';
import { applyMend } from '../../../shared/evaluate/apply-mend.ts';
import type { MendChange } from '../../../shared/evaluate/mend.ts';
import { inspectToken } from '../../../shared/inspect/inspect-token.ts';
import { cloneToken } from '../../../shared/issue/clone-token.ts';
import { type Draft, EMPTY_DRAFT } from '../../../shared/issue/draft.ts';
import { type FillProblem, fillTemplate } from '../../../shared/issue/fill-template.ts';
import type { Clock } from '../../../shared/issue/moments.ts';
import type { TargetId } from '../../../shared/issue/target.ts';
import type { Template } from '../../../shared/issue/template.ts';
import type { Json, JsonObject } from '../../../shared/json.ts';
import type { KeyId } from '../../../shared/units.ts';
import { currentSeconds } from '../../shell/clock.ts';

export type EditView = 'form' | 'json' | 'edn';

/** Where a draft came from. */
export type Start =
  | { readonly kind: 'blank' }
  /** a token that was looked at; `original` is what its clone was before anything was changed */
  | { readonly kind: 'clone'; readonly original: Draft }
  | {
      readonly kind: 'template';
      readonly id: string;
      readonly template: Template;
      readonly filled: Readonly<Record<string, string>>;
      /** drawn once, so that the token id does not change with every key that is typed */
      readonly random: Uint8Array;
      /** what the template made last; `undefined` while something is missing */
      readonly made: Draft | undefined;
      readonly problems: readonly FillProblem[];
    };

/** What is known of the stream, for the ways to hand a token over. */
export interface Stream {
  readonly url: string;
  readonly mediaId: string;
  readonly playerId: string;
  readonly siteId: string;
}

export interface IssueState {
  readonly start: Start;
  readonly draft: Draft;
  readonly target: TargetId;
  readonly editView: EditView;
  readonly keyId: KeyId | undefined;
  /** what was typed to confirm a production key */
  readonly confirmName: string;
  readonly isSigning: boolean;
  readonly error: AppError | undefined;
  /** the last token that was made, and the order it answers: one for another draft is no longer shown as its token */
  readonly signed: { readonly order: string; readonly token: SignedToken; readonly key: KeyRecord } | undefined;
  readonly stream: Stream;
  /** addresses that are to be let in and kept out, one a line */
  readonly shouldPlay: string;
  readonly shouldNot: string;
}

export interface IssueModel {
  readonly store: StoreApi<IssueState>;
  readonly startBlank: () => void;
  readonly startTemplate: (id: string, template: Template) => void;
  /** `changes`: made to the clone, and shown as what it has otherwise than the token */
  readonly startClone: (token: string, changes?: readonly MendChange[]) => void;
  readonly fill: (variable: string, text: string) => void;
  readonly setClaim: (name: string, json: Json | undefined) => void;
  readonly setClaims: (claims: JsonObject) => void;
  readonly setDraft: (draft: Draft) => void;
  readonly set: (
    part: Partial<
      Pick<IssueState, 'target' | 'editView' | 'keyId' | 'confirmName' | 'shouldPlay' | 'shouldNot' | 'error'>
    >,
  ) => void;
  readonly setStream: (part: Partial<Stream>) => void;
}

/** The zone that moments without one are read in. */
export const localZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;
export const localClock = (): Clock => ({ now: currentSeconds(), zone: localZone() });

const EMPTY: IssueState = {
  start: { kind: 'blank' },
  draft: EMPTY_DRAFT,
  target: 'flowplayer-ovp',
  editView: 'form',
  keyId: undefined,
  confirmName: '',
  isSigning: false,
  error: undefined,
  signed: undefined,
  stream: { url: '', mediaId: '', playerId: '', siteId: '' },
  shouldPlay: '',
  shouldNot: '',
};

export function createIssueModel(): IssueModel {
  const store = createStore<IssueState>(() => EMPTY);
  const { getState: get, setState: set } = store;

  const fillStart = (start: Extract<Start, { kind: 'template' }>, filled: Readonly<Record<string, string>>) => {
    const made = fillTemplate(start.template, filled, localClock(), (length) => start.random.slice(0, length));
    return made.ok
      ? { ...start, filled, made: made.value.draft, problems: [] }
      : { ...start, filled, problems: made.error };
  };
  /** the draft with what a template now makes otherwise; what was changed by hand stays */
  const refill = (draft: Draft, before: Draft | undefined, after: Draft | undefined): Draft => {
    if (after === undefined) return draft;
    if (before === undefined) return after;
    const changed = Object.entries(after.claims).filter(
      ([name, json]) => JSON.stringify(json) !== JSON.stringify(before.claims[name]),
    );
    return { ...draft, claims: { ...draft.claims, ...Object.fromEntries(changed) } };
  };
  const setDraft = (draft: Draft) => set({ draft, error: undefined });

  return {
    store,
    startBlank: () => set({ start: { kind: 'blank' }, draft: EMPTY_DRAFT, error: undefined }),
    startTemplate: (id, template) => {
      const random = crypto.getRandomValues(new Uint8Array(16));
      const start = fillStart(
        { kind: 'template', id, template, filled: {}, random, made: undefined, problems: [] },
        {},
      );
      set({
        start,
        draft: start.made ?? EMPTY_DRAFT,
        target: template.target ?? get().target,
        editView: 'form',
        error: undefined,
      });
    },
    startClone: (token, changes = []) => {
      const [found] = findTokens(token).tokens;
      if (found === undefined || found.kind === 'not-a-cat') return;
      const { envelope, claims } = inspectToken(found, { now: currentSeconds() });
      const original = cloneToken(envelope, claims);
      const draft = { ...original, claims: applyMend(original.claims, changes) };
      set({ start: { kind: 'clone', original }, draft, error: undefined });
    },
    fill: (variable, text) => {
      const { start, draft, stream } = get();
      if (start.kind !== 'template') return;
      const next = fillStart(start, { ...start.filled, [variable]: text });
      set({
        start: next,
        draft: refill(draft, start.made, next.made),
        ...(variable === 'video' && { stream: { ...stream, mediaId: text.trim() } }),
        error: undefined,
      });
    },
    setClaim: (name, json) => {
      const { draft } = get();
      const { [name]: before, ...others } = draft.claims;
      if (json === undefined) return setDraft({ ...draft, claims: others });
      // a claim keeps its place, so that nothing moves while it is typed
      setDraft({
        ...draft,
        claims: before === undefined ? { ...others, [name]: json } : { ...draft.claims, [name]: json },
      });
    },
    setClaims: (claims) => setDraft({ ...get().draft, claims }),
    setDraft,
    set,
    setStream: (part) => set({ stream: { ...get().stream, ...part } }),
  };
}

const IssueContext = createContext<IssueModel | undefined>(undefined);
export const IssueProvider = IssueContext.Provider;

export function useIssueModel(): IssueModel {
  const model = useContext(IssueContext);
  if (model === undefined) throw new Error('rendered outside an IssueProvider');
  return model;
}

export const useIssue = <T>(select: (state: IssueState) => T): T => useStore(useIssueModel().store, select);
