import type { Target } from './target.ts';
import { akamai } from './targets/akamai.ts';
import { cloudfront } from './targets/cloudfront.ts';
import { cta5007B } from './targets/cta-5007-b.ts';
import { flowplayerOvp } from './targets/flowplayer-ovp.ts';
import { nodeCat } from './targets/node-cat.ts';

/** Every target tokens can be made for, in the order they are offered. */
export const TARGETS: readonly Target[] = [flowplayerOvp, cta5007B, akamai, cloudfront, nodeCat];

/** The target of an id as people write it; `undefined` when there is none. */
export const findTarget = (id: string): Target | undefined => TARGETS.find((target) => target.id === id);
