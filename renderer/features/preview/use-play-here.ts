import { useMemo } from 'react';
import type { PreviewSource } from '../../../shared/contract/preview.ts';
import type { NegativeId } from '../../../shared/issue/negative-recipes.ts';
import { CLIP_URL } from '../../../shared/preview/parse-source.ts';
import { type Session, useSession } from '../../platform/session.ts';
import { devKey, issueHere, issueWrong, type Order } from './issue-here.ts';
import { type PreviewModel, usePreviewModel } from './model.ts';

const CLIP: PreviewSource = { kind: 'clip', title: '', url: CLIP_URL, host: '' };
const LENGTH = '+10 min';

/** Something to try: what it breaks, and how. */
export type Trial = 'right' | 'rendition' | 'expiring' | 'renewed' | 'wrong-key' | 'no-token' | 'absolute' | 'no-cors';

export const TRIALS: readonly { readonly id: Trial; readonly title: string; readonly hint: string }[] = [
  { id: 'right', title: 'The right token', hint: 'Covers the whole stream for ten minutes; every switch is put back' },
  {
    id: 'rendition',
    title: 'A rule that misses one rendition',
    hint: 'Starts with /hls/…, and the best one lies in /hls-hq/…',
  },
  { id: 'expiring', title: 'A token that expires while it plays', hint: 'Valid for 12 s from now' },
  {
    id: 'renewed',
    title: 'A token that is renewed while it plays',
    hint: 'Valid for 45 s; with each answer the edge hands out one for 5 min more, in a header',
  },
  { id: 'wrong-key', title: 'A token of another key', hint: 'The same key id, another secret: a wrong MAC' },
  { id: 'no-token', title: 'No token at all', hint: 'The player asks without one' },
  {
    id: 'absolute',
    title: 'Addresses that lose the token',
    hint: 'The playlist lists https://…, not relative addresses',
  },
  { id: 'no-cors', title: 'Answers without the CORS header', hint: 'What the edge says stays hidden from the player' },
];

export interface PlayHere {
  /** the bundled clip with a token signed here and now; makes a key for development where there is none */
  readonly playClip: () => Promise<void>;
  readonly tryWith: (trial: Trial) => Promise<void>;
  /** a token for what is loaded, for a few minutes, by a key for development */
  readonly signForIt: () => Promise<boolean>;
  /** a file or a folder of this computer; where there is no token yet it gets one */
  readonly playFiles: (kind: 'file' | 'folder') => Promise<void>;
  /** signs for what is loaded, or for the clip, and plays with it */
  readonly issue: (slot: 'A' | 'B', order: Order) => Promise<boolean>;
}

/** The same as long as the window is open. */
export function usePlayHere(): PlayHere {
  const session = useSession();
  const model = usePreviewModel();
  return useMemo(() => createPlayHere(session, model), [session, model]);
}

function createPlayHere({ platform, keys }: Session, model: PreviewModel): PlayHere {
  const source = () => model.store.getState().state?.source ?? CLIP;
  const busily = async (work: () => Promise<boolean>): Promise<boolean> => {
    if (model.store.getState().isBusy) return false;
    model.set({ isBusy: true, error: undefined });
    const done = await work();
    model.set({ isBusy: false });
    return done;
  };
  const key = async () => {
    const answer = await devKey(platform, keys.store.getState().value ?? []);
    if (!answer.ok) model.set({ error: answer.error });
    return answer.ok ? answer.value : undefined;
  };
  const put = async (slot: 'A' | 'B', order: Order, wrong?: NegativeId): Promise<boolean> => {
    const answer = await (wrong === undefined
      ? issueHere(platform, source(), order)
      : issueWrong(platform, source(), order, wrong));
    if (!answer.ok) {
      model.set({ error: answer.error });
      return false;
    }
    return model.setToken(slot, answer.value);
  };
  const withKey = async (rule: Order['rule'], until: string, wrong?: NegativeId) => {
    const signer = await key();
    return signer !== undefined && put('A', { key: signer, rule, until }, wrong);
  };
  /** from the beginning, so that every request of it is made with A */
  const begin = (): Promise<boolean> =>
    model.store.getState().state?.inUse === 'A' ? model.reload() : model.swapTo('A');

  const hasToken = () => {
    const { A = null, B = null } = model.store.getState().state?.tokens ?? {};
    return A !== null || B !== null;
  };
  const signForIt = () => busily(async () => (await withKey('id', LENGTH)) && model.swapTo('A'));

  return {
    signForIt,
    playFiles: async (kind) => {
      if ((await model.chooseMedia(kind)) && !hasToken()) await signForIt();
    },
    playClip: async () => {
      await busily(
        async () =>
          (await reset(model)) && (await withKey('id', LENGTH)) && (await model.swapTo('A')) && model.load(''),
      );
    },
    issue: (slot, order) => busily(async () => (await put(slot, order)) && model.swapTo(slot)),
    tryWith: async (trial) => {
      await busily(async () => {
        if (!(await reset(model))) return false;
        switch (trial) {
          case 'no-token':
            return model.swapTo(null);
          case 'expiring':
            return (await withKey('id', '+12 s')) && model.swapTo('A');
          case 'renewed': {
            const signer = await key();
            const order = { rule: 'id', until: '+45 s', renewsBy: 300 } as const;
            return signer !== undefined && (await put('A', { key: signer, ...order })) && begin();
          }
          case 'wrong-key':
            return (await withKey('id', LENGTH, 'wrong-key')) && begin();
          case 'rendition':
            return (
              (await model.configure({ addresses: 'two-folders' })) && (await withKey('folder', LENGTH)) && begin()
            );
          case 'absolute':
            return (await model.configure({ addresses: 'absolute' })) && (await withKey('id', LENGTH)) && begin();
          case 'no-cors':
            return (await model.configure({ fault: { kind: 'no-cors' } })) && (await withKey('id', LENGTH)) && begin();
          case 'right':
            return (await withKey('id', LENGTH)) && begin();
        }
      });
    },
  };
}

const reset = (model: PreviewModel): Promise<boolean> =>
  model.configure({ enforce: true, keyId: null, fault: { kind: 'none' }, addresses: 'relative', carry: 'path' });
