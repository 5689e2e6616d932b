import { useEffect, useMemo } from 'react';
import { useLive } from '../platform/live-value.ts';
import { useSession } from '../platform/session.ts';
import { useNavigation } from './navigation.ts';
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
  useShortcuts(useMemo(() => Object.fromEntries(views.map((view) => [`Ctrl ${view.digit}`, () => go(view.id)])), [views, go]));
  usePasteAnywhere(onPaste);
  useMenu(views, go);
  const entry = views.find((view) => view.id === current);

  useEffect(() => {
    document.title = entry === undefined ? 'Catwalk' : `${entry.title} · Catwalk`;
  }, [entry]);

  return (
    <div className="app">
      <a className="skip" href="#view">
        Skip to the view
      </a>
      <TitleBar />
      <Rail views={views} />
      <main className="view" id="view" tabIndex={-1} aria-label={entry?.title}>
        {entry === undefined ? null : <entry.View />}
      </main>
      <StatusBar />
    </div>
  );
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

function useMenu(views: readonly ViewEntry[], go: (view: ViewEntry['id']) => void): void {
  const { platform } = useSession();
  useEffect(
    () =>
      platform.menu.onCommand((command) => {
        const view = views.find((candidate) => `view.${candidate.id}` === command);
        if (view !== undefined) go(view.id);
      }),
    [platform, views, go],
  );
}
