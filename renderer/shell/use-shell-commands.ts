import { useMemo } from 'react';
import type { SettingsPatch } from '../../shared/contract/settings.ts';
import { useLive } from '../platform/live-value.ts';
import { useSession } from '../platform/session.ts';
import { type Command, useCommands } from './commands.ts';
import { type TabbedView, useAllDocuments } from './documents.ts';
import { useNavigation } from './navigation.ts';
import { useRegions } from './use-regions.ts';
import type { ViewEntry } from './view-list.ts';
import { stepZoom } from './zoom.ts';

/** Of the open view if it has tabs. Elsewhere a new one leads to Inspect, and none is closed that nobody sees. */
function useTabCommands(): void {
  const all = useAllDocuments();
  const go = useNavigation((navigation) => navigation.go);
  const open = useNavigation((navigation) => (navigation.view in all ? (navigation.view as TabbedView) : undefined));
  const commands = useMemo((): readonly Command[] => {
    const view = open ?? 'inspect';
    const documents = all[view];
    const then = (work: () => void) => () => {
      work();
      go(view);
    };
    const here = () => documents.store.getState().current;
    return [
      { id: 'new-tab', icon: 'plus', run: then(documents.add) },
      { id: 'reopen-tab', icon: 'reset', run: then(documents.reopen) },
      ...(open === undefined
        ? []
        : ([
            { id: 'close-tab', icon: 'close', run: () => documents.close(here()) },
            { id: 'next-tab', icon: 'right', run: () => documents.step(1) },
            { id: 'previous-tab', icon: 'right', run: () => documents.step(-1) },
          ] as const)),
    ];
  }, [all, go, open]);
  useCommands('tabs', commands);
}

/** What can be done from everywhere. */
export function useShellCommands(views: readonly ViewEntry[]): void {
  const { platform, settings, egress } = useSession();
  const go = useNavigation((navigation) => navigation.go);
  const setLayer = useNavigation((navigation) => navigation.setLayer);
  const moveRegion = useRegions();
  const isOffline = useLive(egress).value?.offline ?? false;
  const commands = useMemo((): readonly Command[] => {
    const save = async (patch: SettingsPatch) => {
      const answer = await platform.settings.set(patch);
      if (answer.ok) settings.set(answer.value);
    };
    // a second press before the answer goes on from where the first one leads
    let leading: number | undefined;
    const zoom = async (step: 1 | -1) => {
      const next = stepZoom(leading ?? settings.store.getState().value?.zoom ?? 1, step);
      leading = next;
      await save({ zoom: next });
      if (leading === next) leading = undefined;
    };
    return [
      ...views.map((view): Command => ({ id: `view.${view.id}`, icon: view.icon, run: () => go(view.id) })),
      { id: 'palette', icon: 'search', run: () => setLayer('palette') },
      { id: 'shortcuts', icon: 'keyboard', run: () => setLayer('shortcuts') },
      { id: 'open-file', icon: 'file', run: () => go('inspect', { kind: 'open-file' }) },
      {
        id: 'offline',
        title: isOffline ? 'Turn offline mode off' : 'Turn offline mode on',
        icon: 'offline',
        run: () =>
          void platform.egress.setOffline({ offline: !isOffline }).then((answer) => {
            if (answer.ok) egress.set(answer.value);
          }),
      },
      { id: 'theme-system', icon: 'theme', run: () => void save({ theme: 'system' }) },
      { id: 'theme-light', icon: 'theme', run: () => void save({ theme: 'light' }) },
      { id: 'theme-dark', icon: 'theme', run: () => void save({ theme: 'dark' }) },
      { id: 'zoom-in', icon: 'zoom', run: () => void zoom(1) },
      { id: 'zoom-out', icon: 'zoom', run: () => void zoom(-1) },
      { id: 'zoom-reset', icon: 'zoom', run: () => void save({ zoom: 1 }) },
      { id: 'next-region', icon: 'right', run: () => moveRegion(1) },
      { id: 'previous-region', icon: 'right', run: () => moveRegion(-1) },
    ];
  }, [views, go, setLayer, moveRegion, platform, settings, egress, isOffline]);
  useCommands('shell', commands);
  useTabCommands();
}
