import type { EdgeSettings } from '../contract/preview.ts';

/** The edge as it is before somebody moves a switch; its verifier is the one that the window judges by. */
export const DEFAULT_EDGE: Omit<EdgeSettings, 'verifier'> = {
  enforce: true,
  passOn: false,
  keyId: null,
  viewer: { ip: '127.0.0.1', country: 'SE' },
  clockOffset: 0,
  fault: { kind: 'none' },
  addresses: 'relative',
  carry: 'path',
};
