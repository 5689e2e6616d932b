import { useEffect } from 'react';

/** A shortcut as it is printed: `Ctrl 1`, `Alt 2`. On macOS Ctrl stands for ⌘. */
export type Shortcuts = Readonly<Record<string, () => void>>;

/** Runs an action for its keys anywhere in the window, dialogs excepted. Keep the table stable between renders. */
export function useShortcuts(shortcuts: Shortcuts): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (document.querySelector('[role="dialog"], [role="alertdialog"]') !== null) return;
      const keys = [
        event.ctrlKey || event.metaKey ? 'Ctrl' : '',
        event.altKey ? 'Alt' : '',
        event.shiftKey ? 'Shift' : '',
        event.key.length === 1 ? event.key.toUpperCase() : event.key,
      ];
      const run = shortcuts[keys.filter((key) => key !== '').join(' ')];
      if (run === undefined) return;
      event.preventDefault();
      run();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [shortcuts]);
}

/** Whether typing goes into a field now: then single keys and pasting belong to the field. */
export const isInField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.matches('input, textarea, select') || target.isContentEditable);
