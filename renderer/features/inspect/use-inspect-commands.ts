import { useEffect, useMemo, useRef } from 'react';
import { seconds } from '../../../shared/units.ts';
import { useSession } from '../../platform/session.ts';
import { useClock } from '../../shell/clock.ts';
import { type Command, useCommands } from '../../shell/commands.ts';
import { useNavigation } from '../../shell/navigation.ts';
import { type Shortcuts, useShortcuts } from '../../shell/use-shortcuts.ts';
import { chosenView, useInspect, useInspectModel } from './model.ts';

/** What the Inspect screen does by keyboard and from the palette. */
export function useInspectCommands(openFile: () => void): void {
  const { platform } = useSession();
  const model = useInspectModel();
  const setAsOf = useClock((clock) => clock.setAsOf);
  const go = useNavigation((navigation) => navigation.go);
  const view = useInspect(chosenView);
  const open = useRef(openFile);
  open.current = openFile;

  const commands = useMemo((): readonly Command[] => {
    const file: Command = { title: 'Open a file…', icon: 'file', keys: 'Ctrl O', run: () => open.current() };
    if (view === undefined) return [file];
    const { expires, notBefore } = view.time;
    return [
      file,
      { title: 'Show the bytes', icon: 'right', keys: 'Alt 1', run: () => model.setTab('bytes') },
      { title: 'Show EDN', icon: 'right', keys: 'Alt 2', run: () => model.setTab('edn') },
      { title: 'Show JSON', icon: 'right', keys: 'Alt 3', run: () => model.setTab('json') },
      { title: 'Show the findings', icon: 'right', keys: 'Alt 4', run: () => model.setTab('findings') },
      { title: 'Judge as of now', icon: 'clock', keys: 'Ctrl 0', run: () => setAsOf(undefined) },
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
        title: 'Clone & edit',
        icon: 'ticket',
        keys: 'Ctrl E',
        run: () => go('issue', { kind: 'clone-token', token: view.token.text }),
      },
      { title: 'Edit the text', icon: 'edit', run: () => model.setEditing(true) },
      { title: 'Clear', icon: 'close', run: () => model.setText('') },
    ];
  }, [view, model, setAsOf, platform, go]);
  useCommands('inspect', commands);

  const shortcuts = useMemo((): Shortcuts => {
    const withKeys = commands.flatMap((command) =>
      command.keys === undefined ? [] : [[command.keys, command.run] as const],
    );
    return { ...Object.fromEntries(withKeys), Escape: () => model.select(undefined, 'table') };
  }, [commands, model]);
  useShortcuts(shortcuts);

  useEffect(
    () =>
      platform.menu.onCommand((command) => {
        if (command === 'open-file') open.current();
      }),
    [platform],
  );
}
