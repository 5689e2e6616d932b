import type { Platform } from './platform.ts';

declare global {
  interface Window {
    readonly catwalk?: Platform;
  }
}

/** What the preload exposed. Without it there is no application to talk to, which only a broken build can cause. */
export function electronPlatform(): Platform {
  if (window.catwalk === undefined) throw new Error('the preload did not expose the contract');
  return window.catwalk;
}
