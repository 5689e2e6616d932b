import { createContext, useContext } from 'react';
import { createStore, type StoreApi, useStore } from 'zustand';
import type { CommandOutput } from '../../../shared/contract/contract.ts';
import type { OvpAssetPage } from '../../../shared/contract/ovp.ts';
import type { AppError } from '../../../shared/errors.ts';
import { applyMend } from '../../../shared/evaluate/apply-mend.ts';
import type { MendChange } from '../../../shared/evaluate/mend.ts';
import { type Draft, EMPTY_DRAFT } from '../../../shared/issue/draft.ts';
import { type FillProblem, fillTemplate } from '../../../shared/issue/fill-template.ts';
import type { Clock } from '../../../shared/issue/moments.ts';
import { type Media, readMedia } from '../../../shared/issue/read-media.ts';
import type { TargetId } from '../../../shared/issue/target.ts';
import type { Template } from '../../../shared/issue/template.ts';
import { isJsonObject, type Json, type JsonObject } from '../../../shared/json.ts';
import type { KeyId } from '../../../shared/units.ts';
import { currentSeconds } from '../../shell/clock.ts';
import type { CodeProblem } from '../../ui/code-editor.tsx';
import type { Clone } from './read-clone.ts';

export type EditView = 'form' | 'json' | 'edn';
export type Pack = CommandOutput<'issue.negativePack'>;
export type Asset = OvpAssetPage['assets'][number];

/** A token that was made, and the order it answers. */
export interface Made {
  readonly order: string;
  readonly token: string;
  /** bytes */
  readonly size: number;
  /** who made it, in words */
  readonly by: string;
  /** signed here: the key, and how its text was read */
  readonly signedWith?: {
    readonly keyId: KeyId;
    readonly readAs: string;
    /** a draft's: it comes into the log by this id once it is handed over */
    readonly logId?: string;
  };
  /** what is worth knowing of how it came out */
  readonly remarks: readonly string[];
}

/** Where a draft came from. */
export type Start =
  | { readonly kind: 'blank' }
  /** a token that was looked at; `original` is what its clone was before anything was changed */
  | ({ readonly kind: 'clone' } & Clone)
  | {
      readonly kind: 'template';
      readonly id: string;
      readonly template: Template;
      readonly filled: Readonly<Record<string, string>>;
      /** drawn once, so that the token id does not change with every key that is typed */
      readonly random: Uint8Array;
      /** what it made while nothing was filled in */
      readonly original: Draft;
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

/** What was typed into an editor of the claims. It is theirs as long as they are what it was typed `of`. */
export interface TypedText<T> {
  readonly text: string;
  readonly of: T;
  /** why it cannot be read: the draft is as it was before */
  readonly problem: CodeProblem | undefined;
}

export interface IssueState {
  readonly start: Start;
  readonly draft: Draft;
  readonly target: TargetId;
  readonly editView: EditView;
  readonly typedJson: TypedText<JsonObject> | undefined;
  /** `clock`: what moments in words were written as numbers by */
  readonly typedEdn: (TypedText<Draft> & { readonly clock: Clock }) | undefined;
  readonly keyId: KeyId | undefined;
  /** signed here, or asked of the OVP */
  readonly way: 'offline' | 'ovp';
  readonly ovpWorkspace: string | undefined;
  readonly ovpKid: string | undefined;
  /** what was typed to confirm a production key */
  readonly confirmName: string;
  readonly isSigning: boolean;
  /** the request to the OVP that is under way, by which it can be cancelled */
  readonly request: string | undefined;
  readonly error: AppError | undefined;
  /** the last token that was made: one for another draft is no longer shown as its token */
  readonly made: Made | undefined;
  /** a negative pack that is looked at */
  readonly pack: Pack | undefined;
  readonly stream: Stream;
  /** what was chosen from the OVP's list; `isUnchecked`: its owner goes on without its real address */
  readonly asset: { readonly asset: Asset; readonly isUnchecked: boolean } | undefined;
  /** how often a template of one's own was saved or deleted here */
  readonly templateChanges: number;
  /** addresses that are to be let in and kept out, one a line */
  readonly shouldPlay: string;
  readonly shouldNot: string;
}

export interface IssueModel {
  readonly id: number;
  readonly store: StoreApi<IssueState>;
  readonly startTemplate: (id: string, template: Template) => void;
  /** `changes`: made to the clone, and shown as what it has otherwise than the token */
  readonly startClone: (clone: Clone, changes: readonly MendChange[]) => void;
  /** the draft stays, of no template any more */
  readonly leaveTemplate: () => void;
  readonly noteTemplates: () => void;
  readonly fill: (variable: string, text: string) => void;
  readonly setClaim: (name: string, json: Json | undefined) => void;
  readonly setClaims: (claims: JsonObject) => void;
  readonly setDraft: (draft: Draft) => void;
  readonly set: (
    part: Partial<
      Pick<
        IssueState,
        | 'target'
        | 'editView'
        | 'typedJson'
        | 'typedEdn'
        | 'keyId'
        | 'way'
        | 'ovpWorkspace'
        | 'ovpKid'
        | 'confirmName'
        | 'shouldPlay'
        | 'shouldNot'
        | 'error'
        | 'asset'
        | 'pack'
      >
    >,
  ) => void;
  readonly setStream: (part: Partial<Stream>) => void;
  /** what the path has to contain: into the template's variable, or as a rule */
  readonly setPathId: (id: string) => void;
  /** takes a video: as what the path has to contain, and for the embeds */
  readonly setVideo: (media: Pick<Media, 'id' | 'playerId' | 'siteId' | 'url'>, asset?: Asset) => void;
}

/** The zone that moments without one are read in. */
export const localZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;
export const localClock = (): Clock => ({ now: currentSeconds(), zone: localZone() });

const EMPTY: IssueState = {
  start: { kind: 'blank' },
  draft: EMPTY_DRAFT,
  target: 'flowplayer-ovp',
  editView: 'form',
  typedJson: undefined,
  typedEdn: undefined,
  keyId: undefined,
  way: 'offline',
  ovpWorkspace: undefined,
  ovpKid: undefined,
  confirmName: '',
  isSigning: false,
  request: undefined,
  error: undefined,
  made: undefined,
  pack: undefined,
  stream: { url: '', mediaId: '', playerId: '', siteId: '' },
  asset: undefined,
  templateChanges: 0,
  shouldPlay: '',
  shouldNot: '',
};

let last = 0;

/** One draft and what belongs to it. `chosen`: where it is for, and who is to make it. */
export function createIssueModel(chosen: Partial<IssueState> = {}): IssueModel {
  const store = createStore<IssueState>(() => ({ ...EMPTY, ...chosen }));
  const { getState: get, setState: set } = store;
  last += 1;

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
  const put = (start: Extract<Start, { kind: 'template' }>, variable: string, text: string) => {
    const next = fillStart(start, { ...start.filled, [variable]: text });
    set({ start: next, draft: refill(get().draft, start.made, next.made), error: undefined });
  };
  const setPathId: IssueModel['setPathId'] = (id) => {
    const { start, draft } = get();
    const variable = start.kind === 'template' && start.template.variables.find(({ type }) => type === 'id');
    if (start.kind === 'template' && variable) put(start, variable.name, id);
    else {
      const { catu } = draft.claims;
      const rules = isJsonObject(catu) ? catu : {};
      const path = isJsonObject(rules['path']) ? rules['path'] : {};
      setDraft({ ...draft, claims: { ...draft.claims, catu: { ...rules, path: { ...path, contains: id } } } });
    }
  };
  const setVideo: IssueModel['setVideo'] = ({ id, playerId, siteId, url }, asset) => {
    setPathId(id);
    const { stream } = get();
    set({
      stream: {
        mediaId: id,
        playerId: playerId ?? stream.playerId,
        siteId: siteId ?? stream.siteId,
        // an address of another video is of no use
        url: url ?? (stream.url.includes(id) ? stream.url : ''),
      },
      asset: asset && { asset, isUnchecked: false },
    });
  };

  return {
    id: last,
    store,
    startTemplate: (id, template) => {
      const random = crypto.getRandomValues(new Uint8Array(16));
      const empty = { kind: 'template', id, template, filled: {}, random, original: EMPTY_DRAFT } as const;
      const start = fillStart({ ...empty, made: undefined, problems: [] }, {});
      const original = start.made ?? EMPTY_DRAFT;
      set({
        start: { ...start, original },
        draft: original,
        target: template.target ?? get().target,
        editView: 'form',
        error: undefined,
      });
    },
    startClone: (clone, changes) => {
      const { original } = clone;
      const draft = { ...original, claims: applyMend(original.claims, changes) };
      set({ start: { kind: 'clone', ...clone }, draft, error: undefined });
    },
    leaveTemplate: () => set({ start: { kind: 'blank' } }),
    noteTemplates: () => set({ templateChanges: get().templateChanges + 1 }),
    fill: (variable, text) => {
      const { start } = get();
      if (start.kind !== 'template') return;
      const isVideo = start.template.variables.some(({ name, type }) => name === variable && type === 'id');
      const media = isVideo ? readMedia(text) : undefined;
      if (media !== undefined) return setVideo(media);
      put(start, variable, text);
      if (isVideo) set({ stream: { ...get().stream, mediaId: text.trim() }, asset: undefined });
    },
    setPathId,
    setVideo,
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
