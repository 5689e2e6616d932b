import { useEffect } from 'react';
import { isBare, namesOfPress } from '../../shared/commands/keys.ts';
import { isApple } from '../ui/is-apple.ts';
import { findCommand, useCommandStore, useKeyChanges } from './commands.ts';

/** Runs the command that has the pressed keys, anywhere in the window but in dialogs. What a control took for itself is over. */
export function useShortcuts(): void {
  const store = useCommandStore();
  const changes = useKeyChanges();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.isComposing || isDialogOpen()) return;
      const names = namesOfKeyEvent(event).filter((name) => !isBare(name) || !isTakenByControl(name, event.target));
      const command = findCommand(store.getState(), names, changes);
      if (command === undefined) return;
      event.preventDefault();
      command.run();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [store, changes]);
}

/** Esc belongs to whatever is on top, so it cannot be given to anything else. */
export function useEscape(run: () => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && !event.defaultPrevented && !isDialogOpen()) run();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [run]);
}

/** See `namesOfPress`. AltGr types characters, although Windows says Ctrl Alt of it. */
export function namesOfKeyEvent(event: KeyboardEvent): readonly string[] {
  if (event.getModifierState('AltGraph')) return [];
  const { altKey: alt, shiftKey: shift, key, code } = event;
  return namesOfPress({ ctrl: isApple ? event.metaKey : event.ctrlKey, alt, shift, key, code });
}

const isDialogOpen = () => document.querySelector('[role="dialog"], [role="alertdialog"]') !== null;

/** Whether typing goes into a field now: then single keys and pasting belong to the field. */
export const isInField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.matches('input, textarea, select') || target.isContentEditable);

/** A key without Ctrl or Alt is typed into a field, and Space and Enter press what has the focus. */
const isTakenByControl = (name: string, target: EventTarget | null): boolean =>
  isInField(target) ||
  (/(?:Space|Enter)$/.test(name) &&
    target instanceof HTMLElement &&
    target.matches('button, a[href], [role="button"], [role="tab"], [role="option"], [role="switch"], [role="radio"]'));
