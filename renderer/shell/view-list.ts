import type { ComponentType } from 'react';
import type { IconName } from '../ui/icon.tsx';
import type { ViewId } from './navigation.ts';

/** One screen of the window. A new screen is one entry of this kind; what has no screen yet has no entry. */
export interface ViewEntry {
  readonly id: ViewId;
  readonly title: string;
  readonly icon: IconName;
  /** where it stands in the rail; `none`: it is reached from another screen */
  readonly place: 'top' | 'bottom' | 'none';
  readonly View: ComponentType;
}
