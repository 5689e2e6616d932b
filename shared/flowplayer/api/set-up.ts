import type { TokenMode } from './token-mode.ts';

/** The steps of the vendor’s guide to Advanced tokens, in its order. */
export type SetUpStep = 'api-key' | 'asset' | 'key' | 'token' | 'embed';

export interface SetUpState {
  readonly step: SetUpStep;
  /** `unknown`: only a person can tell, and has not; `open` steps have a reason */
  readonly state: 'done' | 'open' | 'unknown';
  /** one sentence */
  readonly reason: string;
}

/** What is known about a workspace and the asset that was chosen. */
export interface SetUpFacts {
  readonly hasApiKey: boolean;
  /** of the chosen asset; `undefined`: none is chosen */
  readonly tokenMode?: TokenMode | undefined;
  /** names of the workspace’s keys whose secret can be used now */
  readonly readyKeys: readonly string[];
  /** a token was made with one of them, here or by the OVP */
  readonly tokenMade: boolean;
  /** what a person said is done */
  readonly told: ReadonlySet<SetUpStep>;
}

/** Which steps are done. What the app cannot see counts as done once a person said so, and the reason says who did. */
export function describeSetUp(facts: SetUpFacts): readonly SetUpState[] {
  const { hasApiKey, readyKeys, tokenMade, told } = facts;
  const [key, ...more] = readyKeys;
  return [
    hasApiKey
      ? { step: 'api-key', state: 'done', reason: 'The workspace’s API key is stored.' }
      : { step: 'api-key', state: 'open', reason: 'Enter the API key from Workspace settings, API Key.' },
    assetStep(facts),
    key === undefined
      ? { step: 'key', state: 'open', reason: 'There is no key of this workspace whose secret can be used.' }
      : { step: 'key', state: 'done', reason: more.length === 0 ? `“${key}” is ready.` : `${readyKeys.length} keys.` },
    tokenMade
      ? { step: 'token', state: 'done', reason: 'A token was made with a key of this workspace.' }
      : { step: 'token', state: 'open', reason: 'Ask the OVP for a token, or sign one here.' },
    told.has('embed')
      ? { step: 'embed', state: 'done', reason: 'You said that the embed code carries the token.' }
      : { step: 'embed', state: 'unknown', reason: 'Put the token into the embed code as playback_token.' },
  ];
}

function assetStep({ tokenMode, told }: SetUpFacts): SetUpState {
  if (tokenMode === undefined) return { step: 'asset', state: 'open', reason: 'No video or livestream is chosen.' };
  if (tokenMode === 'advanced') return { step: 'asset', state: 'done', reason: 'The asset is set to Advanced.' };
  if (tokenMode === 'none' || tokenMode === 'basic') {
    const now = tokenMode === 'none' ? 'plays without a token' : 'is set to Basic';
    return {
      step: 'asset',
      state: 'open',
      reason: `The asset ${now}. Set it to Advanced in its Metadata tab in the OVP, then look again.`,
    };
  }
  if (told.has('asset')) return { step: 'asset', state: 'done', reason: 'You said that the asset is set to Advanced.' };
  const reason =
    tokenMode === 'default'
      ? 'The asset follows the workspace’s default, which the API does not tell. It must be Advanced.'
      : 'The API does not say how the asset is set. It must be Advanced, in its Metadata tab in the OVP.';
  return { step: 'asset', state: 'unknown', reason };
}
