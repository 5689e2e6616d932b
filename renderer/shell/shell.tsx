import { useEffect, useMemo, useRef, useState } from 'react';
import { useLive } from '../platform/live-value.ts';
import { useSession } from '../platform/session.ts';
import { type Command, useCommands } from './commands.ts';
import { useNavigation } from './navigation.ts';
import { Notices } from './notices.tsx';
import { Palette } from './palette.tsx';
import { Rail } from './rail.tsx';
import './shell.css';
import { StatusBar } from './status-bar.tsx';
import { TitleBar } from './title-bar.tsx';
import { useRegions } from './use-regions.ts';
import { isInField, useShortcuts } from './use-shortcuts.ts';
import type { ViewEntry } from './view-list.ts';

/** The window around the screens: title bar, rail, the open view, status bar. */
export function Shell(props: { readonly views: readonly ViewEntry[]; readonly onPaste: (text: string) => void }) {
  const { views, onPaste } = props;
  const current = useNavigation((navigation) => navigation.view);
  const go = useNavigation((navigation) => navigation.go);
  useTheme();
  useRegions();
  const [isPaletteOpen, setPaletteOpen] = useState(false);
  useShortcuts(
    useMemo(
      () => ({
        ...Object.fromEntries(views.map((view) => [`Ctrl ${view.digit}`, () => go(view.id)])),
        'Ctrl K': () => setPaletteOpen(true),
      }),
      [views, go],
    ),
  );
  useShellCommands(views);
  usePasteAnywhere(onPaste);
  useMenu(views, go, () => setPaletteOpen(true));
  useNoStrayDrops();
  const entry = views.find((view) => view.id === current);

  useEffect(() => {
    document.title = entry === undefined ? 'Catwalk' : `${entry.title} · Catwalk`;
  }, [entry]);

  return (
    <div className="app">
      <a className="skip" href="#view">
        Skip to the view
      </a>
      <TitleBar onPalette={() => setPaletteOpen(true)} />
      <Rail views={views} />
      <main className="view" id="view" tabIndex={-1} aria-label={entry?.title}>
        <Notices />
        {entry === undefined ? null : <entry.View />}
      </main>
      <StatusBar />
      <Palette isOpen={isPaletteOpen} onClose={() => setPaletteOpen(false)} />
    </div>
  );
}

/** What is dropped where nothing takes it is not opened in place of the window. */
function useNoStrayDrops(): void {
  useEffect(() => {
    const refuse = (event: DragEvent) => event.preventDefault();
    document.addEventListener('dragover', refuse);
    document.addEventListener('drop', refuse);
    return () => {
      document.removeEventListener('dragover', refuse);
      document.removeEventListener('drop', refuse);
    };
  }, []);
}

/** The system's theme unless the settings pin one. */
function useTheme(): void {
  const theme = useLive(useSession().settings).value?.theme;
  useEffect(() => {
    if (theme === 'light' || theme === 'dark') document.documentElement.dataset['theme'] = theme;
    else delete document.documentElement.dataset['theme'];
  }, [theme]);
}

/** Ctrl V anywhere but in a field. The event carries the text, so nobody has to be allowed to read the clipboard. */
function usePasteAnywhere(onPaste: (text: string) => void): void {
  useEffect(() => {
    const onEvent = (event: ClipboardEvent) => {
      if (isInField(event.target) || isInField(document.activeElement)) return;
      if (document.querySelector('[role="dialog"], [role="alertdialog"]') !== null) return;
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (text === '') return;
      event.preventDefault();
      onPaste(text);
    };
    document.addEventListener('paste', onEvent);
    return () => document.removeEventListener('paste', onEvent);
  }, [onPaste]);
}

function useMenu(views: readonly ViewEntry[], go: (view: ViewEntry['id']) => void, openPalette: () => void): void {
  const { platform } = useSession();
  const open = useRef(openPalette);
  open.current = openPalette;
  useEffect(
    () =>
      platform.menu.onCommand((command) => {
        const view = views.find((candidate) => `view.${candidate.id}` === command);
        if (view !== undefined) go(view.id);
        else if (command === 'palette') open.current();
      }),
    [platform, views, go],
  );
}

/** What can be done from everywhere. */
function useShellCommands(views: readonly ViewEntry[]): void {
  const { platform, settings, egress } = useSession();
  const go = useNavigation((navigation) => navigation.go);
  const isOffline = useLive(egress).value?.offline ?? false;
  const commands = useMemo((): readonly Command[] => {
    const theme = (name: 'system' | 'light' | 'dark', title: string): Command => ({
      title,
      icon: 'theme',
      run: () =>
        void platform.settings.set({ theme: name }).then((answer) => {
          if (answer.ok) settings.set(answer.value);
        }),
    });
    return [
      ...views.map(
        (view): Command => ({
          title: `Go to ${view.title}`,
          icon: view.icon,
          keys: `Ctrl ${view.digit}`,
          run: () => go(view.id),
        }),
      ),
      {
        title: isOffline ? 'Turn offline mode off' : 'Turn offline mode on',
        icon: 'offline',
        run: () =>
          void platform.egress.setOffline({ offline: !isOffline }).then((answer) => {
            if (answer.ok) egress.set(answer.value);
          }),
      },
      theme('system', 'Use the system’s theme'),
      theme('light', 'Use the light theme'),
      theme('dark', 'Use the dark theme'),
    ];
  }, [views, go, platform, settings, egress, isOffline]);
  useCommands('shell', commands);
}
