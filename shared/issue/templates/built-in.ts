import type { Template } from '../template.ts';
import { eventWindow } from './event-window.ts';
import { negativePack } from './negative-pack.ts';
import { oneRegion } from './one-region.ts';
import { oneVideo } from './one-video.ts';
import { oneViewer } from './one-viewer.ts';

/** Templates that come with Catwalk, in the order they are offered. */
export const BUILT_IN_TEMPLATES: readonly { readonly id: string; readonly template: Template }[] = [
  { id: 'one-video', template: oneVideo },
  { id: 'event-window', template: eventWindow },
  { id: 'one-viewer', template: oneViewer },
  { id: 'one-region', template: oneRegion },
  { id: 'negative-pack', template: negativePack },
];
