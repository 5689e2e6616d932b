import { useCallback } from 'react';
import { useNavigation } from '../../shell/navigation.ts';
import { chosenView, useInspectModel } from './model.ts';

/** Plays with the token that is looked at, under the address that came with it where that is a playlist's. */
export function usePreviewToken(): () => void {
  const model = useInspectModel();
  const go = useNavigation((navigation) => navigation.go);
  return useCallback(() => {
    const state = model.store.getState();
    const view = chosenView(state);
    if (view === undefined) return;
    const { url } = state.request;
    const source = url !== undefined && /^https:\/\/[^?#]+\.m3u8(?:[?#]|$)/i.test(url) ? { source: url } : {};
    go('preview', { kind: 'preview-token', token: view.token.text, ...source });
  }, [model, go]);
}
