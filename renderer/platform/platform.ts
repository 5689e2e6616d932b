import type { CatwalkApi } from '../../shared/contract/api.ts';

/**
 * The complete surface the window may use to reach main: the contract's commands and events. Nothing outside this folder
 * touches `window.catwalk`, so the whole window also runs on `createFakePlatform`.
 */
export type Platform = CatwalkApi;
