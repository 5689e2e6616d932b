import { useEffect } from 'react';
import { useLive } from '../platform/live-value.ts';
import { useSession } from '../platform/session.ts';
import { ClipboardOffer } from './clipboard-offer.tsx';
import { useCommandStore } from './commands.ts';
import { useNavigation } from './navigation.ts';
import { Notices } from './notices.tsx';
import { Palette } from './palette.tsx';
import { Rail } from './rail.tsx';
import './shell.css';
import { ShortcutSheet } from './shortcut-sheet.tsx';
import { StatusBar } from './status-bar.tsx';
import { TitleBar } from './title-bar.tsx';
import { useShellCommands } from './use-shell-commands.ts';
import { isInField, useShortcuts } from './use-shortcuts.ts';
import type { ViewEntry } from './view-list.ts';

/** The window around the screens: title bar, rail, the open view, status bar. */
export function Shell(props: { readonly views: readonly ViewEntry[]; readonly onPaste: (text: string) => void }) {
  const { views, onPaste } = props;
  const current = useNavigation((navigation) => navigation.view);
  const layer = useNavigation((navigation) => navigation.layer);
  const setLayer = useNavigation((navigation) => navigation.setLayer);
  useLook();
  useShellCommands(views);
  useShortcuts();
  usePasteAnywhere(onPaste);
  useMenu();
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
      <TitleBar onPalette={() => setLayer('palette')} />
      <Rail views={views} />
      <main className="view" id="view" tabIndex={-1} aria-label={entry?.title}>
        <Notices />
        {entry === undefined ? null : <entry.View />}
      </main>
      <ClipboardOffer onTake={onPaste} />
      <StatusBar />
      <Palette isOpen={layer === 'palette'} onClose={() => setLayer(undefined)} />
      <ShortcutSheet isOpen={layer === 'shortcuts'} onClose={() => setLayer(undefined)} />
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

/** The system's theme unless the settings pin one, and how high rows are. */
function useLook(): void {
  const settings = useLive(useSession().settings).value;
  const theme = settings?.theme;
  const density = settings?.density;
  useEffect(() => {
    const { dataset } = document.documentElement;
    if (theme === 'light' || theme === 'dark') dataset['theme'] = theme;
    else delete dataset['theme'];
    if (density === 'comfortable') dataset['density'] = density;
    else delete dataset['density'];
  }, [theme, density]);
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

/** The native menu asks for commands of the table; one that is not offered now does nothing. */
function useMenu(): void {
  const { platform } = useSession();
  const store = useCommandStore();
  useEffect(
    () =>
      platform.menu.onCommand((id) => {
        const offered = Object.values(store.getState()).flat();
        offered.find((command) => command.id === id)?.run();
      }),
    [platform, store],
  );
}
