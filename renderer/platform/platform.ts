import type { CatwalkApi } from '../../shared/contract/api.ts';

/**
 * The complete surface the window uses to reach main: groups of the contract, each named here when a screen first needs
 * it. Nothing outside this folder touches `window.catwalk`, so the whole window also runs on `createFakePlatform`.
 */
export type Platform = Pick<
  CatwalkApi,
  | 'app'
  | 'clipboard'
  | 'egress'
  | 'history'
  | 'issue'
  | 'issueMany'
  | 'kept'
  | 'keys'
  | 'menu'
  | 'ovp'
  | 'paste'
  | 'preview'
  | 'sample'
  | 'secrets'
  | 'settings'
  | 'templates'
  | 'window'
>;
