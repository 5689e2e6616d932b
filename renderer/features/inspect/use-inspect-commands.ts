import { useCallback, useMemo } from 'react';
import { seconds } from '../../../shared/units.ts';
import { useSession } from '../../platform/session.ts';
import { useClock } from '../../shell/clock.ts';
import { type Command, useCommands } from '../../shell/commands.ts';
import { useNavigation } from '../../shell/navigation.ts';
import { useEscape } from '../../shell/use-shortcuts.ts';
import { cloneRequest } from './clone-request.ts';
import { COPY_FORMS, copyItem } from './item-menu.tsx';
import { chosenView, useInspect, useInspectModel } from './model.ts';
import { usePreviewToken } from './use-preview-token.ts';

/** What the Inspect screen does by keyboard and from the palette. */
export function useInspectCommands(): void {
  const { platform } = useSession();
  const model = useInspectModel();
  const setAsOf = useClock((clock) => clock.setAsOf);
  const isMoved = useClock((clock) => clock.asOf !== undefined);
  const go = useNavigation((navigation) => navigation.go);
  const preview = usePreviewToken();
  const view = useInspect(chosenView);
  // how many there are, and not which: a fix of exp moves with every second
  const fixes = useInspect((state) => state.mend?.changes.length ?? 0);

  const commands = useMemo((): readonly Command[] => {
    if (view === undefined) return [];
    const { expires, notBefore } = view.time;
    return [
      { id: 'inspect.bytes', icon: 'right', run: () => model.setTab('bytes') },
      { id: 'inspect.edn', icon: 'right', run: () => model.setTab('edn') },
      { id: 'inspect.json', icon: 'right', run: () => model.setTab('json') },
      { id: 'inspect.findings', icon: 'right', run: () => model.setTab('findings') },
      { id: 'inspect.elsewhere', icon: 'right', run: () => model.setTab('elsewhere') },
      ...COPY_FORMS.map(
        ({ form, title }): Command => ({
          title: `Copy the selected item as ${title}`,
          icon: 'copy',
          run: () => void copyItem(model, platform.clipboard, model.store.getState().selected?.id ?? 'envelope', form),
        }),
      ),
      ...(fixes === 0
        ? []
        : [
            {
              id: 'inspect.fix',
              icon: 'repaired',
              run: () => go('issue', cloneRequest(model, view.token.text, model.store.getState().mend?.changes)),
            } as const,
          ]),
      // while it is now already, its keys are left to the zoom
      ...(isMoved ? [{ id: 'inspect.now', icon: 'clock', run: () => setAsOf(undefined) } as const] : []),
      ...(notBefore === undefined
        ? []
        : [{ title: 'Judge as of nbf', icon: 'clock', run: () => setAsOf(notBefore) } as const]),
      ...(expires === undefined
        ? []
        : [
            {
              title: 'Judge as of the last valid second',
              icon: 'clock',
              run: () => setAsOf(seconds(expires - 1)),
            } as const,
          ]),
      {
        title: 'Copy the token',
        icon: 'copy',
        run: () => void platform.clipboard.write({ text: view.token.text, concealed: false }),
      },
      {
        id: 'inspect.preview',
        icon: 'preview',
        run: preview,
      },
      {
        id: 'inspect.clone',
        icon: 'ticket',
        run: () => go('issue', cloneRequest(model, view.token.text)),
      },
      {
        id: 'inspect.compare',
        icon: 'compare',
        run: () => go('compare', { kind: 'compare', token: view.token.text }),
      },
      { title: 'Edit the text', icon: 'edit', run: () => model.setEditing(true) },
      { title: 'Clear', icon: 'close', run: () => model.setText('') },
    ];
  }, [view, fixes, model, setAsOf, isMoved, platform, go, preview]);
  useCommands('inspect', commands);

  useEscape(useCallback(() => model.select(undefined, 'table'), [model]));
}
