/**
 * How an asset is protected. `default`: as the workspace's own setting says; `unknown`: the API did not tell, as v3 may not
 * (the field is known from the sibling API).
 */
export type TokenMode = 'none' | 'basic' | 'advanced' | 'default' | 'unknown';

const MODES = new Map<string, TokenMode>([
  ['NO_TOKEN', 'none'],
  ['BASIC_TOKEN', 'basic'],
  ['ADVANCED_TOKEN', 'advanced'],
  ['FOLLOW_DEFAULT', 'default'],
]);

/** `playback_token_behavior` of a video or livestream; anything else than its four values is `unknown`. */
export const readTokenMode = (behavior: unknown): TokenMode =>
  typeof behavior === 'string' ? (MODES.get(behavior.trim().toUpperCase()) ?? 'unknown') : 'unknown';

/** What to say before a token is made for such an asset; `undefined` where a token does its work. */
export function tokenModeWarning(mode: TokenMode): string | undefined {
  switch (mode) {
    case 'advanced':
      return undefined;
    case 'none':
      return 'This asset plays without any token: one made here would change nothing. Set it to Advanced in its Metadata tab first.';
    case 'basic':
      return 'This asset is set to Basic: its embed codes carry a token of their own, and one made here would not be asked for. Set it to Advanced in its Metadata tab first.';
    case 'default':
      return 'This asset follows the workspace’s default, which the API does not tell: a token works only if that default is Advanced.';
    case 'unknown':
      return 'The API does not say how this asset is protected: a token works only if it is set to Advanced.';
  }
}
