import { SAMPLE_ISSUER } from '../../../shared/sample-issuer.ts';
import { useLive } from '../../platform/live-value.ts';
import { type Session, useSession } from '../../platform/session.ts';
import type { TokenView } from '../../workers/token-view/token-view.ts';
import { chosenView, type InspectModel } from './model.ts';
import { SAMPLE } from './sample.ts';

/** Nobody has looked at a token of their own yet, so a diagnosed sample shows what will be seen. */
export const useIsFirstRun = (): boolean => useLive(useSession().settings).value?.firstRunDone === false;

/** A token that main made to show how one is read. */
export const isSample = (view: TokenView): boolean =>
  view.claims.some((claim) => claim.depth === 0 && claim.name === 'iss' && claim.raw === JSON.stringify(SAMPLE_ISSUER));

/** The first token of a person's own is the end of the first run. */
export function endFirstRun({ platform, settings }: Session, { store }: InspectModel): void {
  store.subscribe((state, before) => {
    if (state.result === before.result) return;
    const view = chosenView(state);
    if (view === undefined || isSample(view) || state.text === SAMPLE) return;
    if (settings.store.getState().value?.firstRunDone !== false) return;
    void platform.settings.set({ firstRunDone: true });
  });
}
