import type { MendChange } from '../../../shared/evaluate/mend.ts';
import type { ViewRequest } from '../../shell/navigation.ts';
import { titleOf } from './document-source.ts';
import type { InspectModel } from './model.ts';

/** Asks Issue for a draft of a token that is looked at here, or of what was made of it, by the name it has here. */
export const cloneRequest = (
  { store }: InspectModel,
  token: string,
  changes: readonly MendChange[] = [],
): ViewRequest => ({ kind: 'clone-token', token, title: titleOf(store.getState()), changes });
